"""Rules over the text: what is foreign to it, what was copied, what contradicts the tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from difflib import SequenceMatcher
from fractions import Fraction

from helpers.facts import Fact
from helpers.money import FEN_PER_UNIT, round_half_up
from helpers.review.codes import finding
from helpers.review.model import Finding, Paragraph, Reviewed
from helpers.review.words import (
    ANY_REPORT,
    COMMITTEE,
    COMPARED,
    CONTINUED,
    COOPERATION,
    ISSUED,
    NO_OFFICE,
    OFFICE,
    SELF,
    SELF_NAMES,
)
from helpers.scoring.exact_numbers import percent
from helpers.scoring.model import Quantity
from helpers.wording import trim

SIMILAR_FROM = 0.95
"""difflib ratio from which a paragraph counts as taken over; a paragraph rewritten with the same facts stays well below."""
SHORTEST_COMPARED = 30
"""Shorter sentences are alike in every year."""
LONGEST_NAME = 10
TAIL = 3
"""Characters of a department's name that tell it: 民政厅, 教育局; without the last one its field, 民政, 教育."""
START = 16

_TITLE = re.compile("《[^》]*》")
_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2}|二[〇零○]{1}[〇零○一二三四五六七八九]{2})\s*年")
_CHINESE_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_MONEY = re.compile(
    r"(?<![0-9.])([0-9][0-9,，]*(?:\.[0-9]+)?)\s*(亿元|万元|元(?![旦件素器]))(?!(?:\(含\)|（含）)?(?:以[上下内]|及以))"
)
"""An amount; limits (限额 100万元以上) are none."""
_SENTENCE_END = re.compile("[。；;！\\n\\t]")
_NUMBER = re.compile(r"-?[0-9][0-9,，]*(?:\.[0-9]+)?")


def foreign_departments(reviewed: Reviewed) -> Iterator[Finding]:
    """R301. Names of departments that neither parameters nor tables know; also 我局 in the report of what is no 局.

    No matter: departments of the same field (one's own, by a short name, above or below), and one named with the reason why.
    """
    if not reviewed.department:
        return
    known = "\n".join((reviewed.department, *reviewed.names, *reviewed.cells))
    for paragraph in reviewed.paragraphs:
        text = _TITLE.sub("\n", paragraph.typed)
        found = [match for pattern in (OFFICE, COMMITTEE) for match in pattern.finditer(text)]
        named = [match[0] for match in found if not _has_a_reason(text, match.end())]
        foreign = [name[-LONGEST_NAME:] for name in named if _is_foreign(name, reviewed.department, known)]
        foreign += [match[0] for match in SELF.finditer(text) if not _is_itself(match[1], reviewed.department)]
        for name in dict.fromkeys(foreign):
            yield finding("R301", _rows(paragraph), paragraph.section, name=name)


def foreign_years(reviewed: Reviewed) -> Iterator[Finding]:
    """R302. Years outside titles in 《》 and outside facts. A report is written, and mends its faults, in the year after."""
    if reviewed.year is None:
        return
    expected = (reviewed.year, reviewed.year + 1)
    for paragraph in reviewed.paragraphs:
        text = _TITLE.sub("\n", paragraph.typed)
        years = [match[1].translate(_CHINESE_DIGITS) for match in _YEAR.finditer(text) if not _is_related(text, match)]
        for year in dict.fromkeys(years):
            if int(year) not in expected:
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
    """R304. An amount is known where a fact, a table or the difference of two amounts of one row rounds to it."""
    known, numbers = _known_amounts(reviewed), _numbers_in(reviewed.cells)
    if not known and not numbers:
        return
    for paragraph in reviewed.paragraphs:
        for match in _MONEY.finditer(_TITLE.sub("\n", paragraph.text)):
            number, unit = re.sub("[,，]", "", match[1]), match[2]
            if Fraction(number) and trim(number) not in numbers and not _is_known(number, unit, known):
                yield finding("R304", _rows(paragraph), paragraph.section, amount=match[0])


def _rows(paragraph: Paragraph) -> list[int]:
    return [] if paragraph.row is None else [paragraph.row]


def _has_a_reason(text: str, end: int) -> bool:
    """Whether the sentence tells why it names the department whose name ends there."""
    return bool(COOPERATION.search(_SENTENCE_END.split(text[:end])[-1]) or ISSUED.match(text, end))


def _is_foreign(name: str, department: str, known: str) -> bool:
    name = re.sub("[分总]局$", "局", name)
    if NO_OFFICE.fullmatch(name) or name.endswith(ANY_REPORT) or name[-TAIL:] in known:
        return False
    rest = iter(department)
    return not all(character in rest for character in name[-TAIL:-1])


def _is_itself(word: str, department: str) -> bool:
    return any(name in department for name in SELF_NAMES.get(word, (word,)))


def _is_related(text: str, year: re.Match[str]) -> bool:
    return bool(COMPARED.search(text[: year.start()]) or CONTINUED.match(text, year.end()))


def _similarity(left: str, right: str) -> float:
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    bounds = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)
    return min((ratio for bound in bounds if (ratio := bound()) < SIMILAR_FROM), default=matcher.ratio())


def _known_amounts(reviewed: Reviewed) -> set[Fraction]:
    """Exact amounts in fen, without sign: a decrease is stated as 减少10万元 or as -10万元."""
    known = {abs(amount) for fact in reviewed.facts.values() if (amount := _fen(fact)) is not None}
    for indicator in reviewed.indicators:
        quantities = [quantity for quantity in (indicator.target, indicator.actual) if quantity]
        known |= _with_differences([amount for item in quantities if (amount := _fen(item)) is not None])
    for row in reviewed.printed.funds:
        known |= _with_differences(
            [Fraction(amount) for amount in (row.initial, row.full_year, row.executed) if amount is not None]
        )
    return known


def _with_differences(amounts: list[Fraction]) -> set[Fraction]:
    return {*amounts, *(abs(left - right) for left in amounts for right in amounts if left != right)}


def _fen(given: Fact | Quantity) -> Fraction | None:
    """An amount of money in fen, or of money for each (元/户, 万元/公里: where the value is in 元 or 万元)."""
    if not isinstance(given.value, int | Decimal | Fraction):
        return None
    if given.unit in FEN_PER_UNIT:
        return Fraction(given.value)
    unit, each, _ = given.unit.partition("/")
    return Fraction(given.value) * FEN_PER_UNIT[unit] if each and unit in FEN_PER_UNIT else None


def _numbers_in(cells: tuple[str, ...]) -> set[str]:
    found = (re.sub("[,，]", "", cell.strip()) for cell in cells if _NUMBER.fullmatch(cell.strip()))
    return {trim(number) for number in found}


def _is_known(number: str, unit: str, known: set[Fraction]) -> bool:
    places = len(number.partition(".")[2])
    stated = round_half_up(Fraction(number), places)
    return any(round_half_up(amount / FEN_PER_UNIT[unit], places) == stated for amount in known)
