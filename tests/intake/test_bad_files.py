"""Files and sheets that must not be read as they are: each is told by code, place and the words that matter."""

from __future__ import annotations

import hashlib
import io
import os
import warnings
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from intake_files import register_text
from workbooks import HEADER, ROWS, SHEET, assign, pack, repack, replaced, workbook

from helpers.intake import limits
from helpers.intake.contracts import CONTRACTS
from helpers.intake.findings import MOST_ISSUES
from helpers.intake.tables import open_folder, read_table
from helpers.issue import InputsInvalid, Issue

FILES = Path(__file__).parents[1] / "bad_inputs" / "files"
YEAR = 2030


@dataclass(frozen=True)
class Bad:
    """What is told of a bad input: words that stand in the message or the mend; `declared` are further keys of the register."""

    code: str
    row: int | None = None
    column: str | None = None
    words: tuple[str, ...] = ()
    declared: str = ""
    others: tuple[str, ...] = ()
    sheet: str | None = None


def told(folder: Path, file: str, content: bytes | None, declared: str = "") -> list[Issue]:
    """Errors and warnings of one registered file, read for the year 2030."""
    if content is not None:
        (folder / file).write_bytes(content)
    entry = register_text(file).replace("note: 示例}", f"note: 示例{', ' if declared else ''}{declared}}}")
    (folder / "register.yml").write_text(entry, encoding="utf-8")
    try:
        return read_table(open_folder(folder, YEAR), CONTRACTS[Path(file).stem], published_only=False).warnings
    except InputsInvalid as invalid:
        return invalid.issues


def assert_told(found: list[Issue], bad: Bad, file: str) -> None:
    issue = next(iter(found), None)
    assert issue is not None, "nothing was told"
    assert [other.code for other in found[1:]] == list(bad.others)
    assert (issue.code, issue.file, issue.sheet, issue.row, issue.column) == (bad.code, file, bad.sheet, bad.row, bad.column)
    assert issue.severity == {"E": "错误", "W": "警告"}[bad.code[0]]
    missing = [word for word in bad.words if word not in issue.message + issue.mend]
    assert not missing, str(issue)


