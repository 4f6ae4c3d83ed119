"""What the tables must agree on with each other and with the parameters. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from helpers.intake.contracts import CONTRACTS
from helpers.intake.findings import finding, nearest, quote
from helpers.intake.returns import unfounded_returns
from helpers.intake.tables import Table
from helpers.issue import Issue
from helpers.params import Parameters, Programme

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
    for (code,), rows in _distinct(table, "project_code"):
        if code not in known:
            mend = nearest(code, known) or "请核对编码，或在预算表中补列该项目。"
            yield _issue("E701", table, rows, "project_code", f"{quote(code)}不在 {budget.file} 中", mend)


def _programmes_without_budget(parameters: Parameters, budget: Table) -> Iterator[Issue]:
    known = set(budget.frame["project_code"])
    for programme in parameters.programmes:
        if programme.code not in known:
            message = f"参数中“{programme.name}”的项目编码{quote(programme.code)}不在本表中"
            yield _issue("E702", budget, [], "project_code", message, nearest(programme.code, known) or _CHECK)


def _unknown_regions(parameters: Parameters, table: Table) -> Iterator[Issue]:
    known = [region.name for region in parameters.regions]
    for (region,), rows in _distinct(table, "region"):
        if region and region not in known:
            message = f"{quote(region)}不在参数的地区名称之内"
            yield _issue("E703", table, rows, "region", message, nearest(region, known) or _CHECK)


def _unknown_grant_types(parameters: Parameters, payments: Table) -> Iterator[Issue]:
    for programme, grant_type, rows in _of_programmes(parameters, payments, "grant_type"):
        known = [grant.name for grant in programme.grant_types]
        if grant_type not in known:
            message = f"“{programme.name}”的补助类型{_shown(grant_type)}不在参数之内，应为{'、'.join(known)}"
            yield _issue("E704", payments, rows, "grant_type", message, nearest(grant_type, known) or _CHECK)


def _milestones(parameters: Parameters, milestones: Table) -> Iterator[Issue]:
    recorded: dict[str, set[str]] = defaultdict(set)
    for programme, event, rows in _of_programmes(parameters, milestones, "event"):
        known = [milestone.name for milestone in programme.milestones]
        recorded[programme.code].add(event)
        if event not in known:
            message = f"“{programme.name}”的事项{quote(event)}不在参数之内，应为{'、'.join(known)}"
            yield _issue("E705", milestones, rows, "event", message, nearest(event, known) or _CHECK)
    for programme in parameters.programmes:
        for milestone in programme.milestones:
            if milestone.name not in recorded[programme.code]:
                message = f"参数中“{programme.name}”的事项“{milestone.name}”不在本表中"
                yield _issue("E705", milestones, [], "event", message, _CHECK)


def _plans(parameters: Parameters, allocations: Table) -> Iterator[Issue]:
    for programme, name, rows in _of_programmes(parameters, allocations, "plan_name"):
        if name != programme.plan.name:
            message = f"{quote(name)}与参数中“{programme.name}”的方案“{programme.plan.name}”不一致"
            yield _issue("E706", allocations, rows, "plan_name", message, _CHECK)
    for programme, day, rows in _of_programmes(parameters, allocations, "plan_date"):
        if day.date() != programme.plan.date:
            message = f"{day.date()} 与参数中“{programme.name}”的方案日期 {programme.plan.date} 不一致"
            yield _issue("E706", allocations, rows, "plan_date", message, _CHECK)


def _unbudgeted_sources(parameters: Parameters, payments: Table, budget: Table) -> Iterator[Issue]:
    budgeted: dict[str, set[str]] = defaultdict(set)
    for (code, source), _ in _distinct(budget, "project_code", "source"):
        budgeted[code].add(source)
    for (code, source), rows in _distinct(payments, "project_code", "source"):
        if code in budgeted and source not in budgeted[code]:
            message = f"项目{quote(code)}在 {budget.file} 中没有资金来源“{source}”，只有{'、'.join(sorted(budgeted[code]))}"
            yield _issue("E707", payments, rows, "source", message, "请核对资金来源，或在预算表中补列。")


def _strangers(parameters: Parameters, payments: Table, beneficiaries: Table) -> Iterator[Issue]:
    roster = {key for key, _ in _distinct(beneficiaries, "project_code", "beneficiary")}
    programmes = {programme.code for programme in parameters.programmes}
    for (code, beneficiary), rows in _distinct(payments, "project_code", "beneficiary"):
        if (beneficiary or code in programmes) and (code, beneficiary) not in roster:
            message = f"{_shown(beneficiary)}不在 {beneficiaries.file} 中项目{quote(code)}的名册上"
            yield _issue("E709", payments, rows, "beneficiary", message, "请核对编号，或在名册中补列。")


def _other_years(parameters: Parameters, payments: Table) -> Iterator[Issue]:
    for (day,), rows in _distinct(payments, "paid_on"):
        if day.year != parameters.fiscal_year:
            message = f"{day.date()} 不在 {parameters.fiscal_year} 年度之内"
            yield _issue("E504", payments, rows, "paid_on", message, "请核对日期；其他年度的支付请移出本表。")


def _returns(parameters: Parameters, payments: Table) -> Iterator[Issue]:
    for row, column, message, mend in unfounded_returns(payments.frame):
        yield _issue("E708", payments, [row], column, message, mend)


_RULES: tuple[tuple[Callable[..., Iterator[Issue]], tuple[str, ...]], ...] = (
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
    (_other_years, ("payments",)),
    (_returns, ("payments",)),
)
"""Each rule with the tables that it compares."""


def _distinct(table: Table, *columns: str) -> Iterator[tuple[tuple[Any, ...], list[int]]]:
    """The different values of some columns, each with the rows that have it."""
    rows_of: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for row, *values in zip(table.frame.index, *(table.frame[column] for column in columns), strict=True):
        rows_of[tuple(values)].append(row)
    yield from rows_of.items()


def _of_programmes(parameters: Parameters, table: Table, column: str) -> Iterator[tuple[Programme, Any, list[int]]]:
    """The different values of a column for each programme; rows of other projects are nothing that parameters speak of."""
    programmes = {programme.code: programme for programme in parameters.programmes}
    for (code, value), rows in _distinct(table, "project_code", column):
        if code in programmes:
            yield programmes[code], value, rows


def _shown(value: str) -> str:
    return quote(value) if value else "（空）"


def _issue(code: str, table: Table, rows: list[int], column: str, message: str, mend: str) -> Issue:
    """An issue at the first of the rows; `message` comes without its full stop."""
    header = next(known.header for known in CONTRACTS[table.name].columns if known.name == column)
    others = f"（共 {len(rows)} 行）" if len(rows) > 1 else ""
    return finding(code, table.file, f"{message}{others}。", mend, row=rows[0] if rows else None, column=header)
