"""What rules between tables share: the different values of columns with their rows, and an issue at the first of some rows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.intake.contracts import CONTRACTS
from helpers.intake.findings import finding, nearest, normalise, quote
from helpers.intake.tables import Table
from helpers.issue import Issue
from helpers.params import Parameters, Programme
from helpers.plain_rows import plain_columns

Rows = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Rule = tuple[Callable[..., Iterator[Issue]], tuple[str, ...]]
"""What is called with the parameters and the tables of these names, and gives what stands against them."""


def distinct(table: Table, *columns: str, among: Mask | None = None) -> Iterator[tuple[tuple[Any, ...], Rows]]:
    """The different values of some columns, each with the rows that have it, of all rows or of those `among` them."""
    names = list(columns)
    frame = table.frame[names] if among is None else table.frame.loc[among, names]
    if frame.empty:
        return
    groups = frame.groupby(names, sort=False, observed=True, dropna=False).ngroup().to_numpy()
    many = int(groups.max()) + 1
    order = np.argsort(groups.astype("int16") if many < 2**15 else groups, kind="stable")
    ends = np.bincount(groups).cumsum()
    firsts = order[np.concatenate([[0], ends[:-1]])]
    rows = frame.index.to_numpy()[order]
    values = zip(*plain_columns(frame.iloc[firsts], names), strict=True)
    yield from zip(values, np.split(rows, ends[:-1]), strict=True)


def same_codes(one: pd.DataFrame, other: pd.DataFrame, *columns: str) -> tuple[Codes, Codes]:
    """Codes of the rows of two frames that are equal where the columns are."""
    codes = np.zeros(len(one) + len(other), dtype="int64")
    for name in columns:
        texts, places = zip(*(_factorized(frame[name]) for frame in (one, other)), strict=True)
        shared, different = pd.factorize(np.concatenate(texts))
        of_rows = np.concatenate([shared[: len(texts[0])][places[0]], shared[len(texts[0]) :][places[1]]])
        codes = codes * (len(different) + 1) + of_rows
    return codes[: len(one)], codes[len(one) :]


def _factorized(column: pd.Series[Any]) -> tuple[npt.NDArray[np.object_], Codes]:
    categories = column.astype("category").cat
    return categories.categories.to_numpy(dtype=object), categories.codes.to_numpy().astype("int64")


def of_programmes(parameters: Parameters, table: Table, column: str) -> Iterator[tuple[Programme, Any, Rows]]:
    """The different values of a column for each programme; rows of other projects are nothing that parameters speak of."""
    programmes = {programme.code: programme for programme in parameters.programmes}
    for (code, value), rows in distinct(table, "project_code", column):
        if code in programmes:
            yield programmes[code], value, rows


def shown(value: str) -> str:
    return quote(value) if value else "（空）"


def issue_at(code: str, table: Table, rows: Rows | list[int], column: str, message: str, mend: str) -> Issue:
    """An issue at the first of the rows; `message` comes without its full stop."""
    header = next(known.header for known in CONTRACTS[table.name].columns if known.name == column)
    others = f"（共 {len(rows)} 行）" if len(rows) > 1 else ""
    return finding(code, table.file, f"{message}{others}。", mend, row=int(rows[0]) if len(rows) else None, column=header)


def unknown(
    code: str, table: Table, rows: Rows | list[int], column: str, known: Collection[str], message: str, mend: str
) -> Issue:
    """An issue that the value of the rows is none of the known ones: E409 where it only looks like one, else `code`.

    The nearest known value takes the place of `mend` where there is one.
    """
    value = str(table.frame.at[rows[0], column])
    alike = next((name for name in known if normalise(name) == normalise(value)), None)
    if alike is not None:
        message = f"{quote(value)}与已知的{quote(alike)}看似相同，字符却不同（全角、空格或形近的字）"
        return issue_at("E409", table, rows, column, message, f"请改为{quote(alike)}。")
    return issue_at(code, table, rows, column, message, nearest(value, known) or mend)
