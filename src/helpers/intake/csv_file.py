"""CSV bytes → a grid of text: UTF-8 with or without byte order mark, or GB18030."""

from __future__ import annotations

import codecs
import csv
import io

from helpers.intake.findings import finding
from helpers.intake.grid import Grid, grid_of
from helpers.issue import InputsInvalid

_AS_CSV = "请在 Excel 中另存为“CSV UTF-8（逗号分隔）”。"

_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16（Excel 的“Unicode 文本”）"),
    (codecs.BOM_UTF16_BE, "UTF-16（Excel 的“Unicode 文本”）"),
)
_CONTENTS = ((b"PK\x03\x04", "Excel 工作簿（.xlsx）"), (b"\xd0\xcf\x11\xe0", "旧格式或加密的 Excel 工作簿"), (b"%PDF", "PDF"))


def read_csv(file: str, data: bytes) -> Grid:
    """The grid of a comma-separated file. Raises InputsInvalid: encoding, NUL bytes, open quotes, nothing in it."""
    text = decode(file, data)
    if "\0" in text:
        row = text.count("\n", 0, text.index("\0")) + 1
        raise _invalid(file, "E108", f"含 {text.count(chr(0))} 个空字符（NUL），文件可能已损坏。", "请从源头重新导出。", row)
    rows: list[list[str]] = []
    try:
        rows.extend(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        row = len(rows) + 1
        raise _invalid(file, "E107", "自本行起引号未闭合或不成对，文件可能不完整。", "请核对引号或重新导出。", row) from None
    return grid_of(file, None, rows)


def decode(file: str, data: bytes) -> str:
    """The text of UTF-8 (byte order mark dropped) or GB18030 bytes.

    Raises InputsInvalid for anything else, naming what it looks like, and for a UTF-8 file that changes its encoding on the way.
    """
    _refuse_foreign(file, data)
    marked = data.startswith(codecs.BOM_UTF8)
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        readable = error.object[: error.start]
        header, line_end, _ = readable.partition(b"\n")
        # A Chinese header in GB18030 is never valid UTF-8 by chance: a file with such a header began as UTF-8.
        if marked or (line_end and not header.isascii()):
            row = readable.count(b"\n") + 1
            raise _invalid(file, "E102", "文件开头是 UTF-8，自本行起编码改变。", _AS_CSV, row) from None
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError:
        raise _invalid(file, "E101", "编码既不是 UTF-8 也不是 GB18030，无法辨认。", _AS_CSV) from None


def _refuse_foreign(file: str, data: bytes) -> None:
    for start, name in _CONTENTS:
        if data.startswith(start):
            raise _invalid(file, "E110", f"扩展名是 .csv，内容是{name}。", _AS_CSV)
    if data.lstrip()[:9].lower().startswith((b"<html", b"<!doctype", b"<table", b"<?xml")):
        raise _invalid(file, "E110", "扩展名是 .csv，内容是网页。", f"请用 Excel 打开核对后保存。{_AS_CSV}")
    found = next((name for mark, name in _MARKS if data.startswith(mark)), None) or _unmarked_utf16(data)
    if found:
        raise _invalid(file, "E101", f"文件编码是 {found}，应为 UTF-8 或 GB18030。", _AS_CSV)


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: read as such, it has the commas and line ends of a table."""
    texts = (data.decode(codec, "ignore") for codec in ("utf-16-le", "utf-16-be"))
    return "UTF-16" if b"\0" in data and any("," in text and "\n" in text for text in texts) else None


def _invalid(file: str, code: str, message: str, mend: str, row: int | None = None) -> InputsInvalid:
    return InputsInvalid([finding(code, file, message, mend, row=row)])
