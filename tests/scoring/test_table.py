"""Reading any department's self-evaluation table."""

from datetime import date
from fractions import Fraction

import pytest
from score_tables import FORM, HEAD, table, write, write_xlsx

from conftest import ROOT
from helpers.issue import InputsInvalid
from helpers.scoring.model import Quantity
from helpers.scoring.printed import FundsRow, SumRow
from helpers.scoring.table import read_indicators

WAN = 1_000_000


@pytest.fixture
def read(tmp_path):
    """Reads a table given as the text of a CSV file."""
    return lambda text: read_indicators(write(tmp_path, text))


def issues(table, *codes):
    return [(issue.code, issue.severity, issue.row) for issue in table.issues if not codes or issue.code in codes]


def test_the_indicators_of_the_national_form(read):
    found = read(FORM)
    assert [(item.row, item.level1, item.level2, item.level3) for item in found.indicators] == [
        (9, "产出指标", "数量指标", "慰问人数"),
        (10, "产出指标", "数量指标", "表彰场次"),
        (11, "产出指标", "时效指标", "完成时间"),
        (12, "效益指标", "社会效益指标", "培训"),
        (13, "满意度指标", "服务对象满意度指标", "满意度"),
    ]
    assert found.issues == []


def test_all_that_a_row_says(read):
    item = read(FORM).indicators[1]
    assert (item.direction, item.target, item.actual) == ("=", Quantity(14, "个"), Quantity(13, "个"))
    assert (item.target_text, item.actual_text) == ("＝14个", "13个")
    assert (item.weight, item.printed_score, item.deviation) == (10, Fraction("9.29"), "有一场没有举行")


def test_the_total_row_is_no_indicator(read):
    assert read(FORM).printed.total == SumRow(14, "总分", Fraction(100), Fraction("98.46"))


def test_the_funds_block_in_fen(read):
    total, fiscal, carried = read(FORM).printed.funds
    assert total == FundsRow(
        3, "年度资金总额", 1000 * WAN, 1200 * WAN, 1100 * WAN, Fraction(10), Fraction("0.9167"), Fraction("9.17")
    )
    assert (total.is_total, fiscal.is_total, carried.is_total) == (True, False, False)
    assert (fiscal.points, fiscal.score) == (None, None)


def test_a_funds_block_in_yuan_is_read_as_such(read):
    text = FORM.replace("部门整体支出绩效自评表", "单位：元")
    assert read(text).printed.funds[0].full_year == 1200 * 100


def test_other_text_is_kept_by_row(read):
    assert (7, "完成14个地州市的帮扶\t已完成") in read(FORM).printed.text
    assert (15, "填报人：") in read(FORM).printed.text


def test_merged_level_cells_and_a_merged_total_in_a_workbook(tmp_path):
    rows = [
        ["自评表"],
        ["绩效指标", *HEAD.split(",")],
        [None, "产出指标", "数量指标", "人数", "≥10人", 12, 40, 40],
        [None, None, None, "次数", "≥2次", 2, 50, 50],
        ["总分", None, None, None, None, None, 90, 90],
    ]
    found = read_indicators(write_xlsx(tmp_path, rows, ["A1:I1", "A2:A4", "B3:B4", "C3:C4", "A5:F5"]))
    assert [(item.row, item.level1, item.level2) for item in found.indicators] == [
        (3, "产出指标", "数量指标"),
        (4, "产出指标", "数量指标"),
    ]
    assert found.printed.total == SumRow(5, "总分", Fraction(90), Fraction(90))


def test_a_date_cell_of_a_workbook(tmp_path):
    rows = [HEAD.split(","), ["产出指标", "时效指标", "完成时间", "2022年12月底前", date(2022, 11, 30), 90]]
    assert read_indicators(write_xlsx(tmp_path, rows)).indicators[0].actual == Quantity(date(2022, 11, 30), "日期")


def test_the_projects_own_table_has_no_actual_values_and_no_issues():
    found = read_indicators(ROOT / "data/2022/indicators.csv")
    assert found.issues == []
    assert sum(item.weight for item in found.indicators) == 90
    assert {item.actual for item in found.indicators} == {None}


@pytest.mark.parametrize(
    "head",
    [
        "三级指标,指标值,实际值,权重",
        "指标名称,目标值,完成值,分值（90分）",
        "三 级 指 标,年度指标值（A）,全年实际完成值(B),指标分值",
    ],
)
def test_variants_of_headers(read, head):
    item = read(table("人数,≥10人,12人,5", head=head)).indicators[0]
    assert (item.level3, item.target, item.actual, item.weight) == ("人数", Quantity(10, "人"), Quantity(12, "人"), 5)


@pytest.mark.parametrize("name", ["偏差原因", "偏差原因分析及改进措施", "未完成原因分析", "偏差原因及改进措施"])
def test_variants_of_the_reasons_header(read, name):
    assert read(table("人数,≥10,5,5,下雨", head=f"三级指标,指标值,实际值,分值,{name}")).indicators[0].deviation == "下雨"


