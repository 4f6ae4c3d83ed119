"""The report's appendices: where the data come from, assumptions, checks, what is missing, open questions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from helpers.blocks import Block, Paragraph
from helpers.checks import AGREES, Check
from helpers.facts import ORIGIN_NAMES, Fact
from helpers.intake import Register, Table
from helpers.params import OpenQuestion
from helpers.tables import table_block
from helpers.wording import format_value

ROUNDING = (
    "金额以分为单位的整数计算，只在打印时换算并四舍五入一次（逢五进一）；正文不写多余的零，表内保留两位小数。"
    "因四舍五入，表内分项之和与合计可能相差最后一位，以合计为准。"
)


def appendices(
    register: Register,
    tables: Iterable[Table],
    facts: Iterable[Fact],
    checks: Sequence[Check],
    open_questions: Sequence[OpenQuestion],
) -> list[dict[str, Any]]:
    """The appendix parts of the combined notebook, each a title with blocks."""
    used = {table.file for table in tables if not table.absent}
    missing = [fact for fact in facts if fact.value is None]
    parts = [
        ("数据来源", _origins(register, used)),
        ("编制假设", [_line(f"{assumption.id} {assumption.text}") for assumption in register.assumptions]),
        ("数据核对", _checks(checks)),
        ("待补事项", _missing(missing)),
        ("待部门说明的问题", [_line(f"{question.id} {question.text}") for question in open_questions]),
        ("编制说明", [_line(ROUNDING)]),
    ]
    return [{"title": title, "blocks": blocks} for title, blocks in parts if blocks]


def _origins(register: Register, used: set[str]) -> list[Block]:
    rows = [
        [
            entry.file,
            entry.title,
            ORIGIN_NAMES[entry.origin],
            entry.keeper,
            format_value(entry.as_of, "日期", "cell"),
            entry.note if entry.file in used else f"（本次未使用）{entry.note}",
        ]
        for entry in register.files
    ]
    return [_table("数据来源登记", ["文件", "内容", "来源", "保管部门", "时点", "说明"], rows, [2.1, 1.5, 1, 1.6, 1.4, 3.8])]


def _checks(checks: Sequence[Check]) -> list[Block]:
    rows = [
        [
            check.label,
            format_value(check.left, check.unit),
            format_value(check.right, check.unit),
            check.verdict if check.verdict == AGREES else f"{check.verdict}：{check.message}",
        ]
        for check in checks
    ]
    return [
        _line("下表把报告中的数字与已公布数、与直接由原始记录另行计算的数逐项核对，并检验参数中声明的勾稽关系。"),
        _table("核对结果", ["核对项目", "左边", "右边", "结论"], rows, [4, 1.6, 1.6, 2.4]),
    ]


def _missing(missing: Sequence[Fact]) -> list[Block]:
    if not missing:
        return [_line("没有待补的数字。")]
    rows = [[fact.label, fact.id, fact.formula] for fact in missing]
    return [_table("待补数字清单", ["名称", "事实编号", "计算方法"], rows, [2.4, 2.8, 3])]


def _line(text: str) -> Paragraph:
    return {"kind": "paragraph", "style": "body", "runs": [{"text": text}]}


def _table(caption: str, headings: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]) -> Block:
    frame = pd.DataFrame(list(rows), columns=list(headings))
    return table_block(frame, {name: name for name in headings}, {}, caption=caption, notes=[], widths=widths)
