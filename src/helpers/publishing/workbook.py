"""Excel workbooks of the report: text that is never a formula, row heights that fit, the same bytes each time."""

from __future__ import annotations

import io
import math
import re
import unicodedata
import zipfile
from datetime import datetime
from decimal import Decimal

from openpyxl import Workbook  # type: ignore[import-untyped]
from openpyxl.cell.cell import Cell  # type: ignore[import-untyped]
from openpyxl.styles import Alignment, Border, Font, Side  # type: ignore[import-untyped]
from openpyxl.worksheet.worksheet import Worksheet  # type: ignore[import-untyped]

from helpers.publishing.errors import XLSXRefused

LONGEST_TEXT = 32_767
"""Characters that Excel holds in one cell."""
LINE_HEIGHT = 15.0
"""Points of one line of text at 10.5 points."""
TALLEST_ROW = 409.0
"""Points of the tallest row that Excel draws."""
BORDER = Border(**dict.fromkeys(("left", "right", "top", "bottom"), Side(style="thin", color="000000")))
ALIGNMENTS = {side: Alignment(horizontal=side, vertical="center", wrap_text=True) for side in ("left", "center", "right")}
BODY_FONT, HEAD_FONT, TITLE_FONT = Font(name="宋体", size=10.5), Font(name="黑体", size=10.5), Font(name="黑体", size=16)

_FIXED = datetime(2000, 1, 1)
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SHORT_NUMBER = re.compile(r"-?[0-9]{1,9}(?:\.([0-9]{1,6}))?")
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""Where a typed text looks like a workbook's own escape of a character by its number."""
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def write_text(cell: Cell, text: str) -> None:
    """Write text that Excel shows as it stands, also where it begins like a formula. Raises XLSXRefused."""
    found = _ILLEGAL.search(text)
    if found:
        raise _refused(cell, f"含有 Excel 不能保存的控制字符 U+{ord(found[0]):04X}。请在来源数据中删去该字符。")
    if len(text) > LONGEST_TEXT:
        raise _refused(cell, f"文字有 {len(text)} 字，超过 Excel 每格 {LONGEST_TEXT} 字的上限。请缩短文字。")
    cell.value = _ESCAPE.sub("_x005F_", text)
    cell.data_type = "s"
    cell.quotePrefix = text[:1] in ("=", "+", "-", "@", "\t", "\r")


def write_number(cell: Cell, text: str) -> None:
    """Write a short decimal number as a number that shows the same decimals; anything else as text."""
    number = _SHORT_NUMBER.fullmatch(text)
    if number is None:
        write_text(cell, text)
        return
    places = len(number[1] or "")
    cell.value = Decimal(text)
    cell.number_format = f"0.{'0' * places}" if places else "0"


def style(cell: Cell, *, head: bool = False, align: str = "left") -> None:
    """Border, font and wrapping of a cell of a form."""
    cell.border = BORDER
    cell.font = HEAD_FONT if head else BODY_FONT
    cell.alignment = ALIGNMENTS[align]


def height_of(text: str, width: float) -> float:
    """Points that a text needs in a column of `width` characters; a wide character takes two, and a little room is left."""
    room = max(width - 1.5, 2.0)
    lines = sum(max(1, math.ceil(_columns(line) / room)) for line in text.split("\n"))
    return min(lines * LINE_HEIGHT + 6.0, TALLEST_ROW)


def print_on_a4(sheet: Worksheet, *, title_row: int, notice: str | None) -> None:
    """Landscape A4, fit to width, the title row on each page, page numbers and the notice in the footer."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.5
    margins.top, margins.bottom, margins.header, margins.footer = 0.6, 0.75, 0.3, 0.4
    sheet.print_title_rows = f"{title_row}:{title_row}"
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    sheet.oddFooter.left.text = (notice or "").replace("&", "&&") or None


def workbook_bytes(workbook: Workbook) -> bytes:
    """The workbook as a file, the same bytes for the same content: entries sorted, all times fixed."""
    workbook.properties.creator = "selfeval"
    workbook.properties.created = _FIXED
    saved, fixed = io.BytesIO(), io.BytesIO()
    workbook.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist()):
            entry = zipfile.ZipInfo(name)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            target.writestr(entry, _MODIFIED.sub(rb"\g<1>" + _FIXED.isoformat().encode() + rb"Z\g<2>", source.read(name)))
    return fixed.getvalue()


def _columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in line)


def _refused(cell: Cell, why: str) -> XLSXRefused:
    return XLSXRefused(f"无法生成 Excel 文件：工作表“{cell.parent.title}”{cell.coordinate} {why}")
