"""The control totals of `published.csv`: figures that the department has already stated, with their tolerance."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pandas as pd

from helpers.facts import Fact, Value
from helpers.money import FEN_PER_UNIT, parse_fen
from helpers.wording import format_value


@dataclass(frozen=True)
class PublishedFigure:
    """A stated figure as a fact, the sections that print it (``["二", "五"]`` or ``["封面"]``), and what may differ."""

    fact: Fact
    sections: list[str]
    tolerance: Value
    reference: str


def parse_value(text: str, unit: str) -> Value:
    """The exact value of a figure given as text: fen for money, a Fraction of 1 for %, a date for 日期, else a number or text.

    Raises ValueError where a figure with a money, % or date unit is none.
    """
    if unit in FEN_PER_UNIT:
        return parse_fen(text, unit)
    if unit == "%":
        return Fraction(text) / 100
    if unit == "日期":
        return date.fromisoformat(text)
    if text.removeprefix("-").isdecimal():
        return int(text)
    return Decimal(text) if unit else text


def published_figures(table: pd.DataFrame) -> dict[str, PublishedFigure]:
    """The rows of the table `published` by fact id."""
    return {str(row["fact"]): _figure(row) for row in table.to_dict("records")}


def _figure(row: Mapping[Hashable, str]) -> PublishedFigure:
    unit = row["unit"]
    value = parse_value(row["value"], unit)
    fact = Fact(
        id=row["fact"],
        label=row["label"],
        value=value,
        unit=unit,
        display=format_value(value, unit),
        origin="published",
        recomputed_from=None,
        formula=f"已公布数，出处：{row['reference']}",
        sources=(),
        section=0,
    )
    tolerance = parse_value(row["tolerance"], unit) if row["tolerance"] and unit != "日期" else 0
    return PublishedFigure(fact, row["sections"].split("、"), tolerance, row["reference"])
