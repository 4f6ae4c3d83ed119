"""The score of two years step by step: what achieved figures, the table of indicators and the rules each changed. Pure, exact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

import pandas as pd

from helpers.facts import Ledger
from helpers.scoring.engine import score_table
from helpers.scoring.from_facts import indicators_of
from helpers.scoring.model import Indicator, Scorecard
from helpers.scoring.rules import Rules

EXECUTION = "预算执行率"
STEPS = ("实际完成", "指标、目标值和分值", "评分规则")
"""What is changed in each step, from the former year to the current one."""


@dataclass(frozen=True)
class ScoreLine:
    """The points of one indicator, or of the execution rate: in the former year and after each step, at last the current year's.

    None where it is pending; an indicator of one year alone has none in the other, which counts as nothing.
    """

    name: str
    points: tuple[Decimal | None, ...]
    in_former: bool
    in_current: bool

    @property
    def steps(self) -> tuple[Decimal, ...] | None:
        """By how much each step changed the points; None where they are pending anywhere."""
        if any(points is None for points in self.points):
            return None
        known = [points for points in self.points if points is not None]
        return tuple(after - before for before, after in pairwise(known))


@dataclass(frozen=True)
class ScoreBridge:
    """The lines; `former` and `current` are the totals, None where pending; `steps` lead exactly from one to the other where both
    are known, else they are None.
    """

    lines: tuple[ScoreLine, ...]
    former: Decimal | None
    current: Decimal | None

    @property
    def steps(self) -> tuple[Decimal, ...] | None:
        if self.former is None or self.current is None:
            return None
        each = [line.steps for line in self.lines]
        known = [steps for steps in each if steps is not None]
        return tuple(sum(step, Decimal(0)) for step in zip(*known, strict=True)) if len(known) == len(each) else None


@dataclass(frozen=True)
class Scored:
    """What a year's score is made of."""

    facts: Ledger
    indicators: pd.DataFrame
    rules: Rules


def score_bridge(former: Scored, current: Scored) -> ScoreBridge | None:
    """The bridge, each step by the same engine: the former indicators with the current figures, the current indicators, then the
    current rules. Indicators are the same by their name. None where a name stands twice, or the engine does not come to
    the scores that were recorded.
    """
    before, after = (_card(one, one.rules) for one in (former, current))
    if not (_as_recorded(before, former.facts) and _as_recorded(after, current.facts)):
        return None
    between = _card(current, former.rules)
    old, new = ({indicator.level3: indicator for indicator, _ in card.rows} for card in (before, after))
    if len(old) < len(before.rows) or len(new) < len(after.rows):
        return None
    achieved = [_achieved(indicator, new[name]) for name, indicator in old.items() if name in new]
    first = score_table(former.rules, achieved, None, None)
    points = [_points(card) for card in (before, first, between, after)]
    lines = []
    for name in dict.fromkeys([*old, *new]):
        known = [each.get(name) for each in points]
        if name not in new:
            known = [known[0], known[0], Decimal(0), Decimal(0)]
        elif name not in old:
            known = [Decimal(0), Decimal(0), known[2], known[3]]
        lines.append(ScoreLine(name, tuple(known), name in old, name in new))
    lines.append(_execution(before, between, after))
    return ScoreBridge(tuple(lines), before.total, after.total)


def _card(year: Scored, rules: Rules) -> Scorecard:
    values = [year.facts[f"scorecard.total.{name}"].value for name in ("full_year", "paid")]
    budget, executed = (value if isinstance(value, int) else None for value in values)
    given = (budget, executed) if budget is not None and executed is not None else (None, None)
    return score_table(rules, indicators_of(year.indicators, year.facts), *given)


def _achieved(indicator: Indicator, current: Indicator) -> Indicator:
    """An indicator of the former year with what was achieved in the current one."""
    return replace(
        indicator,
        actual=current.actual,
        actual_text=current.actual_text,
        band=current.band,
        band_share=current.band_share,
        evidence=current.evidence,
        deviation=current.deviation,
    )


def _points(card: Scorecard) -> Mapping[str, Decimal | None]:
    return {indicator.level3: score.points for indicator, score in card.rows}


def _execution(before: Scorecard, between: Scorecard, after: Scorecard) -> ScoreLine:
    found = [card.execution.score.points if card.execution else None for card in (before, between, between, after)]
    return ScoreLine(EXECUTION, tuple(found), in_former=True, in_current=True)


def _as_recorded(card: Scorecard, facts: Ledger) -> bool:
    recorded = [facts[f"indicator.n{number}.score"].value for number in range(1, len(card.rows) + 1)]
    return recorded == [score.points for _, score in card.rows] and facts["scorecard.total.score"].value == card.total