CSV_FILES = {
    "01_gb18030_declared_utf8": Bad("E101", words=("文件编码是 GB18030", "登记的是 UTF-8"), declared="encoding: UTF-8"),
    "01_utf8_declared_gb18030": Bad("E101", words=("文件编码是 UTF-8", "登记的是 GB18030"), declared="encoding: GB18030"),
    "01_utf8_declared_bom": Bad("E101", words=("文件编码是 UTF-8，", "登记的是 UTF-8-BOM"), declared="encoding: UTF-8-BOM"),
    "02_latin1": Bad("E101", words=("既不是 UTF-8 也不是 GB18030",)),
    "02_no_chinese_to_tell_by": Bad("E101", words=("无法辨认编码", "encoding")),
    "04_utf16": Bad("E101", words=("UTF-16", "另存为")),
    "04_utf16_unmarked": Bad("E101", words=("UTF-16",)),
    "05_utf8_then_gb18030": Bad("E102", 3, words=("开头是 UTF-8", "编码改变")),
    "05_gb18030_then_utf8": Bad("E102", 3, words=("开头是 GB18030",)),
    "05_changes_after_a_cell_of_two_lines": Bad("E102", 3),
    "05_changes_with_old_mac_ends": Bad("E102", 3),
    "07_empty": Bad("E103", words=("空文件",)),
    "07_blank_lines": Bad("E103"),
    "08_header_only": Bad("E104", 1, words=("没有数据行",)),
    "09_semicolons": Bad("E105", 1, words=("分隔符", "“;”")),
    "09_tabs": Bad("E105", 1, words=("制表符",)),
    "10_one_field_more": Bad("E106", 3, words=("本行 6 个字段", "表头 5 个")),
    "11_one_field_fewer": Bad("E106", 3, words=("本行 4 个字段",)),
    "12_quote_never_closed": Bad("E107", 3, words=("引号未闭合",)),
    "12_quote_closed_rows_later": Bad("E107", 3, words=("把后面的行并入",)),
    "12_cut_in_a_row": Bad("E210", 4, words=("不完整的一行",)),
    "13_nul_bytes": Bad("E108", 3, words=("1 个空字符",)),
    "16_web_page": Bad("E110", words=("扩展名是 .csv", "网页")),
    "22_title_of_another_year": Bad("E116", 1, words=("2029", "2030"), declared="header_row: 2"),
    "22_column_of_another_year": Bad("E116", 2, "年度", ("文件内年度是 2029", "2030", "共 3 行")),
    "22_budget_year_of_another_year": Bad("E116", 2, "预算年度", ("2029",)),
    "23_title_row": Bad("E201", 1, words=("不是表头", "项目编码", "header_row: 3")),
    "23_declared_header_is_data": Bad("E201", 2, words=("header_row: 1",), declared="header_row: 2"),
    "23_declared_header_is_blank": Bad("E201", 1, words=("空行", "header_row"), declared="header_row: 1"),
    "24_two_header_rows": Bad("E202", 1, words=("第 1、2 行", "一行表头")),
    "25_missing_column": Bad("E203", None, "方案日期", ("现有列", "“日期”"), others=("W205",)),
    "26_repeated_column": Bad("E204", None, "金额", ("出现 2 次",), others=("E203",)),
    "27_extra_column": Bad("W205", None, "备注", ("未读取",)),
    "29_spaces_in_a_header": Bad("W206", None, "地区", ("已按“地区”对应",)),
    "29_zero_width_in_a_header": Bad("W206", None, "地区"),
    "29_line_break_in_a_header": Bad("W206", None, "方案名称"),
    "29_odd_letters_in_a_header": Bad("W206", None, "方案日期"),
    "30_total_in_a_key": Bad("E207", 3, "地区", ("合计行", "重复计算")),
    "30_total_in_a_text": Bad("E207", 4, "方案名称"),
    "30_total_in_an_unread_column": Bad("W205", None, "序号", others=("E207",)),
    "30_total_of_fewer_fields": Bad("E207", 5, "项目编码"),
    "33_note": Bad("E210", 5, words=("表后的说明", "删去")),
    "33_note_of_one_field": Bad("E210", 5),
    "33_signatures": Bad("E210", 5),
    "34_blank_rows": Bad("W211", 3, words=("2 个空行", "同样读入")),
    "37_error_value": Bad("E214", 3, "金额", ("#REF!",)),
    "37_error_value_in_a_text": Bad("E214", 2, "方案名称", ("#N/A",)),
}


@pytest.mark.parametrize("name", CSV_FILES)
def test_a_bad_csv_file_is_told(tmp_path, name):
    bad = CSV_FILES[name]
    content = (FILES / f"{name}.csv").read_bytes()
    assert_told(told(tmp_path, "allocations.csv", content, bad.declared), bad, "allocations.csv")


def test_each_committed_file_is_tried():
    assert sorted(path.stem for path in FILES.iterdir()) == sorted(CSV_FILES)


def merged(area: str) -> Any:
    return lambda sheet: sheet.merge_cells(area)


def hidden(*rows: int, filtered: bool = False) -> Any:
    def change(sheet: Any) -> None:
        for row in rows:
            sheet.row_dimensions[row].hidden = True
        if filtered:
            sheet.auto_filter.ref = "A1:E4"
            sheet.auto_filter.add_filter_column(1, ["甲市"])

    return change


def second_sheet(sheet: Any) -> None:
    sheet.parent.create_sheet("说明").append(["本表由系统导出"])


def percent(sheet: Any) -> None:
    sheet["C3"] = 0.95
    sheet["C3"].number_format = '0.0"成"%'


TITLES = [["2030年度资金分配表"], [], HEADER, *ROWS]
TWO_LEVELS = [["项目编码", "地区", "分配", None, None], [None, None, *HEADER[2:]], *ROWS]
EXTERNAL = "xl/externalLinks/externalLink1.xml"
PLAIN = workbook()
ENTITIES = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "{}"><!ENTITY b "{}">]>'


