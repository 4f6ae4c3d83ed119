"""The file of a self-evaluation table → its grids of text, as Excel shows them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from pathlib import Path

from helpers.intake.csv_file import read_csv
from helpers.intake.findings import finding
from helpers.intake.grid import Grid, NumberedRow
from helpers.intake.sheet_marks import address
from helpers.intake.xlsx_file import read_sheets
from helpers.issue import InputsInvalid, Issue
from helpers.scoring.model import ScoringIssue

MOST_BYTES, MOST_ROWS = 10 * 1024 * 1024, 10_000
"""Far more than a self-evaluation table has, which is some hundred rows and perhaps a picture."""


def read_grids(path: Path) -> list[Grid]:
    """The grid of a CSV file, or those of the visible sheets of a workbook, percentages with their sign.

    Raises InputsInvalid where the file is neither (E110), is not there (E117), is too large (E109) or cannot be read (E1xx).
    """
    data = _bytes(path)
    if path.suffix.lower() == ".csv":
        grids = [read_csv(path.name, data)]
    elif path.suffix.lower() == ".xlsx":
        grids = list(map(_as_shown, read_sheets(path.name, data)))
    else:
        mend = "请在 Excel 中另存为“Excel 工作簿（.xlsx）”或“CSV UTF-8（逗号分隔）”。"
        raise InputsInvalid([finding("E110", path.name, "扩展名不是 .csv 或 .xlsx。", mend)])
    if longest := max((len(grid.rows) for grid in grids if len(grid.rows) > MOST_ROWS), default=None):
        raise InputsInvalid([_too_large(path, f"有 {longest} 行")])
    return grids


def numbered_rows(grid: Grid) -> list[NumberedRow]:
    """All rows of a grid, what it takes for its header included: the header of the indicators stands further down."""
    return [(grid.header_row, grid.header), *grid.rows]


def filled_through_merges(grid: Grid, columns: Collection[int]) -> Grid:
    """The grid with the text of a cell in the cells that are merged with it downwards, in some columns only."""
    cells = dict(numbered_rows(grid))
    for merge in grid.marks.merges:
        if merge.one_column and merge.first_column in columns and merge.first_row in cells:
            text = cells[merge.first_row][merge.first_column]
            for row in range(merge.first_row + 1, merge.last_row + 1):
                if row in cells:
                    cells[row] = _replaced(cells[row], merge.first_column, text)
    return _with_rows(grid, cells)


def without_result(grid: Grid) -> list[ScoringIssue]:
    """T110 for each cell that is an error or a formula of which the file holds no result."""
    mend = "按空白处理。请用 Excel 打开，改正公式、重新计算（F9）后保存。"
    return [
        ScoringIssue("T110", "错误", row, f"单元格 {address(row, column)} {_fault(fault)}，{mend}")
        for (row, column), fault in sorted(grid.marks.faults.items())
        if fault != "percent"
    ]


def _fault(fault: str) -> str:
    return "是公式，文件中没有它的结果" if fault == "uncalculated" else f"为公式错误 {fault}"


def _as_shown(grid: Grid) -> Grid:
    """The grid in which a number that is formatted as a percentage has its sign: 0.98 is 98%."""
    cells = dict(numbered_rows(grid))
    for (row, column), fault in grid.marks.faults.items():
        if fault == "percent" and row in cells:
            cells[row] = _replaced(cells[row], column, _percent(cells[row][column]))
    return _with_rows(grid, cells)


def _percent(text: str) -> str:
    try:
        return f"{(Decimal(text) * 100).normalize():f}%"
    except InvalidOperation:
        return text


def _replaced(cells: list[str], column: int, text: str) -> list[str]:
    return [*cells[:column], text, *cells[column + 1 :]]


def _with_rows(grid: Grid, cells: dict[int, list[str]]) -> Grid:
    return replace(grid, header=cells[grid.header_row], rows=[(row, cells[row]) for row, _ in grid.rows])


def _bytes(path: Path) -> bytes:
    """The file's bytes; a pipe or a device is never read, a huge file not to its end."""
    if not path.is_file():
        raise InputsInvalid(
            [finding("E117", path.name, "没有这个文件。", "请检查文件名；须是普通文件，不能是文件夹、管道或设备。")]
        )
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError:
        raise InputsInvalid([finding("E117", path.name, "文件无法打开。", "请检查读取权限，并关闭正在使用它的程序。")]) from None
    if len(data) > MOST_BYTES:
        raise InputsInvalid([_too_large(path, f"超过 {MOST_BYTES // 1024 // 1024} MB")])
    return data


def _too_large(path: Path, how: str) -> Issue:
    return finding("E109", path.name, f"文件{how}，不是一张自评表。", "请只保留自评表，另存后再评分。")
