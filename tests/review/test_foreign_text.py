"""R301 to R304: names, years, paragraphs and amounts that belong elsewhere, and those that only look so."""

from fractions import Fraction

import pytest
from review_samples import codes, funds, indicator, with_text

from helpers.review import review
from helpers.review.from_table import reviewed_table, stated_year
from helpers.review.model import Paragraph
from helpers.scoring.printed import Printed
from helpers.scoring.table import IndicatorTable
from samples import fact


def found(text, **more):
    return codes(review(with_text(text, **more)))


@pytest.mark.parametrize(
    "text",
    [
        *(
            "优化学校布局，服务全县发展大局",
            "对外开放格局更加开放",
            "供水管网局部改造",
            "局长办公会研究决定",
            "校园局域网",
            "存在局限性",
        ),
        *(
            "省局要求按时完成",
            "按照市局部署",
            "阅览厅、候车厅和多功能厅建成",
            "食堂餐厅改造",
            "国务院办公厅通知",
            "国家税务总局规定",
        ),
        *(
            "会同市公安局、市住建局整治校园周边",
            "由于县自然资源局审批推迟",
            "因市住建局验收滞后",
            "经市住建局验收",
            "向市民政局移交名册",
        ),
        *("市统计局年报", "县卫健局核发许可证", "市发改委批复", "按财政局、审计厅要求整改", "《民政局工作规则》"),
        *(
            "我局按时完成",
            "省教育厅下达",
            "市教体局教育科",
            "评审委员会评定",
            "家长委员会",
            "我市委托第三方",
            "样本校和基本校舍",
            "成本中心",
        ),
    ],
)
def test_words_that_look_like_a_department_and_departments_with_a_reason_are_no_foreign_names(text):
    assert found(text, department="市教育局、市教育体育局") == []


@pytest.mark.parametrize(
    "text",
    [
        *(
            "民政局按时发放高龄补贴",
            "县水利局完成河道清淤",
            "省民政厅部署养老服务",
            "市卫健委推进医改",
            "发展和改革委员会完成项目审批",
        ),
        *("我校招生", "我院接诊", "本中心开放", "我委"),
    ],
)
def test_another_department_is_foreign(text):
    assert found(text) == ["R301"]


@pytest.mark.parametrize(
    ("department", "text"),
    [
        *(
            ("市卫生健康委员会", "我委落实省卫健委部署"),
            ("市发展和改革委员会", "市发改委"),
            ("市人力资源和社会保障局", "市人社局"),
        ),
        *(("市文化广电和旅游局", "文旅局"), ("市住房和城乡建设局", "住建局"), ("市城市管理综合行政执法局", "城管局")),
        *(("市第一中学", "我校"), ("市第三人民医院", "我院"), ("市教育局（本级）", "我局"), ("县疾病预防控制中心", "本中心")),
        *(("市公安局", "城东公安分局"), ("市税务局", "税务总局"), ("市医疗保障局", "省医保局")),
    ],
)
def test_a_department_is_known_by_its_short_name_and_with_those_above_and_below(department, text):
    assert found(text, department=department) == []


def test_names_of_the_parameters_are_not_foreign():
    assert found("民政局提供帮助对象", names=("县民政局",)) == []


def test_without_a_department_nothing_is_foreign():
    assert found("民政局和我校", department="") == []


@pytest.mark.parametrize(
    "text",
    [
        *("较2022年增长", "与2022年相比", "2021—2025年规划", "2021年至2025年", "2021-2025年", "2022年度结转资金", "自2020年起"),
        *(
            "2020年以来",
            "2024年1月调查",
            "计划2024年6月完成",
            "财预〔2020〕10号",
            "《2021年工作方案》",
            "2022年版",
            "上年（2022年）",
        ),
        *("2022年立项项目", "2019年建成的校舍", "2022年秋季学期", "2022年度决算"),
    ],
)
def test_a_year_that_is_compared_or_continued_or_follows_is_not_foreign(text):
    assert found(text) == []


@pytest.mark.parametrize(
    "text", ["2022年培训教师1200人", "二〇二二年工作", "2021 年度目标全部完成", "2026年完成", "截至2022年底"]
)
def test_another_year_is_foreign(text):
    assert found(text) == ["R302"]


