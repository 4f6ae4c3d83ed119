"""Amounts that cannot be: 元 and 万元 mixed, more paid than budgeted, the same payment twice. Integers of fen throughout."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from helpers.intake.findings import quote
from helpers.intake.rule_rows import Rule, distinct, issue_at
from helpers.intake.tables import Table
from helpers.issue import Issue
from helpers.money import yuan
from helpers.params import Parameters

_YUAN_PER_WAN = 10_000
_FEWEST_TO_COMPARE = 4
"""Rows of one kind among which a single one can be called out of line."""

_CONVERT = "金额一律以元为单位；请核对两表，把以万元填写的换算成元。"


def _unit_slips(parameters: Parameters, table: Table, budget: Table) -> Iterator[Issue]:
    """A project whose amounts are 10,000 times, or a 10,000th of, what its budget allows for (E304)."""
    budgets = _full_year(budget)
    for code, amount in _net(table).items():
        times = _times(amount, budgets.get(code, 0))
        if times:
            rows = [row for (known,), found in distinct(table, "project_code") if known == code for row in found]
            middle = _middle(table.frame.loc[rows, "amount"])
            message = (
                f"项目{quote(code)}的金额合计 {yuan(amount)} 元（中位数 {yuan(middle)} 元），"
                f"约为 {budget.file} 中全年预算数 {yuan(budgets[code])} 元的{times}，疑有一表以万元为单位"
            )
            yield issue_at("E304", table, rows, "amount", message, _CONVERT)


def _times(part: int, whole: int) -> str | None:
    """一万倍 or 万分之一 where only the unit explains the difference: in one unit, 5 (50) to 105 percent would be used.

    What is far above a budget is wrong in any case, so the lower bound there is wide; a small part may also be a project that
    hardly began.
    """
    if 105 * whole * _YUAN_PER_WAN >= 100 * part and 100 * part >= 5 * whole * _YUAN_PER_WAN > 0:
        return "一万倍"
    if 105 * whole >= 100 * part * _YUAN_PER_WAN >= 50 * whole > 0:
        return "万分之一"
    return None


def _rows_out_of_line(parameters: Parameters, table: Table, *columns: str) -> Iterator[Issue]:
    """A row that is far from the rows of its kind, and among them once multiplied or divided by 10,000 (W304)."""
    for key, rows in distinct(table, *columns):
        if not all(key) or len(rows) < _FEWEST_TO_COMPARE:
            continue
        amounts = table.frame.loc[rows, "amount"]
        middle = _middle(amounts)
        is_usual = amounts.gt(middle // 1000) & amounts.lt(1000 * middle)
        if not is_usual.any():
            continue
        least, most = int(amounts[is_usual].min()), int(amounts[is_usual].max())
        odd = amounts[~is_usual & amounts.ne(0)]
        for row, amount in zip(odd.index.tolist(), odd.tolist(), strict=True):
            if least <= amount * _YUAN_PER_WAN <= most:
                said = "疑以万元填写"
            elif least * _YUAN_PER_WAN <= amount <= most * _YUAN_PER_WAN:
                said = "疑多乘了一万"
            else:
                continue
            message = f"金额 {yuan(amount)} 元与同类各行（中位数 {yuan(middle)} 元）相差约一万倍，{said}"
            yield issue_at("W304", table, [row], "amount", message, "请核对原始凭证，金额以元为单位。")


def _kinds_of_payment(parameters: Parameters, payments: Table) -> Iterator[Issue]:
    return _rows_out_of_line(parameters, payments, "project_code", "grant_type")


def _kinds_of_allocation(parameters: Parameters, allocations: Table) -> Iterator[Issue]:
    return _rows_out_of_line(parameters, allocations, "project_code")


def _overspent(parameters: Parameters, payments: Table, budget: Table) -> Iterator[Issue]:
    """A project that paid, net of returns, more than its full-year budget (E310); what a unit explains is told as that."""
    budgets, paid = _full_year(budget), _net(payments)
    for (code,), rows in distinct(payments, "project_code"):
        if code in budgets and paid[code] > budgets[code] and not _times(paid[code], budgets[code]):
            message = (
                f"项目{quote(code)}支付净额 {yuan(paid[code])} 元，超过 {budget.file} 中的全年预算数 {yuan(budgets[code])} 元，"
                f"超出 {yuan(paid[code] - budgets[code])} 元"
            )
            yield issue_at("E310", payments, rows, "amount", message, "请核对支付记录、退回和预算调整。")


def _same_payment(parameters: Parameters, payments: Table) -> Iterator[Issue]:
    """Two payments that differ in their number alone (W406)."""
    columns = ("kind", "project_code", "grant_type", "beneficiary", "source", "amount", "paid_on")
    frame = payments.frame
    to_persons = frame["kind"].eq("支付") & frame["beneficiary"].ne("")
    twice = to_persons & frame.duplicated([*columns], keep=False)
    for _, rows in distinct(payments, *columns, among=twice.to_numpy(dtype=bool)):
        message = f"与第 {rows[0]} 行的对象、补助类型、资金来源、金额和日期都相同，疑为重复支付"
        for row in rows[1:]:
            yield issue_at("W406", payments, [row], "payment", message, "请核对凭证；确为两笔的请说明原因。")


def _same_allocation(parameters: Parameters, allocations: Table) -> Iterator[Issue]:
    """Two rows of one project, region, plan and amount (W406), as a file pasted twice has them."""
    for _, rows in distinct(allocations, "project_code", "region", "amount", "plan_name", "plan_date"):
        for row in rows[1:]:
            message = f"与第 {rows[0]} 行的各列都相同，疑为重复"
            yield issue_at("W406", allocations, [row], "region", message, "请核对分配方案；确为两笔的请说明原因。")


def _full_year(budget: Table) -> dict[str, int]:
    """Fen of each project for the whole year: 年初预算数 + 调增 − 调减 + 上年结转."""
    frame = budget.frame
    amounts = frame["initial"] + frame["increase"] - frame["decrease"] + frame["carry_over"]
    return _sums(frame["project_code"], amounts)


def _net(table: Table) -> dict[str, int]:
    """Fen of each project, returns subtracted."""
    amounts = table.frame["amount"]
    if "kind" in table.frame:
        amounts = amounts.where(table.frame["kind"].ne("退回"), -amounts)
    return _sums(table.frame["project_code"], amounts)


def _sums(keys: pd.Series[str], amounts: pd.Series[int]) -> dict[str, int]:
    sums = amounts.groupby(keys, sort=False, observed=True).sum()
    return dict(zip(sums.index.tolist(), sums.tolist(), strict=True))


def _middle(amounts: pd.Series[int]) -> int:
    """The (upper) median, itself one of the amounts."""
    return int(np.partition(amounts.to_numpy(), len(amounts) // 2)[len(amounts) // 2])


AMOUNT_RULES: tuple[Rule, ...] = (
    (_unit_slips, ("payments", "budget")),
    (_unit_slips, ("allocations", "budget")),
    (_kinds_of_payment, ("payments",)),
    (_kinds_of_allocation, ("allocations",)),
    (_overspent, ("payments", "budget")),
    (_same_payment, ("payments",)),
    (_same_allocation, ("allocations",)),
)
