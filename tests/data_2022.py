"""The 2022 tables and what they add up to, by the standard library and integers alone.

The package's own reader is left aside on purpose: it cannot hide a mistake in the data.
"""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from pathlib import Path

DATA = Path(__file__).parent.parent / "data"
YEAR = DATA / "2022"
HARDSHIP_AID = "65000022T000000000001"
MODEL_WORKERS = "65000022T000000000002"
PREFECTURES = [
    *("乌鲁木齐市", "克拉玛依市", "吐鲁番市", "哈密市", "昌吉回族自治州", "博尔塔拉蒙古自治州", "巴音郭楞蒙古自治州"),
    *("阿克苏地区", "克孜勒苏柯尔克孜自治州", "喀什地区", "和田地区", "伊犁哈萨克自治州", "塔城地区", "阿勒泰地区"),
]
GRANTS = {"spring_festival": "春节慰问金", "living_hardship": "生活困难补助金", "special_hardship": "特殊困难帮扶金"}
WORDED_MONTHS = {"2022-10-31": "10月底", "2022-11-25": "11月底", "2022-12-05": "12月初"}

Row = dict[str, str]
Tables = dict[str, list[Row]]


def read(path: Path) -> list[Row]:
    """The rows of one file, every cell as text."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def read_tables() -> Tables:
    """Every table of the year by its name."""
    return {path.stem: read(path) for path in sorted(YEAR.glob("*.csv"))}


def of(rows: list[Row], **wanted: str) -> list[Row]:
    """The rows that hold the wanted values."""
    return [row for row in rows if all(row[column] == value for column, value in wanted.items())]


def fen(amount: str) -> int:
    """Fen of an amount in yuan, which must have two decimals."""
    assert re.fullmatch(r"\d+\.\d\d", amount), amount
    return int(amount.replace(".", ""))


def total(rows: list[Row], column: str = "金额") -> int:
    """Sum of a column in fen."""
    return sum(fen(row[column]) for row in rows)


def net(payments: list[Row]) -> int:
    """Fen paid, less what came back."""
    return total(of(payments, 业务类型="支付")) - total(of(payments, 业务类型="退回"))


def net_by_person(payments: list[Row]) -> dict[str, int]:
    """Net fen of each beneficiary who got any."""
    sums: dict[str, int] = {}
    for row in payments:
        sums[row["对象编号"]] = sums.get(row["对象编号"], 0) + net([row])
    return {person: amount for person, amount in sums.items() if amount}


def wan(amount: int) -> str:
    """Fen as plain text in 万元."""
    number = format(Decimal(amount) / 1_000_000, "f")
    return number.rstrip("0").rstrip(".") if "." in number else number


def only(values: list[str]) -> str:
    (value,) = set(values)
    return value


def recomputed(tables: Tables) -> dict[str, str]:
    """Each published figure as the other tables give it, in the published unit."""
    budget, allocations, beneficiaries = tables["budget"], tables["allocations"], tables["beneficiaries"]
    aid = of(tables["payments"], 项目编码=HARDSHIP_AID)
    workers = of(tables["payments"], 项目编码=MODEL_WORKERS)
    roster = of(beneficiaries, 项目编码=MODEL_WORKERS)
    aid_plan, workers_plan = of(allocations, 项目编码=HARDSHIP_AID), of(allocations, 项目编码=MODEL_WORKERS)
    events = {row["事项"]: row for row in tables["milestones"]}
    payout = events["劳模补助资金发放"]
    aid_budget = total(of(budget, 项目编码=HARDSHIP_AID), "年初预算数")
    workers_budget = total(of(budget, 项目编码=MODEL_WORKERS, 资金来源="财政拨款"), "年初预算数")
    figures = {row["事实编号"]: row["数值"] for row in tables["profile"]}
    for name, grant in GRANTS.items():
        paid = of(workers, 补助类型=grant)
        figures[f"model_workers.{name}.people"] = str(len(net_by_person(paid)))
        figures[f"model_workers.{name}.amount"] = wan(net(paid))
    return figures | {
        "report.year": only([row["支付日期"][:4] for row in tables["payments"]]),
        "special.budget.amount": wan(aid_budget + workers_budget),
        "hardship_aid.budget.amount": wan(aid_budget),
        "model_workers.budget.amount": wan(workers_budget),
        "general.budget.amount": wan(total(of(budget, 资金来源="财政拨款"), "年初预算数") - aid_budget - workers_budget),
        "hardship_aid.plan.date": only([row["方案日期"] for row in aid_plan]),
        "hardship_aid.allocated.amount": wan(total(aid_plan)),
        "hardship_aid.allocated.regions": str(len({row["地区"] for row in aid_plan})),
        "hardship_aid.allocated.rate": str(Decimal(100 * total(aid_plan)) / aid_budget),
        "hardship_aid.roster.households": str(len(of(beneficiaries, 项目编码=HARDSHIP_AID))),
        "hardship_aid.uses.count": str(len({row["补助类型"] for row in aid})),
        "hardship_aid.paid.amount": wan(net(aid)),
        "model_workers.plan.date": only([row["方案日期"] for row in workers_plan]),
        "model_workers.allocated.amount": wan(total(workers_plan)),
        "model_workers.roster.people": str(len(roster)),
        "model_workers.suspended.people": str(len(of(roster, 状态="暂停"))),
        "model_workers.survey.deadline": WORDED_MONTHS[events["劳模生活状况摸底调查"]["计划完成"]],
        "model_workers.payment.window": f"{WORDED_MONTHS[payout['计划开始']]}至{WORDED_MONTHS[payout['计划完成']]}",
        "model_workers.paid.people": str(len(net_by_person(workers))),
        "model_workers.paid.amount": wan(net(workers)),
        "model_workers.paid.fiscal": wan(net(of(workers, 资金来源="财政拨款"))),
        "model_workers.paid.own": wan(net(of(workers, 资金来源="部门预算"))),
    }


def control_totals(tables: Tables) -> dict[str, str]:
    """Each published figure as stated."""
    return {row["事实编号"]: row["数值"] for row in tables["published"]}
