"""A rule set as its file holds it (`params/rules/*.yml`): each rule a list of values by year, each with its source."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, create_model

from helpers.params import Strict
from helpers.params.forms import form
from helpers.params.model import Name, Text

Year = Annotated[str, form("20[0-9]{2}", '加引号的四位年度，如 "2020"')]
Points = Annotated[int, Field(ge=0, le=100)]
Percent = Annotated[int, Field(ge=0, le=1000)]
SOME = Field(min_length=1)
NONE: Any = Field(default_factory=list)

# `from` is a word of Python, so no class body can declare it, and an alias would hide it from the messages on unknown keys.
_From: type[Strict] = create_model("_From", __base__=Strict, **{"from": (Year, ...)})  # type: ignore[call-overload]


class Source(Strict):
    """Where a value comes from; `verified` where the official text itself was read, not a table or program that applies it."""

    title: Name
    kind: Literal["law", "form", "software"]
    verified: bool


class Dated(_From):  # type: ignore[misc, valid-type]
    """A value that holds from the fiscal year `from` on, until the next one of its list."""

    source: Source

    @property
    def since(self) -> int:
        return int(getattr(self, "from"))


class DatedPoints(Dated):
    """Points out of 100."""

    value: Points


class DatedPercent(Dated):
    """A rate in whole percent."""

    value: Percent


class DatedNumber(Dated):
    """A plain number in the unit of the row."""

    value: Annotated[int, Field(ge=0)]


class DatedExecution(Dated):
    """How the execution rate scores: `proportional`, the weight × B/A, at most the weight."""

    value: Literal["proportional"]


class DatedAtLeast(Dated):
    """How a row ≥ or > scores below its target: `proportional`, the weight × actual/target."""

    value: Literal["proportional"]


class DatedEqual(Dated):
    """How a row = scores: `like_at_least`; where the target is 0 only an actual value of at most 0 is full."""

    value: Literal["like_at_least"]


class DatedAtMost(Dated):
    """How a row ≤ or < scores above its target: down to 0 at twice the target, or the weight × target/actual."""

    value: Literal["zero_at_double", "target_over_actual"]


class DatedDates(Dated):
    """How a date scores: `all_or_nothing`, full on or before the target."""

    value: Literal["all_or_nothing"]


class DatedRounding(Dated):
    """How the points of a row are rounded, once."""

    value: Literal["two_decimals_half_up", "whole_half_up", "whole_truncated"]


class BandRange(Strict):
    """A qualitative band in percent of the weight: `low` included, `high` excluded unless it is 100."""

    name: Literal["达成", "部分达成", "未达成"]
    low: Points
    high: Points


class DatedBands(Dated):
    """All bands, best first."""

    value: list[BandRange]


class GradeFloor(Strict):
    """A grade and the points from which it holds, included."""

    name: Literal["优", "良", "中", "差"]
    floor: Points


class DatedGrades(Dated):
    """All grades, best first."""

    value: list[GradeFloor]


class Group(Strict):
    """The points that all rows of a 一级指标 have together."""

    name: Name
    weight: Annotated[list[DatedPoints], SOME]


class Weights(Strict):
    """Points of the execution rate, and of the groups where the set lays them down."""

    execution: Annotated[list[DatedPoints], SOME]
    groups: Annotated[list[Group], NONE]


class ExecutionRules(Strict):
    """`full_from`: a rate that is enough for all points. `explanation_below`: a rate below which a reason is mandatory."""

    formula: Annotated[list[DatedExecution], SOME]
    full_from: Annotated[list[DatedPercent], NONE]
    explanation_below: Annotated[list[DatedPercent], NONE]


class IndicatorRules(Strict):
    """Formulas by direction, and the shares of the target from which over-achievement is pointed out or needs a reason.

    `reason_from_at_zero_target` is the actual value from which a row with target 0 needs a reason.
    """

    at_least: Annotated[list[DatedAtLeast], SOME]
    equal: Annotated[list[DatedEqual], SOME]
    at_most: Annotated[list[DatedAtMost], SOME]
    dates: Annotated[list[DatedDates], SOME]
    bands: Annotated[list[DatedBands], SOME]
    reminder_from: Annotated[list[DatedPercent], NONE]
    reason_from: Annotated[list[DatedPercent], NONE]
    reason_from_at_zero_target: Annotated[list[DatedNumber], NONE]


class RuleSet(Strict):
    """One rule set."""

    name: Name
    notes: list[Text]
    weights: Weights
    execution: ExecutionRules
    indicators: IndicatorRules
    rounding: Annotated[list[DatedRounding], SOME]
    grades: Annotated[list[DatedGrades], SOME]
