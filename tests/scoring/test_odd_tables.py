"""Tables as departments write them: each row is scored as by hand, or told with its row, and nothing is lost in silence."""

from datetime import datetime
from decimal import Decimal

import pytest
from openpyxl import Workbook
from score_tables import HEAD, table

from helpers.issue import InputsInvalid
from helpers.scoring.report import rules_folder, score_indicators
from helpers.scoring.rules import load_rules
from helpers.scoring.table import read_indicators
from helpers.scoring.table_head import departments, stated_year

RULES = load_rules("national-default", rules_folder()).in_force(2022)
COLUMNS = HEAD.split(",")
SYSTEM = "一级指标,二级指标,三级指标,指标性质,指标值,度量单位,权重,完成值,得分"


def judged(path):
    """Points of each row in the order of the file, and code and row of each issue, where 95 % of the budget are spent."""
    card = score_indicators(read_indicators(path), RULES, 100_000, 95_000)
    points = [None if score.points is None else str(score.points) for _, score in card.rows]
    return points, [(issue.code, issue.row) for issue in card.issues]


CSV = {
    "full_width_signs_digits_and_thousands": (
        table(
            "产出指标,数量指标,新增藏书册数,≥５０００册,４９００册,30,29.4,采购延期",  # 30 × 4900 ÷ 5000
            ",质量指标,验收合格率,＝100％,100％,30,30,",
            '效益指标,社会效益指标,到馆人次,"≥1,480,000人次","1,110,000人次",20,15,',  # 20 × 1.11 ÷ 1.48
            ",,借阅人次,≥１，４８０，０００人次,1480000人次,10,10,",
        ),
        ["29.40", "30.00", "15.00", "10.00"],
        [],
    ),
    "total_row_first": (
        table("总分,,,,,100,88.5,", "产出,数量,培训人数,≥100人,90人,40,36,因疫情", "满意度,满意度,学员满意度,≥90%,78%,50,43,"),
        ["36.00", "43.33"],  # 50 × 78 ÷ 90
        [("T202", 2), ("T201", 4)],
    ),
    "headers_in_other_words": (
        table(
            "1,产出,数量,巡查次数,不低于12次,10次,45,37.5,人手不足",  # 45 × 10 ÷ 12
            "2,产出,质量,整改率,不低于80%,80%,45,45,",
            head="序号,一级 指标,二级指标（分值）,三级指标（内容）,绩效目标值,全年实际完成情况,权重（分）,自评得分（分）,备 注",
        ),
        ["37.50", "45.00"],
        [],
    ),
    "columns_of_the_production_system": (
        table(
            "产出指标,数量指标,受理件数,≥,500,件,30,480,28.8",  # 30 × 480 ÷ 500
            "产出指标,时效指标,办结时间,≤,5,工作日,30,6,24",  # 30 × (2 − 6 ÷ 5)
            "效益指标,社会效益,群众安全感,定性,有效提升,,10,有效提升,10",  # no band stated
            "满意度,满意度,满意度,≥,85,%,20,90,20",
            head=SYSTEM,
        ),
        ["28.80", "24.00", None, "20.00"],
        [],
    ),
    "nature_says_only_what_kind_it_is": (
        table(
            "产出,数量,人数,定量指标,≥10,人,40%,8,32",
            "产出,质量,机制,定性指标,健全,,20%,健全,",
            "产出,质量,差错率,反向指标,2,%,30%,3,15",  # 30 × (2 − 3 ÷ 2)
            head=SYSTEM,
        ),
        ["32.00", None, "15.00"],
        [],
    ),
    "signs_and_words_for_signs": (
        table(
            "产出,数量,a,＞＝5场,5场,10,10,",
            "产出,数量,b,≧5场,4场,10,8,缺",
            "产出,数量,c,大于等于5场,6场,10,10,",
            "产出,数量,d,=>5场,5场,10,10,",
            "产出,数量,e,5场以上,4场,10,8,",
            "产出,数量,f,不超过5场,6场,10,8,多",  # 10 × (2 − 6 ÷ 5)
            "产出,数量,g,不少于5 场,5　场,10,10,",
            "产出,数量,h,至少5场,3场,10,6,",
            "产出,数量,i,100人次,120人次,10,10,",
        ),
        ["10.00", "8.00", "10.00", "10.00", "8.00", "8.00", "10.00", "6.00", "10.00"],
        [],
    ),
    "blank_weights": (
        table(
            "产出,数量,人数,≥10人,10人,60,,", ",,次数,≥2次,2次,,,", ",,场数,≥2场,2场,—,,", "满意度,满意度,满意度,≥90%,91%,30,,"
        ),
        ["60.00", None, None, "30.00"],
        [("T104", 3), ("T104", 4)],
    ),
    "weights_of_nothing_or_less": (
        table("产出,数量,a,≥10人,10人,0,,", "产出,数量,b,≥10人,10人,-5,,", "产出,数量,c,≥10人,10人,95,,"),
        [None, None, "95.00"],
        [("S201", 2), ("S201", 3)],
    ),
    "the_same_row_twice": (
        table("产出,数量,人数,≥10人,10人,45,45,", "产出,数量,人数,≥10人,10人,45,45,"),
        ["45.00", "45.00"],
        [("T113", 3)],
    ),
    "negative_and_zero": (
        table(
            "产出,数量,新增户数,≥10户,-2户,20,0,负增长",
            "产出,质量,安全事故,＝0起,0起,20,20,",
            "产出,质量,投诉,≤0件,2件,20,0,",
            "产出,成本,三公经费变动率,≤0%,-5%,20,20,",
            "产出,质量,差错,0起,3起,10,10,",  # ≥0 is always met: what is meant has to be said
        ),
        ["0.00", "20.00", "0.00", "20.00", "10.00"],
        [("T102", 6)],
    ),
    "cost_without_a_sign": (
        table("产出,成本,单价,100万元,120万元,90,90,"),
        ["90.00"],
        [("T102", 2)],
    ),
    "money_in_two_units": (
        table("产出,成本,总成本,≤148万元,1554000元,45,42.75,超", "产出,成本,人均成本,≤1000元/人,1050元/人,45,42.75,超"),
        ["42.75", "42.75"],  # 45 × (2 − 155.4 ÷ 148), 45 × (2 − 1050 ÷ 1000)
        [],
    ),
    "execution_row_included_in_the_hundred": (
        table(
            "预算执行率（10分）,,,100%,95%,10,9.5,",
            "产出,数量,人数,≥10人,9人,60,54,",
            "满意度,满意度,满意度,≥90%,91%,30,30,",
            "合计,,,,,100,93.5,",
        ),
        ["54.00", "30.00"],
        [],
    ),
    "execution_row_with_all_levels": (
        table("预算执行,预算执行率,预算执行率,100%,95%,10,9,", "产出,数量,人数,≥10人,9人,90,81,", "总 分,,,,,100,90.5,"),
        ["81.00"],
        [("T203", 2)],
    ),
    "execution_as_an_indicator_of_a_group": (
        table("投入指标,预算执行,预算执行率,100%,95%,10,9.5,", "产出指标,数量,人数,≥10人,9人,90,81,"),
        ["9.50", "81.00"],
        [("S106", None)],
    ),
    "total_of_the_indicators_alone": (
        table("产出,数量,人数,≥10人,9人,90,81,", "总分,,,,,90,81,"),
        ["81.00"],
        [],
    ),
    "total_of_the_indicators_alone_and_wrong": (
        table("产出,数量,人数,≥10人,9人,90,81,", "总分,,,,,90,82,"),
        ["81.00"],
        [("T202", 3)],
    ),
    "subtotals_below": (
        table(
            "产出指标（60分）,数量,人数,≥10人,9人,60,54,",
            "小计,,,,,60,54,",
            "满意度,满意度,满意度,≥90%,81%,30,27,差",
            "小计,,,,,30,27,",
        ),
        ["54.00", "27.00"],
        [],
    ),
    "points_of_a_group_above": (
        table(
            "产出指标,,,,,60,54,", ",数量指标,人数,≥10人,9人,60,54,", "满意度指标,,,,,30,30,", ",满意度,满意度,≥90%,91%,30,30,"
        ),
        ["54.00", "30.00"],
        [],
    ),
    "header_printed_again": (
        table("产出,数量,人数,≥10人,9人,60,54,", HEAD, "满意度,满意度,满意度,≥90%,91%,30,30,"),
        ["54.00", "30.00"],
        [],
    ),
    "rows_after_the_total": (
        table("产出,数量,人数,≥10人,9人,60,54,", "总分,,,,,60,54,", "满意度,满意度,满意度,≥90%,91%,30,30,", "填报人：张,,,,,,,"),
        ["54.00"],
        [("S106", None), ("T112", 4)],
    ),
    "months_for_days": (
        table(
            "产出,时效,一,2022年12月31日前,2022年12月,30,30,",
            "产出,时效,二,2022年12月15日前,2022年12月,20,20,",
            "产出,时效,三,12月底前,2022.12.30,10,10,",
            "产出,时效,四,2022年6月底前完成,2022年7月1日,20,0,晚",
            "产出,时效,五,2022年底,按期完成,10,10,",
        ),
        ["30.00", None, None, "0.00", None],
        [("T103", 3), ("T101", 4), ("T103", 6)],
    ),
    "thousands_without_quotation_marks": (
        table("产出,数量,人数,≥1,480,000人,1,480,000人,90,90,"),
        [None],
        [("S106", None), ("T111", 2), ("T104", 2)],
    ),
    "ranges_and_vague_targets": (
        table(
            "产出,数量,人数,90-100人,95人,30,,",
            "产出,数量,次数,5次左右,5次,20,,",
            "产出,质量,合格率,95%±2%,96%,20,,",
            "产出,数量,学员,计划培训100人,100人,20,,",
        ),
        [None, None, None, None],
        [("T101", 2), ("T101", 3), ("T101", 4), ("T101", 5)],
    ),
    "actual_values_in_words": (
        table("产出,数量,a,≥14个,已完成14个,30,30,", "产出,质量,b,≥95%,≥95%,30,30,", "产出,质量,c,≥95%,98.5%（抽样）,30,30,"),
        [None, None, None],
        [("T103", 2), ("T103", 3), ("T103", 4)],
    ),
    "nothing_in_the_actual_column": (
        table("产出,数量,a,≥14个,—,30,30,", "产出,数量,b,≥14个,/,30,0,", "产出,数量,c,≥14个,,30,,"),
        [None, None, None],
        [],
    ),
    "units_that_differ": (
        table("产出,数量,人次,≥100人次,100人,30,,", "产出,数量,面积,≥10亩,8,30,,", "产出,数量,培训人数（人）,≥100,120人,30,,"),
        [None, "24.00", None],  # a missing unit of the actual value is that of the target
        [("S204", 2), ("S204", 4)],
    ),
    "shares_against_percentages": (
        table(
            "产出,质量,合格率,≥95%,0.98,30,,",
            "产出,质量,及格率,≥0.95,0.9,30,28.42,",  # both are shares: 30 × 0.9 ÷ 0.95
            "产出,质量,到课率,≥95%,98,30,30,",
        ),
        [None, "28.42", "30.00"],
        [("T103", 2)],
    ),
    "shares_in_a_column_of_percentages": (
        table("产出,质量,合格率,≥,0.95,%,90,96,90", head=SYSTEM),
        [None],
        [("T103", 2)],
    ),
    "scores_that_are_no_numbers": (
        table("产出,数量,a,≥10人,10人,45,100%,", "产出,数量,b,≥10人,10人,45,满分,"),
        ["45.00", "45.00"],
        [("T105", 2), ("T105", 3)],
    ),
    "scores_as_text_with_their_unit": (
        table("产出,数量,人数,≥10,8,40分,32.00分,少", "产出,数量,次数,≥10次,１２次, 50 ,５０,"),
        ["32.00", "50.00"],
        [],
    ),
    "points_and_weight_in_two_columns": (
        table("产出,数量,a,≥10人,9人,90,81,,50", head=HEAD + ",权重"),
        ["81.00"],
        [("T109", 1)],
    ),
    "numbers_spoilt_by_excel": (
        table("产出,数量,a,≥1.48E+06,1.5E+06,45,45,", '产出,数量,b,"≥1,48,000人",148000人,45,45,'),
        [None, None],
        [("T101", 2), ("T103", 2), ("T101", 3)],
    ),
    "scores_above_the_weight_and_for_nothing": (
        table("产出,数量,a,≥10人,10人,45,50,", "产出,数量,b,≥10户,0户,45,45,"),
        ["45.00", "0.00"],
        [("T201", 2), ("T201", 3)],
    ),
}
"""Text, points by hand, issues in the order of rows."""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("name", CSV)
def test_a_csv_file_is_scored_or_told_row_by_row(tmp_path, name, encoding):
    text, points, issues = CSV[name]
    path = tmp_path / "table.csv"
    path.write_bytes(text.replace("\n", "\r\n").encode(encoding))
    assert judged(path) == (points, issues)


