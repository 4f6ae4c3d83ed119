"""The findings as an appendix of the report."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from helpers.blocks import Block
from helpers.review.model import Finding
from helpers.tables import table_block

_HEADINGS = {"severity": "程度", "code": "编号", "place": "位置", "message": "发现", "mend": "处理办法"}
_WIDTHS = (0.8, 0.9, 1.7, 4.2, 3.2)
_NOTE = "本表由程序按财政部门复核自评材料的常见问题逐项检查报告正文和自评表后列出；错误须更正，警告须更正或说明，提示供复核。"
_CLEAN = "按财政部门复核自评材料的常见问题逐项检查，没有发现问题。"


def review_appendix(findings: Sequence[Finding]) -> list[Block]:
    """The blocks of the appendix part 复核发现, or one sentence where nothing was found."""
    if not findings:
        return [_line(_CLEAN)]
    rows = [
        {
            "severity": finding.severity,
            "code": finding.code,
            "place": finding.place or "全文",
            "message": finding.message,
            "mend": finding.mend,
        }
        for finding in findings
    ]
    frame = pd.DataFrame(rows, columns=list(_HEADINGS))
    return [_line(_NOTE), table_block(frame, dict(_HEADINGS), {}, caption="复核发现", notes=[], widths=_WIDTHS)]


def _line(text: str) -> Block:
    return {"kind": "paragraph", "style": "body", "runs": [{"text": text}]}
