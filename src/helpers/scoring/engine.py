"""Scores by rule: exact and pure, each with its derivation in words."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from helpers.money import round_half_up
from helpers.scoring.exact_numbers import EXACT_PLACES, calculation, exact, number, percent, printed
from helpers.scoring.formulas import FULL, NONE, Earned, Pending, earn
from helpers.scoring.issues import issue
from helpers.scoring.model import Execution, Indicator, Score, Scorecard, ScoringIssue
from helpers.scoring.rules import Rules

WHOLE = 100
"""Points of a whole table."""

ROUNDINGS = {
    "two_decimals_half_up": "四舍五入保留两位小数",
    "whole_half_up": "四舍五入取整数",
    "whole_truncated": "舍去小数取整数",
}
"""Names of the roundings, as derivations print them."""


class ExecutionRefused(ValueError):
    """An execution rate that cannot be computed; `issue` says why, in Chinese."""

    def __init__(self, issue: ScoringIssue) -> None:
        super().__init__(issue.message)
        self.issue = issue


def score_execution(rules: Rules, budget_fen: int, executed_fen: int) -> Execution:
    """The points of the execution rate B/A from the full-year budget A (after adjustment) and the amount spent B, in fen.

    A rate above 100 % earns the whole weight and an issue; a negative B earns 0. Raises ExecutionRefused where A is not above 0.
    """
    if budget_fen <= 0:
        raise ExecutionRefused(issue("S101", budget=_money(budget_fen)))
    rate, weight = Fraction(executed_fen, budget_fen), rules.execution_weight.value
    enough = rules.full_from
    source, issues = rules.execution.source, []
    if rate > FULL:
        share, formula = FULL, "执行率超过100%，按满分封顶"
        issues.append(issue("S103", rate=percent(rate)))
    elif rate < NONE:
        share, formula = NONE, "执行数为负数，得0分"
        issues.append(issue("S104", executed=_money(executed_fen)))
    elif enough and rate >= enough.value:
        share, formula, source = FULL, f"执行率达到{percent(enough.value)}，得满分", enough.source
    else:
        share, formula = rate, f"按执行率计分：{calculation(f'{weight}×{percent(rate)}', weight * rate)}分"
    if rules.explanation_below and rate < rules.explanation_below.value:
        issues.append(issue("S105", rate=percent(rate), limit=percent(rules.explanation_below.value)))
    inputs = f"执行率（B÷A）为{calculation(f'{_money(executed_fen)}÷{_money(budget_fen)}', rate * 100)}%"
    score = _scored(rules, Fraction(weight), Earned(share, inputs, formula, source))
    return Execution(budget_fen, executed_fen, rate, score, tuple(issues))


def score_indicator(rules: Rules, indicator: Indicator) -> tuple[Score, list[ScoringIssue]]:
    """The points of one row, from 0 to its weight, and what is wrong with it; pending where a value is missing or unfit."""
    weight = indicator.weight
    if not _is_weight(weight):
        wrong = issue("S201", indicator.row, name=indicator.level3, weight=exact(weight))
        return Score(None, "pending", "待补：分值有误。"), [wrong]
    earned = earn(rules, indicator)
    if isinstance(earned, Pending):
        return Score(None, "pending", f"待补：{earned.reason}。"), [earned.issue] if earned.issue else []
    return _scored(rules, weight, earned), _over_achievement(rules, indicator)


def score_table(rules: Rules, indicators: Sequence[Indicator], budget: int | None, executed: int | None) -> Scorecard:
    """All rows, the execution rate (`budget` A and `executed` B in fen, None where not given), total and grade.

    The total is the sum of the rounded points of rows and execution; the grade compares it without rounding it again.
    """
    execution, issues = _execution(rules, budget, executed)
    weights = sum((indicator.weight for indicator in indicators), NONE)
    weight = rules.execution_weight.value
    if weights + weight != WHOLE:
        issues.append(issue("S106", indicators=exact(weights), execution=str(weight), total=exact(weights + weight)))
    rows: list[tuple[Indicator, Score]] = []
    for indicator in indicators:
        score, found = score_indicator(rules, indicator)
        rows.append((indicator, score))
        issues += found
    total = _total([execution.score if execution else None, *(score for _, score in rows)])
    grade = None if total is None else grade_of(rules, total)
    return Scorecard(rules.id, rules.year, execution, rows, total, grade, issues)


def grade_of(rules: Rules, total: Decimal) -> str:
    """The grade of a total out of 100, as it is: 89.99 is no 90."""
    return next(name for name, floor in rules.grades.value if total >= floor)


def _execution(rules: Rules, budget: int | None, executed: int | None) -> tuple[Execution | None, list[ScoringIssue]]:
    if budget is not None and executed is not None:
        try:
            execution = score_execution(rules, budget, executed)
        except ExecutionRefused as refused:
            return None, [refused.issue]
        return execution, list(execution.issues)
    if budget is None and executed is None:
        return None, []
    given, missing = ("全年预算数（A）", "全年执行数（B）") if executed is None else ("全年执行数（B）", "全年预算数（A）")
    return None, [issue("S102", given=given, missing=missing)]


def _is_weight(weight: Fraction) -> bool:
    return 0 < weight <= WHOLE and (weight * 10**EXACT_PLACES).denominator == 1


def _scored(rules: Rules, weight: Fraction, earned: Earned) -> Score:
    """Points rounded once, never above the weight (22.5 points in whole points stay 22.5), with their derivation."""
    rounded = _rounded(weight * earned.share, rules.rounding.value)
    full = Decimal(int(weight * 10**EXACT_PLACES)).scaleb(-EXACT_PLACES).normalize()
    points = rounded if rounded <= weight else full
    capped = "" if rounded <= weight else "，以分值为限"
    words = (
        f"规则集 {rules.id}（{rules.year}年度）。{earned.inputs}，分值{exact(weight)}分。{earned.formula}；"
        f"{ROUNDINGS[rules.rounding.value]}{capped}，得{points:f}分。依据：{earned.source}；取整：{rules.rounding.source}。"
    )
    return Score(points, "scored", words)


def _rounded(points: Fraction, rounding: str) -> Decimal:
    if rounding == "whole_truncated":
        return Decimal(points.numerator // points.denominator)
    return round_half_up(points, 0 if rounding == "whole_half_up" else 2)


def _total(scores: Sequence[Score | None]) -> Decimal | None:
    points = [None if score is None else score.points for score in scores]
    known = [value for value in points if value is not None]
    return sum(known, Decimal(0)) if len(known) == len(points) else None


def _over_achievement(rules: Rules, indicator: Indicator) -> list[ScoringIssue]:
    """What the set says of a value far above its target and without a reason; it never cuts points."""
    target, actual = indicator.target, indicator.actual
    if indicator.direction not in ("≥", ">", "=") or target is None or actual is None or indicator.deviation.strip():
        return []
    goal, done = number(target), number(actual)
    if goal is None or done is None or goal < 0:
        return []
    if not goal:
        limit, value = rules.reason_from_at_zero_target, printed(done, target.unit)
        if limit is None or value < limit.value:
            return []
        return [issue("S210", indicator.row, name=indicator.level3, actual=exact(value) + target.unit, limit=str(limit.value))]
    rate = Fraction(done, goal)
    for code, rule in (("S209", rules.reason_from), ("S208", rules.reminder_from)):
        if rule is not None and rate >= rule.value:
            return [issue(code, indicator.row, name=indicator.level3, rate=percent(rate), limit=percent(rule.value))]
    return []


def _money(fen: int) -> str:
    return exact(printed(Fraction(fen), "万元")) + "万元"