ONE_ROW = [COLUMNS, ["产出", "数量", "人数", "≥10人", "9人", 90, 81]]


def workbook(tmp_path, rows, merges=(), formats=None, hidden=(), sheets=()):
    """A workbook of one sheet, and of others with the same rows; `formats` are number formats by cell."""
    book = Workbook()
    for name in sheets:
        other = book.create_sheet(name)
        for row in rows:
            other.append(row)
    for row in rows:
        book.active.append(row)
    for merge in merges:
        book.active.merge_cells(merge)
    for cell, number_format in (formats or {}).items():
        book.active[cell].number_format = number_format
    for row in hidden:
        book.active.row_dimensions[row].hidden = True
    book.save(tmp_path / "table.xlsx")
    return tmp_path / "table.xlsx"


XLSX = {
    "merged_levels_and_total": (
        [
            ["绩效指标", *COLUMNS],
            [None, "产出指标", "数量指标", "修路里程", "≥10公里", "9.5公里", 40, 38, "下雨"],
            [None, None, None, "修桥座数", "＝2座", 2, 20, 20],
            [None, None, "成本指标", "工程造价", "≤300万元", "3300000元", 30, 27, "涨价"],  # 30 × (2 − 330 ÷ 300)
            ["总分", None, None, None, None, None, 100, 94.5],
        ],
        ["A1:A4", "B2:B4", "C2:C3", "A5:F5"],
        {},
        ["38.00", "20.00", "27.00"],
        [],
    ),
    "merged_names": (
        [
            COLUMNS,
            ["产出", "数量", "慰问对象", "≥10人", "9人", 60, 54],
            [None, None, None, "≥20户", "20户", 30, 30],
        ],
        ["A2:A3", "B2:B3", "C2:C3"],
        {},
        ["54.00", "30.00"],
        [],
    ),
    "merged_points": (
        [
            COLUMNS,
            ["产出", "数量", "慰问人数", "≥10人", "9人", 90, 81],
            [None, None, "慰问户数", "≥20户", "20户", None, None],
        ],
        ["F2:F3", "G2:G3"],
        {},
        ["81.00", None],
        [("T104", 3)],
    ),
    "header_in_two_rows": (
        [
            ["一级指标", "二级指标", "三级指标", "指标值", None, "实际完成值", "分值", "得分"],
            [None, None, None, "年度指标值", "计量单位"],
            ["产出", "数量", "人数", "≥10", "人", 9, 90, 81],
        ],
        ["A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:F2", "G1:G2", "H1:H2"],
        {},
        ["81.00"],
        [],
    ),
    "levels_below_one_heading": (
        [
            ["绩效指标", None, None, "年度指标值", "实际完成值", "分值", "得分"],
            ["一级指标", "二级指标", "三级指标"],
            ["产出", "数量", "人数", "≥10人", "9人", 90, 81],
        ],
        ["A1:C1", "D1:D2", "E1:E2", "F1:F2", "G1:G2"],
        {},
        ["81.00"],
        [],
    ),
    "percentages_as_excel_shows_them": (
        [
            COLUMNS,
            ["产出", "质量", "合格率", "≥95%", 0.855, 40, 36],  # 40 × 85.5 ÷ 95
            ["产出", "质量", "及格率", 0.9, 0.85, 30, 28.33],  # 30 × 85 ÷ 90
            ["满意度", "满意度", "满意度", "≥90%", "92%", 0.2, 20],
        ],
        [],
        {"E2": "0.0%", "D3": "0.00%", "E3": "0%", "F4": "0%"},
        ["36.00", "28.33", "20.00"],
        [],
    ),
    "dates_and_sums_of_floats": (
        [
            COLUMNS,
            ["产出", "时效", "完成日期", datetime(2022, 12, 31), datetime(2022, 11, 30), 0.1 + 0.2, 0.3],
            ["产出", "数量", "人数", "≥3人", 2.0000000000000004, 89.7, 59.8],  # 89.7 × 2 ÷ 3
        ],
        [],
        {},
        ["0.30", "59.80"],
        [],
    ),
    "formulas_never_calculated": (
        [COLUMNS, ["产出", "数量", "人数", "≥10人", "9人", 90, "=F2*0.9"], ["产出", "质量", "合格率", "≥90%", "=1/0", "=10-10"]],
        [],
        {},
        ["81.00", None],
        [("T110", 2), ("T110", 3), ("T110", 3), ("T104", 3)],
    ),
}
"""Rows, merges, number formats, points by hand, issues in the order of rows."""


