"""What a comparison shows of the score: from last year's points to this year's, step by step. Pure."""

from __future__ import annotations

from decimal import Decimal

from helpers.year_over_year.score_bridge import STEPS, ScoreBridge, ScoreLine
from helpers.year_over_year.sheet import NOTHING, Head, Sheet


def score_sheet(bridge: ScoreBridge | None) -> Sheet:
    """The steps of each indicator, or why there are none."""
    title = "得分的变化"
    if bridge is None:
        why = "两年的得分不能分开：缺少其中一年的指标表或评分规则，或者程序重新计算的得分与报告所记的不同。"
        return Sheet(title, (why,), (), ())
    heads = (
        Head("指标", 34),
        Head("上年", 12, figures=True),
        *(Head(step, 20, figures=True) for step in STEPS),
        Head("本年", 12, figures=True),
        Head("说明", 24),
    )
    rows = [_score_row(line) for line in bridge.lines]
    notes = [
        "从上年的得分到本年的得分逐步计算：先在上年的指标表和规则下换成本年的实际完成，再换成本年的指标、目标值和分值，"
        "最后换成本年度有效的评分规则；各步之和等于总的变化。",
    ]
    if bridge.steps is None:
        notes.append("有待补的得分，总分不能分解；下表列出逐行能分解的部分。")
    else:
        rows.append(("总分", _points(bridge.former), *map(_signed, bridge.steps), _points(bridge.current), ""))
    return Sheet(title, tuple(notes), heads, tuple(rows))


def _score_row(line: ScoreLine) -> tuple[str, ...]:
    steps = [NOTHING] * len(STEPS) if line.steps is None else [_signed(step) for step in line.steps]
    ends = [_points(line.points[0]) if line.in_former else NOTHING, _points(line.points[-1]) if line.in_current else NOTHING]
    why = "" if line.in_former and line.in_current else ("上年没有此项" if line.in_current else "本年没有此项")
    return line.name, ends[0], *steps, ends[1], why


def _points(points: Decimal | None) -> str:
    return "待补" if points is None else f"{points.normalize():f}"


def _signed(points: Decimal) -> str:
    return "0" if not points else f"{points.normalize():+f}"
