"""The report's appendices: origins of the data, assumptions, warnings, checks, re-check, what is missing, open questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from helpers.blocks import Block, Paragraph
from helpers.checks import AGREES, OPEN, SIDES, UNCHECKED, Check
from helpers.facts import ORIGIN_NAMES, Fact
from helpers.identities import FAMILIES
from helpers.intake import Register, Table
from helpers.issue import Issue
from helpers.params import OpenQuestion
from helpers.review import Finding, review_appendix
from helpers.tables import table_block
from helpers.wording import format_value

ROUNDING = (
    "金额以分为单位的整数计算，只在打印时换算并四舍五入（逢五进一）；正文不写小数末尾的零，表内保留两位小数。"
    "因四舍五入，表内分项之和与合计可能相差最后一位，以合计为准。"
)

ACKNOWLEDGED_NOTE = "读入数据时有以下警告，部门核实后在参数中确认并写明理由，数据未作改动。"
CONTROL_HEADINGS = ["名称", "另行计算", "报告", "已公布数", "结论"]
CONTROL_NOTE = "下表把报告中的数字、由数据另行计算的数字与已公布数逐项核对；没有原始记录、直接取自已公布数的不在其中。"
IDENTITY_NOTE = "下表检验参数中声明的勾稽关系，按未经四舍五入的精确值比较。"
IDENTITY_HEADINGS = ["勾稽关系", "左边", "右边", "结论"]
FAMILY_NOTE = "下表检验任何报告都应成立的勾稽关系，按精确值比较；缺少数字的无法核对。逐项结果见 checks.json。"
MISSING_NOTE = "下列数字没有原始记录或没有填报，报告中以“待补”列示，未作推算。"
FAMILY_HEADINGS = ["勾稽关系", "核对项数", "相符", "无法核对"]


def appendices(
    register: Register,
    tables: Iterable[Table],
    acknowledged: Sequence[Issue],
    facts: Iterable[Fact],
    checks: Sequence[Check],
    findings: Sequence[Finding],
    open_questions: Sequence[OpenQuestion],
) -> list[dict[str, Any]]:
    """The appendix parts of the combined notebook, each a title with blocks."""
    used = {table.name: table.file for table in tables if not table.absent}
    assumed = [assumption for assumption in register.assumptions if used.keys() & set(assumption.tables)]
    missing = [fact for fact in facts if fact.value is None]
    parts = [
        ("数据来源", _origins(register, set(used.values()))),
        ("编制假设", [_line(f"{assumption.id} {assumption.text}") for assumption in assumed]),
        ("已确认的警告", _acknowledged(acknowledged)),
        ("数据核对", _checks(checks)),
        ("复核发现", review_appendix(findings)),
        ("待补事项", _missing(missing)),
        ("待部门说明的问题", [_line(f"{question.id} {question.text}") for question in open_questions]),
        ("编制说明", [_line(ROUNDING)]),
    ]
    return [{"title": title, "blocks": blocks} for title, blocks in parts if blocks]


def _origins(register: Register, used: set[str]) -> list[Block]:
    rows = [
        [
            f"{entry.title}\n{entry.file}",
            ORIGIN_NAMES[entry.origin],
            entry.keeper,
            format_value(entry.as_of, "日期", "cell"),
            entry.note if entry.file in used else f"（本次未使用）{entry.note}",
        ]
        for entry in register.files
    ]
    return [_table("数据来源登记", ["内容和文件", "来源", "保管部门", "时点", "说明"], rows, [2.2, 1.15, 1.6, 1.4, 4.65])]


def _acknowledged(warnings: Sequence[Issue]) -> list[Block]:
    if not warnings:
        return []
    rows = [[warning.code, warning.file, _found(warning), warning.acknowledged or ""] for warning in warnings]
    return [_line(ACKNOWLEDGED_NOTE), _table("已确认的警告", ["代码", "文件", "警告", "确认理由"], rows, [0.8, 1.7, 4.4, 3.4])]


def _found(warning: Issue) -> str:
    column = f"“{warning.column}”列" if warning.column else ""
    row = f"第 {warning.row} 行" if warning.row else ""
    return "：".join(filter(None, (row + column, warning.message)))


def _checks(checks: Sequence[Check]) -> list[Block]:
    controls: dict[str, dict[str, Check]] = {}
    families: dict[str, list[Check]] = {}
    declared = []
    for check in checks:
        group, side, rest = check.id.split(".", 2)
        if group == "control":
            controls.setdefault(rest, {})[side] = check
        elif side == "report" and group == "declared":
            declared.append(_identity_row(check))
        elif side == "report":
            families.setdefault(rest.partition(".")[0], []).append(check)
    compared = [_control_row(sides) for sides in controls.values()]
    generic = [_family_row(label, families[name]) for name, label in FAMILIES.items() if name in families]
    blocks: list[Block] = []
    if compared:
        blocks += [_line(CONTROL_NOTE), _table("与已公布数核对", CONTROL_HEADINGS, compared, [3.4, 1.7, 1.7, 1.7, 1])]
    if declared:
        blocks += [_line(IDENTITY_NOTE), _table("勾稽关系核对", IDENTITY_HEADINGS, declared, [4, 1.6, 1.6, 2.4])]
    if generic:
        blocks += [_line(FAMILY_NOTE), _table("通用勾稽关系核对", FAMILY_HEADINGS, generic, [5, 1.2, 1.2, 1.4])]
    return blocks


def _control_row(sides: Mapping[str, Check]) -> list[str]:
    either = next(iter(sides.values()))
    values = [format_value(sides[side].left, either.unit) if side in sides else "—" for side in SIDES]
    verdicts = {check.verdict for check in sides.values()}
    return [either.label, *values, format_value(either.right, either.unit), "、".join(sorted(verdicts))]


def _identity_row(check: Check) -> list[str]:
    verdict = check.verdict
    if check.verdict == OPEN:
        verdict += f"：相差{format_value(check.difference, check.unit)}，部门尚未说明原因。"
    elif check.verdict == UNCHECKED:
        verdict += f"：{check.message}"
    return [check.label, format_value(check.left, check.unit), format_value(check.right, check.unit), verdict]


def _family_row(label: str, checks: Sequence[Check]) -> list[str]:
    verdicts = Counter(check.verdict for check in checks)
    return [label, str(len(checks)), str(verdicts[AGREES]), str(verdicts[UNCHECKED])]


def _missing(missing: Sequence[Fact]) -> list[Block]:
    if not missing:
        return [_line("没有待补的数字。")]
    rows = [[fact.label, fact.id, fact.formula] for fact in missing]
    return [_line(MISSING_NOTE), _table("待补数字清单", ["名称", "事实编号", "计算方法"], rows, [2.4, 2.8, 3])]


def _line(text: str) -> Paragraph:
    return {"kind": "paragraph", "style": "body", "runs": [{"text": text}]}


def _table(caption: str, headings: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]) -> Block:
    frame = pd.DataFrame(list(rows), columns=list(headings))
    return table_block(frame, {name: name for name in headings}, {}, caption=caption, notes=[], widths=widths)
