"""Figures of the former year that are told otherwise elsewhere. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from helpers.facts import Fact
from helpers.year_over_year.change import PREFIX, is_comparable

FORMER_COLUMN, OWN_COLUMN = "former", "executed"
"""In the tables that state the former year's figure beside this year's: the part of an id that says which of them it is."""


@dataclass(frozen=True)
class Restated:
    """A figure of the former year as its report has it, and as `where` has it; None where one of them has none."""

    reported: Fact | None
    elsewhere: Fact | None
    where: str

    @property
    def subject(self) -> Fact:
        fact = self.reported or self.elsewhere
        assert fact is not None
        return fact


def restated_by_build(archived: Iterable[Fact], built: Iterable[Fact], where: str) -> list[Restated]:
    """Figures that the former year's archive and its present build (`where`) have otherwise."""
    before, after = ({fact.id: fact for fact in facts if is_comparable(fact)} for facts in (archived, built))
    return [
        Restated(before.get(name), after.get(name), where)
        for name in dict.fromkeys([*before, *after])
        if name not in before or name not in after or before[name].figure != after[name].figure
    ]


def restated_by_tables(former: Mapping[str, Fact], current: Iterable[Fact], where: str) -> list[Restated]:
    """Figures that this year's tables state of the former year (`carry_overs.former.amount`) and its report has otherwise."""
    found = []
    for fact in filter(is_comparable, current):
        parts = fact.id.split(".")
        if FORMER_COLUMN not in parts or parts[0] == PREFIX:
            continue
        own = former.get(".".join(OWN_COLUMN if part == FORMER_COLUMN else part for part in parts))
        if own is not None and is_comparable(own) and own.figure != fact.figure:
            found.append(Restated(own, fact, where))
    return found
