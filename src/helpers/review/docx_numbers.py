"""Numbers in the plain text of an edited report: those that the proof before publishing would ask an origin of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from helpers.proof.allowed import general_allowances
from helpers.proof.numerals import numerals
from helpers.proof.passages import part_below, passage

_DATE_PARTS = frozenset("年月")
_REST = re.compile("[年月日](?![0-9])|(?<=[0-9]{17})[Xx]")
"""What belongs to the number before it: 2023年5月17日, an identity number's last letter."""


def numbers(text: str, kind: str, heading: str) -> Iterator[tuple[int, int]]:
    """Start and end of every number in the text of a paragraph of that kind below a heading, a date as one; without numerals that
    stand in words (一致), titles and the like.
    """
    found = list(numerals(text))
    if not found:
        return
    where = passage(kind, text, part=part_below(heading, "section"))
    allowed = [span for one in general_allowances() if one.holds_in(where) for span in one.spans(text)]
    found = [(start, end) for start, end in found if not any(first <= start and end <= last for first, last in allowed)]
    begun = None
    for place, following in pairwise([*found, (len(text) + 2, 0)]):
        begun = place[0] if begun is None else begun
        if text[place[1] : place[1] + 1] in _DATE_PARTS and following[0] == place[1] + 1:
            continue
        rest = _REST.match(text, place[1]) if text[begun].isdigit() else None
        yield begun, rest.end() if rest else place[1]
        begun = None
