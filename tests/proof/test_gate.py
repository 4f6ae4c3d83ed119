"""The gate before publishing lets a sound report pass, and stops each file that was changed by as little as a digit."""

import json
import re

import pytest

from helpers.proof import Known
from proof.finished import pdf_with, replaced, with_text

DOCUMENT, SHEET = "word/document.xml", "xl/worksheets/sheet"


def test_a_sound_report_passes(refusal):
    assert refusal() == ""


def html(old, new):
    return lambda files: {"report.html": replaced(files["report.html"], old, new)}


def docx(old, new):
    return lambda files: {"report.docx": with_text(files["report.docx"], DOCUMENT, old, new)}


def xlsx(sheet, old, new):
    return lambda files: {"scorecard.xlsx": with_text(files["scorecard.xlsx"], f"{SHEET}{sheet}.xml", old, new)}


def pdf(edit):
    return lambda files: {"report.pdf": pdf_with(edit)}


def facts(name, key, value):
    def exchanged(files):
        content = json.loads(files["facts.json"])
        next(one for one in content["facts"] if one["id"] == name)[key] = value
        return {"facts.json": json.dumps(content, ensure_ascii=False).encode()}

    return exchanged


def without_fact(name):
    def exchanged(files):
        content = json.loads(files["facts.json"])
        content["facts"] = [one for one in content["facts"] if one["id"] != name]
        return {"facts.json": json.dumps(content, ensure_ascii=False).encode()}

    return exchanged


def swapped_headings(files):
    page = files["report.html"].decode()
    first, second = re.findall("<h2>[一二]、[^<]*</h2>", page)
    return {"report.html": page.replace(first, "\0").replace(second, first).replace("\0", second).encode()}


def second_chart_text(files):
    page = files["report.html"].decode()
    place = page.index("<text")
    return {"report.html": (page[:place] + page[place:].replace("甲市 3862人", "甲市 3863人", 1)).encode()}


def display(block, value):
    def edit(blocks):
        next(run for run in blocks[block]["runs"] if "fact" in run)["display"] = value

    return edit


def cell(value):
    def edit(blocks):
        blocks[3]["rows"][1][1]["runs"][0]["display"] = value

    return edit


def setting(block, key, value):
    return lambda blocks: blocks[block].update({key: value})


