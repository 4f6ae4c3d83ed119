"""The typed frame of a table against its contract, by pandera: one schema a table, run lazily, told in our own issues.

Pandera says which check failed in which row; what is said of it is ours, since its own messages print raw values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

import pandas as pd

from helpers.intake.contracts import Column, Contract
from helpers.intake.findings import nearest, normalise, quote
from helpers.intake.grid import Grid
from helpers.issue import Issue
from helpers.money import yuan

if TYPE_CHECKING:
    import pandera.pandas as pandera

_DTYPES = {"money": "int64", "integer": "int64", "date": "datetime64[s]"}


def dtype_of(column: Column) -> str:
    """The pandas type of a column by its kind; text of any kind is `str`."""
    return _DTYPES.get(column.kind, "str")


def contract_issues(frame: pd.DataFrame, contract: Contract, grid: Grid) -> list[Issue]:
    """What stands against the values of a frame whose index is the row number in the file of `grid`.

    E218 value not allowed, E306 negative amount, E406 key twice, E409 key like another one, E410 empty, W309 zero amount.
    Raises TypeError for a frame that is not of the contract's columns and types, which no file can cause.
    """
    from pandera.errors import SchemaErrors  # a second of imports, needed for reading tables only

    wrong = TypeError(f"the frame of {contract.name} lacks columns or types of its contract")
    if {name: str(dtype) for name, dtype in frame.dtypes.items()} != {item.name: dtype_of(item) for item in contract.columns}:
        raise wrong  # not left to pandera, which would look at the type of every cell of text
    try:
        schema_of(contract).validate(frame, lazy=True)
    except SchemaErrors as errors:
        cases = errors.failure_cases
        if not set(cases["check"]) <= _OF_CELLS.keys() | _OF_KEYS.keys():
            raise wrong from None
    else:
        return []
    return [
        *_cell_issues(frame, contract, grid, cases[cases["check"].isin(_OF_CELLS.keys())]),
        *_key_issues(frame, contract, grid, cases[cases["check"].isin(_OF_KEYS.keys())]),
    ]


@cache
def schema_of(contract: Contract) -> pandera.DataFrameSchema:
    """The pandera schema of a table: its columns in order, with these checks, and its key."""
    import pandera.pandas as pandera

    key = [column.name for column in contract.columns if column.name in contract.unique]
    whole_key = bool(key) and len(key) == len(contract.unique)
    return pandera.DataFrameSchema(
        {column.name: _column(column) for column in contract.columns},
        checks=[pandera.Check(lambda frame: ~_like_another(frame[key]), error="E409")] if whole_key else [],
        unique=key if whole_key else None,
        report_duplicates="exclude_first",
        index=pandera.Index("int64", name="row"),
        strict=True,
        ordered=True,
    )


def _column(column: Column) -> pandera.Column:
    from pandera.pandas import Check
    from pandera.pandas import Column as PanderaColumn

    checks = []
    if column.kind == "money":
        checks.append(Check.ge(0, error="E306"))
    if column.zero_is_odd:
        checks.append(Check.ne(0, error="W309"))
    if column.choices:
        checks.append(Check.isin([*column.choices, ""], error="E218"))
    if column.required and column.kind in ("text", "key", "choice"):
        checks.append(Check.ne("", error="E410"))
    return PanderaColumn(None, checks, nullable=column.kind == "date" and not column.required)


def _like_another(keys: pd.DataFrame) -> pd.Series[bool]:
    """Rows whose key differs from an earlier one only in what a reader cannot see: width, white space, compatible forms."""
    return keys.map(normalise).duplicated() & ~keys.duplicated()


def _cell_issues(frame: pd.DataFrame, contract: Contract, grid: Grid, cases: pd.DataFrame) -> Iterator[Issue]:
    columns = {column.name: column for column in contract.columns}
    for check, name, row in zip(cases["check"], cases["column"], cases["index"], strict=True):
        code, tell = _OF_CELLS[check]
        message, mend = tell(columns[name], frame.at[row, name])
        yield grid.issue(code, message, mend, row=row, column=columns[name].header)


def _key_issues(frame: pd.DataFrame, contract: Contract, grid: Grid, cases: pd.DataFrame) -> Iterator[Issue]:
    """A key that fails is told once, though pandera tells it for each of its columns."""
    columns = [column for column in contract.columns if column.name in contract.unique]
    if cases.empty:
        return
    keys = frame[[column.name for column in columns]]
    first: dict[tuple[str, ...], int] = {}
    for row, key in zip(frame.index, keys.map(normalise).itertuples(index=False, name=None), strict=True):
        first.setdefault(key, row)
    header = "+".join(column.header for column in columns)
    for check, row in dict.fromkeys(zip(cases["check"], cases["index"], strict=True)):
        code, words, mend = _OF_KEYS[check]
        key = tuple(keys.loc[row])
        shown = "、".join(map(quote, key))
        message = f"{shown}与第 {first[tuple(map(normalise, key))]} 行{words}。"
        yield grid.issue(code, message, mend, row=row, column=header)


def _not_a_choice(column: Column, value: str) -> tuple[str, str]:
    message = f"{quote(value)}不在允许的取值之内，应为{'、'.join(column.choices)}。"
    return message, nearest(value, column.choices) or "请改为其中之一。"


def _negative(column: Column, fen: int) -> tuple[str, str]:
    return f"金额“{yuan(fen)}”为负数。", "请写正数；支付的退回以业务类型“退回”和原支付编号记录。"


def _zero(column: Column, fen: int) -> tuple[str, str]:
    return "金额为零。", "没有发生的支付请删去该行；确有零额记录的请说明原因。"


def _empty(column: Column, value: object) -> tuple[str, str]:
    return "必填的单元格为空。", "请补填；整行无数据请删去该行。"


_OF_CELLS: dict[str, tuple[str, Callable[[Column, Any], tuple[str, str]]]] = {
    "E218": ("E218", _not_a_choice),
    "E306": ("E306", _negative),
    "W309": ("W309", _zero),
    "E410": ("E410", _empty),
    "not_nullable": ("E410", _empty),
}
_OF_KEYS = {
    "multiple_fields_uniqueness": ("E406", "重复", "请核对并只保留一行，或改正编号。"),
    "E409": ("E409", "看似相同，字符却不同", "请统一写法：半角或全角、空格、形近的字。"),
}
