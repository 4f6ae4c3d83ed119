"""Figures computed a second way: straight from the tables, without notebooks.

The notebooks compute in visible pandas what the report prints; this module computes the same totals in plain Python from
the same rows. `selfeval check` holds them against the control totals before any kernel starts, and after a run they prove
that the notebooks did not drop or double a row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from helpers.facts import Figure, Value
from helpers.money import ratio
from helpers.params import Parameters, Programme
from helpers.plain_rows import condensed, plain_rows
from helpers.wording import month_part, window

FISCAL = ("财政拨款", "上年结转")
Rows = list[dict[str, Any]]


def control_figures(tables: Mapping[str, pd.DataFrame], parameters: Parameters) -> dict[str, Figure]:
    """Totals by fact id, for all programmes and for the department; tables that are absent give none.

    `tables` are clean frames by name (docs/architecture.md). Money in fen.
    """
    units = {programme.unit_id: programme.unit or "" for programme in parameters.programmes} | _UNITS
    values = _values(tables, parameters)
    return {fact_id: Figure(value, units.get(fact_id.rpartition(".")[2], "")) for fact_id, value in values.items()}


_UNITS = {
    **dict.fromkeys(("amount", "fiscal", "own"), "万元"),
    **dict.fromkeys(("regions", "count"), "个"),
    "rate": "%",
    "date": "日期",
    "year": "年",
}
"""Units by the last part of an id; what counts beneficiaries has that of its programme."""


def _values(tables: Mapping[str, pd.DataFrame], parameters: Parameters) -> dict[str, Value]:
    rows: dict[str, Rows] = {
        name: plain_rows(condensed(frame, _LOOKED_AT[name]) if name in _LOOKED_AT else frame)
        for name, frame in tables.items()
        if len(frame)
    }
    figures: dict[str, Value] = {"report.year": parameters.fiscal_year}
    if "budget" in rows:
        figures |= _department_budget(rows["budget"], {programme.code for programme in parameters.programmes})
    for programme in parameters.programmes:
        figures |= _below(programme, _stated(programme))
        for name, compute in _COMPUTE.items():
            if name in rows and _holds(name, programme):
                own = [row for row in rows[name] if row["project_code"] == programme.code]
                figures |= _below(programme, compute(own, programme))
        if "allocations" in rows and "budget" in rows and programme.distributed:
            part_of = ratio(_int(figures[f"{programme.id}.allocated.amount"]), _int(figures[f"{programme.id}.budget.amount"]))
            figures[f"{programme.id}.allocated.rate"] = part_of
    return figures


def _holds(table: str, programme: Programme) -> bool:
    """Whether a table can have rows of the programme."""
    return {"allocations": programme.distributed, "beneficiaries": programme.unit_id is not None}.get(table, True)


def _department_budget(budget: Rows, programme_codes: set[str]) -> dict[str, Value]:
    fiscal = [row for row in budget if row["source"] in FISCAL]
    special = sum(_full_year(row) for row in fiscal if row["project_code"] in programme_codes)
    return {"special.budget.amount": special, "general.budget.amount": sum(map(_full_year, fiscal)) - special}


def _budget(rows: Rows, programme: Programme) -> dict[str, Value]:
    return {"budget.amount": sum(_full_year(row) for row in rows if row["source"] in FISCAL)}


def _allocations(rows: Rows, programme: Programme) -> dict[str, Value]:
    return {
        "allocated.amount": sum(int(row["amount"]) for row in rows),
        "allocated.regions": len({row["region"] for row in rows}),
    }


def _roster(rows: Rows, programme: Programme) -> dict[str, Value]:
    return {
        f"roster.{programme.unit_id}": len({row["beneficiary"] for row in rows}),
        f"suspended.{programme.unit_id}": len({row["beneficiary"] for row in rows if row["status"] == "暂停"}),
    }


def _payments(rows: Rows, programme: Programme) -> dict[str, Value]:
    """A programme without beneficiaries has its payments under one grant that names nobody."""
    grants: dict[tuple[str, str], int] = defaultdict(int)
    by_source: dict[bool, int] = defaultdict(int)
    for row in rows:
        net = int(row["amount"]) * (1 if row["kind"] == "支付" else -1)
        grants[row["beneficiary"], row["grant_type"]] += net
        by_source[row["source"] in FISCAL] += net
    paid = {key: amount for key, amount in grants.items() if amount > 0}
    figures: dict[str, Value] = {
        "paid.amount": sum(paid.values()),
        "paid.fiscal": by_source[True],
        "paid.own": by_source[False],
    }
    if programme.unit_id:
        figures[f"paid.{programme.unit_id}"] = len({beneficiary for beneficiary, _ in paid})
    for grant in programme.grant_types:
        amounts = {beneficiary: amount for (beneficiary, name), amount in paid.items() if name == grant.name}
        figures |= {f"{grant.id}.{programme.unit_id}": len(amounts), f"{grant.id}.amount": sum(amounts.values())}
    return figures


def _milestones(rows: Rows, programme: Programme) -> dict[str, Value]:
    planned = {row["event"]: (_day(row["planned_start"]), row["planned_finish"].date()) for row in rows}
    figures: dict[str, Value] = {}
    for milestone in programme.milestones:
        if milestone.name in planned:
            start, finish = planned[milestone.name]
            figures |= {f"{milestone.id}.deadline": month_part(finish), f"{milestone.id}.window": window(start, finish)}
    return figures


def _stated(programme: Programme) -> dict[str, Value]:
    return {"plan.date": programme.plan.date, "uses.count": len(programme.uses)}


_COMPUTE = {
    "budget": _budget,
    "allocations": _allocations,
    "beneficiaries": _roster,
    "payments": _payments,
    "milestones": _milestones,
}


_LOOKED_AT = {
    "beneficiaries": ("project_code", "beneficiary", "status"),
    "payments": ("project_code", "grant_type", "beneficiary", "source", "amount", "kind"),
}
"""What is looked at of the tables that may have many rows."""


def _below(programme: Programme, figures: Mapping[str, Value]) -> dict[str, Value]:
    return {f"{programme.id}.{name}": value for name, value in figures.items()}


def _full_year(row: Mapping[Any, Any]) -> int:
    return int(row["initial"] + row["increase"] - row["decrease"] + row["carry_over"])


def _day(moment: pd.Timestamp) -> date | None:
    return None if pd.isna(moment) else moment.date()


def _int(value: Value) -> int:
    assert isinstance(value, int)
    return value