def test_facts_and_titles_may_hold_any_year():
    runs = ({"text": "截至"}, {"fact": "a.day", "display": "2021年12月31日"}, {"text": "，依据《2020年计划》。"})
    assert codes(review(with_text("", paragraphs=(Paragraph("", runs),)))) == []


FORMER = "本年度共培训乡村教师一千二百人，新建录播教室三十间，全部按期完工并投入使用，教学条件明显改善。"


def test_a_paragraph_taken_over_from_last_year_is_found():
    text = FORMER.replace("三十间", "二十间")
    assert found(text, last_year=("别的段落", FORMER)) == ["R303"]


@pytest.mark.parametrize("last_year", [None, (), ("别的段落，说的是另外的事情，与培训和录播教室都没有关系，文字也不相同。",)])
def test_a_new_paragraph_is_not_taken_over(last_year):
    assert found(FORMER, last_year=last_year) == []


def test_a_short_sentence_is_alike_in_every_year():
    assert found("全部按期完工。", last_year=("全部按期完工。",)) == []


@pytest.mark.parametrize(
    "text",
    [
        *("全年预算100万元，执行90万元，结余10万元", "执行900,000元", "人均1500元", "0元", "2023元旦", "限额400万元以上的工程"),
        *("约100万元", "《投入300万元的方案》", "100余万元"),
    ],
)
def test_an_amount_of_the_tables_or_no_amount_raises_nothing(text):
    assert found(text, **amounts()) == []


@pytest.mark.parametrize("text", ["全年预算110万元", "执行90元", "结余10.5万元", "人均1600元"])
def test_an_amount_that_no_table_holds_is_found(text):
    assert found(text, **amounts()) == ["R304"]


def test_an_amount_of_a_fact_or_a_table_cell_is_known():
    facts = {"special.budget.amount": fact("special.budget.amount", 925_000_000, "万元")}
    assert found("专项资金925万元", facts=facts) == []
    assert found("专项资金925万元", cells=("925.00", "1")) == []
    assert found("专项资金952万元", facts=facts) == ["R304"]


@pytest.mark.parametrize("text", ["比上年减少925万元", "增减-925万元"])
def test_a_decrease_is_known_with_and_without_its_sign(text):
    assert found(text, facts={"special.change": fact("special.change", -925_000_000, "万元")}) == []


def test_without_any_amount_in_tables_text_is_not_compared():
    assert found("投入100万元") == []


@pytest.mark.parametrize(
    ("head", "year"),
    [
        (["部门整体支出绩效自评表", "（2023年度）", "项目名称\t2021年立项实训基地"], 2023),
        (["项目名称\t2021年立项实训基地", "评价年度：2023"], 2023),
        (["部门名称\t县水利局\t年度\t2023\t填报日期\t2024年3月"], 2023),
        (["2023年部门整体支出绩效自评表"], 2023),
        (["填报单位：县水利局\t填报日期：2024年3月15日"], None),
    ],
)
def test_the_year_is_that_of_the_head_and_not_of_a_project_or_of_the_day_of_filling_in(head, year):
    assert stated_year(headed(*head)) == year


@pytest.mark.parametrize(
    ("head", "department"),
    [
        *(
            ("部门名称\t县水利局\t年度\t2023", "县水利局"),
            ("部门（单位）名称：县水利局", "县水利局"),
            ("预算单位\t县水利局", "县水利局"),
        ),
        *(("部门整体支出绩效自评表\t单位：万元", ""), ("部门整体支出绩效自评表\t单位： 元", "")),
        ("主管部门\t市教育局\t实施单位\t市职业学院", "市教育局、市职业学院"),
    ],
)
def test_the_department_is_that_of_the_head_and_no_unit_of_money(head, department):
    assert reviewed_table(headed(head), year=None, execution_weight=Fraction(10)).department == department


def amounts():
    """Budget 100 and spending 90 万元, training at 1,500 yuan each."""
    row = indicator("人均培训费用", 1500, 1500, unit="元/人", direction="≤", level2="成本指标", weight=90, score=80)
    return {"printed": Printed(funds=(funds(),)), "indicators": (row,)}


def headed(*lines):
    return IndicatorTable("table.csv", [indicator()], Printed(text=tuple(enumerate(lines, start=1))), [])
