"""Personal values in a text: by their form with its check digit, and by the exact values of the inputs."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from stdnum import luhn
from stdnum.iso7064 import mod_11_2

IDENTITY, ACCOUNT, MOBILE, NAME = "证件号码", "银行账号", "手机号码", "姓名"
SHORTEST_NUMBER = 7
"""Shorter numbers in a personal column (a 0, a serial number) would be found in every table."""

_CHINESE = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_GAP = re.compile(f"(?<=[{_CHINESE}·])[ \t]{{1,2}}(?=[{_CHINESE}·])")
_CHINESE_CHARACTER = re.compile(f"[{_CHINESE}]")
_CHINESE_RUN = re.compile(f"[{_CHINESE}·]{{2,}}")
_REMARK = re.compile(r"\s|\(.*?\)")
"""White space, and what stands behind a name: 张三（户主）."""
_DOTS = re.compile("[•・‧∙]")
_WORD = re.compile(r"[^\W\d_]{2,}")

_ALONE_BEFORE, _ALONE_AFTER = r"(?<![0-9A-Za-z])(?<![0-9]\.)", r"(?![0-9A-Za-z])(?!\.[0-9])"
_DIGITS = re.compile(r"[0-9]{7,}[Xx]?")
_IDENTITY_FORM = re.compile(r"[1-9][0-9]{5}(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9X]")
_OLD_IDENTITY_FORM = re.compile(r"[1-9][0-9]{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}")
_MOBILE_FORM = re.compile(r"1[3-9][0-9]{9}")
_ALONE = re.compile(f"{_ALONE_BEFORE}[0-9]{{11,19}}[Xx]?{_ALONE_AFTER}")
_GROUPED = re.compile(r"[0-9]++(?:[ \-][0-9]++)++[Xx]?")
_CUSTOMARY = {
    (3, 4, 4),
    (6, 8, 4),
    (6, 4, 4, 4),
    (3, 3, 4, 4, 4),
    (4, 4, 4, 4),
    (4, 4, 4, 4, 1),
    (4, 4, 4, 4, 2),
    (4, 4, 4, 4, 3),
}
"""How long the groups are in which people write mobile, identity and card numbers."""


class Personal:
    """Exact values to look for. Those too short to tell anything are passed over: names of one character, short numbers."""

    def __init__(self, values: Iterable[str]) -> None:
        plain = {_normal(value) for value in values}
        self._numbers: set[str] = set()
        self._chinese: dict[str, set[str]] = {}
        self._foreign: dict[str, list[str]] = {}
        for value in plain:
            number = re.sub(r"[\s\-]", "", value).upper()
            if re.fullmatch(r"[0-9]+X?", number):
                if len(number) >= SHORTEST_NUMBER:
                    self._numbers.add(number)
            elif names := _CHINESE_RUN.findall(_REMARK.sub("", value)):
                for name in names:
                    self._chinese.setdefault(name[:2], set()).add(name)
            elif words := _WORD.findall(value):
                self._foreign.setdefault(words[0], []).append(value)

    def names_in(self, text: str) -> Counter[str]:
        """How often each name stands in the text, also with spaces between its characters or in full width."""
        text = _normal(text)
        found: Counter[str] = Counter()
        if self._chinese:
            for run, times in Counter(_CHINESE_RUN.findall(_GAP.sub("", text))).items():
                for place in range(len(run) - 1):
                    for name in self._chinese.get(run[place : place + 2], ()):
                        if run.startswith(name, place):
                            found[name] += times
        if self._foreign:
            others = _CHINESE_CHARACTER.sub(" ", text)
            for word in self._foreign.keys() & set(_WORD.findall(others)):
                for name in self._foreign[word]:
                    found[name] += len(re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", others))
        return +found

    def numbers_in(self, text: str, figures: frozenset[str]) -> Counter[str]:
        """How often a number of each kind stands in the text: one of the values, or a whole token with the form of one.

        `figures` are numbers that are known to be figures of the report: an amount in fen may look like a mobile number.
        """
        text = _normal(text)
        found: Counter[str] = Counter()
        for digits in _DIGITS.finditer(text):
            token = digits.group()
            if number := self._known(token):
                found[kind_of(number)] += 1
            elif token not in figures and _ALONE.match(text, digits.start()):
                found[form_of(token.upper())] += 1
        for run in _GROUPED.finditer(text):
            alone = text[run.start() - 1 : run.start()] not in (".", ",") if run.start() else True
            found.update(self._grouped(run.group(), alone=alone))
        del found[""]
        return found

    def _known(self, token: str) -> str | None:
        return next((number for number in (token.upper(), token.rstrip("Xx")) if number in self._numbers), None)

    def _grouped(self, run: str, *, alone: bool) -> Iterator[str]:
        groups = re.split(r"[ \-]", run.upper())
        whole = "".join(groups)
        customary = tuple(len(group) for group in groups) in _CUSTOMARY
        if alone and customary and whole not in self._numbers:
            yield form_of(whole)
        for start in range(len(groups)):
            number = groups[start]
            for end in range(start + 1, len(groups)):
                number += groups[end]
                if len(number) > 20:
                    break
                if number in self._numbers and (len(number) > 11 or _plausible(groups[start : end + 1])):
                    yield kind_of(number)


def kind_of(number: str) -> str:
    """What kind of personal number a value of the inputs is, by its form."""
    return form_of(number) or (IDENTITY if _OLD_IDENTITY_FORM.fullmatch(number) else ACCOUNT)


def form_of(number: str) -> str:
    """The kind whose form, length and check digit the number has, or "": GB 11643 (ISO 7064 MOD 11-2), Luhn, mobile."""
    if _IDENTITY_FORM.fullmatch(number) and mod_11_2.is_valid(number):
        return IDENTITY
    if _MOBILE_FORM.fullmatch(number):
        return MOBILE
    if 15 <= len(number) <= 19 and number[0] != "0" and number.isdigit() and luhn.is_valid(number):
        return ACCOUNT
    return ""


def _plausible(groups: list[str]) -> bool:
    """Whether eleven digits were cut as people cut a mobile number, and are no two figures side by side."""
    lengths = [len(group) for group in groups]
    return lengths in ([3, 4, 4], [3, 8], [7, 4]) or set(lengths) == {1}


@lru_cache(maxsize=1)  # names and numbers are looked for in one text after the other
def _normal(text: str) -> str:
    return text if text.isascii() else _DOTS.sub("·", unicodedata.normalize("NFKC", text))
