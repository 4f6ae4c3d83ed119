"""Rows as the panel lists them: Chinese columns, amounts in 元, no beneficiary."""

from __future__ import annotations

import pandas as pd

from helpers.exploration.records import Records
from helpers.money import yuan
from helpers.wording import SUPPRESSED

MOST_ROWS = 1_000
"""Rows that a browser sorts and filters at once."""

_COLUMNS = {
    "payment": "支付编号",
    "project_code": "项目",
    "grant_type": "补助类型",
    "region": "地区",
    "source": "资金来源",
    "amount": "金额（元）",
    "paid_on": "支付日期",
    "kind": "业务类型",
    "median": "同类中位数（元）",
    "like": "同类笔数",
}


def listed(rows: pd.DataFrame, records: Records) -> pd.DataFrame:
    """The first `MOST_ROWS` of the rows with their number in the file. A column that this department leaves empty is left out."""
    shown = rows.head(MOST_ROWS)
    frame = pd.DataFrame({"行号": shown.index.astype("int64")})
    for name, heading in _COLUMNS.items():
        if name in shown and not (name in ("grant_type", "region") and shown[name].eq("").all()):
            frame[heading] = _texts(shown[name], records)
    return frame


def largest(rows: pd.DataFrame) -> pd.DataFrame:
    """As many rows as are listed, those with the largest amounts, the largest first."""
    return rows.nlargest(MOST_ROWS, "amount")


def _texts(column: pd.Series, records: Records) -> list[str] | list[int]:
    if column.name in ("amount", "median"):
        return [yuan(int(fen)) for fen in column]
    if column.name == "paid_on":
        return [day.date().isoformat() for day in column]
    if column.name == "project_code":
        return [records.project_name(str(code)) for code in column]
    if column.name == "like":
        return [int(count) for count in column]
    return [str(value) for value in column]


def combinations_listed(combined: pd.DataFrame, hidden: pd.Series, records: Records) -> pd.DataFrame:
    """The table of combinations with ＊ for what is hidden."""
    columns = {
        "项目": [records.project_name(code) for code in combined["project_code"]],
        "领取的补助": list(combined["grant_types"]),
        "种数": [int(kinds) for kinds in combined["kinds"]],
        "对象数": _shown([str(count) for count in combined["beneficiaries"]], hidden),
        "金额（元）": _shown([yuan(int(fen)) for fen in combined["amount"]], hidden),
    }
    return pd.DataFrame(columns).head(MOST_ROWS)


def _shown(texts: list[str], hidden: pd.Series) -> list[str]:
    return [SUPPRESSED if hides else text for text, hides in zip(texts, hidden, strict=True)]
