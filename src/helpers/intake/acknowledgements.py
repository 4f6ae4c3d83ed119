"""Warnings and what the parameters say of them. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from helpers.intake.contracts import CONTRACTS
from helpers.intake.findings import finding
from helpers.intake.tables import Table
from helpers.issue import Issue
from helpers.params import Acknowledgement

_FILE = "参数文件"


def acknowledge(issues: Sequence[Issue], acknowledged: Sequence[Acknowledgement], tables: Mapping[str, Table]) -> list[Issue]:
    """The issues; acknowledged warnings of one code and file as one, with the reason; and notes (N8xx).

    A note tells how to acknowledge the warnings that are left, another each acknowledgement that no warning needs. The
    latter keeps silent of a table that could not be read or is left out.
    """
    reasons = {(item.code, item.table): item.reason for item in acknowledged}
    known: dict[tuple[str, str], list[Issue]] = defaultdict(list)
    settled = []
    for issue in issues:
        if _place(issue) in reasons:
            known[_place(issue)].append(issue)
        else:
            settled.append(issue)
    for place, alike in known.items():
        others = f"（同类共 {len(alike)} 处）" if len(alike) > 1 else ""
        settled.append(replace(alike[0], message=alike[0].message + others, acknowledged=reasons[place]))
    left = dict.fromkeys(_place(issue) for issue in settled if issue.severity == "警告" and issue.stops)
    if left:
        lines = "；".join(f"- {{code: {code}, table: {table}, reason: 理由}}" for code, table in left)
        mend = f"请改正数据；核实无误的，在参数 acknowledged 中逐项写明理由：{lines}。"
        settled.append(finding("N801", _FILE, "有未确认的警告，报告不能生成。", mend, column="acknowledged"))
    unread = {name for name in CONTRACTS if name not in tables or tables[name].absent}
    for item in acknowledged:
        if (item.code, item.table) not in known and item.table not in unread:
            message = f"对 {item.table} 的 {item.code} 的确认没有对应的警告。"
            settled.append(finding("N802", _FILE, message, "请删去该项，或核对代码和表名。", column="acknowledged"))
    return settled


def _place(issue: Issue) -> tuple[str, str]:
    return issue.code, Path(issue.file).stem
