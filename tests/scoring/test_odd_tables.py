"""Tables as departments write them: each row is scored as by hand, or told with its row, and nothing is lost in silence."""

from decimal import Decimal

import pytest
from odd_tables import CSV
from odd_workbooks import COLUMNS, XLSX
from openpyxl import Workbook
from score_tables import table

from helpers.issue import InputsInvalid
from helpers.scoring.report import rules_folder, score_indicators
from helpers.scoring.rules import load_rules
from helpers.scoring.table import read_indicators
from helpers.scoring.table_head import departments, stated_year

RULES = load_rules("national-default", rules_folder()).in_force(2022)


def judged(path):
    """Points of each row in the order of the file, and code and row of each issue, where 95 % of the budget are spent."""
    card = score_indicators(read_indicators(path), RULES, 100_000, 95_000)
    points = [None if score.points is None else str(score.points) for _, score in card.rows]
    return points, [(issue.code, issue.row) for issue in card.issues]


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
