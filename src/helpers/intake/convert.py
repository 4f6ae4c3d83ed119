"""A grid and a contract → a typed frame, or the issues that stand against it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pandas as pd

from helpers.intake.cells import CellFault, Value, convert_cell, half_width
from helpers.intake.contracts import Column, Contract
from helpers.intake.findings import errors, quote
from helpers.intake.grid import Grid
from helpers.intake.headers import match_header
from helpers.intake.rows import Records, records_of
from helpers.intake.schema import contract_issues, dtype_of
from helpers.issue import InputsInvalid, Issue
from helpers.money import LARGEST_FEN


def convert(
    grid: Grid, contract: Contract, *, aliases: Mapping[str, str] = MappingProxyType({}), fill_down: Collection[str] = ()
) -> tuple[pd.DataFrame, list[Issue]]:
    """The frame of a grid, and warnings about it. The frame's index `row` is the row number in the file.

    `aliases` maps headers of an export to the contract's; in the columns `fill_down` merged cells are filled from their first.
    Raises InputsInvalid with every issue where one of them is an error.
    """
    places, issues = match_header(grid, contract, aliases)
    issues = [*grid.notes, *issues]
    if not places:
        raise InputsInvalid(issues)
    present = [column for column in contract.columns if column.name in places]
    records = records_of(grid, present, places, fill_down)
    issues += records.issues
    columns: dict[str, list[Value]] = {}
    for column in present:
        columns[column.name], faulty = _convert_column(grid, column, places[column.name], records)
        issues += faulty
    readable = replace(contract, columns=tuple(item for item in present if len(columns[item.name]) == len(records.rows)))
    frame = frame_of(readable, columns, [row for row, _ in records.rows])
    issues += contract_issues(frame, readable, grid)
    if errors(issues):
        raise InputsInvalid(issues)
    return frame, issues


def frame_of(contract: Contract, columns: dict[str, list[Value]], rows: Sequence[int]) -> pd.DataFrame:
    """The frame of converted columns; with no rows, the empty frame of the contract."""
    index = pd.Index(np.array(rows, dtype="int64"), name="row")
    series = {
        column.name: pd.Series(columns.get(column.name, []), index=index, dtype=dtype_of(column)) for column in contract.columns
    }
    return pd.DataFrame(series, index=index)


def _convert_column(grid: Grid, column: Column, place: int, records: Records) -> tuple[list[Value], list[Issue]]:
    values: list[Value] = []
    issues = []
    known: dict[str, Value] = {}  # most columns repeat few values
    total = 0
    for row, cells in records.rows:
        text = cells[place]
        if (row, place) in records.told:
            continue
        try:
            value = known[text] if text in known else known.setdefault(text, convert_cell(column, text))
        except CellFault as fault:
            issues.append(grid.issue(fault.code, fault.message, fault.mend, row=row, column=column.header))
            continue
        values.append(value)
        if isinstance(value, int):
            total += abs(value)
            if not text.strip().isascii():
                message = f"{quote(text.strip())}含全角字符，读作 {half_width(text)}。"
                issues.append(grid.issue("W302", message, "请改为半角数字。", row=row, column=column.header))
    return values, [*issues, *over_limit(grid, column, total)]


def over_limit(grid: Grid, column: Column, total: int) -> list[Issue]:
    """An issue where the absolute values of a column add up to more than an exact sum is kept for."""
    if total <= LARGEST_FEN:
        return []
    return [grid.issue("E311", "本列合计超过上限。", "请核对各行的数值与单位（元）。", column=column.header)]
