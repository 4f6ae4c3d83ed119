"""A row of the table `indicators` with its facts, as an indicator to be scored."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pandas as pd

from helpers.facts import Fact, Ledger
from helpers.scoring.engine import score_table
from helpers.scoring.model import Indicator, Quantity, Scorecard
from helpers.scoring.rules import Rules


def scorecard_of(table: pd.DataFrame, facts: Ledger, rules: Rules) -> Scorecard:
    """The scorecard of a finished report, from its table `indicators` and the facts that its notebook recorded for it."""
    budget, executed = (facts[f"scorecard.total.{name}"].value for name in ("full_year", "paid"))
    given = (budget, executed) if isinstance(budget, int) and isinstance(executed, int) else (None, None)
    return score_table(rules, indicators_of(table, facts), *given)


def indicators_of(table: pd.DataFrame, facts: Ledger) -> list[Indicator]:
    """The indicators of a finished report, each with the facts that its row of `indicators` names or its notebook recorded."""
    indicators = []
    for number, row in enumerate(table.to_dict("records"), start=1):
        actual = f"indicator.n{number}.actual" if row["actual_source"] == "填报" else row["actual_source"]
        known = {name: facts[f"indicator.n{number}.{name}"] for name in ("target", "weight")}
        indicators.append(indicator_of(row | known | {"number": number, "actual": facts[actual]}))
    return indicators


def indicator_of(row: Mapping[Any, Any]) -> Indicator:
    """The indicator of a row of `indicators` in which `target`, `actual` and `weight` are facts and `number` counts rows from 1.

    The band and the share inside it are those that the table states; a qualitative row has no measured value.
    """
    qualitative = row["direction"] == "定性"
    return Indicator(
        row=row["number"] + 1,
        level1=row["level1"],
        level2=row["level2"],
        level3=row["level3"],
        direction=row["direction"],
        target=_quantity(row["target"]),
        actual=None if qualitative else _quantity(row["actual"]),
        weight=Fraction(row["weight"].value),
        target_text=row["target"].display,
        actual_text=row["actual"].display if row["actual"].value is not None else "",
        band=row["band"],
        band_share=Fraction(Decimal(row["band_rate"])) / 100 if row["band_rate"] else None,
        evidence=row["evidence"],
        deviation=row["deviation"],
    )


def _quantity(fact: Fact) -> Quantity | None:
    return None if fact.value is None else Quantity(fact.value, fact.unit)
