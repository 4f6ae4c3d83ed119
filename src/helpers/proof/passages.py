"""What a finished file says, in the one shape that every reader gives: passages in order, each with its figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby
from typing import Literal

from helpers.publishing.register import REGISTER_TITLE

BODY = frozenset({"heading", "caption", "text"})
"""Kinds that the text of sections and appendices consists of; all formats print them in the same order."""
AROUND = 24
"""Characters that an excerpt shows on each side."""

Part = Literal["section", "appendix", "register"]

_BLANK = re.compile(r"\s+")
_UNIT = re.compile(r"(.*)（(单位：[^（）]*)）", re.S)


@dataclass(frozen=True)
class Piece:
    """Text as it is printed; `fact` is the id of the fact whose figure it is, None for any other text."""

    text: str
    fact: str | None = None


@dataclass(frozen=True)
class Passage:
    """A heading, paragraph, caption, note or table cell, or another text that stands for itself.

    `kind` is one of BODY, or `front` (cover, legend and whatever else no other kind holds), `contents`, `alt`, `label` (in
    a chart), `axis` (a number or month at an axis), `entry` (of the register, or of the table behind a chart), `page` (head and
    foot of a page), `sheet`, `row` (a row's number). `part` is what it stands in: a section, an appendix or the register.
    `facts` are the figures that a chart draws.
    """

    kind: str
    pieces: tuple[Piece, ...]
    place: str = ""
    part: Part = "section"
    facts: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @cached_property
    def plain(self) -> str:
        """The text without white space, which each format sets as it must."""
        return _BLANK.sub("", self.text)

    @cached_property
    def key(self) -> tuple[tuple[str, str | None], ...]:
        """Text and figures without white space: equal for what reads the same in two formats that both tell figures."""
        return tuple((text, fact) for text, fact in _merged(self.pieces) if text)

    @property
    def blank(self) -> bool:
        return not any(piece.text.strip() for piece in self.pieces)

    @property
    def figures(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.fact is not None]


@dataclass(frozen=True)
class Reading:
    """One finished file. `tells_figures` where the format says which text is the figure of which fact; `labels` where it
    holds the text of charts as text; `registers` where it prints the register of the document tree, and no other.
    """

    name: str
    passages: tuple[Passage, ...]
    tells_figures: bool
    labels: bool
    registers: bool = False
    attachments: dict[str, bytes] = field(default_factory=dict)

    def of(self, *kinds: str) -> list[Passage]:
        return [passage for passage in self.passages if passage.kind in kinds]


def passage(kind: str, text: str, place: str = "", part: Part = "section") -> Passage:
    """A passage without figures."""
    return Passage(kind, (Piece(text),), place, part)


def part_below(heading: str, before: Part) -> Part:
    """What a heading of any level begins or goes on with; `before` is the part above it."""
    if heading.endswith(REGISTER_TITLE):
        return "register"
    return "appendix" if heading.startswith("附录") else before


def unit_apart(read: Passage) -> list[Passage]:
    """A caption that names its table's unit as two passages; the unit without its brackets, which not all formats set."""
    found = _UNIT.fullmatch(read.text) if read.kind in BODY and "（单位：" in read.text and not read.figures else None
    if not found:
        return [read]
    return [replace(read, pieces=(Piece(text),)) for text in found.groups() if text]


def listed_heading(line: str, headings: Sequence[str]) -> str | None:
    """The heading that a line of a table of contents names, its page after it or not; None where it names none of them."""
    named = [heading for heading in headings if line.startswith(heading) and re.fullmatch("[0-9]*", line[len(heading) :])]
    return max(named, key=len, default=None)


def excerpt(text: str, start: int, end: int) -> str:
    """The text around a place, on one line."""
    first, last = max(0, start - AROUND), min(len(text), end + AROUND)
    shown = _BLANK.sub(" ", text[first:last]).strip()
    return ("…" if first else "") + shown + ("…" if last < len(text) else "")


def _merged(pieces: Iterable[Piece]) -> Iterable[tuple[str, str | None]]:
    """Pieces without white space, neighbouring plain text put together."""
    for plain, group in groupby(pieces, key=lambda piece: piece.fact is None):
        if plain:
            yield _BLANK.sub("", "".join(piece.text for piece in group)), None
        else:
            yield from ((_BLANK.sub("", piece.text), piece.fact) for piece in group)
