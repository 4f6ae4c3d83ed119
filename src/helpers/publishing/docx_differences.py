"""What an editor changed in a report's DOCX: figures that no longer equal their facts, figures taken out, numbers typed in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate
from pathlib import Path
from typing import Any, Literal

from helpers.publishing.docx_figures import Piece, ReadParagraph, read_docx_figures
from helpers.publishing.docx_pairs import paired
from helpers.publishing.word.runs import fact_tag
from helpers.typed_figures import CHINESE_FIGURE

SENTENCE = 60
"""Characters of the sentence that a finding quotes."""

_NUMBER = re.compile(rf"[0-9０-９]+(?:[.,．][0-9０-９]+)*[%％‰]?|{CHINESE_FIGURE.pattern}")
_SENTENCE_END = re.compile("(?<=[。；！？\n])")
_RUNNING_NUMBER = {"caption": re.compile(r"\s*[表图]\s*[0-9]+"), "heading": re.compile(r"\s*[（(]?[0-9]+[.．、）)]")}
"""Numbers of captions and headings, which Word may count anew."""

_KINDS = {
    "changed": "数字被改动，与事实不符",
    "removed": "数字被删去，或不再与事实关联",
    "typed": "新写入的数字，没有对应的事实",
}


@dataclass(frozen=True)
class DocxDifference:
    """One finding: the heading above it, the sentence (cut), the fact (None for a typed number), expected and found text."""

    kind: Literal["changed", "removed", "typed"]
    heading: str
    sentence: str
    fact: str | None
    label: str | None
    expected: str | None
    found: str | None

    def __str__(self) -> str:
        what = f"{self.label}（{self.fact}）" if self.fact else ""
        texts = [f"应为“{self.expected}”"] if self.expected is not None else []
        texts += [f"现为“{self.found}”"] if self.found is not None else []
        return f"“{self.heading}”：{_KINDS[self.kind]}：{what}{'，'.join(texts)}。原句：{self.sentence}"


@dataclass(frozen=True)
class _Figure:
    fact: str
    text: str


@dataclass(frozen=True)
class _Paragraph:
    """A paragraph with its figures resolved: a piece is plain text or a figure of a known fact."""

    source: ReadParagraph
    pieces: tuple[str | _Figure, ...]


def docx_differences(
    source: Path | bytes, facts: Mapping[str, Mapping[str, Any]], original: Path | bytes
) -> list[DocxDifference]:
    """What was changed in the edited DOCX `source` of a report, in the order of the text, paragraphs that were taken out last.

    `facts` are the entries of facts.json by id, `original` the DOCX as it was published from them. A figure is changed where
    it differs from how the report printed its fact in that place. Controls without a tag (LibreOffice 7.4 loses tags) are
    known by their place in the paragraph. Raises DOCXRefused where a file cannot be read.
    """
    tags = {fact_tag(fact): fact for fact in facts}
    pairs = [
        (_resolved(old, tags, None) if old else None, _resolved(new, tags, old) if new else None)
        for old, new in paired(read_docx_figures(original), read_docx_figures(source))
    ]
    printed: dict[str, list[str]] = {}
    absent: Counter[str] = Counter()
    for old, new in pairs:
        for figure, _ in _figures(old):
            printed.setdefault(figure.fact, []).append(figure.text)
            absent[figure.fact] += 1
        absent.subtract(figure.fact for figure, _ in _figures(new))
    findings: list[DocxDifference] = []
    for old, new in pairs:
        gone = _gone(old, new, absent)
        if new:
            findings += _changed(old, new, printed, facts)
            findings += _typed(old, new, [figure for figure, _ in gone])
        if old:
            findings += [_finding("removed", old, place, figure, facts, figure.text, None) for figure, place in gone]
    return findings


def _resolved(paragraph: ReadParagraph, tags: Mapping[str, str], original: ReadParagraph | None) -> _Paragraph:
    controls = [piece for piece in paragraph.pieces if piece.tag is not None]
    known = {id(piece): tags.get(piece.tag or "") for piece in controls}
    if original is not None and not any(known.values()):
        known = _by_place(controls, original, tags)
    pieces = [_Figure(fact, piece.text) if (fact := known.get(id(piece))) else piece.text for piece in paragraph.pieces]
    return _Paragraph(paragraph, tuple(pieces))


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


def _gone(old: _Paragraph | None, new: _Paragraph | None, absent: Counter[str]) -> list[tuple[_Figure, int]]:
    """Figures of the old paragraph that the new one lacks and that did not turn up elsewhere, with their places."""
    left = Counter(figure.fact for figure, _ in _figures(new))
    gone = []
    for figure, place in _figures(old):
        if left[figure.fact]:
            left[figure.fact] -= 1
        elif absent[figure.fact] > 0:
            absent[figure.fact] -= 1
            gone.append((figure, place))
    return gone


def _changed(
    old: _Paragraph | None, new: _Paragraph, printed: Mapping[str, list[str]], facts: Mapping[str, Mapping[str, Any]]
) -> Iterator[DocxDifference]:
    for figure, place in _figures(new):
        here = [before.text for before, _ in _figures(old) if before.fact == figure.fact]
        expected = here or printed.get(figure.fact, []) or [facts[figure.fact]["display"]]
        if figure.text not in expected:
            yield _finding("changed", new, place, figure, facts, expected[0], figure.text)


def _typed(old: _Paragraph | None, new: _Paragraph, gone: Sequence[_Figure]) -> Iterator[DocxDifference]:
    known = Counter(number for number, _ in _numbers(old)) if old else Counter[str]()
    # The figure is still there, only its control was taken away: that is told once, as removed.
    known.update(number for figure in gone for number in _NUMBER.findall(figure.text))
    for number, place in _numbers(new):
        if known[number]:
            known[number] -= 1
        else:
            yield _finding("typed", new, place, None, {}, None, number)


def _placed(paragraph: _Paragraph) -> Iterator[tuple[str | _Figure, int]]:
    """Pieces with the place in the paragraph's text where each begins."""
    lengths = [len(piece.text if isinstance(piece, _Figure) else piece) for piece in paragraph.pieces]
    yield from zip(paragraph.pieces, accumulate([0, *lengths[:-1]]), strict=True)