PEOPLE = "“实际发放人数”（a.people）"
CHANGED = {
    "html digit": (html(">3862人<", ">3863人<"), "HTML 第一部分第1段：" + PEOPLE + "应为“3862人”，现为“3863人”"),
    "html figure without its fact": (
        html(' data-fact="a.people"', ""),
        "HTML 第一部分第1段：“3862人”没有标明是事实" + PEOPLE,
    ),
    "html figure of another fact": (
        html(' data-fact="a.people"', ' data-fact="a.late"'),
        "HTML 第一部分第1段：“3862人”没有标明是事实" + PEOPLE,
    ),
    "html heading": (
        html("（一）专项资金</h3>", "（一）专项经费</h3>"),
        "HTML 第一部分小标题：标题应为“（一）专项资金”，现为“（一）专项经费”",
    ),
    "html order of headings": (swapped_headings, "HTML 第一部分标题：标题应为“一、基本概况”，现为“二、附表：《自评表》”"),
    "html text": (html("统一发放", "统一支付"), "HTML 第一部分第1段：文字应为"),
    "html words for a picture": (
        html('aria-label="条形图：甲市3862人"', ""),
        "HTML 第一部分图1：缺少图的文字说明“条形图：甲市3862人”",
    ),
    "html text in a picture": (second_chart_text, "HTML 图中文字应为“甲市3862人”，现为“甲市3863人”"),
    "html contents": (html("一、基本概况</a>", "一、概况</a>"), "HTML 目录"),
    "html cover": (html("示例部门</dd>", "示例单位</dd>"), "HTML 封面：缺少“示例部门”"),
    "docx digit": (docx(">3862人<", ">3863人<"), "DOCX 第一部分第1段：" + PEOPLE + "应为“3862人”，现为“3863人”"),
    "docx control without its fact": (
        docx('<w:tag w:val="a.people"/>', ""),
        "DOCX 第一部分第1段：“3862人”没有标明是事实" + PEOPLE,
    ),
    "docx heading": (docx("（一）专项资金", "（一）专项经费"), "DOCX 第一部分小标题：标题应为"),
    "docx heading as text": (
        docx('<w:pStyle w:val="Heading2"/>', '<w:pStyle w:val="BodyText"/>'),
        "“（一）专项资金”应为标题，现为文字",
    ),
    "docx table cell": (docx(">3862<", ">3802<"), "DOCX 第一部分表1第2行第2格：" + PEOPLE + "应为“3862”，现为“3802”"),
    "docx words for a picture": (docx('descr="条形图：甲市3862人"', 'descr=""'), "DOCX 第一部分图1：缺少图的文字说明"),
    "pdf digit": (pdf(display(1, "3863人")), "PDF 第一部分第1段：" + PEOPLE + "应为“3862人”"),
    "pdf table cell": (pdf(cell("3802")), "PDF 第一部分表1第2行第2格：" + PEOPLE + "应为“3862”，现为“3802”"),
    "pdf heading": (pdf(setting(0, "text", "专项经费")), "PDF 第一部分小标题：标题应为“（一）专项资金”，现为“（一）专项经费”"),
    "pdf words for a picture": (pdf(setting(4, "alt", "条形图")), "PDF 第一部分图1：图的文字说明应为"),
    "pdf paragraph missing": (pdf(lambda blocks: blocks[1].update(runs=[])), "PDF 第一部分第1段：缺少文字"),
    "pdf register": (
        lambda files: {"report.pdf": pdf_with(lambda blocks: None, facts={"a.late": "146人"})},
        "：“逾期人数”（a.late）应为“145人”，现为“",
    ),
    "pdf attachment": (
        lambda files: {"report.pdf": pdf_with(lambda blocks: None, attached={"facts.json": b"{}"})},
        "PDF：附件 facts.json 与同时生成的 facts.json 不同",
    ),
    "xlsx digit of the form": (
        xlsx(1, "<v>158</v>", "<v>159</v>"),
        "XLSX “自评表”C5：“totalinitial”（scorecard.total.initial）应为“158.00”，现为“159.00”",
    ),
    "xlsx digit of a derivation": (
        xlsx(2, "<v>86.9", "<v>86.8"),
        "XLSX “得分计算过程”D2：“发放人数得分”（indicator.n1.score）应为",
    ),
    "xlsx digit of the import": (
        xlsx(3, "<v>90</v>", "<v>91</v>"),
        "XLSX “系统导入”D2：“发放人数分值”（indicator.n1.weight）应为",
    ),
    "facts.json digit of a value": (facts("a.people", "value", "3863"), "facts.json：" + PEOPLE + "的数值应为“3862”，现为“3863”"),
    "facts.json digit of a display": (
        facts("a.people", "display", "3863人"),
        "facts.json：" + PEOPLE + "的打印值应为“3862人”，现为“3863人”",
    ),
    "facts.json without a fact": (without_fact("a.late"), "facts.json：缺少事实“逾期人数”（a.late）"),
}


@pytest.mark.parametrize(("change", "told"), CHANGED.values(), ids=CHANGED)
def test_a_file_that_says_otherwise_is_named_with_both_values(refusal, files, change, told):
    assert told in refusal(change(files))


def test_a_value_changed_in_facts_json_is_told_where_it_is_printed(refusal, files):
    changed = facts("a.people", "value", "3863")(files)
    assert f"各格式 第一部分表1第2行第2格：{PEOPLE}在 facts.json 中为“3863人”，现为“3862”" in refusal(changed)


TYPED = {
    "html": (html("统一发放", "统一向三百户发放"), "HTML “（一）专项资金”：“三百”"),
    "html outside the parts": (html("跳到正文", "跳到正文3"), "HTML：“3”"),
    "docx": (docx("统一发放", "统一向三百户发放"), "DOCX “（一）专项资金”：“三百”"),
    "pdf": (pdf(lambda blocks: blocks[1]["runs"].append({"text": "另有百分之五"})), "PDF “（一）专项资金”：“百分之五”"),
    "xlsx": (xlsx(3, "<v>90</v>", "<v>91</v>"), "XLSX “系统导入”D2：“91”"),
}


@pytest.mark.parametrize(("change", "told"), TYPED.values(), ids=TYPED)
def test_a_number_typed_into_a_finished_file_is_named_with_its_sentence(refusal, files, change, told):
    message = refusal(change(files))
    assert "报告中有找不到出处的数字" in message
    assert told in message


def test_names_with_numbers_are_those_that_the_parameters_list(refusal):
    message = refusal(known=Known(names=frozenset({"全国通行规则（执行率10分、产出50分、效益30分、满意度10分）"})))
    assert "HTML、PDF、DOCX 第一部分第1段：“三”。原文：按《2022年资金分配方案》，“三节”资金" in message
