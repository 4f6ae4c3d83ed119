"""Days that cannot be: outside the fiscal year, paid before there was a plan or a registration."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

import pandas as pd

from helpers.intake.rule_rows import Rule, distinct, issue_at, same_codes
from helpers.intake.tables import Table
from helpers.issue import Issue
from helpers.params import Parameters

_WRONG_FILE = "请放入本年度的文件。"
_EARLY = "请核对两处日期；确系先支付的请说明原因。"


def _other_years(parameters: Parameters, payments: Table) -> Iterator[Issue]:
    """Payments of another year: each day (E504), or the whole file at once where all are of one other year (E116)."""
    year = parameters.fiscal_year
    if other := _one_other_year(payments, "paid_on", year):
        yield issue_at("E116", payments, payments.frame.index.to_numpy(), "paid_on", _wrong_year(other, year), _WRONG_FILE)
        return
    for (day,), rows in distinct(payments, "paid_on"):
        if day.year != year:
            message = f"{day.date()} 不在 {year} 年度之内"
            yield issue_at("E504", payments, rows, "paid_on", message, "请核对日期；其他年度的支付请移出本表。")


def _milestones_of_another_year(parameters: Parameters, milestones: Table) -> Iterator[Issue]:
    year = parameters.fiscal_year
    if other := _one_other_year(milestones, "planned_finish", year):
        yield issue_at(
            "E116", milestones, milestones.frame.index.to_numpy(), "planned_finish", _wrong_year(other, year), _WRONG_FILE
        )


def _one_other_year(table: Table, column: str, year: int) -> int | None:
    """The year of all days of a column of at least two rows, where it is not the fiscal year."""
    years = set(table.frame[column].dt.year.unique().tolist())
    return years.pop() if len(years) == 1 and year not in years and len(table.frame) > 1 else None


def _wrong_year(other: int, year: int) -> str:
    return f"文件内年度为 {other}，参数为 {year}，疑放错了文件"


def _paid_before_plan(parameters: Parameters, payments: Table, allocations: Table) -> Iterator[Issue]:
    """Payments of a project before the first day of its allocation plans (W506)."""
    plans: dict[str, datetime] = {}
    for (code, day), _ in distinct(allocations, "project_code", "plan_date"):
        plans[code] = min(day, plans.get(code, day))
    early: dict[str, list[int]] = defaultdict(list)
    for (code, day, kind), rows in distinct(payments, "project_code", "paid_on", "kind"):
        if kind == "支付" and code in plans and day < plans[code]:
            early[code] += rows.tolist()
    for code, found in early.items():
        message = f"支付日期早于 {allocations.file} 中该项目的方案日期 {plans[code].date()}"
        yield issue_at("W506", payments, sorted(found), "paid_on", message, _EARLY)


def _paid_before_registered(parameters: Parameters, payments: Table, beneficiaries: Table) -> Iterator[Issue]:
    """Payments to beneficiaries of a project before their registration (W506)."""
    paid, roster = payments.frame, beneficiaries.frame
    of_payments, on_file = same_codes(paid, roster, "project_code", "beneficiary")
    entry = pd.Index(on_file).get_indexer(pd.Index(of_payments))
    # A registration left empty is no time, which nothing is before.
    before = paid["paid_on"].to_numpy() < roster["registered"].to_numpy()[entry]
    early = before & (entry >= 0) & paid["kind"].eq("支付").to_numpy(dtype=bool)
    for _, rows in distinct(payments, "project_code", among=early):
        message = f"支付日期早于 {beneficiaries.file} 中该对象的登记日期"
        yield issue_at("W506", payments, rows, "paid_on", message, _EARLY)


DATE_RULES: tuple[Rule, ...] = (
    (_other_years, ("payments",)),
    (_milestones_of_another_year, ("milestones",)),
    (_paid_before_plan, ("payments", "allocations")),
    (_paid_before_registered, ("payments", "beneficiaries")),
)
