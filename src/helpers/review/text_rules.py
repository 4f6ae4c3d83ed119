"""Rules over the text: what is foreign to it, what was copied, what contradicts the tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from fractions import Fraction

from helpers.facts import Fact
from helpers.money import FEN_PER_UNIT, FEN_PER_YUAN, round_half_up
from helpers.review.codes import finding
from helpers.review.model import Finding, Paragraph, Reviewed
from helpers.review.words import ANY_REPORT, COMMITTEE, NO_OFFICE, OFFICE, SELF
from helpers.scoring.exact_numbers import percent
from helpers.wording import trim

SIMILAR_FROM = 0.95
"""difflib ratio from which a paragraph counts as taken over; a paragraph rewritten with the same facts stays well below."""
SHORTEST_COMPARED = 30
"""Shorter sentences are alike in every year."""
LONGEST_NAME = 10
TAIL = 3
"""Characters of a department's name that tell it: 民政厅, 教育局."""
START = 16

_TITLE = re.compile("《[^》]*》")
_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2}|二[〇零○]{1}[〇零○一二三四五六七八九]{2})\s*年")
_CHINESE_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_MONEY = re.compile(r"(?<![0-9.])([0-9][0-9,，]*(?:\.[0-9]+)?)\s*(亿元|万元|元)")
_NUMBER = re.compile(r"-?[0-9][0-9,，]*(?:\.[0-9]+)?")


def foreign_departments(reviewed: Reviewed) -> Iterator[Finding]:
    """R301. Names of departments that neither parameters nor tables know; also 我局 in the report of what is no 局."""
    if not reviewed.department:
        return
    known = "\n".join((reviewed.department, *reviewed.names, *reviewed.cells))
    for paragraph in reviewed.paragraphs:
        text = _TITLE.sub("\n", paragraph.typed)
        found = [match[0] for pattern in (OFFICE, COMMITTEE) for match in pattern.finditer(text)]
        foreign = [name[-LONGEST_NAME:] for name in found if not NO_OFFICE.fullmatch(name) and _is_foreign(name, known)]
        foreign += [match[0] for match in SELF.finditer(text) if not reviewed.department.endswith(match[1])]
        for name in dict.fromkeys(foreign):
            yield finding("R301", _rows(paragraph), paragraph.section, name=name)


def foreign_years(reviewed: Reviewed) -> Iterator[Finding]:
    """R302. Years outside titles in 《》 and outside facts."""
    if reviewed.year is None:
        return
    for paragraph in reviewed.paragraphs:
        years = [match[1].translate(_CHINESE_DIGITS) for match in _YEAR.finditer(_TITLE.sub("\n", paragraph.typed))]
        for year in dict.fromkeys(years):
            if int(year) != reviewed.year:
                yield finding("R302", _rows(paragraph), paragraph.section, year=f"{year}年")


def copied_from_last_year(reviewed: Reviewed) -> Iterator[Finding]:
    """R303. Paragraph by paragraph, figures included."""
    former = [text for text in reviewed.last_year or () if len(text) >= SHORTEST_COMPARED]
    for paragraph in reviewed.paragraphs:
        text = paragraph.text
        if len(text) < SHORTEST_COMPARED:
            continue
        ratio = max((_similarity(text, other) for other in former), default=0.0)
        if ratio >= SIMILAR_FROM:
            share = percent(Fraction(int(ratio * 1000), 1000))
            yield finding("R303", _rows(paragraph), paragraph.section, start=text[:START], ratio=share)


def money_not_in_tables(reviewed: Reviewed) -> Iterator[Finding]:
    """R304. An amount is known where a fact, a table or the difference of a row's budget and spending rounds to it."""
    known, numbers = _known_amounts(reviewed), _numbers_in(reviewed.cells)
    if not known and not numbers:
        return
    for paragraph in reviewed.paragraphs:
        for match in _MONEY.finditer(_TITLE.sub("\n", paragraph.text)):
            number, unit = re.sub("[,，]", "", match[1]), match[2]
            if trim(number) not in numbers and not _is_known(number, unit, known):
                yield finding("R304", _rows(paragraph), paragraph.section, amount=match[0])


def _rows(paragraph: Paragraph) -> list[int]:
    return [] if paragraph.row is None else [paragraph.row]


def _is_foreign(name: str, known: str) -> bool:
    return not name.endswith(ANY_REPORT) and name[-TAIL:] not in known


def _similarity(left: str, right: str) -> float:
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    bounds = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)
    return min((ratio for bound in bounds if (ratio := bound()) < SIMILAR_FROM), default=matcher.ratio())


def _known_amounts(reviewed: Reviewed) -> set[Fraction]:
    """Exact amounts in fen."""
    known = {amount for fact in reviewed.facts.values() if (amount := _fen(fact)) is not None}
    for indicator in reviewed.indicators:
        quantities = [quantity for quantity in (indicator.target, indicator.actual) if quantity and quantity.unit in FEN_PER_UNIT]
        known |= {Fraction(quantity.value) for quantity in quantities if isinstance(quantity.value, int | Fraction)}
    for row in reviewed.printed.funds:
        amounts = [Fraction(amount) for amount in (row.initial, row.full_year, row.executed) if amount is not None]
        known |= {*amounts, *(abs(left - right) for left in amounts for right in amounts if left != right)}
    return known


def _fen(fact: Fact) -> Fraction | None:
    """A fact of money, or of money for each (元/户, where the value is in 元)."""
    if not isinstance(fact.value, int | Fraction):
        return None
    if fact.unit in FEN_PER_UNIT:
        return Fraction(fact.value)
    return Fraction(fact.value) * FEN_PER_YUAN if fact.unit.startswith("元/") else None


def _numbers_in(cells: tuple[str, ...]) -> set[str]:
    found = (re.sub("[,，]", "", cell.strip()) for cell in cells if _NUMBER.fullmatch(cell.strip()))
    return {trim(number) for number in found}


def _is_known(number: str, unit: str, known: set[Fraction]) -> bool:
    places = len(number.partition(".")[2])
    stated = round_half_up(Fraction(number), places)
    return any(round_half_up(amount / FEN_PER_UNIT[unit], places) == stated for amount in known)
