"""XLSX bytes → a grid of text, without float artefacts."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from decimal import Decimal

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from helpers.intake.findings import finding, quote
from helpers.intake.grid import Grid, grid_of
from helpers.issue import InputsInvalid

_EXACT = 10**15
"""Excel keeps 15 significant digits: a larger whole number is shown in scientific notation, which no key or amount accepts."""


def read_xlsx(file: str, data: bytes) -> Grid:
    """The grid of the one visible work sheet that holds anything.

    Raises InputsInvalid: no workbook (E110), encrypted or old format (E111), several filled sheets (E209), nothing in it.
    """
    sheets = _sheets(file, data)
    if len(sheets) > 1:
        names = "、".join(quote(name) for name in sheets)
        raise _invalid(file, "E209", f"有 {len(sheets)} 张含数据的工作表：{names}。", "请只保留应读取的一张。")
    name, rows = next(iter(sheets.items()), (None, []))
    return grid_of(file, name, rows)


def read_sheets(file: str, data: bytes) -> list[Grid]:
    """The grids of all visible work sheets that hold more than one row. Raises InputsInvalid as `read_xlsx`, E209 apart."""
    sheets = {name: rows for name, rows in _sheets(file, data).items() if sum(any(map(str.strip, row)) for row in rows) > 1}
    return [grid_of(file, name, rows) for name, rows in sheets.items()] or [grid_of(file, None, [])]


def _sheets(file: str, data: bytes) -> dict[str, list[list[str]]]:
    """The cells of each visible work sheet that holds anything, as text."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise _invalid(file, "E111", "文件加密或为旧格式（.xls）。", "请取消密码并另存为“Excel 工作簿（.xlsx）”。")
    try:
        sheets = _filled_sheets(CalamineWorkbook.from_filelike(io.BytesIO(data)))
        return {sheet.name: [list(map(cell_text, row)) for row in sheet.to_python(skip_empty_area=False)] for sheet in sheets}
    except PasswordError:
        raise _invalid(file, "E111", "文件加密。", "请取消密码后保存。") from None
    except CalamineError:
        raise _invalid(file, "E110", "内容不是 Excel 工作簿，或文件已损坏。", "请用 Excel 打开核对，另存为 .xlsx。") from None


def cell_text(cell: object) -> str:
    """What Excel shows of a cell's value: ISO dates, whole numbers without a point, at most 15 significant digits."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, int | float):
        return format(cell, ".14E") if abs(cell) >= _EXACT else _plain_number(cell)
    return str(cell)


def _plain_number(number: int | float) -> str:
    if number == int(number):
        return str(int(number))
    return format(Decimal(format(number, ".15g")).normalize(), "f")


def _filled_sheets(workbook: CalamineWorkbook) -> list[CalamineSheet]:
    names = [
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    ]
    sheets = [workbook.get_sheet_by_name(name) for name in names]
    return [sheet for sheet in sheets if sheet.start is not None]


def _invalid(file: str, code: str, message: str, mend: str) -> InputsInvalid:
    return InputsInvalid([finding(code, file, message, mend)])
