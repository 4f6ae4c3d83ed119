"""What rules between tables share: the different values of columns with their rows, and an issue at the first of some rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from typing import Any

from helpers.intake.contracts import CONTRACTS
from helpers.intake.findings import finding, nearest, normalise, quote
from helpers.intake.tables import Table
from helpers.issue import Issue
from helpers.params import Parameters, Programme
from helpers.plain_rows import plain_columns

Rule = tuple[Callable[..., Iterator[Issue]], tuple[str, ...]]
"""What is called with the parameters and the tables of these names, and gives what stands against them."""


def distinct(table: Table, *columns: str) -> Iterator[tuple[tuple[Any, ...], list[int]]]:
    """The different values of some columns, each with the rows that have it."""
    rows_of: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for row, *values in zip(table.frame.index.tolist(), *plain_columns(table.frame, columns), strict=True):
        rows_of[tuple(values)].append(row)
    yield from rows_of.items()


def of_programmes(parameters: Parameters, table: Table, column: str) -> Iterator[tuple[Programme, Any, list[int]]]:
    """The different values of a column for each programme; rows of other projects are nothing that parameters speak of."""
    programmes = {programme.code: programme for programme in parameters.programmes}
    for (code, value), rows in distinct(table, "project_code", column):
        if code in programmes:
            yield programmes[code], value, rows


def shown(value: str) -> str:
    return quote(value) if value else "（空）"


def issue_at(code: str, table: Table, rows: list[int], column: str, message: str, mend: str) -> Issue:
    """An issue at the first of the rows; `message` comes without its full stop."""
    header = next(known.header for known in CONTRACTS[table.name].columns if known.name == column)
    others = f"（共 {len(rows)} 行）" if len(rows) > 1 else ""
    return finding(code, table.file, f"{message}{others}。", mend, row=rows[0] if rows else None, column=header)


def unknown(code: str, table: Table, rows: list[int], column: str, known: Collection[str], message: str, mend: str) -> Issue:
    """An issue that the value of the rows is none of the known ones: E409 where it only looks like one, else `code`.

    The nearest known value takes the place of `mend` where there is one.
    """
    value = str(table.frame.at[rows[0], column])
    alike = next((name for name in known if normalise(name) == normalise(value)), None)
    if alike is not None:
        message = f"{quote(value)}与已知的{quote(alike)}看似相同，字符却不同（全角、空格或形近的字）"
        return issue_at("E409", table, rows, column, message, f"请改为{quote(alike)}。")
    return issue_at(code, table, rows, column, message, nearest(value, known) or mend)
