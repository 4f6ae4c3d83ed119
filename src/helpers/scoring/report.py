"""`selfeval score`: a table scored by a rule set and compared with the scores it holds, as JSON and as text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal, localcontext
from fractions import Fraction
from pathlib import Path
from typing import Any

from helpers.money import FEN_PER_YUAN, round_half_up
from helpers.project import PACKAGED_RULES, ProjectNotFound, find_project
from helpers.scoring.engine import score_table
from helpers.scoring.exact_numbers import exact, number, percent, printed
from helpers.scoring.model import Execution, Indicator, Quantity, Score, Scorecard, ScoringIssue
from helpers.scoring.printed import SumRow
from helpers.scoring.rules import Rules
from helpers.scoring.table import IndicatorTable

RATE_PLACES = 10
"""Decimals of an execution rate that has no exact decimal form."""

_TOLD_BY_READER = {"S202": "T103", "S201": "T104"}
"""Issues of the engine that only repeat, without the reason, what the reader has told of the same row."""


def rules_folder(start: Path | None = None) -> Path:
    """Where rule sets are looked for: the project at or above `start` (default: the current folder), else the package."""
    try:
        return find_project(start).rules
    except ProjectNotFound:
        return PACKAGED_RULES


def score_indicators(table: IndicatorTable, rules: Rules, budget: int | None, executed: int | None) -> Scorecard:
    """The table's scorecard; its issues are those of reading, of scoring, and each score that differs from the table's own.

    `budget` and `executed` are fen of the full-year budget and of what was spent, None where not given.
    """
    card = score_table(rules, table.indicators, budget, executed)
    told = {(issue.code, issue.row) for issue in table.issues}
    scoring = [issue for issue in card.issues if (_TOLD_BY_READER.get(issue.code), issue.row) not in told]
    issues = [*table.issues, *scoring, *_differences(table, card)]
    return replace(card, issues=sorted(issues, key=lambda issue: issue.row or 0))


def fails(card: Scorecard) -> bool:
    """Whether somebody has to look at it (exit code 1): a reminder is an issue, a pending row alone is none."""
    return bool(card.issues)


def score_json(card: Scorecard) -> dict[str, Any]:
    """The scorecard as one object; numbers are text in exact decimal, amounts in 元, the rate a share of one."""
    return {
        "rules": card.rules,
        "execution": card.execution and _execution_json(card.execution),
        "rows": [_row_json(indicator, score) for indicator, score in card.rows],
        "total": _points(card.total),
        "grade": card.grade,
        "issues": [
            {"code": issue.code, "severity": issue.severity, "row": issue.row, "message": issue.message} for issue in card.issues
        ],
    }


def score_text(card: Scorecard, rules: Rules) -> str:
    """The scorecard for reading: a line and a derivation for each row, execution, total, grade, then what is to be put right."""
    lines = [f"评分规则集：{rules.id}（{rules.name}），{rules.year} 年度"]
    for indicator, score in card.rows:
        held = "" if indicator.printed_score is None else f"（表中 {exact(indicator.printed_score)}）"
        lines.append(f"第 {indicator.row} 行 {indicator.level3}：{_printed_points(score)}／{exact(indicator.weight)} 分{held}")
        lines.append(f"　　{score.derivation}")
    if card.execution is None:
        lines.append("预算执行率：待补（没有可用的全年预算数和全年执行数，见 --budget 和 --executed）")
    else:
        lines.append(f"预算执行率 {percent(card.execution.rate)}：{_printed_points(card.execution.score)} 分")
        lines.append(f"　　{card.execution.score.derivation}")
    lines.append("总分：待补" if card.total is None else f"总分：{card.total:f} 分，等级：{card.grade}")
    for issue in card.issues:
        lines.append(f"{issue.severity} {issue.code} {f'第 {issue.row} 行' if issue.row else '全表'}：{issue.message}")
    pending = sum(score.status == "pending" for _, score in card.rows)
    lines.append(f"共 {len(card.rows)} 行，待补 {pending} 行；{len(card.issues)} 个问题。")
    return "\n".join(lines)


def quantity_text(quantity: Quantity | None) -> str | None:
    """A quantity in its own unit as exact decimal, ISO date or text; None where it has no value."""
    if quantity is None or quantity.value is None:
        return None
    if isinstance(quantity.value, date):
        return quantity.value.isoformat()
    value = number(quantity)
    return str(quantity.value) if value is None else exact_decimal(printed(value, quantity.unit))


def exact_decimal(value: Fraction) -> str:
    """All decimals of a number, without idle zeros; rounded half up to ten where they never end."""
    denominator = value.denominator
    for prime in (2, 5):
        while denominator % prime == 0:
            denominator //= prime
    if denominator != 1:
        return format(round_half_up(value, RATE_PLACES), "f")
    with localcontext(prec=200):
        return format((Decimal(value.numerator) / Decimal(value.denominator)).normalize(), "f")


def _differences(table: IndicatorTable, card: Scorecard) -> Iterator[ScoringIssue]:
    """Scores of the table that are not the recomputed ones: of rows (T201), of the total (T202), of the execution rate (T203)."""
    for indicator, score in card.rows:
        if _differs(indicator.printed_score, score.points):
            name = f"“{indicator.level3}”的得分"
            yield _difference("T201", indicator.row, name, indicator.printed_score, score.points)
    total = table.printed.total
    if total and total.score is not None:
        sums = [points for points in _totals(card, total) if points is not None]
        if sums and all(_differs(total.score, points) for points in sums):
            yield _difference("T202", total.row, "总分", total.score, sums[0])
    execution = [row for row in table.printed.funds if row.is_total] + list(table.printed.execution)
    for row in execution if card.execution else ():
        if card.execution and _differs(row.score, card.execution.score.points):
            yield _difference("T203", row.row, "预算执行率的得分", row.score, card.execution.score.points)


def _totals(card: Scorecard, total: SumRow) -> list[Decimal | None]:
    """What a total row may hold: by its weight the sum with the execution rate or without it, or either where it has none."""
    rows = [score.points for _, score in card.rows]
    known = [points for points in rows if points is not None]
    without = sum(known, Decimal(0)) if len(known) == len(rows) else None
    if total.weight is None:
        return [card.total, without]
    return [without if total.weight == sum(indicator.weight for indicator, _ in card.rows) else card.total]


def _differs(held: Fraction | None, points: Decimal | None) -> bool:
    return held is not None and points is not None and held != Fraction(points)


def _difference(code: str, row: int, name: str, held: Fraction | None, points: Decimal | None) -> ScoringIssue:
    text = f"{name}表中为 {exact(held or Fraction(0))}，按规则集重算为 {points:f}。请核对实际值，或改正得分。"
    return ScoringIssue(code, "警告", row, text)


def _points(points: Decimal | None) -> str | None:
    return None if points is None else format(points, "f")


def _printed_points(score: Score) -> str:
    return _points(score.points) or "待补"


def _execution_json(execution: Execution) -> dict[str, str | None]:
    return {
        "budget": exact_decimal(Fraction(execution.budget, FEN_PER_YUAN)),
        "executed": exact_decimal(Fraction(execution.executed, FEN_PER_YUAN)),
        "rate": exact_decimal(execution.rate),
        "score": _points(execution.score.points),
    }


def _row_json(indicator: Indicator, score: Score) -> dict[str, Any]:
    unit = next((quantity.unit for quantity in (indicator.target, indicator.actual) if quantity), "")
    return {
        "row": indicator.row,
        "name": indicator.level3,
        "direction": indicator.direction,
        "weight": exact_decimal(indicator.weight),
        "target": quantity_text(indicator.target),
        "actual": quantity_text(indicator.actual),
        "unit": unit,
        "score": _points(score.points),
        "status": score.status,
        "printed_score": None if indicator.printed_score is None else exact_decimal(indicator.printed_score),
        "derivation": score.derivation,
    }
