"""What share of its weight a row earns, by the formulas of a rule set, with the words that say so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from helpers.scoring.cell_text import is_blank
from helpers.scoring.exact_numbers import calculation, dimension, exact, is_measurement, number, percent, printed, shown
from helpers.scoring.issues import issue
from helpers.scoring.model import Indicator, Quantity, ScoringIssue
from helpers.scoring.rules import Rule, Rules

NONE, FULL = Fraction(0), Fraction(1)


@dataclass(frozen=True)
class Pending:
    """Why a row has no points; with an issue where something is wrong, without where something is merely not given."""

    reason: str
    issue: ScoringIssue | None = None


@dataclass(frozen=True)
class Earned:
    """The exact share of the weight (0 to 1), inputs and formula in words, and the source of the rule."""

    share: Fraction
    inputs: str
    formula: str
    source: str


def earn(rules: Rules, indicator: Indicator) -> Earned | Pending:
    """What a row earns, or why nothing can be said of it. Its weight is taken to be in order."""
    if indicator.direction == "定性":
        return _qualitative(rules, indicator)
    target, actual = indicator.target, indicator.actual
    if _is_no_measurement(indicator):
        text = indicator.actual_text or str(actual and actual.value)
        return _refused("实际完成值不是实际测得的数", "S202", indicator, text=text)
    if target is None or target.value is None:
        return Pending("没有目标值")
    if actual is None or actual.value is None:
        return Pending("没有实际完成值")
    if not isinstance(target.value, date) and number(target) is None:
        text = indicator.target_text or str(target.value)
        return _refused("目标值不是数", "S203", indicator, text=text, direction=indicator.direction)
    if isinstance(target.value, date) != isinstance(actual.value, date):
        return _refused("目标值与实际完成值不能比较", "S205", indicator, target=_kind(target), actual=_kind(actual))
    if isinstance(target.value, date) and isinstance(actual.value, date):
        return _dates(rules, indicator, target, actual, on_time=actual.value <= target.value)
    if dimension(target.unit) != dimension(actual.unit):
        return _refused("计量单位不一致", "S204", indicator, target=target.unit or "无", actual=actual.unit or "无")
    return _numbers(rules, indicator, target, actual)


def _refused(reason: str, code: str, indicator: Indicator, **given: str) -> Pending:
    return Pending(reason, issue(code, indicator.row, name=indicator.level3, **given))


def _is_no_measurement(indicator: Indicator) -> bool:
    actual, text = indicator.actual, indicator.actual_text
    if actual is None or actual.value is None:
        return not is_blank(text)
    return not is_measurement(text) or (not isinstance(actual.value, date) and number(actual) is None)


def _kind(quantity: Quantity) -> str:
    return "日期" if isinstance(quantity.value, date) else "数"


def _qualitative(rules: Rules, indicator: Indicator) -> Earned | Pending:
    """The share that a person chose inside the band that a person stated; never one of our own."""
    band, share, rule = indicator.band, indicator.band_share, rules.bands
    if not band:
        return Pending("没有填报达成档次")
    if share is None:
        return Pending("没有填报档内得分率")
    low, high = rule.value[band]
    span = f"{percent(low)}（含）至 {percent(high)}（{'含' if high == FULL else '不含'}）"
    if not (low <= share < high or share == high == FULL):
        return _refused("得分率不在档内", "S207", indicator, band=band, span=span, share=percent(share))
    formula = f"按填报的得分率计分：{calculation(f'{exact(indicator.weight)}×{percent(share)}', indicator.weight * share)}分"
    return Earned(share, f"定性指标，填报为{band}，本档得分率 {span}，填报得分率{percent(share)}", formula, rule.source)


def _dates(rules: Rules, indicator: Indicator, target: Quantity, actual: Quantity, *, on_time: bool) -> Earned | Pending:
    """On or before the target, whether the sign is ≤, < or =; ≥ and > make no sense of a deadline and are not turned round."""
    if indicator.direction in ("≥", ">"):
        return _refused("日期目标的方向不对", "S206", indicator, direction=indicator.direction)
    formula = "不晚于目标日期，得满分" if on_time else "晚于目标日期，得0分"
    inputs = f"目标不晚于{shown(target)}，实际{shown(actual)}"
    return Earned(FULL if on_time else NONE, inputs, formula, rules.dates.source)


def _numbers(rules: Rules, indicator: Indicator, target: Quantity, actual: Quantity) -> Earned:
    goal, done = number(target), number(actual)
    assert goal is not None
    assert done is not None
    direction = indicator.direction
    rule = rules.at_most if direction in ("≤", "<") else rules.equal if direction == "=" else rules.at_least
    assumed = "（没有写符号，按≥计）" if indicator.sign_assumed else ""
    inputs = f"目标{direction}{shown(target)}{assumed}，实际{shown(actual, target.unit)}"
    if _reached(direction, goal, done):
        return Earned(FULL, inputs, "达到目标值，得满分", rule.source)
    if goal <= 0:
        return Earned(NONE, inputs, "目标值不大于0，没有比例可算，未达到目标值得0分", rule.source)
    share, formula = _proportion(rule, indicator.weight, printed(goal, target.unit), printed(done, target.unit))
    return Earned(share, inputs, formula, rule.source)


def _reached(direction: str, goal: Fraction, done: Fraction) -> bool:
    """Whether the target is met. With = a higher value meets a target above 0 too, and a value of at most 0 the target 0."""
    match direction:
        case "≥":
            return done >= goal
        case ">":
            return done > goal
        case "≤":
            return done <= goal
        case "<":
            return done < goal
    return done >= goal > 0 or done <= goal == 0 or done == goal


def _proportion(rule: Rule[str], weight: Fraction, goal: Fraction, done: Fraction) -> tuple[Fraction, str]:
    """The share of a row that misses its target above 0, and the formula with its numbers."""
    points, numerator, denominator = exact(weight), exact(done), exact(goal)
    if rule.value == "target_over_actual":
        share = Fraction(goal, done)
        worked = calculation(f"{points}×{denominator}÷{numerator}", weight * share)
        return share, f"超过目标值，按目标值与实际值之比计分：{worked}分"
    if rule.value == "zero_at_double":
        share = max(2 - Fraction(done, goal), NONE)
        words = "超过目标值，按超出比例扣分，到两倍目标值扣完"
        if not share:
            return share, f"{words}：实际值{numerator}不低于两倍目标值{exact(2 * goal)}，得0分"
        return share, f"{words}：{calculation(f'{points}×（2－{numerator}÷{denominator}）', weight * share)}分"
    if done < 0:
        return NONE, "实际完成值为负数，得0分"
    share = Fraction(done, goal)
    return share, f"未达到目标值，按完成比例计分：{calculation(f'{points}×{numerator}÷{denominator}', weight * share)}分"
