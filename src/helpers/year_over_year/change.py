"""The same figure in two years: which facts are the same, and by how much they changed. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from helpers.facts import YEAR_FACT, Fact, Value, difference
from helpers.money import ratio

PREFIX = "year_over_year"
"""Facts below it are changes themselves."""
POINTS_OF_PERCENT = "个百分点"
Number = int | Decimal | Fraction

_PLACE = re.compile(r"\.(n|row)[0-9]+(?=\.)")


def key_of(fact_id: str, label: str) -> tuple[str, str]:
    """What makes facts of two years the same: the id; of one that counts rows (`indicator.n3.score`) the label in its place."""
    known = _PLACE.sub(r".\1*", fact_id)
    return (known, label) if known != fact_id else (fact_id, "")


def is_comparable(fact: Fact) -> bool:
    """Whether a fact is an amount, a count or a rate that another year may have too; what rounding left of a table is none."""
    return is_number(fact.value) and fact.id != YEAR_FACT and not fact.id.startswith(f"{PREFIX}.") and ".footing." not in fact.id


def is_number(value: Value) -> bool:
    """Whether a value can be subtracted."""
    return isinstance(value, int | Decimal | Fraction)


@dataclass(frozen=True)
class Change:
    """A figure of the current year beside that of the former one, in the same unit."""

    former: Fact
    current: Fact

    @property
    def unit(self) -> str:
        return self.current.unit

    @property
    def unit_of_difference(self) -> str:
        return POINTS_OF_PERCENT if self.unit == "%" else self.unit

    @property
    def difference(self) -> Number:
        """The current value less the former one; of rates in percentage points."""
        gap = difference(self.current.value, self.former.value)
        assert gap is not None
        return Fraction(gap) * 100 if self.unit == "%" else gap

    @property
    def rate(self) -> Fraction | None:
        """By what share of the former value it changed; None of a rate, or where the former value is not above zero."""
        former = self.former.value
        if self.unit == "%" or not isinstance(former, int | Decimal | Fraction) or former <= 0:
            return None
        return ratio(Fraction(self.difference), Fraction(former))


@dataclass(frozen=True)
class Comparison:
    """All figures of two years: those of both, and those that one of them alone has."""

    changes: tuple[Change, ...]
    only_former: tuple[Fact, ...]
    only_current: tuple[Fact, ...]


def compare_facts(former: Iterable[Fact], current: Iterable[Fact]) -> Comparison:
    """The comparable facts of two years side by side, in the order of the current year; one with another unit, or without a
    value in one year, stands among those of the other year alone.
    """
    known = {key_of(fact.id, fact.label): fact for fact in former if is_comparable(fact)}
    changes: list[Change] = []
    alone: list[Fact] = []
    for fact in filter(is_comparable, current):
        key = key_of(fact.id, fact.label)
        if key in known and known[key].unit == fact.unit:
            changes.append(Change(known.pop(key), fact))
        else:
            alone.append(fact)
    return Comparison(tuple(changes), tuple(known.values()), tuple(alone))
