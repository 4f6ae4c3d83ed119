"""A self-evaluation table of any department, CSV or XLSX → its indicators and what it prints beside them.

Issues: T101 target, T102 no sign, T103 actual value, T104 weight, T105 points, T106 name, T107 funds, T108 band, T109 repeated
column, T110 a month or year as a date, T111 more cells than columns. What stops the reading is raised as InputsInvalid.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from helpers.intake.csv_file import read_csv
from helpers.intake.findings import finding, quote
from helpers.intake.grid import Grid
from helpers.intake.xlsx_file import read_sheets
from helpers.issue import InputsInvalid, Issue
from helpers.scoring.headings import REQUIRED, match_columns, repeated
from helpers.scoring.model import Indicator, ScoringIssue
from helpers.scoring.printed import NumberedRow, Printed, SumRow, read_funds
from helpers.scoring.table_row import Row

MOST_BYTES, MOST_ROWS = 10 * 1024 * 1024, 10_000
"""Far more than a self-evaluation table has, which is some hundred rows and perhaps a picture."""

_TOTAL = re.compile(r"(自评)?(总分|总得分|合计|总计|总分值)[:：]?(\(.*\))?")
_SUBTOTAL = re.compile(r".*小计[:：]?(\(.*\))?")
_EXECUTION = re.compile(r"(预算|资金)执行(率|情况)(指标)?(\(.*\))?")


@dataclass(frozen=True)
class IndicatorTable:
    """The indicators of a file in its order, what it prints beside them, and what is wrong with single cells."""

    file: str
    indicators: list[Indicator]
    printed: Printed
    issues: list[ScoringIssue]


def read_indicators(path: Path) -> IndicatorTable:
    """The table in a CSV or XLSX file; of several work sheets the only one that has the columns of such a table.

    Raises InputsInvalid where the file is neither (E110), is not there (E117), is too large (E109), cannot be read (E1xx),
    has no header (E201) or lacks a column (E203), holds several tables (E209) or no indicators (E104).
    """
    grids = _grids(path)
    for grid in grids:
        if len(grid.rows) > MOST_ROWS:
            raise InputsInvalid([_too_large(path, f"有 {len(grid.rows)} 行")])
    found = [(grid, place) for grid in grids if (place := _header_place(_rows(grid))) is not None]
    if not found:
        raise InputsInvalid([_no_header(grids[0])])
    if len(found) > 1:
        names = "、".join(quote(grid.sheet or "") for grid, _ in found)
        raise InputsInvalid([finding("E209", path.name, f"有 {len(found)} 张自评表：{names}。", "请只保留应读取的一张。")])
    return _read(*found[0])


def _grids(path: Path) -> list[Grid]:
    data = _bytes(path)
    if path.suffix.lower() == ".csv":
        return [read_csv(path.name, data)]
    if path.suffix.lower() == ".xlsx":
        return read_sheets(path.name, data)
    mend = "请在 Excel 中另存为“Excel 工作簿（.xlsx）”或“CSV UTF-8（逗号分隔）”。"
    raise InputsInvalid([finding("E110", path.name, "扩展名不是 .csv 或 .xlsx。", mend)])


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


def _rows(grid: Grid) -> list[NumberedRow]:
    return [(grid.header_row, grid.header), *grid.rows]


def _header_place(rows: Sequence[NumberedRow]) -> int | None:
    return next((place for place, (_, cells) in enumerate(rows) if match_columns(cells).keys() >= REQUIRED.keys()), None)


def _no_header(grid: Grid) -> Issue:
    """The row that comes nearest to a header tells which columns are missing."""
    row, cells = max(_rows(grid), key=lambda numbered: len(match_columns(numbered[1])))
    columns = match_columns(cells)
    if not columns:
        mend = "请保留一行表头，列名如：一级指标、二级指标、三级指标、年度指标值、实际完成值、分值、得分。"
        return grid.issue("E201", "没有找到自评表的表头。", mend)
    missing = "、".join(f"“{name}”" for column, name in REQUIRED.items() if column not in columns)
    return grid.issue("E203", f"表头缺少列{missing}。", "请补上该列，或改为通行的列名。", row=row)


def _read(grid: Grid, place: int) -> IndicatorTable:
    """The table whose header is the row at `place`; it ends with the total row, what follows is text."""
    rows = _rows(grid)
    header_row, header = rows[place]
    columns = match_columns(header)
    funds, taken, issues = read_funds(rows[:place])
    for name in repeated(header):
        message = f"列{quote(name)}与前面的一列含义相同，未读取。请只保留一列。"
        issues.append(ScoringIssue("T109", "警告", header_row, message))
    text = [_text(row) for row in rows[:place] if row[0] not in taken]
    indicators: list[Indicator] = []
    subtotals: list[SumRow] = []
    execution: list[SumRow] = []
    total = None
    levels = ("", "")
    for position, (number, cells) in enumerate(rows[place + 1 :], start=place + 1):
        row = Row(number, cells, header, columns, issues)
        labels = row.labels()
        first = labels[0] if labels else ""
        if _TOTAL.fullmatch(first):
            total = row.sums(first)
            text += map(_text, rows[position + 1 :])
            break
        if subtotal := next(filter(_SUBTOTAL.fullmatch, labels), None):
            subtotals.append(row.sums(subtotal))
            continue
        # Under a merged cell and with a target it is one indicator of a group (预算管理).
        grouped = any(levels) and not row.filled("level1", "level2") and row.filled("target")
        if _EXECUTION.fullmatch(first) and row.filled("weight", "score") and not grouped:
            execution.append(row.sums(first))
            continue
        levels = row.levels(levels)
        if row.filled("level3", "target", "weight"):
            indicators.append(row.indicator(*levels))
        else:
            text.append(_text((number, cells)))
    if not indicators:
        raise InputsInvalid([grid.issue("E104", "表头之下没有指标行。", "请补入指标。", row=header_row)])
    printed = Printed(total, tuple(subtotals), tuple(execution), tuple(funds), tuple(text))
    return IndicatorTable(grid.file, indicators, printed, issues)


def _text(row: NumberedRow) -> tuple[int, str]:
    return row[0], "\t".join(cell.strip() for cell in row[1] if cell.strip())
