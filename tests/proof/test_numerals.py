"""Which numbers of a text need an origin: how they are written, and the list of those that need none."""

import pytest

from helpers.proof import Known
from helpers.proof.allowed import general_allowances
from helpers.proof.numerals import numerals
from helpers.proof.orphans import Judge
from helpers.proof.passages import Passage, Piece
from helpers.proof.recorded import Recorded
from helpers.proof.values import Values, with_unit

PLACES = {"heading", "caption", "contents", "page", "axis", "row", "appendix", "register"}

WRITTEN = {
    "实际发放3862人": ["3862"],
    "共1,234.50元": ["1,234.50"],
    "占96.17%": ["96.17%"],
    "占９６％": ["９６％"],
    "下达十四个地州市": ["十四"],
    "超过百分之五": ["百分之五"],
    "百分之三点五": ["百分之三点五"],
    "三千二百元": ["三千二百"],
    "四分之三": ["四分之三"],
    "叁佰万元整": ["叁佰", "万"],
    "一、二": ["一", "二"],
    "⑤号": ["⑤"],
    "陆续、队伍、收拾": [],
}


@pytest.mark.parametrize(("text", "found"), WRITTEN.items())
def test_a_number_is_found_as_long_as_it_is_written(text, found):
    assert [text[start:end] for start, end in numerals(text)] == found


def fact(value, unit, **more):
    return {"id": "a.b", "label": "发放", "value": value, "unit": unit, "origin": "ledger", "formula": "", "sources": [], **more}


RECORDED = Recorded(
    {
        "a.people": fact("3862", "人"),
        "a.amount": fact("148000000", "万元"),
        "a.day": fact("2022-05-17", "日期"),
        "a.score": fact("5", "分", formula="6×0.9194÷0.95"),
        "a.hash": fact("1", "个", sources=[{"sha256": "3fa9" + "0" * 60, "rows_read": 6000, "rows_kept": 4308}]),
    },
    ({"id": "control.report.a.people", "left": "3900", "right": "3862", "difference": "38", "unit": "人", "verdict": "相符"},),
)


def found(text, kind="text", *, known=None, part="section", facts=()):
    """The numbers without origin in a passage of plain text."""
    judge = Judge(RECORDED, known or Known(), 2022)
    passage = Passage(kind, (Piece(text),), "某处", part, tuple(facts))
    return [orphan.number for orphan in judge.orphans(passage, "HTML")]


ORPHANS = [
    ("安排两类资金", "两"),
    ("三项补助共支出", "三"),
    ("一周以内", "一"),
    ("查出一个问题", "一"),
    ("其中一户未领", "一"),
    ("得十分", "十"),
    ("发给三百户", "三百"),
    ("百万元以上", "百万"),
    ("十万元", "十万"),
    ("2022年度", "2022"),
    ("统一百个项目", "一百"),
    ("每一百户", "一百"),
    ("十三节", "十三"),
    ("实际发放3862人", "3862"),
    ("约百分之五", "百分之五"),
    ("半数以上", "半"),
]


@pytest.mark.parametrize(("text", "number"), ORPHANS)
def test_a_typed_number_in_a_paragraph_is_an_orphan_even_where_a_fact_has_its_value(text, number):
    assert found(text, known=Known(named={"三节": "节日的合称"})) == [number]


WORDS = [
    "进一步统一口径，前后一致",
    "“一户一档”，逐一核实，一方面、一部分、一般、唯一",
    "十分重要，万一、百姓、千方百计、四舍五入",
    "单位：万元，占比（%），百分点",
    "一级指标、二级指标、三级指标",
    "《2022年自治区资金分配方案》",
    "财预〔2020〕10号",
    "情况见表10和图16；另见表12",
    "第二部分称",
    "每一笔、哪一年、同一对象、上一年度",
    "三公经费、八项规定、五险一金",
    "一是提前安排，二是压实责任",
    "（一）提前安排",
    "情况见表3和图12，明细见表10和图7",
]


@pytest.mark.parametrize("text", WORDS)
def test_words_and_titles_with_numerals_need_no_origin(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("heading", "二、总体情况"),
        ("heading", "1.发放规模"),
        ("heading", "附录二　编制假设"),
        ("caption", "表12　情况"),
        ("page", "— 12 —"),
        ("axis", "1,200"),
        ("axis", "12月"),
        ("row", "7"),
        ("front", "（2022年度）"),
        ("contents", "一、基本概况12"),
        ("entry", "读入 6000 行，采用 4308 行；校验值 3fa900000000"),
    ],
)
def test_numbers_of_the_layout_need_no_origin_in_their_place_and_one_anywhere_else(kind, text):
    assert found(text, kind) == []
    assert found(text) != []


def test_a_figure_is_no_orphan_and_what_is_typed_beside_it_is():
    judge = Judge(RECORDED, Known(), 2022)
    pieces = (Piece("共1"), Piece("3862人", "a.people"), Piece("，约三成"))
    assert [orphan.number for orphan in judge.orphans(Passage("text", pieces), "HTML")] == ["1", "三"]


@pytest.mark.parametrize("kind", ["label", "alt"])
def test_a_chart_prints_the_facts_that_it_draws(kind):
    assert found("甲市 3862", kind, facts=["a.people"]) == []
    assert found("甲市 3862", kind, facts=["a.amount"]) == ["3862"]
    assert found("甲市 38", kind, facts=["a.people"]) == ["38"]


@pytest.mark.parametrize(
    "text", ["发放148万元", "以2022年5月17日为准", "3862人中", "A01 已核对", "第 12、15 行", "3900人", "38人"]
)
def test_the_appendix_prints_values_of_facts_and_checks(text):
    assert found(text, part="appendix") == []


@pytest.mark.parametrize(
    ("text", "number"), [("发放149万元", "149"), ("共5处", "5"), ("以2022年5月18日为准", "2022"), ("共1148万元", "1148")]
)
def test_a_number_in_the_appendix_that_no_fact_has_is_an_orphan(text, number):
    assert found(text, part="appendix")[0] == number


def test_an_entry_of_the_register_repeats_numbers_of_facts_json_alone():
    assert found("按6×0.9194÷0.95计算", part="register") == []
    assert found("按6×0.9294÷0.95计算", part="register") == ["0.9294"]
    assert found("校验值 3fa911111111", part="register") != []


def test_names_may_stand_in_any_text_and_what_a_table_states_as_a_whole_cell():
    known = Known(names=frozenset({"三年行动资金"}), stated=frozenset({"因3户搬迁"}), quotes=frozenset({"少3人。"}))
    assert found("用于三年行动资金", known=known) == []
    assert found("因3户搬迁", known=known) == []
    assert found("又因3户搬迁", known=known) == ["3"]
    assert found("发现少3人。", known=known) == ["3"]
    assert found("发现少3人。", known=known, part="appendix") == []


def test_a_name_that_is_nothing_but_a_number_allows_none():
    assert found("共3处", known=Known(names=frozenset({"3", "三", "5%"}))) == ["3"]


def test_each_entry_of_the_list_has_a_reason_and_known_places():
    assert [entry.reason for entry in general_allowances() if not entry.reason.strip()] == []
    assert {place for entry in general_allowances() for place in entry.places} <= PLACES


def test_values_are_found_whole():
    assert list(Values(["148万元"]).spans("共148万元、1148万元、148万元")) == [(1, 6), (14, 19)]
    assert list(with_unit(["5", "5人", "96.17", "96.17%", "优"])) == ["5人", "96.17%"]
