"""Frames as plain values, for rules that go row by row: pandas hands out the texts of a column one by one, and slowly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd


def plain_columns(frame: pd.DataFrame, columns: Sequence[str]) -> list[list[Any]]:
    """The values of some columns: str, int, Timestamp or NaT."""
    return [frame[column].to_numpy(dtype=object).tolist() for column in columns]


MANY = 100_000
"""Rows from which those that are alike are taken together before they are counted one by one."""


def condensed(frame: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """The columns that are asked for; of many rows, those alike but for their amount as one with the sum of their amounts."""
    if len(frame) < MANY:
        return frame[list(columns)]
    keys = [name for name in columns if name != "amount"]
    groups = frame.groupby(keys, sort=False, observed=True, dropna=False)
    return groups["amount"].sum().reset_index() if "amount" in columns else frame[keys].drop_duplicates()


def plain_rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows, each by column."""
    names = [str(name) for name in frame]
    return [dict(zip(names, row, strict=True)) for row in zip(*plain_columns(frame, names), strict=True)]