def with_document_type(declaration: str, part: str = SHEET) -> bytes:
    return repack(PLAIN, {part: lambda xml: declaration.encode() + xml.partition(b"?>")[2 if xml.startswith(b"<?xml") else 0]})


LAUGHS = ENTITIES.format("ha" * 50, "&a;" * 50)
FOREIGN = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'

WORKBOOKS: dict[str, tuple[Any, Bad]] = {
    "16 text": (b"a,b\n1,2\n", Bad("E110", words=("扩展名是 .xlsx", "文本（CSV）"))),
    "16 web page": (b"<html><table></table></html>", Bad("E110", words=("网页",))),
    "16 another zip": (partial(pack, [("word/document.xml", b"<a/>")]), Bad("E110", words=("不是 Excel 工作簿",))),
    "16 cut off": (PLAIN[: len(PLAIN) // 2], Bad("E110", words=("已损坏",))),
    "16 flipped bits": (PLAIN.replace(b"\x00\x00", b"\x01\x00", 9), Bad("E110")),
    "17 encrypted or old": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), Bad("E111", words=("加密", "另存为"))),
    "17 binary workbook": (partial(pack, [("xl/workbook.bin", b"1")]), Bad("E111", words=(".xlsb",))),
    "18 packed a thousand times": (
        lambda: repack(PLAIN, {"xl/media/blank.xml": bytes(30 * 1024**2)}),
        Bad("E112", words=("倍", "100 倍的上限")),
    ),
    "18 too many parts": (
        lambda: repack(PLAIN, {f"xl/media/{number}.png": b"" for number in range(1001)}),
        Bad("E112", words=("个文件", "1,000 个的上限")),
    ),
    "19 last cell in the last row": (
        lambda: workbook(assign(B1048576=" ")),
        Bad("E113", 1048576, words=("E1048576", "Ctrl+End")),
    ),
    "19 last cell in the last column": (lambda: workbook(assign(XFD2="x")), Bad("E113", 4, words=("XFD4", "末行（列）异常"))),
    "23 title rows": (lambda: workbook(rows=TITLES), Bad("E201", 1, words=("header_row: 3",))),
    "24 merged header": (
        lambda: workbook(lambda s: [s.merge_cells(area) for area in ("A1:A2", "B1:B2", "C1:E1")], TWO_LEVELS),
        Bad("E202", 1, words=("第 1、2 行", "header_row: 2")),
    ),
    "24 header merged downwards": (lambda: workbook(merged("A1:A2")), Bad("E202", 1)),
    "30 total": (
        lambda: workbook(rows=[HEADER, *ROWS, ["合计", None, 1000.1, None, None]]),
        Bad("E207", 5, "项目编码"),
    ),
    "31 hidden rows": (lambda: workbook(hidden(3, 4)), Bad("W208", 3, words=("2 个隐藏行", "同样读入"))),
    "31 filter": (lambda: workbook(hidden(3, filtered=True)), Bad("W208", 3, words=("由筛选隐藏",))),
    "32 two sheets": (lambda: workbook(second_sheet), Bad("E209", words=("“分配”、“说明”", 'sheet: "分配"'))),
    "32 declared sheet is not there": (PLAIN, Bad("E209", words=("“支付”", "有：“分配”"), declared="sheet: 支付")),
    "33 footnote": (lambda: workbook(rows=[HEADER, *ROWS, ["注：单位为元"]]), Bad("E210", 5)),
    "34 blank rows": (lambda: workbook(rows=[HEADER, ROWS[0], [], ROWS[1]]), Bad("W211", 3, words=("1 个空行",))),
    "35 merged cells": (lambda: workbook(merged("A2:A3")), Bad("E212", 2, "项目编码", ("A2:A3", "fill_down: [项目编码]"))),
    "35 merged cells in a column that may not be filled down": (
        lambda: workbook(merged("A2:A3")),
        Bad("E212", 2, "项目编码", declared="fill_down: [地区]"),
    ),
    "35 merged cells side by side": (lambda: workbook(merged("D3:E3")), Bad("E212", 3, "方案名称", ("D3:E3",))),
    "36 formula without value": (
        lambda: workbook(assign(D2='=A2&"x"')),
        Bad("E213", 2, "方案名称", ("单元格 D2 是公式", "重新计算")),
    ),
    "37 formula error": (
        lambda: replaced(
            workbook(assign(C3="=1/0")), '<c r="C3"><f>1/0</f><v></v></c>', '<c r="C3" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
        ),
        Bad("E214", 3, "金额", ("单元格 C3", "#DIV/0!")),
    ),
    "37 error in a text column": (lambda: workbook(assign(D2="#REF!")), Bad("E214", 2, "方案名称", ("D2", "#REF!"))),
    "38 text among numbers": (lambda: workbook(assign(C3="400")), Bad("W215", 3, "金额", ("1 个数字存为文本",))),
    "38 numbers as codes": (
        lambda: workbook(assign(A2=99001, A3=99001)),
        Bad("W215", 2, "项目编码", ("2 个编号", "零可能已丢失")),
    ),
    "39 external link": (lambda: repack(PLAIN, {EXTERNAL: b"<externalLink/>"}), Bad("W216", words=("1 个外部文件", "断开"))),
    "40 macros": (lambda: repack(PLAIN, {"xl/vbaProject.bin": b"1"}), Bad("E217", words=("含宏",))),
    "40 macro content type": (
        lambda: repack(PLAIN, {"[Content_Types].xml": lambda xml: xml.replace(b"sheet.main", b"sheet.macroEnabled.main")}),
        Bad("E217"),
    ),
    "percent": (lambda: workbook(percent), Bad("E219", 3, "金额", ("单元格 C3", "百分比格式"))),
    "billion laughs in the sheet": (lambda: with_document_type(LAUGHS), Bad("E110")),
    "billion laughs in the styles": (lambda: with_document_type(LAUGHS, "xl/styles.xml"), Bad("E110")),
    "external entity": (lambda: with_document_type(FOREIGN, "xl/workbook.xml"), Bad("E110")),
    "a comment inside a number": (lambda: replaced(PLAIN, "<v>600</v>", "<v>6<!-- -->00</v>"), Bad("E110")),
    "a number as CDATA": (lambda: replaced(PLAIN, "<v>600</v>", "<v><![CDATA[600]]></v>"), Bad("E110")),
    "a cell with two values": (lambda: replaced(PLAIN, "<v>600</v>", "<v>600</v><v>700</v>"), Bad("E110")),
    "a cell that stands twice": (lambda: replaced(PLAIN, 'r="D2"', 'r="C2"'), Bad("E110")),
    "a cell of another row": (lambda: replaced(PLAIN, 'r="C2"', 'r="C9"'), Bad("E110")),
    "a row that stands twice": (lambda: replaced(PLAIN, '<row r="3"', '<row r="2"'), Bad("E110")),
    "a sheet in UTF-16": (lambda: repack(PLAIN, {SHEET: lambda xml: xml.decode().encode("utf-16")}), Bad("E110")),
    "a sheet declared as GBK": (lambda: with_document_type('<?xml version="1.0" encoding="GBK"?>'), Bad("E110")),
    "a text that is not there": (
        lambda: replaced(PLAIN, '<c r="B2" t="inlineStr"><is><t>甲市</t></is></c>', '<c r="B2" t="s"><v>7</v></c>'),
        Bad("E110"),
    ),
    "a part that lacks": (lambda: replaced(PLAIN, "sheet1.xml", "sheet9.xml", "xl/_rels/workbook.xml.rels"), Bad("E110")),
    "an address that is none": (lambda: replaced(workbook(merged("A2:A3")), "A2:A3", "A2"), Bad("E110")),
}
OF_THE_SHEET = ("E113", "E20", "E21", "W2", "E207", "E219")
OF_THE_FILE = ("E209", "W216", "E217")


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_bad_workbook_is_told(tmp_path, name):
    made, bad = WORKBOOKS[name]
    sheet = "分配" if bad.code.startswith(OF_THE_SHEET) and bad.code not in OF_THE_FILE else None
    bad = Bad(**(vars(bad) | {"sheet": sheet}))
    content = made if isinstance(made, bytes) else made()
    assert_told(told(tmp_path, "allocations.xlsx", content, bad.declared), bad, "allocations.xlsx")


