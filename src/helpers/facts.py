"""The ledger: named figures with unit, value, origin and lineage."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction
from itertools import accumulate
from typing import Any

Value = int | Decimal | Fraction | date | str | None

ORIGINS = ("missing", "synthetic", "parameter", "published", "ledger")
"""From weakest to strongest: a fact takes the weakest origin of its sources."""

ORIGIN_NAMES = {
    "ledger": "原始记录",
    "published": "已公布数",
    "parameter": "部门陈述",
    "synthetic": "演示数据",
    "missing": "待补",
}

YEAR_FACT = "report.year"
"""The fact that each section has without recording it."""

_ID = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")


class FactError(Exception):
    """A fact that cannot be recorded or read; the message is for analysts, in Chinese."""


@dataclass(frozen=True)
class Figure:
    """A value with its unit, without a record of where it comes from; `value` and `unit` as in `Fact`."""

    value: Value
    unit: str


@dataclass(frozen=True)
class Source:
    """Rows behind a fact: `rows_kept` of `rows_read` rows of a table with that SHA-256, chosen by `filter` (in words)."""

    table: str
    sha256: str
    rows_kept: int
    rows_read: int
    filter: str


@dataclass(frozen=True)
class Fact:
    """One named figure.

    `value` is int, Decimal, Fraction, date, text or None (missing). Units 元, 万元 and 亿元 mean money: the value is
    integer fen. Unit % means a ratio: the value is a Fraction, 1 for 100 %. `display` is what prose prints.
    `recomputed_from` is the origin of the records that gave the same value as a published figure.
    """

    id: str
    label: str
    value: Value
    unit: str
    display: str
    origin: str
    recomputed_from: str | None
    formula: str
    sources: tuple[Source, ...]
    section: int

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.id):
            raise FactError(f"事实编号“{self.id}”不合规则：应为小写英文、数字和下划线，用点分段，如 special.budget.amount。")
        if self.origin not in ORIGINS:
            raise FactError(f"事实“{self.id}”的来源“{self.origin}”不在 {'、'.join(ORIGINS)} 之中。")

    @property
    def figure(self) -> Figure:
        """Its value and unit alone."""
        return Figure(self.value, self.unit)

    def to_json(self) -> dict[str, Any]:
        """JSON-ready form; the value is text (see `encode`)."""
        return vars(self) | {"value": encode(self.value), "sources": [dict(vars(source)) for source in self.sources]}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Fact:
        """The fact behind `to_json`; further keys of facts.json (cell, printed_in) are ignored."""
        known = {name: data[name] for name in cls.__dataclass_fields__}
        known["value"] = decode(known["value"])
        known["sources"] = tuple(Source(**source) for source in known["sources"])
        return cls(**known)


def encode(value: Value) -> str | None:
    """A value as text: fractions as ``n/d``, dates as ISO 8601."""
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if isinstance(value, date):
        return value.isoformat()
    return None if value is None else str(value)


def decode(text: str | None) -> Value:
    """The value behind `encode`: the form of the text tells its type."""
    if text is None:
        return None
    if re.fullmatch(r"-?\d+", text):
        return int(text)
    if re.fullmatch(r"-?\d+/\d+", text):
        return Fraction(text)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return date.fromisoformat(text)
    if re.fullmatch(r"-?\d+\.\d+", text):
        return Decimal(text)
    return text


def weakest(origins: Iterable[str]) -> str:
    """The weakest of the origins; `parameter` where there is none, since then only the department stated it."""
    return min(origins, key=ORIGINS.index, default="parameter")


class Ledger:
    """Facts by id. An id is recorded once, and no id is a dotted prefix of another, so that templates can nest them."""

    def __init__(self, facts: Iterable[Fact] = ()) -> None:
        self._facts: dict[str, Fact] = {}
        self._below: dict[str, str] = {}
        for fact in facts:
            self.add(fact)

    def add(self, fact: Fact) -> None:
        """Record a fact. Raises FactError on a second record or on an id that nests with another."""
        known = self._facts.get(fact.id)
        if known is not None:
            raise FactError(f"事实“{fact.id}”已在第 {known.section} 部分记录过一次；请改用 section.fact 读取。")
        stems = list(accumulate(fact.id.split("."), "{}.{}".format))[:-1]
        other = self._below.get(fact.id) or next((stem for stem in stems if stem in self._facts), None)
        if other is not None:
            raise FactError(f"事实编号“{fact.id}”与“{other}”互为前缀；请改名，使任何编号都不是另一编号的前段。")
        self._facts[fact.id] = fact
        self._below |= dict.fromkeys(stems, fact.id)

    def __getitem__(self, fact_id: str) -> Fact:
        try:
            return self._facts[fact_id]
        except KeyError:
            raise FactError(f"没有事实“{fact_id}”。{self._nearest(fact_id)}") from None

    def __contains__(self, fact_id: str) -> bool:
        return fact_id in self._facts

    def __iter__(self) -> Iterator[Fact]:
        return iter(self._facts.values())

    def __len__(self) -> int:
        return len(self._facts)

    def get(self, fact_id: str) -> Fact | None:
        """The fact, or None."""
        return self._facts.get(fact_id)

    def _nearest(self, fact_id: str) -> str:
        near = get_close_matches(fact_id, self._facts, n=3)
        return f"相近的编号：{'、'.join(near)}。" if near else "请检查编号，或先运行记录它的部分。"


def total(facts: Iterable[Fact]) -> Value:
    """The exact sum of facts, None where one of them is missing or no number."""
    values = [fact.value for fact in facts]
    if not all(isinstance(value, int | Decimal | Fraction) for value in values):
        return None
    exact = sum((Fraction(value) for value in values), Fraction(0))  # type: ignore[arg-type]
    return exact.numerator if exact.denominator == 1 else exact


def difference(left: Value, right: Value) -> int | Fraction | None:
    """The exact difference of two values, None where one is missing or no number."""
    numeric = (int, Decimal, Fraction)
    if not isinstance(left, numeric) or not isinstance(right, numeric):
        return None
    gap = Fraction(left) - Fraction(right)
    return gap.numerator if gap.denominator == 1 else gap


def confirm(fact: Fact, published: Fact | None, tolerance: Value) -> Fact:
    """The fact as printed: where a published figure of the same id equals it within `tolerance`, it prints as published.

    A fact without value (its records are absent) takes the published value; one that differs stays as computed, and the
    control-total check reports it.
    """
    if published is None:
        return fact
    if fact.value is None:
        return replace(
            fact, value=published.value, display=published.display, origin="published", formula=published.formula, sources=()
        )
    if agrees(fact.value, published.value, tolerance):
        recomputed = fact.origin if fact.origin != "published" else None
        return replace(fact, origin="published", recomputed_from=recomputed)
    return fact


def agrees(left: Value, right: Value, tolerance: Value = 0) -> bool:
    """Whether two values are equal, numbers within `tolerance` (fen for money, ratio for %, else the unit itself)."""
    numeric = (int, Decimal, Fraction)
    if isinstance(left, numeric) and isinstance(right, numeric):
        allowed = Fraction(tolerance) if isinstance(tolerance, numeric) else Fraction(0)
        return abs(Fraction(left) - Fraction(right)) <= allowed
    return left == right
