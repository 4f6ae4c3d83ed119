"""Frames as plain values, for rules that go row by row: pandas hands out the texts of a column one by one, and slowly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd


def plain_columns(frame: pd.DataFrame, columns: Sequence[str]) -> list[list[Any]]:
    """The values of some columns: str, int, Timestamp or NaT."""
    return [frame[column].to_numpy(dtype=object).tolist() for column in columns]


def plain_rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows, each by column."""
    names = [str(name) for name in frame]
    return [dict(zip(names, row, strict=True)) for row in zip(*plain_columns(frame, names), strict=True)]
