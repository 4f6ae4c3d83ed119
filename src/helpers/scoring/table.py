"""A self-evaluation table of any department, CSV or XLSX → its indicators and what it prints beside them.

Issues: T101 target, T102 no sign, T103 actual value, T104 weight, T105 points, T106 name, T107 funds, T108 band, T109 repeated
column, T110 cell without a result, T111 more cells than columns, T112 row after the total, T113 repeated row, T114 hidden rows.
What stops the reading is raised as InputsInvalid.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from helpers.intake.findings import finding, quote
from helpers.intake.grid import Grid, NumberedRow
from helpers.issue import InputsInvalid, Issue
from helpers.scoring.headings import REQUIRED, Header, find_header, match_columns, repeated
from helpers.scoring.model import Indicator, ScoringIssue
from helpers.scoring.printed import Printed, SumRow, read_funds
from helpers.scoring.table_file import filled_through_merges, numbered_rows, read_grids, without_result
from helpers.scoring.table_row import Row

_TOTAL = re.compile(r"(自评)?(总分|总得分|合计|总计|总分值)[:：]?(\(.*\))?|(合计|总计|综合)得分|自评得分合计")
_SUBTOTAL = re.compile(r".*小计[:：]?(\(.*\))?")
_EXECUTION = re.compile(r"(预算|资金)执行(率|情况)?(指标)?(\(.*\))?")
_OTHER_SEPARATORS = {"\t": "制表符", ";": "“;”", "；": "“；”", "，": "“，”", "|": "“|”"}


@dataclass(frozen=True)
class IndicatorTable:
    """The indicators of a file in its order, what it prints beside them, and what is wrong with single cells."""

    file: str
    indicators: list[Indicator]
    printed: Printed
    issues: list[ScoringIssue]


def read_indicators(path: Path) -> IndicatorTable:
    """The table in a CSV or XLSX file; of several work sheets the only one that has the columns of such a table.

    Raises InputsInvalid where the file cannot be read (see `read_grids`), has no header (E105, E201) or lacks a column (E203),
    holds several tables (E209) or no indicators (E104).
    """
    grids = read_grids(path)
    found = [(grid, header) for grid in grids if (header := find_header(numbered_rows(grid))) is not None]
    if not found:
        raise InputsInvalid([_no_header(grids[0])])
    if len(found) > 1:
        names = "、".join(quote(grid.sheet or "") for grid, _ in found)
        raise InputsInvalid([finding("E209", path.name, f"有 {len(found)} 张自评表：{names}。", "请只保留应读取的一张。")])
    return _read(*found[0])


def _no_header(grid: Grid) -> Issue:
    """The row that comes nearest to a header tells which columns are missing."""
    rows = numbered_rows(grid)
    row, cells = max(rows, key=lambda numbered: len(match_columns(numbered[1])))
    if columns := match_columns(cells):
        missing = "、".join(f"“{name}”" for column, name in REQUIRED.items() if column not in columns)
        return grid.issue("E203", f"表头缺少列{missing}。", "请补上该列，或改为通行的列名。", row=row)
    for separator, name in _OTHER_SEPARATORS.items():
        if any(match_columns(cell.split(separator)).keys() >= REQUIRED.keys() for _, cells in rows for cell in cells):
            return grid.issue("E105", f"以{name}分隔各列。", "请以半角逗号为分隔符另存为 CSV。")
    mend = "请保留一行表头，列名如：一级指标、二级指标、三级指标、年度指标值、实际完成值、分值、得分。"
    return grid.issue("E201", "没有找到自评表的表头。", mend)


def _read(grid: Grid, header: Header) -> IndicatorTable:
    """The table below a header."""
    rows = numbered_rows(grid)
    funds, taken, issues = read_funds(rows[: header.first])
    issues += without_result(grid)
    issues += [ScoringIssue("T114", "警告", note.row, note.message + note.mend) for note in grid.notes]
    for name in repeated(header.cells):
        message = f"列{quote(name)}与另一列含义相同，未读取。请只保留一列。"
        issues.append(ScoringIssue("T109", "警告", header.row, message))
    levels = {place for column, place in header.columns.items() if column.startswith("level")}
    below = numbered_rows(filled_through_merges(grid, levels))[header.last + 1 :]
    body = _Body(header, issues)
    body.read(below)
    if not body.indicators:
        raise InputsInvalid([grid.issue("E104", "表头之下没有指标行。", "请补入指标。", row=header.row)])
    issues += _repeated_rows(body.indicators)
    above = [_text(row) for row in rows[: header.first] if row[0] not in taken]
    sums = (tuple(body.subtotals), tuple(body.execution))
    return IndicatorTable(grid.file, body.indicators, Printed(body.total, *sums, tuple(funds), (*above, *body.text)), issues)


@dataclass
class _Body:
    """The rows below the header, told apart as they are read. The total row ends the table, unless it is the first row."""

    header: Header
    issues: list[ScoringIssue]
    indicators: list[Indicator] = field(default_factory=list)
    total: SumRow | None = None
    subtotals: list[SumRow] = field(default_factory=list)
    execution: list[SumRow] = field(default_factory=list)
    text: list[tuple[int, str]] = field(default_factory=list)
    _levels: tuple[str, str] = ("", "")

    def read(self, rows: Sequence[NumberedRow]) -> None:
        for number, cells in rows:
            row = Row(number, cells, self.header.cells, self.header.columns, self.issues)
            if self.total and self.indicators and self.total.row > self.indicators[0].row:
                self._after_total(row)
            elif not self.header.again(cells):
                self._take(row)

    def _take(self, row: Row) -> None:
        labels = row.labels()
        first = labels[0] if labels else ""
        # Under a merged cell and with a target it is one indicator of a group (预算管理).
        grouped = any(self._levels) and not row.filled("level1", "level2") and row.filled("target")
        if total := next(filter(_TOTAL.fullmatch, labels), None):
            self.total = row.sums(total)
        elif subtotal := next(filter(_SUBTOTAL.fullmatch, labels), None):
            self.subtotals.append(row.sums(subtotal))
        elif _EXECUTION.fullmatch(first) and row.filled("weight", "score") and not grouped:
            self.execution.append(row.sums(first))
        elif row.filled("weight") and not row.filled("level3", "target", "actual"):  # the head of a group, with its points
            self._levels = row.levels(self._levels)
            self.subtotals.append(row.sums(first))
        else:
            self._levels = row.levels(self._levels)
            if row.filled("level3", "target", "weight"):
                self.indicators.append(row.indicator(*self._levels))
            else:
                self.text.append(_text((row.number, row.cells)))

    def _after_total(self, row: Row) -> None:
        self.text.append(_text((row.number, row.cells)))
        if row.filled("level3") and row.filled("target") and row.filled("weight") and not self.header.again(row.cells):
            message = f"“{row.text('level3')}”在总分行之后，没有读取。请把总分行移到全部指标之后。"
            self.issues.append(ScoringIssue("T112", "错误", row.number, message))


def _repeated_rows(indicators: Sequence[Indicator]) -> Iterator[ScoringIssue]:
    """T113 for each row that says just what one before it says; a row of another programme has its own evidence."""
    first: dict[Indicator, int] = {}
    for item in indicators:
        same = first.setdefault(replace(item, row=0), item.row)
        if same != item.row:
            message = f"“{item.level3}”与第 {same} 行完全相同，会重复计分。请只保留一行；分属不同项目的，请在名称中写明。"
            yield ScoringIssue("T113", "警告", item.row, message)


def _text(row: tuple[int, Sequence[str]]) -> tuple[int, str]:
    return row[0], "\t".join(cell.strip() for cell in row[1] if cell.strip())
