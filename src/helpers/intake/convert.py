"""A grid and a contract → a typed frame, or the issues that stand against it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

import numpy as np
import pandas as pd

from helpers.intake.cells import CellFault, Value, convert_cell
from helpers.intake.contracts import Column, Contract
from helpers.intake.findings import errors, quote
from helpers.intake.grid import Grid
from helpers.intake.headers import match_header
from helpers.intake.rows import Records, records_of
from helpers.issue import InputsInvalid, Issue

_DTYPES = {"money": "int64", "integer": "int64", "date": "datetime64[s]"}


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
    numbers = [row for row, _ in records.rows]
    issues += _repeated(grid, contract, columns, numbers)
    if errors(issues):
        raise InputsInvalid(issues)
    return frame_of(contract, columns, numbers), issues


def frame_of(contract: Contract, columns: dict[str, list[Value]], rows: Sequence[int]) -> pd.DataFrame:
    """The frame of converted columns; with no rows, the empty frame of the contract."""
    index = pd.Index(np.array(rows, dtype="int64"), name="row")
    series = {
        column.name: pd.Series(columns.get(column.name, []), index=index, dtype=_DTYPES.get(column.kind, "str"))
        for column in contract.columns
    }
    return pd.DataFrame(series, index=index)


def _convert_column(grid: Grid, column: Column, place: int, records: Records) -> tuple[list[Value], list[Issue]]:
    values: list[Value] = []
    issues = []
    for row, cells in records.rows:
        if (row, place) in records.told:
            continue
        try:
            values.append(convert_cell(column, cells[place]))
        except CellFault as fault:
            issues.append(grid.issue(fault.code, fault.message, fault.mend, row=row, column=column.header))
    return values, issues


def _repeated(grid: Grid, contract: Contract, columns: dict[str, list[Value]], rows: list[int]) -> list[Issue]:
    """A row whose key stands in an earlier row; told only where every cell of the key columns could be read."""
    keys = [columns.get(name, []) for name in contract.unique]
    if any(len(key) != len(rows) for key in keys):
        return []
    first: dict[tuple[Value, ...], int] = {}
    issues = []
    header = "+".join(column.header for column in contract.columns if column.name in contract.unique)
    for row, *key in zip(rows, *keys, strict=True) if keys else ():
        if first.setdefault(tuple(key), row) != row:
            message = f"{'、'.join(quote(str(part)) for part in key)}与第 {first[tuple(key)]} 行重复。"
            issues.append(grid.issue("E406", message, "请核对并只保留一行，或改正编号。", row=row, column=header))
    return issues