def test_merges_of_whole_columns_one_above_the_other_are_told_up_to_the_cap(tmp_path):
    merges = "<mergeCells>" + '<mergeCell ref="A2:A1048576"/>' * 20_000 + "</mergeCells>"
    found = told(tmp_path, "allocations.xlsx", replaced(PLAIN, "</sheetData>", f"</sheetData>{merges}"))
    assert {issue.code for issue in found} == {"E212"}
    assert len(found) == MOST_ISSUES + 1


def test_a_part_that_stands_twice_is_refused(tmp_path):
    """Two readers could take different ones."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        content = pack([("xl/workbook.xml", b"<workbook/>"), (SHEET, b"<a/>"), (SHEET, b"<b/>")])
    assert_told(told(tmp_path, "allocations.xlsx", content), Bad("E110"), "allocations.xlsx")


@pytest.mark.parametrize("file", ["allocations.csv", "allocations.xlsx"])
def test_a_file_of_gigabytes_is_refused_before_it_is_read(tmp_path, file):
    with (tmp_path / file).open("wb") as target:
        target.truncate(3 * 1024**3)
    assert_told(told(tmp_path, file, None), Bad("E109", words=("3,072 MB", "上限 50 MB")), file)


def test_a_csv_file_of_too_many_rows_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("helpers.intake.csv_file.MOST_ROWS", 3)
    content = (FILES / "01_utf8_declared_bom.csv").read_bytes()
    assert_told(told(tmp_path, "allocations.csv", content), Bad("E109", words=("超过 3 行",)), "allocations.csv")


def test_a_workbook_of_too_many_rows_is_refused(tmp_path, monkeypatch):
    for module in ("sheet_marks", "xlsx_file"):
        monkeypatch.setattr(f"helpers.intake.{module}.MOST_ROWS", 3)
    assert_told(told(tmp_path, "allocations.xlsx", PLAIN), Bad("E109", words=("超过 3 行",), sheet="分配"), "allocations.xlsx")


def test_a_workbook_too_large_when_unpacked_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("helpers.intake.package.MOST_UNPACKED", 2 * 1024**2)
    content = repack(PLAIN, {"xl/media/noise.bin": os.urandom(3 * 1024**2)})
    assert_told(told(tmp_path, "allocations.xlsx", content), Bad("E112", words=("解压后有 3 MB",)), "allocations.xlsx")


def test_the_ratio_that_is_refused_is_far_above_that_of_a_real_workbook():
    many = workbook(rows=[HEADER, *ROWS * 2000])
    with ZipFile(io.BytesIO(many)) as packed:
        unpacked = sum(entry.file_size for entry in packed.infolist())
    assert unpacked / len(many) < limits.MOST_RATIO / 2


def test_a_file_changed_while_it_is_read_is_refused(tmp_path, monkeypatch):
    real = os.fdopen

    def written_to_meanwhile(*arguments: Any, **more: Any) -> Any:
        with (tmp_path / "allocations.csv").open("ab") as target:
            target.write(b"99T01,x,1,y,2030-01-01\n")
        return real(*arguments, **more)

    (tmp_path / "allocations.csv").write_bytes((FILES / "01_utf8_declared_bom.csv").read_bytes())
    monkeypatch.setattr("helpers.intake.files.os.fdopen", written_to_meanwhile)
    found = told(tmp_path, "allocations.csv", None)
    assert_told(found, Bad("E114", words=("读取过程中被改动",)), "allocations.csv")


def test_content_other_than_the_registered_is_refused(tmp_path):
    content = (FILES / "01_utf8_declared_bom.csv").read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    bad = Bad("E115", words=("SHA-256", digest[:12]))
    assert_told(told(tmp_path, "allocations.csv", content + b"\n", f'sha256: "{digest}"'), bad, "allocations.csv")


@pytest.mark.parametrize("as_of", ["2029-12-31", "2032-01-01"])
def test_a_registered_date_of_another_year_is_refused(tmp_path, as_of):
    found = told(tmp_path, "allocations.csv", (FILES / "01_utf8_declared_bom.csv").read_bytes())
    assert found == []
    register = tmp_path / "register.yml"
    register.write_text(register.read_text("utf-8").replace("2030-12-31", as_of), "utf-8")
    with pytest.raises(InputsInvalid, match=f"E116 allocations.csv：.*{as_of}.*2030"):
        read_table(open_folder(tmp_path, YEAR), CONTRACTS["allocations"], published_only=False)


@pytest.mark.parametrize(
    ("file", "declared", "column", "words"),
    [
        ("allocations.csv", "sheet: 分配", "sheet", (".xlsx",)),
        ("allocations.csv", "fill_down: [地区]", "fill_down", (".xlsx",)),
        ("allocations.xlsx", "encoding: UTF-8", "encoding", (".csv",)),
        ("allocations.xlsx", "fill_down: [地曲]", "fill_down", ("地曲", "“地区”")),
    ],
)
def test_a_declaration_that_does_not_suit_the_file_is_refused(tmp_path, file, declared, column, words):
    content = PLAIN if file.endswith(".xlsx") else (FILES / "01_utf8_declared_bom.csv").read_bytes()
    found = told(tmp_path, file, content, declared)
    assert_told(found, Bad("E122", column=column, words=(file, *words)), "register.yml")


@pytest.mark.parametrize(
    ("file", "code", "word"),
    [
        ("allocations.xlsm", "E217", "宏"),
        ("allocations.xls", "E111", "另存为"),
        ("allocations.xlsb", "E111", "另存为"),
        ("Allocations.CSV", "E117", "改名为 allocations.csv"),
    ],
)
def test_a_table_in_a_file_of_another_kind_is_told(tmp_path, file, code, word):
    (tmp_path / file).write_bytes(b"x")
    (tmp_path / "register.yml").write_text(register_text("allocations.csv"), encoding="utf-8")
    with pytest.raises(InputsInvalid) as raised:
        read_table(open_folder(tmp_path, YEAR), CONTRACTS["allocations"], published_only=False)
    assert_told(raised.value.issues, Bad(code, words=(word,)), file)


NOT_REGULAR = {
    "pipe": os.mkfifo,
    "folder": os.mkdir,
    "link to a device": partial(os.symlink, "/dev/zero"),
    "link to a file of the system": partial(os.symlink, "/etc/hostname"),
    "link to itself": lambda path: path.symlink_to(path),
}


@pytest.mark.parametrize("kind", NOT_REGULAR)
def test_what_is_no_regular_file_of_the_project_is_refused_at_once(tmp_path, kind):
    NOT_REGULAR[kind](tmp_path / "allocations.csv")
    code = "E117" if kind == "link to itself" else "E121"
    assert_told(told(tmp_path, "allocations.csv", None), Bad(code, words=("文件",)), "allocations.csv")


def test_a_hard_link_is_the_file_itself(tmp_path):
    """Nothing tells it from any other name of the file; its content is held against the register as all content is."""
    other = tmp_path / "elsewhere"
    other.write_bytes((FILES / "01_utf8_declared_bom.csv").read_bytes())
    os.link(other, tmp_path / "allocations.csv")
    assert told(tmp_path, "allocations.csv", None) == []
    assert_told(told(tmp_path, "allocations.csv", None, f'sha256: "{"0" * 64}"'), Bad("E115"), "allocations.csv")
