"""What is scored and what comes of it: indicators, execution, scores, the scorecard. All numbers exact."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from helpers.facts import Value

Direction = Literal["≥", ">", "=", "≤", "<", "定性"]
Band = Literal["达成", "部分达成", "未达成", ""]
Severity = Literal["错误", "警告", "提示"]


@dataclass(frozen=True)
class Quantity:
    """A value with its unit, as facts hold them: fen for 元 and 万元, a Fraction of one for %, a date for 日期, else a number.

    A qualitative target (有效缓解) is text.
    """

    value: Value
    unit: str


@dataclass(frozen=True)
class Indicator:
    """One row of a self-evaluation table.

    `row` is the row in the file as its user sees it. `weight` in points. A quantity is None where the table does not give
    it; `target_text` and `actual_text` are what stands there. `sign_assumed`: the target has no sign and is read as ≥.
    `band_share` is the share of the weight that a person chose inside the band, 0 to 1, or None. `printed_score` is what the
    table itself holds, or None.
    """

    row: int
    level1: str
    level2: str
    level3: str
    direction: Direction
    target: Quantity | None
    actual: Quantity | None
    weight: Fraction
    sign_assumed: bool = False
    target_text: str = ""
    actual_text: str = ""
    band: Band = ""
    band_share: Fraction | None = None
    evidence: str = ""
    deviation: str = ""
    printed_score: Fraction | None = None


@dataclass(frozen=True)
class ScoringIssue:
    """Something wrong with a row (None: with the whole table), told while everything else is still scored."""

    code: str
    severity: Severity
    row: int | None
    message: str


@dataclass(frozen=True)
class Score:
    """Points of one row: rounded as the rule set says; None while `pending`. `derivation` tells rule, inputs, formula, source."""

    points: Decimal | None
    status: Literal["scored", "pending"]
    derivation: str


@dataclass(frozen=True)
class Execution:
    """The budget's execution: fen, the exact rate, and its score; `issues` where a person has to look at it."""

    budget: int
    executed: int
    rate: Fraction
    score: Score
    issues: tuple[ScoringIssue, ...] = ()


@dataclass(frozen=True)
class Scorecard:
    """A scored table. `total` and `grade` are None while any row is pending or the execution is not given."""

    rules: str
    year: int
    execution: Execution | None
    rows: list[tuple[Indicator, Score]]
    total: Decimal | None
    grade: str | None
    issues: list[ScoringIssue] = field(default_factory=list)