def _figures(paragraph: _Paragraph | None) -> list[tuple[_Figure, int]]:
    """Figures with their places."""
    return [(piece, place) for piece, place in _placed(paragraph) if isinstance(piece, _Figure)] if paragraph else []


def _numbers(paragraph: _Paragraph) -> Iterator[tuple[str, int]]:
    """Numbers outside figures, with their places."""
    running = _RUNNING_NUMBER.get(paragraph.source.kind)
    for piece, start in _placed(paragraph):
        if isinstance(piece, str):
            skipped = running.match(piece) if running and start == 0 else None
            for number in _NUMBER.finditer(piece, skipped.end() if skipped else 0):
                yield number[0], start + number.start()


def _finding(
    kind: Literal["changed", "removed", "typed"],
    paragraph: _Paragraph,
    place: int,
    figure: _Figure | None,
    facts: Mapping[str, Mapping[str, Any]],
    expected: str | None,
    found: str | None,
) -> DocxDifference:
    fact = figure.fact if figure else None
    label = facts[fact]["label"] if fact else None
    return DocxDifference(kind, paragraph.source.heading, _sentence(paragraph.source, place), fact, label, expected, found)


def _sentence(paragraph: ReadParagraph, place: int) -> str:
    """The sentence around a place, cut so that the place stays in it; or the row of the table."""
    if paragraph.row:
        return _cut(paragraph.row, 0)
    end = 0
    for sentence in _SENTENCE_END.split(paragraph.text):
        end += len(sentence)
        if place < end:
            break
    return _cut(sentence.strip(), place - (end - len(sentence)))


def _cut(text: str, place: int) -> str:
    start = max(0, min(place - SENTENCE // 2, len(text) - SENTENCE))
    head, tail = "…" if start else "", "…" if start + SENTENCE < len(text) else ""
    return f"{head}{text[start : start + SENTENCE]}{tail}"
