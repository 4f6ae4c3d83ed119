"""XLSX files: cells as Excel shows them, and workbooks that are not to be read."""

from __future__ import annotations

import io
from datetime import date, datetime
from zipfile import ZipFile

import openpyxl
import pytest
from intake_files import FILES, codes, issues_of, write_table
from pandas.testing import assert_frame_equal

from helpers.intake import load_table
from helpers.intake.xlsx_file import cell_text


def workbook(*sheets: list[list[object]], hidden: int | None = None) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, start=1):
        sheet = book.create_sheet(f"表{number}")
        for row in rows:
            sheet.append(row)
        if number == hidden:
            sheet.sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def rows_of(name: str) -> list[list[object]]:
    return [line.split(",") for line in FILES[name].splitlines()]


def test_a_workbook_with_numbers_and_dates_gives_the_frame_of_the_csv_file(tmp_path):
    header, *rows = rows_of("allocations")
    typed = [[code, region, float(amount), plan, date.fromisoformat(day)] for code, region, amount, plan, day in rows]
    of_workbook = load_table(write_table(tmp_path, "allocations.xlsx", workbook([header, *typed])), "allocations").frame
    (tmp_path / "allocations.xlsx").unlink()
    of_text = load_table(write_table(tmp_path, "allocations.csv", FILES["allocations"]), "allocations").frame
    of_workbook.attrs = of_text.attrs
    assert_frame_equal(of_workbook, of_text)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("00123", "00123"),
        (1000.0, "1000"),
        (-0.0, "0"),
        (385.9, "385.9"),
        (0.1 + 0.2, "0.3"),
        (1234567.1 * 3, "3703701.3"),
        (1.005, "1.005"),
        (0.00001, "0.00001"),
        (1.1010519491231e17, "1.10105194912310E+17"),
        (date(2030, 5, 17), "2030-05-17"),
        (datetime(2030, 5, 17), "2030-05-17"),
        (datetime(2030, 5, 17, 9, 30), "2030-05-17 09:30:00"),
        (True, "TRUE"),
        ("", ""),
    ],
)
def test_a_cell_is_the_text_that_excel_shows(cell, text):
    assert cell_text(cell) == text


def test_a_code_kept_as_a_long_number_is_refused(tmp_path):
    """Excel keeps 15 digits and makes zeros of the rest."""
    rows = rows_of("budget")
    rows[1][0] = 650000220000000001
    (issue,) = issues_of(tmp_path, "budget.xlsx", workbook(rows))
    assert (issue.code, issue.row, issue.column) == ("E401", 2, "项目编码")


def test_an_issue_names_the_sheet_and_the_row_that_excel_shows(tmp_path):
    header, *rows = rows_of("budget")
    rows[2][4] = "300万"
    (issue,) = issues_of(tmp_path, "budget.xlsx", workbook([header, *rows[:2], [], rows[2]]))
    assert (issue.code, issue.sheet, issue.row) == ("E303", "表1", 5)


def test_two_filled_sheets_are_refused_by_name(tmp_path):
    (issue,) = issues_of(tmp_path, "budget.xlsx", workbook(rows_of("budget"), [["备注"]]))
    assert issue.code == "E209"
    assert "“表1”、“表2”" in issue.message


def test_empty_and_hidden_sheets_do_not_count(tmp_path):
    content = workbook([], rows_of("budget"), [["备注"]], hidden=3)
    assert load_table(write_table(tmp_path, "budget.xlsx", content), "budget").rows_read == 3


def test_an_empty_workbook_is_refused(tmp_path):
    assert codes(issues_of(tmp_path, "budget.xlsx", workbook([]))) == ["E103"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (FILES["budget"].encode(), "E110"),
        (b"", "E110"),
        (b"PK\x03\x04 broken", "E110"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "E111"),
    ],
)
def test_what_is_no_workbook_is_refused(tmp_path, content, code):
    assert codes(issues_of(tmp_path, "budget.xlsx", content)) == [code]


def test_a_damaged_sheet_is_refused(tmp_path):
    stream = io.BytesIO(workbook(rows_of("budget")))
    with ZipFile(stream) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"][:400]
    damaged = io.BytesIO()
    with ZipFile(damaged, "w") as target:
        for name, data in parts.items():
            target.writestr(name, data)
    assert codes(issues_of(tmp_path, "budget.xlsx", damaged.getvalue())) == ["E110"]
