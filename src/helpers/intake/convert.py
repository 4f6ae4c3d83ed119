"""A grid and a contract → a typed frame, or the issues that stand against it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from helpers.intake.cells import CellFault, Value, convert_cell, half_width
from helpers.intake.contracts import PERSONAL, Column, Contract
from helpers.intake.findings import errors, near_names, nearest, normalise, quote
from helpers.intake.grid import Grid
from helpers.intake.schema import DTYPES, contract_issues
from helpers.issue import InputsInvalid, Issue

_TOTAL = re.compile(r"(合计|小计|总计).*|.*(合计|小计|总计)[:：]?")


def convert(grid: Grid, contract: Contract) -> tuple[pd.DataFrame, list[Issue]]:
    """The frame of a grid, and warnings about it. The frame's index `row` is the row number in the file.

    Raises InputsInvalid with every issue where one of them is an error.
    """
    places, issues = match_header(grid, contract)
    if not places:
        raise InputsInvalid(issues)
    present = [column for column in contract.columns if column.name in places]
    rows, faulty = _whole_rows(grid, present, places)
    issues += faulty
    columns: dict[str, list[Value]] = {}
    for column in present:
        columns[column.name], faulty = _convert_column(grid, column, [(row, cells[places[column.name]]) for row, cells in rows])
        issues += faulty
    readable = replace(contract, columns=tuple(column for column in present if len(columns[column.name]) == len(rows)))
    frame = frame_of(readable, columns, [row for row, _ in rows])
    issues += contract_issues(frame, readable, grid)
    if errors(issues):
        raise InputsInvalid(issues)
    return frame, issues


def frame_of(contract: Contract, columns: dict[str, list[Value]], rows: Sequence[int]) -> pd.DataFrame:
    """The frame of converted columns; with no rows, the empty frame of the contract."""
    index = pd.Index(np.array(rows, dtype="int64"), name="row")
    series = {
        column.name: pd.Series(columns.get(column.name, []), index=index, dtype=DTYPES.get(column.kind, "str"))
        for column in contract.columns
    }
    return pd.DataFrame(series, index=index)


def match_header(grid: Grid, contract: Contract) -> tuple[dict[str, int], list[Issue]]:
    """Where each column stands that is there once, by English name, and issues: no header, missing, repeated, unknown columns."""
    expected = {column.header: column.name for column in contract.columns}
    found = [normalise(cell) for cell in grid.header]
    if not expected.keys() & set(found):
        return {}, [_no_header(grid, found, list(expected))]
    issues = []
    for header in expected:
        if header not in found:
            others = [name for name in found if name and name not in expected and name not in PERSONAL]
            message = f"缺少列“{header}”。现有列：{'、'.join(quote(name) for name in found if name)}。"
            near = near_names(header, others)
            mend = f"是否写成了{near}？请改为“{header}”。" if near else "请补上该列。"
            issues.append(grid.issue("E203", message, mend, column=header))
        elif found.count(header) > 1:
            issues.append(grid.issue("E204", f"列“{header}”出现 {found.count(header)} 次。", "请只保留一列。", column=header))
    for place, header in enumerate(found):
        if header in expected or header in PERSONAL or not (header or _holds_anything(grid, place)):
            continue
        name = f"列{quote(header)}" if header else f"第 {place + 1} 列（无列名）"
        mend = nearest(header, expected.keys() - set(found)) or "请删去该列；有用的列名见数据字典。"
        issues.append(grid.issue("W205", f"{name}不在本表约定之内，未读取。", mend, column=header or None))
    return {name: found.index(header) for header, name in expected.items() if found.count(header) == 1}, issues


def _no_header(grid: Grid, found: list[str], expected: list[str]) -> Issue:
    if len(found) == 1 and (separator := re.search(r"[;\t|；，]", grid.header[0])):
        mark = "制表符" if separator[0] == "\t" else f"“{separator[0]}”"
        return grid.issue("E105", f"首行只有一列，疑似分隔符为{mark}。", "请以半角逗号为分隔符另存为 CSV。")
    mend = "请删去表头之上的标题行，使首行为列名，且不合并单元格。"
    return grid.issue("E201", f"首行不是表头，应有的列：{'、'.join(expected)}。", mend)


def _holds_anything(grid: Grid, place: int) -> bool:
    return any(cells[place].strip() for _, cells in grid.rows if place < len(cells))


def _whole_rows(grid: Grid, present: list[Column], places: dict[str, int]) -> tuple[list[tuple[int, list[str]]], list[Issue]]:
    """The rows that can be converted; the others (wrong number of fields, totals) as issues."""
    width = len(grid.header)
    keys = [column for column in present if column.kind == "key"]
    whole, issues = [], []
    for row, cells in grid.rows:
        if len(cells) != width:
            message = f"本行 {len(cells)} 个字段，表头 {width} 个。"
            issues.append(grid.issue("E106", message, "请核对逗号和引号：含逗号的文字须加引号，金额不写千分位分隔符。", row=row))
        elif total := next((key for key in keys if _TOTAL.fullmatch(normalise(cells[places[key.name]]))), None):
            mend = "请删去合计行，合计由程序计算。"
            issues.append(grid.issue("E207", "疑为合计行，会使数据重复计算。", mend, row=row, column=total.header))
        else:
            whole.append((row, cells))
    return whole, issues


def _convert_column(grid: Grid, column: Column, cells: list[tuple[int, str]]) -> tuple[list[Value], list[Issue]]:
    values: list[Value] = []
    issues = []
    for row, text in cells:
        try:
            values.append(convert_cell(column, text))
        except CellFault as fault:
            issues.append(grid.issue(fault.code, fault.message, fault.mend, row=row, column=column.header))
            continue
        if column.kind in ("money", "integer") and not text.isascii():
            message = f"{quote(text.strip())}含全角字符，读作 {half_width(text)}。"
            issues.append(grid.issue("W302", message, "请改为半角数字。", row=row, column=column.header))
    return values, issues
