"""Sums of columns straight from the rows: the terms of which totals must be made.

Their ids start with `rows.`; they are no facts and are printed nowhere, but identities compare facts with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import pandas as pd

from helpers.control_figures import FISCAL
from helpers.facts import Figure
from helpers.params import Parameters
from helpers.plain_rows import condensed, plain_rows

BUDGET_COLUMNS = ("initial", "increase", "decrease", "carry_over")

Row = Mapping[Any, Any]


def row_sums(tables: Mapping[str, pd.DataFrame], parameters: Parameters) -> dict[str, Figure]:
    """Column sums in fen of `budget` and `payments`, for each programme, for special, general, fiscal and own money.

    `tables` are clean frames by name; one that is absent gives none. Programmes, special and general budgets count fiscal money;
    a programme's payments are of all sources, as its fact `paid.amount` is.
    """
    codes = {programme.code for programme in parameters.programmes}
    sums: dict[str, int] = {}
    if "budget" in tables:
        fiscal: list[Row] = [row for row in plain_rows(tables["budget"]) if row["source"] in FISCAL]
        for name, rows in _groups(fiscal, parameters).items():
            sums |= {f"rows.{name}.budget.{column}": sum(int(row[column]) for row in rows) for column in BUDGET_COLUMNS}
        special = [row for row in fiscal if row["project_code"] in codes]
        sums |= {f"rows.special.budget.{column}": sum(int(row[column]) for row in special) for column in BUDGET_COLUMNS}
    if "payments" in tables:
        payments: list[Row] = [*plain_rows(condensed(tables["payments"], ("project_code", "source", "kind", "amount")))]
        groups = _groups(payments, parameters)
        groups["general"] = [row for row in groups["general"] if row["source"] in FISCAL]
        groups["fiscal"] = [row for row in payments if row["source"] in FISCAL]
        groups["own"] = [row for row in payments if row["source"] not in FISCAL]
        for name, rows in groups.items():
            sums[f"rows.{name}.payments.paid"] = _of_kind(rows, "支付")
            sums[f"rows.{name}.payments.returned"] = _of_kind(rows, "退回")
    return {figure_id: Figure(fen, "万元") for figure_id, fen in sums.items()}


def indicator_weights(indicators: pd.DataFrame) -> dict[str, Figure]:
    """The points of each indicator, under the ids of the facts that record them; text that is no number gives None."""
    weights = enumerate(indicators["weight"], start=1)
    return {f"indicator.n{number}.weight": Figure(_points(text), "分") for number, text in weights}


def _points(text: str) -> Decimal | None:
    try:
        points = Decimal(text)
    except ArithmeticError:
        return None
    return points if points.is_finite() else None


def _groups(rows: Iterable[Row], parameters: Parameters) -> dict[str, list[Row]]:
    """The rows of each programme by its id, and all others as `general`."""
    names = {programme.code: programme.id for programme in parameters.programmes}
    groups: dict[str, list[Row]] = {name: [] for name in [*names.values(), "general"]}
    for row in rows:
        groups[names.get(row["project_code"], "general")].append(row)
    return groups


def _of_kind(rows: Iterable[Row], kind: str) -> int:
    return sum(int(row["amount"]) for row in rows if row["kind"] == kind)
