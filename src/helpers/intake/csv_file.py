"""CSV bytes → a grid of text: UTF-8 with or without byte order mark, or GB18030."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator

from helpers.intake.encodings import AS_CSV, Encoding, decode, row_after
from helpers.intake.findings import finding
from helpers.intake.grid import Grid, grid_of
from helpers.intake.limits import MOST_ROWS
from helpers.issue import InputsInvalid

_CONTENTS = ((b"PK\x03\x04", "Excel 工作簿（.xlsx）"), (b"\xd0\xcf\x11\xe0", "旧格式或加密的 Excel 工作簿"), (b"%PDF", "PDF"))


def read_csv(file: str, data: bytes, *, encoding: Encoding | None = None, header_row: int | None = None) -> Grid:
    """The grid of a comma-separated file.

    Raises InputsInvalid: no text (E110), encoding (E101, E102), NUL bytes (E108), open quotes (E107), more than MOST_ROWS rows
    (E109), no header in the declared row (E201), nothing in it (E103, E104).
    """
    if foreign := kind_of_content(data):
        raise _invalid(file, "E110", f"扩展名是 .csv，内容是{foreign}。", f"请用 Excel 打开核对后保存。{AS_CSV}")
    text = decode(file, data, encoding)
    if "\0" in text:
        row = row_after(text[: text.index("\0")])
        raise _invalid(file, "E108", f"含 {text.count(chr(0))} 个空字符（NUL），文件可能已损坏。", "请从源头重新导出。", row)
    return grid_of(file, None, list(_rows(file, text)), header_row)


def kind_of_content(data: bytes) -> str | None:
    """What a file holds by its first bytes, where that is neither text nor unknown."""
    if data.removeprefix(codecs.BOM_UTF8).lstrip()[:9].lower().startswith((b"<html", b"<!doctype", b"<table", b"<?xml")):
        return "网页（HTML 表）"
    return next((name for start, name in _CONTENTS if data.startswith(start)), None)


def _rows(file: str, text: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    row, width = 0, 0
    try:
        for row, cells in enumerate(reader, start=1):
            if row > MOST_ROWS:
                mend = "请只导出本年度、本部门的记录。"
                raise _invalid(file, "E109", f"超过 {MOST_ROWS:,} 行的上限。", mend)
            width = max(width, len(cells))
            if any(_swallows_rows(cell, width) for cell in cells):
                message = "一个单元格跨行并含多个逗号，疑因引号未闭合而把后面的行并入。"
                raise _invalid(file, "E107", message, "请核对本行及以下各行的引号，或重新导出。", row)
            yield cells
    except csv.Error:
        raise _invalid(file, "E107", "自本行起引号未闭合或不成对，文件可能不完整。", "请核对引号或重新导出。", row + 1) from None


def _swallows_rows(cell: str, width: int) -> bool:
    """Whether a quoted cell holds as many commas for each of its line breaks as whole rows would."""
    breaks = cell.count("\n") or cell.count("\r")
    return breaks > 0 and width > 2 and cell.count(",") >= breaks * (width - 1)


def _invalid(file: str, code: str, message: str, mend: str, row: int | None = None) -> InputsInvalid:
    return InputsInvalid([finding(code, file, message, mend, row=row)])
