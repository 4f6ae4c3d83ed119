"""What facts.json and checks.json hold, and how each value in them may be printed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from helpers.facts import decode
from helpers.proof.numerals import numerals
from helpers.wording import exact_text, format_value, unrounded_text

Entry = Mapping[str, Any]
WORDED = {"id", "label", "formula", "table", "filter", "message"}
"""Keys of both files that hold words and names."""


def printed_forms(value: str | None, unit: str) -> frozenset[str]:
    """How a value of facts.json or checks.json is printed: as prose (925万元), and as a table cell (925.00)."""
    exact = decode(value)
    return frozenset({format_value(exact, unit), format_value(exact, unit, "cell")})


@dataclass(frozen=True)
class Recorded:
    """The contents of the two files: facts by id, checks in order."""

    facts: Mapping[str, Entry]
    checks: tuple[Entry, ...] = ()

    @classmethod
    def read(cls, facts: bytes, checks: bytes) -> Recorded:
        """Raises json.JSONDecodeError or KeyError where a file is not what a run writes."""
        entries = {entry["id"]: entry for entry in json.loads(facts)["facts"]}
        return cls(entries, tuple(json.loads(checks)["checks"]))

    @cached_property
    def forms(self) -> dict[str, frozenset[str]]:
        """The printed forms of each fact."""
        return {name: printed_forms(fact["value"], fact["unit"]) for name, fact in self.facts.items()}

    def label(self, fact: str) -> str:
        """How a message names a fact."""
        return f"“{self.facts[fact]['label']}”（{fact}）" if fact in self.facts else f"“{fact}”"

    def shown(self, fact: str) -> str:
        """The value of a fact as prose prints it."""
        return format_value(decode(self.facts[fact]["value"]), self.facts[fact]["unit"])

    @cached_property
    def sides(self) -> frozenset[str]:
        """The printed forms of both sides and the difference of each check."""
        sides = ("left", "right", "difference")
        return frozenset(form for check in self.checks for side in sides for form in printed_forms(check[side], check["unit"]))

    @cached_property
    def counts(self) -> frozenset[str]:
        """How many checks there are of each family, and how many with each verdict."""
        families = []
        for check in self.checks:
            _, side, rest = check["id"].split(".", 2)
            families.append((side, rest.partition(".")[0], check["verdict"]))
        whole = Counter(family[:2] for family in families)
        return frozenset(map(str, (0, *whole.values(), *Counter(families).values())))

    @cached_property
    def words(self) -> frozenset[str]:
        """What both files say in words: names, formulas, filters, messages."""
        return frozenset(text for key, text in self._texts if key in WORDED)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Every number in either file, the exact values of facts as an entry of the register may write them out, and how many
        facts there are of each origin.
        """
        origins = Counter(fact["origin"] for fact in self.facts.values())
        texts = [text for _, text in self._texts] + [str(count) for count in (len(self.facts), *origins.values())]
        texts += [
            in_full(decode(fact["value"]), fact["unit"])
            for fact in self.facts.values()
            for in_full in (exact_text, unrounded_text)
        ]
        return frozenset(text[start:end] for text in texts for start, end in numerals(text))

    @cached_property
    def hashes(self) -> frozenset[str]:
        """SHA-256 of the tables behind the facts."""
        return frozenset(text for key, text in self._texts if key == "sha256")

    @cached_property
    def _texts(self) -> frozenset[tuple[str, str]]:
        return frozenset(_flat([*self.facts.values(), *self.checks]))


def _flat(content: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Every text and number of a JSON value, with the key that it stands under."""
    if isinstance(content, Mapping):
        for name, value in content.items():
            yield from _flat(value, name)
    elif isinstance(content, Sequence) and not isinstance(content, str):
        for value in content:
            yield from _flat(value, key)
    elif content is not None:
        yield key, str(content)
