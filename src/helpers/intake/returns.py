"""Money that came back: each 退回 belongs to one earlier 支付."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from helpers.intake.findings import quote
from helpers.money import yuan
from helpers.plain_rows import plain_rows

_NUMBER = "请填写所退回的那笔支付的编号。"


def unfounded_returns(payments: pd.DataFrame) -> Iterator[tuple[int, str, str, str]]:
    """Row, English column, message (without full stop) and mend of each 退回 without a fitting original.

    The original is a 支付 of the same project and beneficiary, and all its returns together are not more than its amount.
    A 支付 names no original.
    """
    records = plain_rows(payments.reset_index(names="row"))
    paid = {record["payment"]: record for record in records if record["kind"] == "支付"}
    left = {number: record["amount"] for number, record in paid.items()}
    for record in records:
        number = record["original_payment"]
        if record["kind"] == "支付":
            if number:
                mend = "支付请留空；如为退回，请改正业务类型。"
                yield record["row"], "original_payment", "业务类型为支付，却填有原支付编号", mend
            continue
        fault = _fault(record, paid.get(number), left.get(number, 0))
        if fault:
            yield record["row"], *fault
        else:
            left[number] -= record["amount"]


def _fault(record: Mapping[str, Any], original: Mapping[str, Any] | None, left: int) -> tuple[str, str, str] | None:
    number = record["original_payment"]
    if not number:
        return "original_payment", "退回没有填原支付编号", _NUMBER
    if original is None:
        return "original_payment", f"原支付编号{quote(number)}不是本表中的一笔支付", _NUMBER
    for column, name in (("project_code", "项目编码"), ("beneficiary", "对象编号")):
        if record[column] != original[column]:
            return column, f"退回的{name}与第 {original['row']} 行的原支付不同", f"请核对{name}和原支付编号。"
    if record["amount"] > left:
        message = f"退回 {yuan(record['amount'])} 元，超过第 {original['row']} 行的原支付尚未退回的 {yuan(left)} 元"
        return "amount", message, "请核对金额和原支付编号。"
    return None
