"""The official form for a table that was scored alone, outside a report: what its file does not give prints 待补."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from helpers.blocks import Table
from helpers.facts import Fact, Value
from helpers.scoring.form import scorecard_form
from helpers.scoring.model import Indicator, Quantity, Score, Scorecard
from helpers.scoring.rules import Rules
from helpers.tables import fact_run
from helpers.wording import format_value


def standalone_form(card: Scorecard, rules: Rules, department: str) -> Table:
    """The form of a scorecard without a report, `department` empty where its file names none; of the funds only the total row."""
    execution = card.execution
    weights = sum((indicator.weight for indicator, _ in card.rows), Fraction(rules.execution_weight.value))
    total = {
        "initial": None,
        "full_year": _fact("funds.full_year", execution.budget if execution else None, "万元"),
        "paid": _fact("funds.paid", execution.executed if execution else None, "万元"),
        "rate": _fact("funds.rate", execution.rate if execution else None, "%"),
    }
    none = dict.fromkeys(total)
    return scorecard_form(
        department or "待补",
        _fact("report.year", f"{card.year}年度", ""),
        {"total": total, "fiscal": none, "carry_over": none, "other": none},
        {
            "weight": _fact("execution.weight", rules.execution_weight.value, "分"),
            "score": _fact("execution.score", execution.score.points if execution else None, "分"),
        },
        [([fact_run(_fact("goal.expected", None, ""))], [fact_run(_fact("goal.achieved", None, ""))])],
        [_row(indicator, score) for indicator, score in card.rows],
        {
            "weight": _fact("total.weight", weights, "分"),
            "score": _fact("total.score", card.total, "分"),
            "grade": _fact("total.grade", card.grade, ""),
        },
    )


def _row(indicator: Indicator, score: Score) -> dict[str, Any]:
    name = f"row.n{indicator.row}"
    return {
        "level1": indicator.level1,
        "level2": indicator.level2,
        "level3": indicator.level3,
        "direction": indicator.direction if indicator.target else "定性",
        "target": _quantity_fact(f"{name}.target", indicator.target, indicator.target_text),
        "actual": _quantity_fact(f"{name}.actual", indicator.actual, indicator.actual_text),
        "weight": _fact(f"{name}.weight", indicator.weight, "分"),
        "score": _fact(f"{name}.score", score.points, "分"),
        "deviation": indicator.deviation,
    }


def _quantity_fact(fact_id: str, quantity: Quantity | None, text: str) -> Fact:
    """The quantity, or the text of the file where it could not be read."""
    return _fact(fact_id, quantity.value, quantity.unit) if quantity else _fact(fact_id, text or None, "")


def _fact(fact_id: str, value: Value, unit: str) -> Fact:
    if isinstance(value, (Fraction, Decimal)) and value == int(value) and unit == "分":
        value = int(value)
    display = format_value(value, unit)
    return Fact(fact_id, "", value, unit, display, "ledger" if value is not None else "missing", None, "", (), 8)
