"""The explicit list of numbers that need no fact: patterns, each with its reason and the places where it holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from helpers.proof.numerals import NUMERAL, numerals
from helpers.proof.passages import Passage

LIST = Path(__file__).with_name("allowed_numerals.yml")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class Allowance:
    """Where `pattern` matches, the numbers within are no figures of the report. `places` are kinds and parts of
    passages; none means all.
    """

    reason: str
    pattern: re.Pattern[str]
    places: frozenset[str] = frozenset()

    def holds_in(self, passage: Passage) -> bool:
        return not self.places or bool(self.places & {passage.kind, passage.part})

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        return (found.span() for found in self.pattern.finditer(text))


@cache
def general_allowances() -> tuple[Allowance, ...]:
    """The list of the package, `allowed_numerals.yml`."""
    entries = yaml.safe_load(LIST.read_text("utf-8"))
    return tuple(Allowance(entry["reason"], _listed(entry), frozenset(entry.get("in", ()))) for entry in entries)


def named(reason: str, names: Iterable[str], places: Iterable[str] = ()) -> list[Allowance]:
    """An allowance for names as they stand, if any holds a number. One that is nothing but a number is no name."""
    with_numbers = {name for name in names if any(numerals(name)) and _LETTER.search(NUMERAL.sub("", name))}
    return [Allowance(reason, _pattern(_literal(with_numbers)), frozenset(places))] if with_numbers else []


def _listed(entry: Mapping[str, Any]) -> re.Pattern[str]:
    return _pattern([*_literal(entry.get("words", "").split()), *entry.get("patterns", ())])


def _literal(words: Iterable[str]) -> list[str]:
    """The longest first, since the first that fits is taken."""
    return [re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))]


def _pattern(alternatives: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{alternative})" for alternative in alternatives))
