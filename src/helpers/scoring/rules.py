"""Rule sets as data: read from a file, and the plain values that are in force in one year, each with its source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Generic, TypeVar

from helpers.issue import InputsInvalid, Issue
from helpers.params import load_model
from helpers.scoring.rule_checks import contradictions
from helpers.scoring.rule_set import RuleSet, Source

T = TypeVar("T")

KINDS = {"law": "规定", "form": "表样", "software": "软件做法"}
"""What a source is, as derivations print it."""


@dataclass(frozen=True)
class Rule(Generic[T]):
    """A value in force since the fiscal year `since`; `source` is what derivations print of its source."""

    value: T
    since: int
    source: str


@dataclass(frozen=True)
class Rules:
    """What a rule set lays down for one year. Weights in points; rates and bands as fractions of one; grades best first.

    `groups` (points of each 一级指标) is None where the set lays none down. `full_from`, `explanation_below`, `reminder_from`,
    `reason_from` and `reason_from_at_zero_target` are None where the set has no such rule. A band is low (included) and high
    (excluded unless it is 1) by its name.
    """

    id: str
    name: str
    year: int
    notes: tuple[str, ...]
    execution_weight: Rule[int]
    groups: Mapping[str, Rule[int]] | None
    execution: Rule[str]
    full_from: Rule[Fraction] | None
    explanation_below: Rule[Fraction] | None
    at_least: Rule[str]
    equal: Rule[str]
    at_most: Rule[str]
    dates: Rule[str]
    bands: Rule[Mapping[str, tuple[Fraction, Fraction]]]
    reminder_from: Rule[Fraction] | None
    reason_from: Rule[Fraction] | None
    reason_from_at_zero_target: Rule[int] | None
    rounding: Rule[str]
    grades: Rule[tuple[tuple[str, int], ...]]


@dataclass(frozen=True)
class RuleBook:
    """A rule set over all years; `id` is the name of its file."""

    id: str
    rule_set: RuleSet

    @property
    def name(self) -> str:
        return self.rule_set.name

    def in_force(self, year: int) -> Rules:
        """The values that hold in a fiscal year. Raises InputsInvalid (S100) where the set begins later."""
        weights, execution, indicators = self.rule_set.weights, self.rule_set.execution, self.rule_set.indicators
        required = [*(group.weight for group in weights.groups), weights.execution, execution.formula]
        required += [indicators.at_least, indicators.equal, indicators.at_most, indicators.dates, indicators.bands]
        required += [self.rule_set.rounding, self.rule_set.grades]
        first = max(dated[0].since for dated in required)
        if year < first:
            raise InputsInvalid([self._too_early(year, first)])
        return Rules(
            id=self.id,
            name=self.name,
            year=year,
            notes=tuple(self.rule_set.notes),
            execution_weight=_held(weights.execution, year),
            groups={group.name: _held(group.weight, year) for group in weights.groups} or None,
            execution=_held(execution.formula, year),
            full_from=_share(execution.full_from, year),
            explanation_below=_share(execution.explanation_below, year),
            at_least=_held(indicators.at_least, year),
            equal=_held(indicators.equal, year),
            at_most=_held(indicators.at_most, year),
            dates=_held(indicators.dates, year),
            bands=_bands(_held(indicators.bands, year)),
            reminder_from=_share(indicators.reminder_from, year),
            reason_from=_share(indicators.reason_from, year),
            reason_from_at_zero_target=_optional(indicators.reason_from_at_zero_target, year),
            rounding=_held(self.rule_set.rounding, year),
            grades=_grades(_held(self.rule_set.grades, year)),
        )

    def _too_early(self, year: int, first: int) -> Issue:
        message = f"规则集“{self.id}”自 {first} 年度起才有全部规定，不能用于 {year} 年度。"
        mend = f"请改用适用于 {year} 年度的规则集，或在文件中补上当时的规定和依据。"
        return Issue("S100", "错误", f"rules/{self.id}.yml", message, mend)


def load_rules(name_or_path: str | Path, folder: Path) -> RuleBook:
    """The rule set of a name in `folder` (`params/rules`), or of a file given by its path (`own/rules.yml`).

    Raises InputsInvalid with every mistake in the file (codes E600 to E609), or with the known names.
    """
    path = Path(name_or_path)
    if path.suffix not in (".yml", ".yaml"):
        known = sorted(file.stem for file in folder.glob("*.yml"))
        if str(name_or_path) not in known:
            message = f"没有名为“{name_or_path}”的规则集。"
            mend = f"可用的规则集：{'、'.join(known) or '无'}；也可写规则文件的路径（以 .yml 结尾）。"
            raise InputsInvalid([Issue("E600", "错误", f"rules/{name_or_path}.yml", message, mend)])
        path = folder.joinpath(f"{name_or_path}.yml")
    return RuleBook(path.stem, load_model(path, RuleSet, contradictions))


def _held(dated: Sequence[Any], year: int) -> Rule[Any]:
    """The last value of a list, in the order of years, that begins no later than `year`."""
    item = [item for item in dated if item.since <= year][-1]
    return Rule(item.value, item.since, _source_text(item.source, item.since))


def _optional(dated: Sequence[Any], year: int) -> Rule[Any] | None:
    return _held(dated, year) if any(item.since <= year for item in dated) else None


def _share(dated: Sequence[Any], year: int) -> Rule[Fraction] | None:
    rule = _optional(dated, year)
    return rule and Rule(Fraction(rule.value, 100), rule.since, rule.source)


def _bands(rule: Rule[Any]) -> Rule[Mapping[str, tuple[Fraction, Fraction]]]:
    bands = {band.name: (Fraction(band.low, 100), Fraction(band.high, 100)) for band in rule.value}
    return Rule(bands, rule.since, rule.source)


def _grades(rule: Rule[Any]) -> Rule[tuple[tuple[str, int], ...]]:
    return Rule(tuple((grade.name, grade.floor) for grade in rule.value), rule.since, rule.source)


def _source_text(source: Source, since: int) -> str:
    read = "已核对原文" if source.verified else "未核对原文"
    return f"{source.title}（{KINDS[source.kind]}，{read}，自{since}年度起）"
