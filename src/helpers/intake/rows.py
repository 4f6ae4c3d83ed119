"""The rows of a grid that are records, and what stands between, below or behind them: totals, notes, merged and broken cells."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from helpers.intake.contracts import Column
from helpers.intake.findings import MOST_ISSUES, normalise
from helpers.intake.grid import Grid, Merge, NumberedRow
from helpers.intake.sheet_marks import address
from helpers.issue import Issue

_AS_TEXT = "请将该列设为文本格式，从源头重新导出。"

_TOTAL_WORD = "合计|小计|总计|共计|累计"
_TOTAL_OF_KEYS = re.compile(rf"({_TOTAL_WORD}).*|.*({_TOTAL_WORD})(数|额|金额)?[:：]?")
_TOTAL_OF_TEXTS = re.compile(rf"(本[页月季年]|累计|其中)?[:：]?({_TOTAL_WORD})[:：]?(\(.*\))?")
"""A key is never called 甲市小计, while 预算合计 may well be the name of a figure."""

_NOTE = re.compile(
    "(注|备注|附注|说明|填[表报]说明|制表人?|填[表报]人|审核人?|复核人?|经办人|(单位)?负责人|联系(人|电话)"
    "|(填[表报]|制表|打印|导出)(日期|时间)|数据来源)[:：].*"
)
_ERROR_VALUE = re.compile(r"#(REF!|N/A|DIV/0!|VALUE!|NAME\?|NULL!|NUM!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!)")


@dataclass(frozen=True)
class Records:
    """The rows to convert; the issues of the others and of single cells; the cells of which something has been told."""

    rows: list[NumberedRow]
    issues: list[Issue]
    told: set[tuple[int, int]]


def records_of(grid: Grid, columns: Sequence[Column], places: Mapping[str, int], fill_down: Collection[str]) -> Records:
    """The records of a grid whose `columns` stand at `places` (by English name).

    Cells merged with those above take their value in the columns `fill_down` (Chinese headers); elsewhere they are issues.
    """
    rows, issues = _sorted_rows(grid, columns, places)
    issues += _blank_rows(grid, rows)
    issues += _mixed_storage(grid, columns, places)
    headers = {places[column.name]: column.header for column in columns}
    filled, told, merged = _through_merges(grid, rows, headers, fill_down)
    issues += merged
    for (row, place), issue in _broken_cells(grid, filled, headers):
        if (row, place) not in told:
            told.add((row, place))
            issues.append(issue)
    return Records(filled, issues, told)


def _sorted_rows(grid: Grid, columns: Sequence[Column], places: Mapping[str, int]) -> tuple[list[NumberedRow], list[Issue]]:
    rows, notes = list(grid.rows), []
    while rows and _is_note(rows[-1][1], columns):
        mend = "请删去表后的文字；数据不完整的请重新导出。"
        notes.append(grid.issue("E210", "疑为表后的说明、签字等文字，或不完整的一行。", mend, row=rows.pop()[0]))
    whole, issues = [], notes[::-1]
    for row, cells in rows:
        if grid.header[0].strip() in cells[0] and [*map(normalise, cells)] == [*map(normalise, grid.header)]:
            message = "与表头相同，疑为几份表首尾相接。"
            issues.append(grid.issue("E220", message, "请核对上下是否同属一张表，并删去本行。", row=row))
        elif (header := _total(cells, columns, places)) is not None:
            mend = "请删去合计行，合计由程序计算。"
            issues.append(grid.issue("E207", "疑为合计行，会使数据重复计算。", mend, row=row, column=header or None))
        elif len(cells) != len(grid.header):
            message = f"本行 {len(cells)} 个字段，表头 {len(grid.header)} 个。"
            mend = "请核对逗号和引号：含逗号的文字须加引号，金额不写千分位分隔符；"
            mend += "只是行末多或少了空单元格的，请用 Excel 打开后另存为 .xlsx。"
            issues.append(grid.issue("E106", message, mend, row=row))
        else:
            whole.append((row, cells))
    return whole, issues


def _is_note(cells: Sequence[str], columns: Sequence[Column]) -> bool:
    filled = [name for name in map(normalise, cells) if name]
    alone = len(filled) == 1 and sum(column.required for column in columns) > 1
    return _NOTE.fullmatch(filled[0]) is not None or (alone and not _TOTAL_OF_KEYS.fullmatch(filled[0]))


def _total(cells: Sequence[str], columns: Sequence[Column], places: Mapping[str, int]) -> str | None:
    """The header under which a row is called a total; empty where that is no column of the table; None for a record."""
    if "计" not in "".join(cells):  # in all of the words; saves normalising each cell of each row
        return None
    for column in columns:
        pattern = {"key": _TOTAL_OF_KEYS, "text": _TOTAL_OF_TEXTS}.get(column.kind)
        place = places[column.name]
        if pattern and place < len(cells) and pattern.fullmatch(normalise(cells[place])):
            return column.header
    first = next((cell for cell in cells if cell.strip()), "")
    return "" if _TOTAL_OF_TEXTS.fullmatch(normalise(first)) else None


def _blank_rows(grid: Grid, rows: Sequence[NumberedRow]) -> list[Issue]:
    """One warning where blank rows stand between the header and the last record."""
    if not rows:
        return []
    numbers = [grid.first_row - 1, *(row for row, _ in grid.rows if row <= rows[-1][0])]
    gaps = [(before + 1, after - before - 1) for before, after in pairwise(numbers) if after > before + 1]
    if not gaps:
        return []
    message = f"数据之间有 {sum(size for _, size in gaps)} 个空行，自本行起；空行以下的数据同样读入。"
    return [grid.issue("W211", message, "请核对上下是否同属一张表，并删去空行。", row=gaps[0][0])]


def _mixed_storage(grid: Grid, columns: Sequence[Column], places: Mapping[str, int]) -> Iterator[Issue]:
    for column in columns:
        stored = grid.marks.storage.get(places[column.name])
        if stored is None:
            continue
        if column.kind in ("money", "integer") and stored.numbers and stored.texts:
            message = f"有 {len(stored.texts)} 个数字存为文本，其余存为数值，自本行起。"
            mend = "请核对这些单元格，并将整列转换为数字（数据→分列→完成）。"
            yield grid.issue("W215", message, mend, row=stored.texts[0], column=column.header)
        if column.kind == "key" and stored.numbers:
            message = f"有 {len(stored.numbers)} 个编号或名称存为数值，自本行起；开头的零可能已丢失。"
            yield grid.issue("W215", message, _AS_TEXT, row=stored.numbers[0], column=column.header)
        if column.kind == "key" and stored.dates:
            message = f"有 {len(stored.dates)} 个编号或名称（如 1-2）被存为日期，自本行起；原来的写法已丢失。"
            yield grid.issue("E401", message, _AS_TEXT, row=stored.dates[0], column=column.header)


def _through_merges(
    grid: Grid, rows: list[NumberedRow], headers: Mapping[int, str], fill_down: Collection[str]
) -> tuple[list[NumberedRow], set[tuple[int, int]], list[Issue]]:
    """The rows with merged cells filled where that is declared; elsewhere the merged cells, and an issue for each merge."""
    cells_of = {row: list(cells) for row, cells in rows}
    told: set[tuple[int, int]] = set()
    issues: list[Issue] = []
    numbers = [row for row, _ in rows]
    for merge in grid.marks.merges:
        if len(issues) > MOST_ISSUES:
            break
        touched = numbers[bisect_left(numbers, merge.first_row) : bisect_right(numbers, merge.last_row)]
        read = [place for place in headers if merge.first_column <= place <= merge.last_column]
        if not touched or not read:
            continue
        header = headers[min(read)]
        if merge.one_column and header in fill_down and merge.first_row in cells_of:
            for row in touched:
                cells_of[row][merge.first_column] = cells_of[merge.first_row][merge.first_column]
        else:
            told |= {(row, place) for row in touched for place in read} - {(merge.first_row, merge.first_column)}
            issues.append(_merged(grid, merge, touched[0], header))
    return list(cells_of.items()), told, issues


def _merged(grid: Grid, merge: Merge, row: int, header: str) -> Issue:
    area = f"{address(merge.first_row, merge.first_column)}:{address(merge.last_row, merge.last_column)}"
    allow = f"；各行确属同一内容的，也可在 register.yml 该文件的登记项中写明 fill_down: [{header}]" if merge.one_column else ""
    message = f"单元格 {area} 合并，只有其中第一格有值。"
    return grid.issue("E212", message, f"请取消合并并逐格填写{allow}。", row=row, column=header)


def _broken_cells(grid: Grid, rows: Sequence[NumberedRow], headers: Mapping[int, str]) -> Iterator[tuple[tuple[int, int], Issue]]:
    """Cells that hold no value of their own: errors, formulas that were never calculated, shares shown as percent."""
    faults = grid.marks.faults
    for row, cells in rows:
        for place, header in headers.items():
            fault = faults.get((row, place)) or (cells[place].strip() if cells[place][:1] == "#" else "")
            if not fault:
                continue
            cell = f"单元格 {address(row, place)} " if grid.sheet else "单元格"
            if fault == "uncalculated":
                message, code = f"{cell}是公式，但文件中没有它的结果。", "E213"
                mend = "请用 Excel 打开，重新计算（F9）后保存；或粘贴为数值。"
            elif fault == "percent":
                message, code = f"{cell}是百分比格式，显示的数是所存数值的一百倍，无从判断以哪个为准。", "E219"
                mend = "请改为“常规”或“文本”格式，并按计量单位填写数值。"
            elif _ERROR_VALUE.fullmatch(fault):
                message, code = f"{cell}为公式错误 {fault}。", "E214"
                mend = "请在 Excel 中改正公式并重新计算，或填入正确的值。"
            else:
                continue
            yield (row, place), grid.issue(code, message, mend, row=row, column=header)
