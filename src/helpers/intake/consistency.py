"""What the tables must agree on with each other and with the parameters. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

import pandas as pd

from helpers.intake.amount_rules import AMOUNT_RULES
from helpers.intake.date_rules import DATE_RULES
from helpers.intake.findings import nearest, normalise, quote
from helpers.intake.returns import unfounded_returns
from helpers.intake.rule_rows import Rule, distinct, issue_at, of_programmes, same_codes, shown, unknown
from helpers.intake.tables import Table
from helpers.issue import Issue
from helpers.params import Parameters

_CHECK = "请核对本表，或改正参数。"


def inconsistencies(tables: Mapping[str, Table], parameters: Parameters) -> list[Issue]:
    """Every disagreement, one issue for each wrong value with the first row that has it and their number.

    A rule is left out where one of its tables could not be read or is absent.
    """
    present = {name: table for name, table in tables.items() if not table.absent}
    return [
        issue
        for rule, names in _RULES
        if present.keys() >= set(names)
        for issue in rule(parameters, *(present[name] for name in names))
    ]


def _unknown_projects(parameters: Parameters, table: Table, budget: Table) -> Iterator[Issue]:
    known = set(budget.frame["project_code"])
    for (code,), rows in distinct(table, "project_code"):
        if code not in known:
            message = f"{quote(code)}不在 {budget.file} 中"
            yield unknown("E701", table, rows, "project_code", known, message, "请核对编码，或在预算表中补列该项目。")


def _programmes_without_budget(parameters: Parameters, budget: Table) -> Iterator[Issue]:
    known = set(budget.frame["project_code"])
    for programme in parameters.programmes:
        if programme.code not in known:
            message = f"参数中“{programme.name}”的项目编码{quote(programme.code)}不在本表中"
            yield issue_at("E702", budget, [], "project_code", message, nearest(programme.code, known) or _CHECK)


def _unknown_regions(parameters: Parameters, table: Table) -> Iterator[Issue]:
    known = [region.name for region in parameters.regions]
    for (region,), rows in distinct(table, "region"):
        if region and region not in known:
            yield unknown("E703", table, rows, "region", known, f"{quote(region)}不在参数的地区名称之内", _CHECK)


def _payments_without_region(parameters: Parameters, payments: Table) -> Iterator[Issue]:
    for programme, region, rows in of_programmes(parameters, payments, "region"):
        if not region and (programme.distributed or programme.beneficiary is not None):
            yield issue_at("E410", payments, rows, "region", f"“{programme.name}”的支付没有填地区", "请补填对象所在的地区。")


def _unknown_grant_types(parameters: Parameters, payments: Table) -> Iterator[Issue]:
    for programme, grant_type, rows in of_programmes(parameters, payments, "grant_type"):
        known = [grant.name for grant in programme.grant_types]
        if grant_type not in (known or [""]):
            allowed = f"应为{'、'.join(known)}" if known else "参数中这个项目没有补助类型，应为空"
            message = f"“{programme.name}”的补助类型{shown(grant_type)}不在参数之内，{allowed}"
            yield unknown("E704", payments, rows, "grant_type", known, message, _CHECK)


def _milestones(parameters: Parameters, milestones: Table) -> Iterator[Issue]:
    recorded: dict[str, set[str]] = defaultdict(set)
    for programme, event, rows in of_programmes(parameters, milestones, "event"):
        known = [milestone.name for milestone in programme.milestones]
        recorded[programme.code].add(event)
        if event not in known:
            message = f"“{programme.name}”的事项{quote(event)}不在参数之内，应为{'、'.join(known)}"
            yield unknown("E705", milestones, rows, "event", known, message, _CHECK)
    for programme in parameters.programmes:
        for milestone in programme.milestones:
            if milestone.name not in recorded[programme.code]:
                message = f"参数中“{programme.name}”的事项“{milestone.name}”不在本表中"
                yield issue_at("E705", milestones, [], "event", message, _CHECK)


def _plans(parameters: Parameters, allocations: Table) -> Iterator[Issue]:
    for programme, name, rows in of_programmes(parameters, allocations, "plan_name"):
        if name != programme.plan.name:
            message = f"{quote(name)}与参数中“{programme.name}”的方案“{programme.plan.name}”不一致"
            yield issue_at("E706", allocations, rows, "plan_name", message, _CHECK)
    for programme, day, rows in of_programmes(parameters, allocations, "plan_date"):
        if day.date() != programme.plan.date:
            message = f"{day.date()} 与参数中“{programme.name}”的方案日期 {programme.plan.date} 不一致"
            yield issue_at("E706", allocations, rows, "plan_date", message, _CHECK)


def _unbudgeted_sources(parameters: Parameters, payments: Table, budget: Table) -> Iterator[Issue]:
    budgeted: dict[str, set[str]] = defaultdict(set)
    for (code, source), _ in distinct(budget, "project_code", "source"):
        budgeted[code].add(source)
    for (code, source), rows in distinct(payments, "project_code", "source"):
        if code in budgeted and source not in budgeted[code]:
            message = f"项目{quote(code)}在 {budget.file} 中没有资金来源“{source}”，只有{'、'.join(sorted(budgeted[code]))}"
            yield issue_at("E707", payments, rows, "source", message, "请核对资金来源，或在预算表中补列。")


def _strangers(parameters: Parameters, payments: Table, beneficiaries: Table) -> Iterator[Issue]:
    paid, roster = payments.frame, beneficiaries.frame
    of_payments, on_file = same_codes(paid, roster, "project_code", "beneficiary")
    programmes = [programme.code for programme in parameters.programmes if programme.beneficiary is not None]
    of_nobody = [programme.code for programme in parameters.programmes if programme.beneficiary is None]
    named = paid["beneficiary"].ne("") & ~paid["project_code"].isin(of_nobody)
    owed = (named | paid["project_code"].isin(programmes)).to_numpy(dtype=bool)
    for (code, beneficiary), rows in distinct(
        payments, "project_code", "beneficiary", among=owed & ~pd.Series(of_payments).isin(on_file).to_numpy()
    ):
        message = f"{shown(beneficiary)}不在 {beneficiaries.file} 中项目{quote(code)}的名册上"
        mend = "请核对编号，或在名册中补列。"
        known = roster.loc[roster["project_code"].eq(code), "beneficiary"]
        alike = [number for number in known if normalise(number) == normalise(beneficiary)]
        yield unknown("E709", payments, rows, "beneficiary", alike, message, mend)


def _persons_of_nobody(parameters: Parameters, table: Table) -> Iterator[Issue]:
    for programme, beneficiary, rows in of_programmes(parameters, table, "beneficiary"):
        if beneficiary and programme.beneficiary is None:
            message = f"参数中“{programme.name}”没有补助对象，本表却有{quote(beneficiary)}"
            yield issue_at("E709", table, rows, "beneficiary", message, "请核对项目编码，或在参数中写明补助对象（beneficiary）。")


def _allocated_nowhere(parameters: Parameters, allocations: Table) -> Iterator[Issue]:
    for programme, region, rows in of_programmes(parameters, allocations, "region"):
        if not programme.distributed:
            message = f"参数中“{programme.name}”的资金不下达各地区（distributed: false），本表却有{quote(region)}"
            yield issue_at("E706", allocations, rows, "region", message, _CHECK)


def _returns(parameters: Parameters, payments: Table) -> Iterator[Issue]:
    frame = payments.frame
    returned = frame["kind"].ne("支付") | frame["original_payment"].ne("")
    concerned = returned | frame["payment"].isin(frame.loc[returned, "original_payment"].unique())
    for row, column, message, mend in unfounded_returns(frame[concerned]):
        yield issue_at("E708", payments, [row], column, message, mend)


_RULES: tuple[Rule, ...] = (
    (_programmes_without_budget, ("budget",)),
    (_unknown_projects, ("allocations", "budget")),
    (_unknown_projects, ("beneficiaries", "budget")),
    (_unknown_projects, ("payments", "budget")),
    (_unknown_projects, ("milestones", "budget")),
    (_unknown_regions, ("allocations",)),
    (_unknown_regions, ("beneficiaries",)),
    (_unknown_regions, ("payments",)),
    (_unknown_grant_types, ("payments",)),
    (_milestones, ("milestones",)),
    (_plans, ("allocations",)),
    (_unbudgeted_sources, ("payments", "budget")),
    (_strangers, ("payments", "beneficiaries")),
    (_payments_without_region, ("payments",)),
    (_persons_of_nobody, ("payments",)),
    (_persons_of_nobody, ("beneficiaries",)),
    (_allocated_nowhere, ("allocations",)),
    (_returns, ("payments",)),
    *AMOUNT_RULES,
    *DATE_RULES,
)
