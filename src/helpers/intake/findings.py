"""How intake words its issues: severity by code, quoted values, near names, and a cap on how many are kept."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from helpers.issue import Issue, Severity

MOST_ISSUES = 200
"""Issues kept of one file; a last one tells how many there are in all."""

MOST_CHARACTERS = 30
"""Characters of a value that a message quotes."""

_SEVERITIES: dict[str, Severity] = {"E": "错误", "W": "警告", "N": "提示"}
_ORDER = {severity: place for place, severity in enumerate(_SEVERITIES.values())}

_PERSONAL_NUMBER = re.compile(r"(?<![0-9A-Za-z])([0-9]{15,19}|[0-9]{17}[Xx]|1[3-9][0-9]{9})(?![0-9A-Za-z])")
"""What an identity, bank account or mobile number looks like, in whatever column it was typed."""


def finding(
    code: str,
    file: str,
    message: str,
    mend: str,
    *,
    sheet: str | None = None,
    row: int | None = None,
    column: str | None = None,
) -> Issue:
    """An issue whose severity follows from the first letter of its code: E an error, W a warning, N a note.

    A number of a person that stands where the name of a column should is not shown.
    """
    if column is not None and _PERSONAL_NUMBER.search(normalise(column)):
        column = None
    return Issue(code, _SEVERITIES[code[0]], file, message, mend, sheet, row, column)


def errors(issues: Iterable[Issue]) -> list[Issue]:
    """The issues that no acknowledgement lets pass."""
    return [issue for issue in issues if issue.severity == "错误"]


def normalise(text: str) -> str:
    """`text` for matching names only: NFKC, without white space and invisible format characters."""
    if text.isascii():
        return "".join(text.split())
    folded = unicodedata.normalize("NFKC", text)
    return "".join(character for character in folded if not character.isspace() and unicodedata.category(character) != "Cf")


def quote(text: str) -> str:
    """A value as a message shows it: in quotation marks, on one line, cut to 30 characters; never one that looks like a personal
    number.
    """
    if _PERSONAL_NUMBER.search(normalise(text)):
        return "（形似证件号、账号或手机号，不予显示）"
    text = re.sub(r"\s*[\r\n]\s*", "↵", text)
    return f"“{text if len(text) <= MOST_CHARACTERS else text[:MOST_CHARACTERS] + '…'}”"


def near_names(name: str, known: Iterable[str]) -> str:
    """The known names closest to `name`, quoted and joined by 或; empty where none is near."""
    return "或".join(map(quote, get_close_matches(name, list(known), n=3, cutoff=0.5)))


def nearest(name: str, known: Iterable[str]) -> str:
    """A sentence that offers the known names closest to `name`; empty where none is near."""
    near = near_names(name, known)
    return f"是否应为{near}？" if near else ""


def capped(issues: Sequence[Issue]) -> list[Issue]:
    """The first `MOST_ISSUES` of each file, by severity and row; where more were found, a note after them tells the total."""
    of_file: dict[str, list[Issue]] = defaultdict(list)
    for issue in issues:
        of_file[issue.file].append(issue)
    kept: list[Issue] = []
    for file, found in of_file.items():
        found.sort(key=lambda issue: (not issue.stops, _ORDER[issue.severity], issue.row or 0))
        kept += found[:MOST_ISSUES]
        if len(found) > MOST_ISSUES:
            message = f"共发现 {len(found)} 处问题，仅列出前 {MOST_ISSUES} 处。"
            kept.append(finding("N199", file, message, "请先改正已列出的问题，再重新检查。"))
    return kept
