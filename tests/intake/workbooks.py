"""Small workbooks for tests: made with openpyxl, then changed in their XML where openpyxl cannot write what is needed."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import date
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

HEADER = ["项目编码", "地区", "金额", "方案名称", "方案日期"]
ROWS: list[list[object]] = [
    ["99T01", "甲市", 600, "示例方案", date(2030, 5, 17)],
    ["99T01", "乙县", 400, "示例方案", date(2030, 5, 18)],
    ["99T02", "丙县", 0.1, "示例方案", date(2030, 12, 31)],
]
SHEET = "xl/worksheets/sheet1.xml"

Change = Callable[[Worksheet], object]


def workbook(change: Change | None = None, rows: Sequence[Sequence[object]] = (HEADER, *ROWS), title: str = "分配") -> bytes:
    """A workbook of one sheet, changed before it is saved."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    if change:
        change(sheet)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def repack(data: bytes, changes: dict[str, Callable[[bytes], bytes] | bytes]) -> bytes:
    """A workbook with some parts changed, or added."""
    with ZipFile(io.BytesIO(data)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    for name, change in changes.items():
        parts[name] = change if isinstance(change, bytes) else change(parts[name])
    return pack(parts.items())


def pack(parts: Sequence[tuple[str, bytes]] | object) -> bytes:
    """A zip of parts; a name may stand twice."""
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as target:
        for name, part in parts:
            target.writestr(name, part)
    return stream.getvalue()


def replaced(data: bytes, old: str, new: str, part: str = SHEET) -> bytes:
    """A workbook with a piece of XML replaced; the piece must be there. openpyxl writes Chinese as character references."""
    found, put = (text.encode("ascii", "xmlcharrefreplace") for text in (old, new))

    def change(xml: bytes) -> bytes:
        assert found in xml
        return xml.replace(found, put)

    return repack(data, {part: change})


def assign(**cells: object) -> Change:
    """A change that sets cells by their addresses."""

    def change(sheet: Worksheet) -> None:
        for address, value in cells.items():
            sheet[address] = value

    return change
