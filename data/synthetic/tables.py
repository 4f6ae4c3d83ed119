"""The tables of a year as rows of text, headers first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from random import Random

from synthetic.draw import apportion
from synthetic.figures import FISCAL, OWN, HardshipAid, ModelWorkers, Year
from synthetic.payments import Payment, general_payments, hardship_payments, net_by_region, worker_payments
from synthetic.rosters import Beneficiary, households, workers

Table = list[tuple[str, ...]]


def make_tables(year: Year) -> dict[str, Table]:
    """Every table of the year by name. The seed of the year alone decides what is drawn."""
    rng = Random(year.seed)
    household_roster = households(rng, year.hardship_aid, year.regions)
    worker_roster = workers(rng, year.model_workers, year.regions)
    hardship_allocation = _hardship_allocation(year, year.hardship_aid, household_roster)
    to_households = hardship_payments(rng, year, year.hardship_aid, household_roster, hardship_allocation)
    to_workers = worker_payments(rng, year, worker_roster)
    fiscal = net_by_region(to_workers, FISCAL)
    worker_allocation = {region.name: fiscal[region.name] // 100 for region in year.regions}
    payments = to_households + to_workers + general_payments(rng, year)
    allocations = [(year.hardship_aid, hardship_allocation), (year.model_workers, worker_allocation)]
    roster = household_roster + worker_roster
    for aid in year.further:
        on_file = households(rng, aid, year.regions)
        allocated = _hardship_allocation(year, aid, on_file)
        payments += hardship_payments(rng, year, aid, on_file, allocated)
        allocations.append((aid, allocated))
        roster += on_file
    tables = {
        "published": _published(year),
        "profile": [("事实编号", "名称", "数值", "计量单位", "时点"), *year.profile],
        "budget": _budget(year),
        "allocations": _allocations(allocations),
        "beneficiaries": _beneficiaries(roster),
        "payments": payments_table(payments),
        "milestones": _milestones(year, payments),
        "indicators": _indicators(year),
        **{name: list(rows) for name, rows in year.optional.items()},
    }
    return {name: _as_exported(table, year.exported.get(name)) for name, table in tables.items() if len(table) > 1}


def _as_exported(table: Table, names: Mapping[str, str] | None) -> Table:
    """The table with the columns of an export: other names, another order."""
    if names is None:
        return table
    places = [table[0].index(header) for header in names]
    return [tuple(names.values()), *(tuple(row[place] for place in places) for row in table[1:])]


def _hardship_allocation(year: Year, aid: HardshipAid, roster: list[Beneficiary]) -> dict[str, int]:
    """Yuan for each region, in hundreds: by its households, weighted by its living standard."""
    on_file = [beneficiary.region for beneficiary in roster]
    weights = [on_file.count(region.name) * region.living_standard for region in year.regions]
    parts = apportion(aid.budget // 100, weights)
    return {region.name: part * 100 for region, part in zip(year.regions, parts, strict=True)}


def _published(year: Year) -> Table:
    header = ("事实编号", "名称", "数值", "计量单位", "章节", "允差", "出处")
    return [header, *((*row, "0", "原报告封面" if row[4] == "封面" else f"原报告第{row[4]}部分") for row in year.published)]


def _budget(year: Year) -> Table:
    header = ("项目编码", "项目名称", "支出类别", "资金来源", "年初预算数", "调增", "调减", "上年结转")
    aid, programme = year.hardship_aid, year.model_workers
    rows = [
        (aid.code, aid.name, "项目", FISCAL, aid.budget),
        (programme.code, programme.name, "项目", FISCAL, programme.budget),
        (programme.code, programme.own_name, "项目", OWN, programme.own_budget),
        *((further.code, further.name, "项目", FISCAL, further.budget) for further in year.further),
        *((project.code, project.name, project.category, FISCAL, project.budget) for project in year.general),
    ]
    return [header, *((*row[:4], yuan_text(row[4] * 100), "0.00", "0.00", "0.00") for row in rows)]


def _allocations(allocations: Sequence[tuple[HardshipAid | ModelWorkers, Mapping[str, int]]]) -> Table:
    rows = [
        (programme.code, region, yuan_text(yuan * 100), programme.plan.name, day_text(programme.plan.day))
        for programme, allocated in allocations
        for region, yuan in allocated.items()
    ]
    return [("项目编码", "地区", "金额", "方案名称", "方案日期"), *rows]


def _beneficiaries(roster: list[Beneficiary]) -> Table:
    header = ("项目编码", "对象编号", "地区", "类别", "状态", "暂停原因", "登记日期")
    rows = [
        (who.code, who.number, who.region, who.category, "暂停" if who.reason else "在册", who.reason, day_text(who.registered))
        for who in roster
    ]
    return [header, *rows]


def payments_table(payments: list[Payment]) -> Table:
    """By date, numbered in that order; a return comes on a later day than the payment it names."""
    header = ("支付编号", "项目编码", "补助类型", "对象编号", "地区", "资金来源", "金额", "支付日期", "业务类型", "原支付编号")
    ordered = sorted(payments, key=lambda payment: (payment.day, payment.code, payment.beneficiary, payment.grant))
    number = {payment: f"ZF{payment.day.year}-{place:05d}" for place, payment in enumerate(ordered, start=1)}
    rows = [
        (
            *(number[payment], payment.code, payment.grant, payment.beneficiary, payment.region, payment.source),
            *(yuan_text(payment.fen), day_text(payment.day)),
            *(("退回", number[payment.original]) if payment.original else ("支付", "")),
        )
        for payment in ordered
    ]
    return [header, *rows]


def _milestones(year: Year, payments: list[Payment]) -> Table:
    last: dict[str, date] = {}
    for payment in payments:
        last[payment.code] = max(payment.day, last.get(payment.code, payment.day))
    rows = [
        (event.code, event.event, day_text(event.start), day_text(event.finish), day_text(event.actual or last[event.code]))
        for event in year.milestones
    ]
    return [("项目编码", "事项", "计划开始", "计划完成", "实际完成"), *rows]


def _indicators(year: Year) -> Table:
    header = (
        *("一级指标", "二级指标", "三级指标", "方向", "目标值", "计量单位", "分值"),
        *("实际值来源", "实际值", "达成档次", "档内得分率", "佐证材料", "偏差原因及改进措施"),
    )
    return [header, *year.indicators]


def yuan_text(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def day_text(day: date) -> str:
    return day.isoformat()
