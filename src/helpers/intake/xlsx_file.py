"""XLSX bytes → a grid of text, without float artefacts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal

from python_calamine import CalamineError, CalamineWorkbook

from helpers.intake.findings import finding, normalise, quote
from helpers.intake.grid import Grid, Marks, Storage, grid_of
from helpers.intake.limits import MOST_BLANK_ROWS, MOST_COLUMNS, MOST_ROWS
from helpers.intake.package import Package, SheetPart, open_package
from helpers.intake.sheet_marks import SheetMarks, TooManyRows, address, read_marks
from helpers.intake.xml_part import NotPlainXML
from helpers.issue import InputsInvalid, Issue

_EXACT = 10**15
"""Excel keeps 15 significant digits: a larger whole number is shown in scientific notation, which no key or amount accepts."""

_DAMAGED = ("内容不是 Excel 工作簿，或文件已损坏。", "请用 Excel 打开核对，另存为 .xlsx。")


def read_xlsx(file: str, data: bytes, *, sheet: str | None = None, header_row: int | None = None) -> Grid:
    """The grid of the declared work sheet, or else of the one visible sheet that holds anything.

    Raises InputsInvalid: no workbook (E110), encrypted or old format (E111), packed too densely (E112), a stray last cell (E113),
    too many rows (E109), several filled sheets or no such sheet (E209), macros (E217), no header in the declared row (E201),
    nothing in it (E103, E104).
    """
    package = open_package(file, data)
    try:
        chosen = _chosen(package, sheet)
        if chosen is None:
            return grid_of(file, None, [])
        name, marks = chosen
        (cells,) = _cells(package, [name])
        grid = grid_of(file, name, [list(map(cell_text, row)) for row in cells], header_row)
    except (CalamineError, NotPlainXML, KeyError, ValueError):
        raise _invalid(file, "E110", *_DAMAGED) from None
    storage = _storage(cells[grid.first_row - 1 :], grid.first_row)
    header = _header_through_merges(grid, marks)
    found = Marks(marks.faults, marks.merges, storage)
    return replace(grid, header=header, marks=found, notes=[*package.notes, *_hidden_rows(grid, marks)])


def read_sheets(file: str, data: bytes) -> list[Grid]:
    """The grids of all visible work sheets that hold more than one row. Raises InputsInvalid as `read_xlsx`, E209 apart."""
    package = open_package(file, data)
    try:
        marks = {sheet.name: marks for sheet, marks in _visible(package) if marks.filled_rows > 1}
        sheets = {
            name: [list(map(cell_text, row)) for row in rows]
            for name, rows in zip(marks, _cells(package, list(marks)), strict=True)
        }
    except (CalamineError, NotPlainXML, KeyError, ValueError):
        raise _invalid(file, "E110", *_DAMAGED) from None
    filled = {name: rows for name, rows in sheets.items() if sum(any(map(str.strip, row)) for row in rows) > 1}
    grids = [(grid_of(file, name, rows), marks[name]) for name, rows in filled.items()]
    found = [replace(grid, marks=Marks(of.faults, of.merges), notes=_hidden_rows(grid, of)) for grid, of in grids]
    return found or [grid_of(file, None, [])]


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


def _chosen(package: Package, declared: str | None) -> tuple[str, SheetMarks] | None:
    """The sheet to read, with its marks; None where no sheet holds anything."""
    if declared is not None:
        sheets = package.sheets()
        found = [sheet for sheet in sheets if normalise(sheet.name) == normalise(declared)]
        found = [sheet for sheet in found if sheet.name == declared] or found
        if len(found) != 1:
            names = "、".join(quote(sheet.name) for sheet in sheets)
            message = f"没有登记的工作表{quote(declared)}；文件中有：{names}。"
            raise _invalid(package.file, "E209", message, "请改正 register.yml 中该文件的 sheet。")
        return found[0].name, _marks(package, found[0])
    filled = list(_visible(package))
    if len(filled) > 1:
        names = "、".join(quote(sheet.name) for sheet, _ in filled)
        largest, _ = max(filled, key=lambda sheet: sheet[1].filled_rows)
        mend = f'请在 register.yml 该文件的登记项中写明 sheet（如 sheet: "{largest.name}"），或只保留应读取的一张。'
        raise _invalid(package.file, "E209", f"有 {len(filled)} 张含数据的工作表：{names}。", mend)
    return (filled[0][0].name, filled[0][1]) if filled else None


def _visible(package: Package) -> list[tuple[SheetPart, SheetMarks]]:
    """The visible sheets that hold anything, with their marks."""
    marked = [(sheet, _marks(package, sheet)) for sheet in package.sheets() if sheet.visible]
    return [(sheet, marks) for sheet, marks in marked if marks.filled_rows]


def _marks(package: Package, sheet: SheetPart) -> SheetMarks:
    """Its marks. Raises InputsInvalid where reading the cells would ask for a huge, mostly blank area."""
    try:
        marks = read_marks(package.parts[sheet.part], package.percent_styles())
    except TooManyRows:
        mend = "请只导出本年度、本部门的记录。"
        raise _invalid(package.file, "E109", f"超过 {MOST_ROWS:,} 行的上限。", mend, sheet.name) from None
    blank = marks.last_row - marks.filled_rows
    if blank > MOST_BLANK_ROWS or marks.last_column >= MOST_COLUMNS:
        last = address(marks.last_row, marks.last_column)
        message = f"最后一个单元格在 {last}，而有内容的只有 {marks.filled_rows:,} 行，末行（列）异常。"
        mend = "请按 Ctrl+End 找到它，删除数据之后的全部行和列，保存后重新检查。"
        raise _invalid(package.file, "E113", message, mend, sheet.name, marks.last_row)
    return marks


def _cells(package: Package, names: Sequence[str]) -> list[Sequence[Sequence[object]]]:
    """All cells of some sheets, from the first row and column on."""
    if not names:
        return []
    workbook = CalamineWorkbook.from_filelike(package.repacked())
    return [workbook.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in names]


def _header_through_merges(grid: Grid, marks: SheetMarks) -> list[str]:
    """The header, in which a cell merged with those above it has their text."""
    header = list(grid.header)
    above = dict(grid.above)
    for merge in marks.merges:
        if (
            merge.one_column
            and merge.last_row == grid.header_row
            and merge.first_row in above
            and merge.first_column < len(header)
        ):
            header[merge.first_column] = above[merge.first_row][merge.first_column]
    return header


def _storage(rows: Sequence[Sequence[object]], first: int) -> dict[int, Storage]:
    """How the filled cells of each column are stored; `first` is the number of the first row."""
    return {
        place: Storage(
            numbers=[row for row, cell in enumerate(column, first) if type(cell) in (int, float)],
            texts=[row for row, cell in enumerate(column, first) if isinstance(cell, str) and cell.strip()],
            dates=[row for row, cell in enumerate(column, first) if isinstance(cell, date)],
        )
        for place, column in enumerate(zip(*rows, strict=True))
    }


def _hidden_rows(grid: Grid, marks: SheetMarks) -> list[Issue]:
    hidden = [row for row in marks.hidden if row > grid.header_row]
    if not hidden:
        return []
    what = "隐藏行（由筛选隐藏）" if marks.filtered else "隐藏行"
    message = f"含 {len(hidden)} 个{what}，自本行起；隐藏的行同样读入和计算。"
    return [grid.issue("W208", message, "请取消隐藏和筛选后核对；不应计入的行请删去。", row=hidden[0])]


def _invalid(file: str, code: str, message: str, mend: str, sheet: str | None = None, row: int | None = None) -> InputsInvalid:
    return InputsInvalid([finding(code, file, message, mend, sheet=sheet, row=row)])
