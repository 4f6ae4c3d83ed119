"""An edited report's paragraphs with their figures resolved to facts, and where in them a thing stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from helpers.publishing.docx_figures import Piece, ReadParagraph
from helpers.publishing.word.runs import fact_tag

SENTENCE = 60
"""Characters of the sentence that a finding quotes."""
_SENTENCE_END = re.compile("(?<=[。；！？\n])")

_CHAPTER = re.compile("(?:附录)?[一二三四五六七八九十]+[、　]")

Span = tuple[int, int]


@dataclass(frozen=True)
class Figure:
    """A figure of a known fact and where in the paragraph's text it begins."""

    fact: str
    text: str
    start: int

    @property
    def span(self) -> Span:
        return self.start, self.start + len(self.text)


@dataclass(frozen=True)
class EditedParagraph:
    """A paragraph with the facts of its pieces, None for plain text."""

    source: ReadParagraph
    facts: tuple[str | None, ...]

    @cached_property
    def text(self) -> str:
        return self.source.text

    @cached_property
    def figures(self) -> list[Figure]:
        return [Figure(fact, piece.text, start) for piece, fact, start in self._placed() if fact is not None]

    @cached_property
    def plain(self) -> list[tuple[str, int]]:
        """Text outside figures, with its places; what no figure parts is one."""
        joined: list[tuple[str, int]] = []
        for piece, fact, start in self._placed():
            if fact is None and joined and joined[-1][1] + len(joined[-1][0]) == start:
                joined[-1] = (joined[-1][0] + piece.text, joined[-1][1])
            elif fact is None:
                joined.append((piece.text, start))
        return joined

    def covers(self, start: int, end: int) -> bool:
        """Whether a figure stands in that place."""
        return any(figure.span == (start, end) for figure in self.figures)

    def _placed(self) -> Iterator[tuple[Piece, str | None, int]]:
        start = 0
        for piece, fact in zip(self.source.pieces, self.facts, strict=True):
            yield piece, fact, start
            start += len(piece.text)


def resolved(
    pairs: Sequence[tuple[ReadParagraph | None, ReadParagraph | None]], facts: Iterable[str]
) -> list[tuple[EditedParagraph | None, EditedParagraph | None]]:
    """The pairs with the facts of their controls. A control that lost its tag is known by its place among those of its
    paragraph, else as the first figure of the same text that is nowhere else.
    """
    tags = {fact_tag(fact): fact for fact in facts}
    found = [(_resolved(old, tags, None) if old else None, _resolved(new, tags, old) if new else None) for old, new in pairs]
    missing = Counter((figure.text, figure.fact) for old, _ in found for figure in (old.figures if old else ()))
    missing.subtract((figure.text, figure.fact) for _, new in found for figure in (new.figures if new else ()))
    by_text: dict[str, list[str]] = {}
    for (text, fact), times in missing.items():
        by_text.setdefault(text, []).extend([fact] * times)
    return [(old, _adopted(new, by_text) if new else None) for old, new in found]


def _adopted(paragraph: EditedParagraph, missing: Mapping[str, list[str]]) -> EditedParagraph:
    """The paragraph with facts for its unknown controls, each taken from those that are missing."""
    facts = [
        missing[piece.text].pop(0) if fact is None and piece.tag is not None and missing.get(piece.text) else fact
        for piece, fact in zip(paragraph.source.pieces, paragraph.facts, strict=True)
    ]
    return EditedParagraph(paragraph.source, tuple(facts))


def _resolved(paragraph: ReadParagraph, tags: Mapping[str, str], original: ReadParagraph | None) -> EditedParagraph:
    controls = [piece for piece in paragraph.pieces if piece.tag is not None]
    known = {id(piece): tags.get(piece.tag or "") for piece in controls}
    if original is not None and not any(known.values()):
        known = _by_place(controls, original, tags)
    return EditedParagraph(paragraph, tuple(known.get(id(piece)) for piece in paragraph.pieces))


def _by_place(controls: Sequence[Piece], original: ReadParagraph, tags: Mapping[str, str]) -> dict[int, str | None]:
    """Facts of controls that lost their tags: in the same order where none was taken out, else by equal text."""
    before = [piece for piece in original.pieces if piece.tag is not None]
    if len(before) == len(controls):
        matches = list(zip(controls, before, strict=True))
    else:
        same = SequenceMatcher(None, [piece.text for piece in before], [piece.text for piece in controls], autojunk=False)
        matches = [
            (controls[block.b + step], before[block.a + step])
            for block in same.get_matching_blocks()
            for step in range(block.size)
        ]
    return {id(control): tags.get(piece.tag or "") for control, piece in matches}


def counterpart(before: str, after: str, span: Span) -> Span:
    """What stands in the edited text where `span` stood in the original: between the letters around it that were kept."""
    first, last = 0, len(after)
    for block in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
        if block.a < span[0]:
            first = block.b + min(block.size, span[0] - block.a)
        if block.a + block.size > span[1]:
            last = block.b + max(0, span[1] - block.a)
            break
    return first, max(first, last)


def headings(paragraphs: Iterable[ReadParagraph]) -> dict[int, str]:
    """For each paragraph, by its identity, the headings above it: that of its section or appendix, and the nearest one."""
    chapter = ""
    found = {}
    for paragraph in paragraphs:
        chapter = paragraph.heading if _CHAPTER.match(paragraph.heading) else chapter
        found[id(paragraph)] = "　".join(dict.fromkeys(filter(None, (chapter, paragraph.heading))))
    return found


def sentence(paragraph: ReadParagraph, place: int) -> str:
    """The sentence around a place, cut so that the place stays in it; or the row of the table."""
    if paragraph.row:
        return _cut(paragraph.row, 0)
    end = 0
    for part in _SENTENCE_END.split(paragraph.text):
        end += len(part)
        if place < end:
            break
    return _cut(part.strip(), place - (end - len(part)))


def _cut(text: str, place: int) -> str:
    start = max(0, min(place - SENTENCE // 2, len(text) - SENTENCE))
    head, tail = "…" if start else "", "…" if start + SENTENCE < len(text) else ""
    return f"{head}{text[start : start + SENTENCE]}{tail}"
