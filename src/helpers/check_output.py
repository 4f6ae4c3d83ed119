"""What `selfeval check` prints of an examination, as text and as JSON."""

from __future__ import annotations

from collections import Counter

from helpers.checks import DIFFERS
from helpers.examination import Examination
from helpers.facts import ORIGIN_NAMES


def check_json(found: Examination) -> dict[str, object]:
    """Issues, checks and tables as one object."""
    return {
        "issues": [issue.to_json() for issue in found.inputs.issues],
        "checks": [check.to_json() for check in found.checks],
        "tables": [table.summary() for table in found.inputs.tables.values() if not table.absent],
    }


def check_text(found: Examination) -> str:
    """A line an issue, a table and a check, and one that counts them."""
    lines = [str(issue) for issue in found.inputs.issues]
    for table in found.inputs.tables.values():
        if not table.absent:
            counts = f"读入 {table.rows_read} 行，保留 {len(table.frame)} 行"
            lines.append(f"{table.file}：{counts}，来源为{ORIGIN_NAMES[table.origin]}")
    for check in found.checks:
        lines.append(f"{check.verdict} {check.subject} {check.label}：{check.message}")
    wrong = sum(check.verdict == DIFFERS for check in found.checks)
    count = Counter(issue.severity for issue in found.inputs.issues)
    known = sum(issue.acknowledged is not None for issue in found.inputs.issues)
    issues = f"错误 {count['错误']} 个，警告 {count['警告']} 个（已确认 {known} 个），提示 {count['提示']} 个"
    lines.append(f"{issues}；核对 {len(found.checks)} 项，不符 {wrong} 项。")
    return "\n".join(lines)
