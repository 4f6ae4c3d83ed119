"""Rules over sums: weights, total, funds block. A table that does not print a sum is not reproached for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from helpers.money import round_half_up
from helpers.review.codes import finding
from helpers.review.model import Finding, Reviewed
from helpers.scoring.exact_numbers import exact, percent
from helpers.scoring.printed import FundsRow
from helpers.wording import format_value

PRINTED_PLACES = (0, 1, 2)
"""Points and rates are printed with two decimals at most."""
PRINTED_AMOUNT = 10_000
"""Fen in a hundredth of 万元, to which most tables round their amounts."""
FULL_MARKS_FROM = 5
"""Full marks in fewer rows are no pattern."""

AMOUNTS = {"initial": "年初预算数", "full_year": "全年预算数", "executed": "全年执行数"}
_PARTS = ("财政拨款", "结转", "其他")


def weights_not_100(reviewed: Reviewed) -> Iterator[Finding]:
    """R101. Without points for the execution rate in the table, the indicators have all 100 or leave those of the rule set."""
    if not reviewed.indicators:
        return
    indicators = sum((indicator.weight for indicator in reviewed.indicators), Fraction(0))
    printed = _execution(reviewed, "points")
    execution = reviewed.execution_weight if printed is None else printed
    if indicators + execution != 100 and not (printed is None and indicators == 100):
        yield finding("R101", indicators=exact(indicators), execution=exact(execution))


def total_not_sum(reviewed: Reviewed) -> Iterator[Finding]:
    """R102. Without a score of the execution rate in the table, the total may hold any that this rate can have.

    A total that is printed in fewer decimals than the rows may be rounded.
    """
    printed = reviewed.printed.total
    scores = [indicator.printed_score for indicator in reviewed.indicators if indicator.printed_score is not None]
    if printed is None or printed.score is None or not scores:
        return
    execution = _execution(reviewed, "score")
    rows = sum(scores, Fraction(0))
    room = reviewed.execution_weight if execution is None and _leaves_room(reviewed) else Fraction(0)
    least = rows + (execution or 0)
    rounded = {Fraction(round_half_up(least, places)) for places in PRINTED_PLACES}
    if printed.score not in rounded and not least <= printed.score <= least + room:
        yield finding("R102", [printed.row] if printed.row else [], printed=exact(printed.score), total=exact(least))


def rate_not_quotient(reviewed: Reviewed) -> Iterator[Finding]:
    """R103. The rate is compared in the decimals in which it is printed."""
    for row in reviewed.printed.funds:
        if row.rate is None or row.full_year is None or row.executed is None:
            continue
        if not row.full_year:
            if row.rate:
                yield finding("R103", _rows(row), name=row.label, rate="无（全年预算数为 0）", printed=percent(row.rate))
            continue
        least, most = _rates(row.executed, row.full_year)
        places = next((places for places in PRINTED_PLACES if (row.rate * 10 ** (places + 2)).denominator == 1), None)
        if places is not None:
            least, most = (Fraction(round_half_up(rate * 100, places)) / 100 for rate in (least, most))
        if not least <= row.rate <= most:
            rate = format_value(Fraction(row.executed, row.full_year), "%")
            yield finding("R103", _rows(row), name=row.label, rate=rate, printed=percent(row.rate))


def execution_twice(reviewed: Reviewed) -> Iterator[Finding]:
    """R104. Only the total row, by its name or as the first one, carries the points of the execution rate."""
    rows = reviewed.printed.funds
    total = next((row for row in rows if row.is_total), next(iter(rows), None))
    for row in rows:
        if row is not total and (row.points or row.score):
            yield finding("R104", _rows(row), name=row.label)


def all_full_marks(reviewed: Reviewed) -> Iterator[Finding]:
    """R105."""
    full = [indicator for indicator in reviewed.indicators if indicator.printed_score == indicator.weight]
    if len(full) >= FULL_MARKS_FROM and len(full) == len(reviewed.indicators):
        yield finding("R105", count=len(full))


def funds_not_sum(reviewed: Reviewed) -> Iterator[Finding]:
    """R106. The three kinds of money add to the total, a blank one as nothing; any one kind alone cannot exceed it."""
    for total in reviewed.printed.funds:
        if not total.is_total:
            continue
        parts = [row for row in reviewed.printed.funds if not row.is_total]
        for name, column in AMOUNTS.items():
            whole = getattr(total, name)
            amounts = [amount for row in parts if (amount := getattr(row, name)) is not None]
            if whole is None or not amounts:
                continue
            differs = _complete(parts) and abs(sum(amounts) - whole) > PRINTED_AMOUNT * len(_PARTS)
            if differs or max(amounts) > whole + PRINTED_AMOUNT:
                shown = {"total": format_value(whole, "万元"), "parts": format_value(sum(amounts), "万元")}
                yield finding("R106", _rows(total), name=total.label, column=column, **shown)


def score_out_of_range(reviewed: Reviewed) -> Iterator[Finding]:
    """R107."""
    for indicator in reviewed.indicators:
        score = indicator.printed_score
        if score is not None and not 0 <= score <= indicator.weight:
            given = {"score": exact(score), "weight": exact(indicator.weight)}
            yield finding("R107", [indicator.row], name=indicator.level3, **given)


def _execution(reviewed: Reviewed, column: str) -> Fraction | None:
    """Points or score of the execution rate: of the total row of the funds, else of a row among the indicators."""
    for row in reviewed.printed.funds:
        value: Fraction | None = getattr(row, column)
        if row.is_total and value is not None:
            return value
    for among in reviewed.printed.execution:
        return among.weight if column == "points" else among.score
    return None


def _rates(executed: int, full_year: int) -> tuple[Fraction, Fraction]:
    """Least and highest rate that two amounts stand for, rounded to a hundredth of 万元 where they look so."""
    rounded = executed and not executed % PRINTED_AMOUNT and not full_year % PRINTED_AMOUNT
    half = Fraction(PRINTED_AMOUNT if rounded else 0, 2)
    return (executed - half) / (full_year + half), (executed + half) / (full_year - half)


def _leaves_room(reviewed: Reviewed) -> bool:
    return sum((indicator.weight for indicator in reviewed.indicators), Fraction(0)) < 100


def _complete(parts: Sequence[FundsRow]) -> bool:
    return len(parts) == len(_PARTS) and all(any(kind in row.label for row in parts) for kind in _PARTS)


def _rows(row: FundsRow) -> list[int]:
    return [row.row] if row.row else []
