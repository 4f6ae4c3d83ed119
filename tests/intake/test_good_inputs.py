"""Files that differ in everything but their content: each is read to the very same frame, and no error is told of it."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from intake_files import register_text
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from pandas.testing import assert_frame_equal
from workbooks import SHEET, assign, repack, replaced, workbook

from helpers.intake.contracts import CONTRACTS
from helpers.intake.tables import open_folder, read_table

HEADER = ["项目编码", "地区", "金额", "方案名称", "方案日期"]
RECORDS = [
    ["99T01", "甲市", "600.00", "示例方案", "2030-05-17"],
    ["99T01", "𠮷㛃县", "1234567.89", "方案，含,逗号与“引号”", "2030-05-18"],
    ["00123", "乙·县", "0.10", "示例方案", "2030-12-31"],
]
ROWS = [HEADER, *RECORDS]
EXPECTED = pd.DataFrame(
    {
        "project_code": pd.Series(["99T01", "99T01", "00123"], dtype="str"),
        "region": pd.Series(["甲市", "𠮷㛃县", "乙·县"], dtype="str"),
        "amount": pd.Series([60000, 123456789, 10], dtype="int64"),
        "plan_name": pd.Series(["示例方案", "方案，含,逗号与“引号”", "示例方案"], dtype="str"),
        "plan_date": pd.Series(["2030-05-17", "2030-05-18", "2030-12-31"], dtype="datetime64[s]"),
    }
)


@dataclass(frozen=True)
class Good:
    """A file, the further keys of its register entry, its column map, the warnings expected, and the rows that Excel shows."""

    content: bytes | Callable[[], bytes]
    declared: str = ""
    columns: str = ""
    warnings: tuple[str, ...] = ()
    rows: tuple[int, ...] = (2, 3, 4)


def text(rows: list[list[str]] = ROWS, *, quoting: int = csv.QUOTE_MINIMAL, end: str = "\n") -> str:
    stream = io.StringIO()
    csv.writer(stream, quoting=quoting, lineterminator=end).writerows(rows)
    return stream.getvalue()


def renamed(**names: str) -> str:
    return text([[names.get(header, header) for header in HEADER], *RECORDS])


def with_column(header: str, *values: str, place: int = 0) -> str:
    return text([[*row[:place], cell, *row[place:]] for row, cell in zip(ROWS, (header, *values), strict=True)])


def ordered(*places: int) -> bytes:
    return text([[row[place] for place in places] for row in ROWS]).encode()


def amounts(*written: str) -> bytes:
    return text([HEADER, *([*row[:2], amount, *row[3:]] for row, amount in zip(RECORDS, written, strict=True))]).encode()


TEXT = text()
TITLES = "2030年度资金分配表,,,,\n单位：元,,,,\n"
MAP = "导出列名,本表列名\n"
PEOPLE = with_column("姓名", "甲", "乙", "丙")

CSV_FILES = {
    "UTF-8": Good(TEXT.encode()),
    "UTF-8, declared": Good(TEXT.encode(), "encoding: UTF-8"),
    "byte order mark": Good(TEXT.encode("utf-8-sig")),
    "byte order mark, declared": Good(TEXT.encode("utf-8-sig"), "encoding: UTF-8-BOM"),
    "GB18030": Good(TEXT.encode("gb18030")),
    "GB18030, declared": Good(TEXT.encode("gb18030"), "encoding: GB18030"),
    "GB18030 with Windows line ends": Good(text(end="\r\n").encode("gb18030")),
    "Windows line ends": Good(text(end="\r\n").encode()),
    "old Mac line ends": Good(text(end="\r").encode()),
    "old Mac line ends in GB18030": Good(text(end="\r").encode("gb18030")),
    "no line end at the end": Good(TEXT.rstrip().encode()),
    "blank lines at the end": Good(TEXT.encode() + b"\n\n\n"),
    "rows of commas at the end": Good(TEXT.encode() + b",,,,\n,,,,\n"),
    "blank line at the beginning": Good(b"\n" + TEXT.encode(), rows=(3, 4, 5)),
    "everything quoted": Good(text(quoting=csv.QUOTE_ALL).encode()),
    "columns reversed": Good(ordered(4, 3, 2, 1, 0)),
    "columns moved": Good(ordered(2, 3, 4, 0, 1)),
    "columns shuffled": Good(ordered(1, 4, 0, 3, 2)),
    "spaces around the cells": Good(text([HEADER, *([f" {cell}\u3000" for cell in row] for row in RECORDS)]).encode()),
    "spaces in a header": Good(renamed(地区="地 区 ").encode(), warnings=("W206",)),
    "ideographic spaces in a header": Good(renamed(金额="金　额").encode(), warnings=("W206",)),
    "zero width in a header": Good(renamed(金额="金\u200b额", 地区="\ufeff地区").encode(), warnings=("W206", "W206")),
    "line break in a header": Good(renamed(方案名称="方案\n名称").encode(), warnings=("W206",)),
    "an unknown column": Good(with_column("备注", "x", "", "y").encode(), warnings=("W205",)),
    "an empty column at the end": Good(with_column("", "", "", "", place=5).encode()),
    "names of persons": Good(PEOPLE.encode()),
    "names of persons under another name": Good(PEOPLE.replace("姓名", "收款人名称").encode(), columns="收款人名称,姓名\n"),
    "the year in a column": Good(with_column("年度", "2030", "2030", "2030").encode()),
    "the year with its unit": Good(with_column("会计年度", "2030年", "2030年", "").encode()),
    "money of a former budget": Good(with_column("预算年度", "2029", "2030", "2030").encode()),
    "the year under another name": Good(
        with_column("FISCAL_YEAR", "2030", "2030", "2030").encode(), columns="FISCAL_YEAR,年度\n"
    ),
    "title rows above the declared header": Good((TITLES + TEXT).encode(), "header_row: 3", rows=(4, 5, 6)),
    "a short title row above the declared header": Good(("2030年度分配\n" + TEXT).encode(), "header_row: 2", rows=(3, 4, 5)),
    "title rows in GB18030": Good((TITLES + TEXT).encode("gb18030"), "header_row: 3, encoding: GB18030", rows=(4, 5, 6)),
    "the first row declared as header": Good(TEXT.encode(), "header_row: 1"),
    "a blank row between rows": Good(TEXT.replace("\n00123", "\n\n00123").encode(), warnings=("W211",), rows=(2, 3, 5)),
    "one name of an export": Good(renamed(地区="DIV_NAME").encode(), columns="DIV_NAME,地区\n"),
    "all names of an export": Good(
        ("PRO_CODE,DIV_NAME,AMT,PLAN,DOC_DATE\n" + text(RECORDS)).encode(),
        columns="PRO_CODE,项目编码\nDIV_NAME,地区\nAMT,金额\nPLAN,方案名称\nDOC_DATE,方案日期\n",
    ),
    "all names of an export in GB18030": Good(
        ("PRO_CODE,DIV_NAME,AMT,PLAN,DOC_DATE\n" + text(RECORDS)).encode("gb18030"),
        columns="PRO_CODE,项目编码\nDIV_NAME,地区\nAMT,金额\nPLAN,方案名称\nDOC_DATE,方案日期\n",
    ),
    "full-width name of an export": Good(renamed(金额="分配金额（元）").encode(), columns="分配金额(元),金额\n"),
    "a map of names that are not there": Good(TEXT.encode(), columns="分配数,金额\n下达数,金额\n州市,地区\n"),
    "a map that names a header itself": Good(TEXT.encode(), columns="金额,金额\n"),
    "a map that says a thing twice": Good(renamed(地区="州市").encode(), columns="州市,地区\n州 市,地区\n"),
    "the registered content": Good(TEXT.encode(), f'sha256: "{hashlib.sha256(TEXT.encode()).hexdigest()}"'),
    "amounts with fewer digits": Good(amounts("600", "1234567.89", "0.1")),
    "amounts with leading zeros": Good(amounts("0600.0", "01234567.89", "00.10")),
}


TYPED: list[list[object]] = [
    HEADER,
    *([*row[:2], float(row[2]), row[3], date.fromisoformat(row[4])] for row in RECORDS),
]
WITH_TIME = [HEADER, *([*row[:2], float(row[2]), row[3], datetime.fromisoformat(row[4])] for row in RECORDS)]


def formatted(column: str, number_format: str) -> Callable[[Any], None]:
    def change(sheet: Any) -> None:
        for row in (2, 3, 4):
            sheet[f"{column}{row}"].number_format = number_format

    return change


def other_sheet(state: str = "visible", *, first: bool = False) -> Callable[[Any], None]:
    def change(sheet: Any) -> None:
        other = sheet.parent.create_sheet("说明", 0 if first else 1)
        other.append(["项目编码", "地区"])
        other.append(["x", "y"])
        other.sheet_state = state

    return change


def chart_sheet(sheet: Any) -> None:
    sheet.parent.create_chartsheet("图")


def decorated(sheet: Any) -> None:
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = "A1:E4"
    sheet.column_dimensions["A"].hidden = True
    sheet["A1"].font = openpyxl.styles.Font(bold=True)
    sheet["B2"].comment = openpyxl.comments.Comment("核对", "处室")
    sheet.conditional_formatting.add("C2:C4", openpyxl.formatting.rule.CellIsRule(operator="lessThan", formula=["0"]))


def styled_below(sheet: Any) -> None:
    for row in range(5, 20_000, 500):
        sheet.cell(row, 3).number_format = "0.00"
    sheet.cell(1_048_576, 3).number_format = "0.00"


def merged(*areas: str) -> Callable[[Any], None]:
    return lambda sheet: [sheet.merge_cells(area) for area in areas]


def calculated(cell: str, formula: str, value: str, kind: str = "") -> bytes:
    """A workbook in which a cell is a formula that Excel has calculated."""
    data = workbook(assign(**{cell: formula}), TYPED)
    old = f'<c r="{cell}"><f>{formula[1:]}</f><v></v></c>'
    return replaced(data, old, f'<c r="{cell}"{kind}><f>{formula[1:]}</f><v>{value}</v></c>')


def unread(column: str, *values: object, number_format: str = "General") -> bytes:
    def change(sheet: Any) -> None:
        for row, value in enumerate(("备注", *values), start=1):
            sheet[f"{column}{row}"] = value
            sheet[f"{column}{row}"].number_format = number_format

    return workbook(change, TYPED)


def epoch_of_1904() -> bytes:
    def change(sheet: Any) -> None:
        sheet.parent.epoch = CALENDAR_MAC_1904

    return workbook(change, TYPED)


def without_addresses() -> bytes:
    def change(xml: bytes) -> bytes:
        for row in range(1, 5):
            xml = xml.replace(f'<row r="{row}"'.encode(), b"<row")
            for column in "ABCDE":
                xml = xml.replace(f' r="{column}{row}"'.encode(), b"")
        return xml

    return repack(workbook(rows=TYPED), {SHEET: change})


def shared_strings() -> bytes:
    """As Excel itself writes texts: in a part of their own, here with two fonts in one cell and a reading aid."""
    strings = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><r><t>甲</t></r><r><t>市</t></r>'
        '<rPh sb="0" eb="1"><t>jia</t></rPh></si></sst>'
    )
    data = replaced(workbook(rows=TYPED), '<c r="B2" t="inlineStr"><is><t>甲市</t></is></c>', '<c r="B2" t="s"><v>0</v></c>')
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    relation = f'<Relationship Id="rId99" Type="{kind}" Target="sharedStrings.xml"/></Relationships>'
    content = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{content}"/></Types>'
    data = repack(data, {"xl/sharedStrings.xml": strings.encode()})
    data = replaced(data, "</Relationships>", relation, "xl/_rels/workbook.xml.rels")
    return replaced(data, "</Types>", override, "[Content_Types].xml")


TITLED = [["2030年度资金分配表"], [None, None, "单位：元"], *TYPED]
TWO_LEVELS = [["项目编码", "地区", "分配", None, None], [None, None, *HEADER[2:]], *TYPED[1:]]
AS_TEXT: list[list[object]] = [list(row) for row in ROWS]

WORKBOOKS = {
    "numbers and dates": Good(partial(workbook, rows=TYPED)),
    "dates with a time of zero": Good(partial(workbook, rows=WITH_TIME)),
    "everything as text": Good(partial(workbook, rows=AS_TEXT)),
    "thousands separators shown": Good(partial(workbook, formatted("C", "#,##0.00"), TYPED)),
    "currency shown": Good(partial(workbook, formatted("C", '"¥"#,##0.00_);[Red]("¥"#,##0.00)'), TYPED)),
    "accounting format": Good(partial(workbook, formatted("C", '_ "¥"* #,##0.00_ ;_ @_ '), TYPED)),
    "no digits behind the point shown": Good(partial(workbook, formatted("C", "0"), TYPED)),
    "万元 shown": Good(partial(workbook, formatted("C", '0!.0,"万元"'), TYPED)),
    "Chinese dates shown": Good(partial(workbook, formatted("E", 'yyyy"年"m"月"d"日"'), TYPED)),
    "Chinese dates of the system shown": Good(partial(workbook, formatted("E", "[$-F800]dddd, mmmm dd, yyyy"), TYPED)),
    "dates shown as the system does": Good(partial(workbook, formatted("E", "mm-dd-yy"), TYPED)),
    "months shown": Good(partial(workbook, formatted("E", "yyyy/m"), TYPED)),
    "dates counted from 1904": Good(epoch_of_1904),
    "frozen, filtered by no criterion, decorated": Good(partial(workbook, decorated, TYPED)),
    "blank cells formatted to the last row": Good(partial(workbook, styled_below, TYPED)),
    "a second sheet, declared": Good(partial(workbook, other_sheet(), TYPED), "sheet: 分配"),
    "a sheet before it, declared": Good(partial(workbook, other_sheet(first=True), TYPED), "sheet: 分配"),
    "the sheet's name with a space": Good(partial(workbook, other_sheet(), TYPED, title="分配 "), "sheet: 分配"),
    "a hidden sheet": Good(partial(workbook, other_sheet("hidden"), TYPED)),
    "a very hidden sheet before it": Good(partial(workbook, other_sheet("veryHidden", first=True), TYPED)),
    "a chart sheet": Good(partial(workbook, chart_sheet, TYPED)),
    "titles above the declared header": Good(partial(workbook, rows=TITLED), "header_row: 3", rows=(4, 5, 6)),
    "a merged title": Good(partial(workbook, merged("A1:E1"), TITLED), "header_row: 3", rows=(4, 5, 6)),
    "a header of two levels, declared": Good(
        partial(workbook, merged("A1:A2", "B1:B2", "C1:E1"), TWO_LEVELS), "header_row: 2", rows=(3, 4, 5)
    ),
    "merged cells that may be filled down": Good(partial(workbook, merged("A2:A3"), TYPED), "fill_down: [项目编码]"),
    "a calculated number": Good(partial(calculated, "C2", "=300+300", "600")),
    "a calculated text": Good(partial(calculated, "B2", "=A2", "甲市", ' t="str"')),
    "an uncalculated formula in a column that is not read": Good(partial(unread, "F", "=1+1", None, None), warnings=("W205",)),
    "an error in a column that is not read": Good(partial(unread, "F", "#REF!", "x", "y"), warnings=("W205",)),
    "a percentage in a column that is not read": Good(partial(unread, "F", 0.5, 1, 1, number_format="0%"), warnings=("W205",)),
    "hidden rows": Good(
        partial(workbook, lambda sheet: sheet.row_dimensions.group(3, 3, hidden=True), TYPED), warnings=("W208",)
    ),
    "an external link": Good(
        lambda: repack(workbook(rows=TYPED), {"xl/externalLinks/externalLink1.xml": b"<a/>"}), warnings=("W216",)
    ),
    "texts among the numbers": Good(partial(workbook, assign(C2="600.00"), TYPED), warnings=("W215",)),
    "cells without addresses": Good(without_addresses),
    "texts in a part of their own": Good(shared_strings),
    "names of an export": Good(partial(workbook, assign(C1="支付金额"), TYPED), columns="支付金额,金额\n"),
}


def assert_read(folder: Path, file: str, good: Good) -> None:
    data = folder / "data" / "2030"
    data.mkdir(parents=True)
    params = folder / "params"
    (params / "columns").mkdir(parents=True)
    (params / "2030.yml").write_text("", "utf-8")
    if good.columns:
        (params / "columns" / "allocations.csv").write_text(MAP + good.columns, "utf-8")
    (data / file).write_bytes(good.content if isinstance(good.content, bytes) else good.content())
    entry = register_text(file).replace("note: 示例}", f"note: 示例{', ' if good.declared else ''}{good.declared}}}")
    (data / "register.yml").write_text(entry, "utf-8")
    reading = read_table(open_folder(data, 2030), CONTRACTS["allocations"], published_only=False)
    table, issues = reading.table, reading.warnings
    assert tuple(issue.code for issue in issues) == good.warnings
    frame = table.frame.copy()
    frame.attrs = {}
    assert tuple(frame.index) == good.rows
    assert_frame_equal(frame.reset_index(drop=True), EXPECTED)


@pytest.mark.parametrize("name", CSV_FILES)
def test_a_good_csv_file_gives_the_frame(tmp_path, name):
    assert_read(tmp_path, "allocations.csv", CSV_FILES[name])


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_good_workbook_gives_the_frame(tmp_path, name):
    assert_read(tmp_path, "allocations.xlsx", WORKBOOKS[name])


def test_a_link_to_a_file_of_the_same_project_is_followed(tmp_path):
    common = tmp_path / "data" / "common.csv"
    common.parent.mkdir()
    common.write_bytes(TEXT.encode())
    folder = tmp_path / "data" / "2029"
    folder.mkdir()
    (tmp_path / "params").mkdir()
    (tmp_path / "params" / "2029.yml").write_text("", "utf-8")
    (folder / "allocations.csv").symlink_to(common)
    (folder / "register.yml").write_text(register_text("allocations.csv"), "utf-8")
    table = read_table(open_folder(folder), CONTRACTS["allocations"], published_only=False).table
    assert table.rows_read == 3