def test_direction_unit_band_and_evidence_columns(read):
    head = "三级指标,方向,目标值,计量单位,实际值,分值,达成档次,档内得分率,佐证材料"
    number, words = read(table("人数,≥,10,人,12,5,,,名册", "缓解,定性,有效缓解,,,5,达成,90%,问卷", head=head)).indicators
    assert (number.direction, number.target, number.evidence) == ("≥", Quantity(10, "人"), "名册")
    assert (words.band, words.band_share) == ("达成", Fraction(9, 10))


def test_the_words_of_the_form_state_a_band(read):
    assert read(table("产出,质量,改善,有效缓解,部分达成预期指标并具有一定效果,10,")).indicators[0].band == "部分达成"


def test_subtotals_and_the_execution_row_are_no_indicators(read):
    found = read(table("产出,数量,人数,≥10人,12人,90,90,", "产出,小计,,,,90,90,", "预算执行率,,,100%,98%,10,9.8,"))
    assert len(found.indicators) == 1
    assert found.printed.subtotals == (SumRow(3, "小计", Fraction(90), Fraction(90)),)
    assert found.printed.execution == (SumRow(4, "预算执行率", Fraction(10), Fraction("9.8")),)


def test_an_execution_rate_under_outputs_is_an_indicator(read):
    assert read(table("产出指标,质量指标,预算执行率,≥95%,98%,90,90,")).printed.execution == ()


@pytest.mark.parametrize(
    ("row", "issue"),
    [
        ("产出,数量,人数,90%-95%,12人,90,90,", ("T101", "错误", 2)),
        ("产出,成本,单价,100元,120元,90,90,", ("T102", "警告", 2)),
        ("产出,数量,事故,0起,0起,90,90,", ("T102", "警告", 2)),
        ("产出,数量,人数,≥95%,≥95%,90,90,", ("T103", "警告", 2)),
        ("产出,数量,人数,≥10人,12人,十,90,", ("T104", "错误", 2)),
        ("产出,数量,人数,≥10人,12人,,90,", ("T104", "错误", 2)),
        (f"产出,数量,人数,≥10人,12人,{'9' * 30},90,", ("T104", "错误", 2)),
        ("产出,数量,人数,≥10人,12人,0.0000000000000000001,90,", ("T104", "错误", 2)),
        ("产出,数量,人数,≥10人,12人,90,满分,", ("T105", "警告", 2)),
        ("产出,数量,,≥10人,12人,90,90,", ("T106", "错误", 2)),
        ("产出,数量,人数,≥10人,12人,90,90,因雨,停工", ("T111", "错误", 2)),
        ("产出,数量,人数,≥10人,12人,90,90,", None),
        ("产出,数量,人数,100人次,120人次,90,90,", None),
        ("产出,时效,时间,2022年12月,2022-11-30,90,90,", None),
    ],
)
def test_what_is_not_readable_is_told_with_its_row(read, row, issue):
    assert issues(read(table(row))) == ([issue] if issue else [])


def test_an_issue_names_the_column_as_the_file_has_it(read):
    found = read(table("人数,约10人,12人,5", head="三级指标,目标值,实际值,分值"))
    assert "“目标值”" in found.issues[0].message


def test_an_unreadable_band_is_told(read):
    found = read(table("缓解,有效缓解,5,优秀,0.9", head="三级指标,目标值,分值,达成档次,档内得分率"))
    assert issues(found) == [("T108", "警告", 2), ("T108", "警告", 2)]


def test_a_funds_cell_that_is_no_number_is_told(read):
    assert issues(read(FORM.replace(",1100,", ",一千一百万,"))) == [("T107", "警告", 3)]


def test_a_second_column_of_the_same_meaning_is_told(read):
    found = read(table("人数,≥10人,12人,5,5,6", head="三级指标,目标值,实际值,分值,得分,自评得分"))
    assert issues(found) == [("T109", "警告", 1)]
    assert found.indicators[0].printed_score == 5


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("甲,乙\n1,2\n", "E201"),
        ("三级指标,实际值,分值\n人数,1,2\n", "E203"),
        (f"{HEAD}\n总分,,,,,90,90,\n", "E104"),
    ],
)
def test_what_is_no_such_table_is_refused(read, text, code):
    with pytest.raises(InputsInvalid) as invalid:
        read(text)
    assert [issue.code for issue in invalid.value.issues] == [code]


@pytest.mark.parametrize(("name", "code"), [("table.docx", "E110"), ("missing.csv", "E117")])
def test_what_is_no_such_file_is_refused(tmp_path, name, code):
    if code == "E110":
        write(tmp_path, FORM, name)
    with pytest.raises(InputsInvalid) as invalid:
        read_indicators(tmp_path / name)
    assert [issue.code for issue in invalid.value.issues] == [code]
