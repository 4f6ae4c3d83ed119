"""Payments, budgets and plans small enough to reckon by hand."""

from __future__ import annotations

from typing import Any

import pandas as pd

from conftest import ROOT
from helpers.exploration.records import Records
from helpers.params import load_parameters
from samples import frame

PARAMETERS = load_parameters(ROOT / "params/2022.yml")
FIRST, SECOND = (programme.code for programme in PARAMETERS.programmes[:2])
HERE, THERE = (region.name for region in PARAMETERS.regions[:2])


def payments(*rows: dict[str, Any]) -> pd.DataFrame:
    """Payments with the fields given; the others are those of a payment of 100 元 to nobody in particular."""
    usual = {
        "project_code": FIRST,
        "grant_type": "甲",
        "beneficiary": "",
        "region": HERE,
        "source": "财政拨款",
        "amount": 100_00,
        "paid_on": "2022-06-01",
        "kind": "支付",
    }
    given = [usual | {"payment": f"P-{number}"} | row for number, row in enumerate(rows, start=1)]
    columns = ["payment", *usual]
    made = frame({name: [row[name] for row in given] for name in columns})
    made["amount"] = made["amount"].astype("int64")
    made["paid_on"] = pd.to_datetime(made["paid_on"]).astype("datetime64[s]")
    made["net"] = made["amount"].where(made["kind"].eq("支付"), -made["amount"])
    return made


def records(*rows: dict[str, Any]) -> Records:
    """A year with these payments, a budget of 500 元 for each of three projects, and a plan of the first."""
    budget = frame(
        {
            "project_code": [FIRST, SECOND, "其他"],
            "project_name": ["一", "二", "三"],
            "initial": [400_00, 500_00, 500_00],
            "increase": [150_00, 0, 0],
            "decrease": [50_00, 0, 0],
            "carry_over": [0, 0, 0],
        }
    )
    allocations = frame(
        {"project_code": [FIRST, FIRST, SECOND], "region": [HERE, THERE, HERE], "amount": [300_00, 200_00, 70_00]}
    )
    event = next(event.name for event in PARAMETERS.programmes[0].milestones if event.role == "payment")
    milestones = frame(
        {"project_code": [FIRST], "event": [event], "planned_start": ["2022-05-01"], "planned_finish": ["2022-06-30"]}
    )
    for name in ("planned_start", "planned_finish"):
        milestones[name] = pd.to_datetime(milestones[name])
    return Records(PARAMETERS, payments(*rows), budget, allocations, milestones)
