"""Rules over single indicators and over indicators that repeat each other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from helpers.money import FEN_PER_UNIT
from helpers.review.codes import finding
from helpers.review.model import Finding, Reviewed
from helpers.review.words import (
    ADVERSE,
    BROUGHT_IN,
    LEVEL2_KINDS,
    LEVEL3_ENDINGS,
    NO_REASON,
    PAYMENT,
    SAVINGS,
    SURVEY,
    WRONG_UNDER,
)
from helpers.scoring.exact_numbers import dimension, exact, is_measurement, number, percent, shown
from helpers.scoring.model import Indicator

_DATE = re.compile(r"[0-9]{4}\s*[年./-]\s*[0-9]{1,2}")

REASON_FROM = Fraction(130, 100)
"""Share of the target from which over-achievement needs a reason (domain practice; no score is cut for it)."""


def points_for_nothing(reviewed: Reviewed) -> Iterator[Finding]:
    """R201. No actual value, or none of what had to be reached; 0 against an upper limit is an achievement."""
    for indicator in reviewed.indicators:
        if not indicator.printed_score:
            continue
        if _is_blank(indicator):
            actual = "没有填报实际完成值"
        elif _nothing_done(indicator):
            actual = "实际完成值为 0"
        else:
            continue
        yield finding("R201", [indicator.row], name=indicator.level3, actual=actual, score=exact(indicator.printed_score))


def missed_without_reason(reviewed: Reviewed) -> Iterator[Finding]:
    """R202."""
    for indicator in reviewed.indicators:
        if _explained(indicator):
            continue
        if indicator.direction == "定性":
            if indicator.band in ("部分达成", "未达成"):
                given = {"target": indicator.target_text or "（定性）", "actual": indicator.band}
                yield finding("R202", [indicator.row], name=indicator.level3, **given)
        elif indicator.target and indicator.actual and _missed(indicator):
            given = {"target": indicator.direction + shown(indicator.target), "actual": shown(indicator.actual)}
            yield finding("R202", [indicator.row], name=indicator.level3, **given)


def exceeded_without_reason(reviewed: Reviewed) -> Iterator[Finding]:
    """R203. Staying far below an upper limit is no over-achievement."""
    for indicator in reviewed.indicators:
        numbers = _numbers(indicator)
        if _explained(indicator) or numbers is None or indicator.direction not in ("≥", ">", "="):
            continue
        target, actual = numbers
        if target > 0 and actual / target >= REASON_FROM:
            yield finding("R203", [indicator.row], name=indicator.level3, rate=percent(actual / target))


def cost_at_least(reviewed: Reviewed) -> Iterator[Finding]:
    """R204. Savings are the better the higher they are; a target that nobody can read says no direction."""
    for indicator in reviewed.indicators:
        cost = indicator.target is not None and "成本" in indicator.level1 + indicator.level2
        if cost and indicator.direction in ("≥", ">") and not any(word in indicator.level3 for word in SAVINGS):
            yield finding("R204", [indicator.row], name=indicator.level3, direction=indicator.direction)


def date_among_numbers(reviewed: Reviewed) -> Iterator[Finding]:
    """R205. A deadline belongs to 时效. Where 二级指标 says no kind, only a unit of its own makes it a row of numbers."""
    for indicator in reviewed.indicators:
        kind = _kind_of_level2(indicator.level2)
        if kind == "时效指标" or not _is_date(indicator):
            continue
        if kind or indicator.target is None:
            yield finding("R205", [indicator.row], name=indicator.level3, target=indicator.target_text, kind=kind or "数值行")


def repeated_indicator(reviewed: Reviewed) -> Iterator[Finding]:
    """R206. One name under two 二级指标 (一级, where there is none); twice under one of them it may stand for two programmes."""
    places: dict[str, list[Indicator]] = defaultdict(list)
    for indicator in reviewed.indicators:
        places["".join(indicator.level3.split())].append(indicator)
    for same in places.values():
        if not same[0].level3 or len({indicator.level2 or indicator.level1 for indicator in same}) == 1:
            continue
        parents = dict.fromkeys(f"“{indicator.level1}—{indicator.level2}”" for indicator in same)
        yield finding("R206", [indicator.row for indicator in same], name=same[0].level3, parents="和".join(parents))


def wrong_parent(reviewed: Reviewed) -> Iterator[Finding]:
    """R207. Told by how the name ends. A count of what should not happen may measure any quality."""
    for indicator in reviewed.indicators:
        if any(word in indicator.level3 for word in ADVERSE):
            continue
        kind = next((kind for kind, endings in LEVEL3_ENDINGS if indicator.level3.endswith(endings)), None)
        if kind and _kind_of_level2(indicator.level2) in WRONG_UNDER[kind]:
            yield finding("R207", [indicator.row], name=indicator.level3, kind=kind, level2=indicator.level2)


def payment_as_quantity(reviewed: Reviewed) -> Iterator[Finding]:
    """R208. Told by the name, or by a unit of money; money that the work brings in is what it achieves."""
    for indicator in reviewed.indicators:
        if _kind_of_level2(indicator.level2) != "数量指标":
            continue
        in_money = indicator.target is not None and indicator.target.unit in FEN_PER_UNIT
        brought_in = any(word in indicator.level3 for word in BROUGHT_IN)
        if not brought_in and (in_money or PAYMENT.fullmatch(indicator.level3)):
            yield finding("R208", [indicator.row], name=indicator.level3)


def actual_is_target(reviewed: Reviewed) -> Iterator[Finding]:
    """R209 where the actual value is written like a target (``≥95%``); R210 where a qualitative row just repeats its target."""
    for indicator in reviewed.indicators:
        actual = indicator.actual_text.strip()
        if indicator.direction != "定性":
            if actual and not is_measurement(actual):
                yield finding("R209", [indicator.row], name=indicator.level3, actual=actual)
        elif actual and actual == indicator.target_text.strip() and not indicator.evidence:
            yield finding("R210", [indicator.row], name=indicator.level3)


def satisfaction_unproven(reviewed: Reviewed) -> Iterator[Finding]:
    """R211. A table without a column for evidence may name the survey wherever it writes of the row."""
    for indicator in reviewed.indicators:
        asked = "满意" in indicator.level1 + indicator.level2 or indicator.level3.endswith(("满意度", "满意率"))
        claimed = not _is_blank(indicator) or bool(indicator.printed_score)
        if asked and claimed and not SURVEY.search(indicator.evidence + indicator.deviation + indicator.actual_text):
            yield finding("R211", [indicator.row], name=indicator.level3)


def _is_blank(indicator: Indicator) -> bool:
    return indicator.actual is None and not indicator.actual_text.strip() and not indicator.band


def _explained(indicator: Indicator) -> bool:
    return bool(indicator.deviation) and not NO_REASON.fullmatch(indicator.deviation)


def _nothing_done(indicator: Indicator) -> bool:
    numbers = _numbers(indicator)
    return numbers is not None and indicator.direction in ("≥", ">", "=") and numbers[0] > 0 and numbers[1] == 0


def _is_date(indicator: Indicator) -> bool:
    """Whether the target is a date, or reads like one where the row's unit let nobody read it."""
    if indicator.target is None:
        return bool(_DATE.search(indicator.target_text))
    return isinstance(indicator.target.value, date)


def _missed(indicator: Indicator) -> bool:
    target, actual = indicator.target, indicator.actual
    if target and actual and isinstance(target.value, date) and isinstance(actual.value, date):
        return actual.value > target.value
    numbers = _numbers(indicator)
    if numbers is None:
        return False
    goal, done = numbers
    match indicator.direction:
        case "≤":
            return done > goal
        case "<":
            return done >= goal
        case ">":
            return done <= goal
    return done < goal or (indicator.direction == "=" and goal == 0 < done)


def _numbers(indicator: Indicator) -> tuple[Fraction, Fraction] | None:
    """Target and actual as numbers of one dimension."""
    if indicator.direction == "定性" or indicator.target is None or indicator.actual is None:
        return None
    target, actual = number(indicator.target), number(indicator.actual)
    if target is None or actual is None or dimension(indicator.target.unit) != dimension(indicator.actual.unit):
        return None
    return target, actual


def _kind_of_level2(level2: str) -> str:
    return next((kind for word, kind in LEVEL2_KINDS if word in level2), "")