@pytest.mark.parametrize("name", XLSX)
def test_a_workbook_is_scored_or_told_row_by_row(tmp_path, name):
    rows, merges, formats, points, issues = XLSX[name]
    assert judged(workbook(tmp_path, rows, merges, formats)) == (points, issues)


def test_a_cell_without_a_result_is_named(tmp_path):
    rows = [COLUMNS, ["产出", "数量", "人数", "≥10人", "=9", 90, 81]]
    (issue,) = read_indicators(workbook(tmp_path, rows)).issues
    assert "单元格 E2 是公式" in issue.message


def test_hidden_rows_are_scored_and_told(tmp_path):
    assert judged(workbook(tmp_path, ONE_ROW, hidden=[2])) == (["81.00"], [("T114", 2)])


@pytest.mark.parametrize(("separator", "words"), [("\t", "制表符"), ("，", "“，”"), (";", "“;”")])
def test_other_separators_are_refused_by_name(tmp_path, separator, words):
    path = tmp_path / "table.csv"
    path.write_text(table("产出,数量,人数,≥10人,9人,90,81,").replace(",", separator), "utf-8")
    with pytest.raises(InputsInvalid, match=f"E105.*{words}"):
        read_indicators(path)


def test_two_tables_in_one_workbook_are_refused(tmp_path):
    with pytest.raises(InputsInvalid, match=r"E209.*表二"):
        read_indicators(workbook(tmp_path, ONE_ROW, sheets=["表二"]))


def test_the_head_tells_department_and_year(tmp_path):
    path = tmp_path / "table.csv"
    head = "2021年度部门整体支出绩效自评表\n单位名称：某市图书馆\n"
    path.write_text(head + table("产出,数量,人数,≥10人,9人,90,81,"), "utf-8")
    found = read_indicators(path)
    assert (departments(found), stated_year(found)) == (["某市图书馆"], 2021)


def test_execution_of_95_percent_earns_nine_and_a_half(tmp_path):
    """What all tables above are scored with."""
    path = tmp_path / "table.csv"
    path.write_text(table("产出,数量,人数,≥10人,9人,90,81,"), "utf-8")
    assert score_indicators(read_indicators(path), RULES, 100_000, 95_000).execution.score.points == Decimal("9.50")
