"""What an editor changed in a report's DOCX: figures that no longer equal their facts, figures taken out, numbers typed in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from helpers.publishing.docx_figures import read_docx_figures
from helpers.review.docx_numbers import numbers
from helpers.review.docx_pairs import paired
from helpers.review.docx_places import EditedParagraph, Figure, Span, counterpart, headings, resolved, sentence

_RUNNING_NUMBER = {"caption": re.compile(r"\s*[表图]\s*[0-9]+"), "heading": re.compile(r"\s*[（(]?[0-9]+[.．、）)]")}
"""Numbers of captions and headings, which Word may count anew."""

Kind = Literal["changed", "removed", "unlinked", "typed", "repeated"]


@dataclass(frozen=True)
class DocxDifference:
    """One finding, with the headings above it and the sentence (cut) or table row that it stands in.

    `changed`: a figure is not what its fact prints, in its control or typed over; `removed`: it is gone; `unlinked`: its text is
    still there, its control is not; `typed`: a number that was not in the report; `repeated`: one that was typed in and reads as
    `fact` does. `expected` is what the report printed, `found` what stands there now, each None where there is none.
    """

    kind: Kind
    heading: str
    sentence: str
    fact: str | None
    label: str | None
    expected: str | None
    found: str | None


@dataclass
class _Pair:
    """A paragraph before and after, the places of its numbers that nothing has explained yet, and what was found in it."""

    old: EditedParagraph | None
    new: EditedParagraph | None
    numbers: list[Span]
    found: list[tuple[int, DocxDifference]]


def docx_differences(
    source: Path | bytes, facts: Mapping[str, Mapping[str, Any]], original: Path | bytes
) -> list[DocxDifference]:
    """What was changed in the edited DOCX `source` of a report, in the order of the text, paragraphs that were taken out last.

    `facts` are the entries of facts.json by id, `original` the DOCX as it was published from them. A figure is changed where
    it differs from how the report printed its fact in that place. Controls without a tag (LibreOffice 7.4 loses tags) are
    known by their place in the paragraph. Raises DOCXRefused where a file cannot be read.
    """
    before, after = read_docx_figures(original), read_docx_figures(source)
    paragraphs = resolved(paired(before, after), facts)
    pairs = [_Pair(old, new, list(_plain_numbers(new)) if new else [], []) for old, new in paragraphs]
    comparison = _Comparison(pairs, facts, headings(before) | headings(after))
    comparison.compare()
    return [finding for pair in pairs for _, finding in sorted(pair.found, key=lambda one: one[0])]


class _Comparison:
    """The comparison of all pairs, each step of which explains some of the numbers that the steps before have left."""

    def __init__(self, pairs: Sequence[_Pair], facts: Mapping[str, Mapping[str, Any]], headings: Mapping[int, str]) -> None:
        self._pairs, self._facts, self._headings = pairs, facts, headings
        self._words = "\n".join(text for pair in pairs if pair.old for text, _ in pair.old.plain)
        self._printed: dict[str, list[str]] = {}
        self._absent: Counter[str] = Counter()
        for pair in pairs:
            for figure in pair.old.figures if pair.old else ():
                self._printed.setdefault(figure.fact, []).append(figure.text)
                self._absent[figure.fact] += 1
            self._absent.subtract(figure.fact for figure in (pair.new.figures if pair.new else ()) if figure.text)

    def compare(self) -> None:
        moved: Counter[str] = Counter()
        for pair in self._pairs:
            self._changed(pair)
            moved += self._leave_known(pair)
        gone = [(pair, figure) for pair in self._pairs for figure in self._gone(pair)]
        gone = [(pair, figure) for pair, figure in gone if not self._typed_over(pair, figure)]
        for pair in self._pairs:
            pair.numbers = list(_left(pair, moved))
        for pair, figure in gone:
            if not self._elsewhere(figure):
                self._tell("removed", pair, pair.old, figure.start, figure, None)
        for pair in self._pairs:
            for place in pair.numbers:
                self._typed(pair, place)

    def _changed(self, pair: _Pair) -> None:
        """Controls with another text than the report printed in them, there or anywhere."""
        for figure in pair.new.figures if pair.new else ():
            here = [before.text for before in pair.old.figures if before.fact == figure.fact] if pair.old else []
            expected = here or self._printed.get(figure.fact, []) or [self._facts[figure.fact]["display"]]
            if figure.text and figure.text not in expected:
                known = Figure(figure.fact, expected[0], figure.start)
                self._tell("changed", pair, pair.new, figure.start, known, figure.text)

    def _gone(self, pair: _Pair) -> Iterator[Figure]:
        """Figures of the old paragraph that the new one lacks and that did not turn up elsewhere."""
        left = Counter(figure.fact for figure in (pair.new.figures if pair.new else ()) if figure.text)
        for figure in pair.old.figures if pair.old else ():
            if left[figure.fact]:
                left[figure.fact] -= 1
            elif self._absent[figure.fact] > 0:
                self._absent[figure.fact] -= 1
                yield figure

    def _typed_over(self, pair: _Pair, figure: Figure) -> bool:
        """Whether other text stands in the place of a figure: the same without its control, or another number."""
        if pair.new is None or pair.old is None:
            return False
        start, end = counterpart(pair.old.text, pair.new.text, figure.span)
        inside = [place for place in pair.numbers if start <= place[0] and place[1] <= end]
        text = pair.new.text[start:end]
        if text.strip() == figure.text and not pair.new.covers(start, end):
            self._tell("unlinked", pair, pair.new, start, figure, figure.text)
        elif inside:
            short = len(text) <= 2 * len(figure.text) + 2
            first, last = (start, end) if short else inside[0]
            self._tell("changed", pair, pair.new, first, figure, pair.new.text[first:last].strip())
            inside = inside if short else inside[:1]
        else:
            return False
        pair.numbers = [place for place in pair.numbers if place not in inside]
        return True

    def _leave_known(self, pair: _Pair) -> Counter[str]:
        """Leave out numbers outside figures that the paragraph had before; those that it has no more were moved, or joined with
        their paragraph to another.
        """
        before = Counter(pair.old.text[slice(*place)] for place in _plain_numbers(pair.old)) if pair.old else Counter[str]()
        pair.numbers = list(_left(pair, before))
        return +before

    def _elsewhere(self, figure: Figure) -> bool:
        """Whether a figure that is gone from its place stands in another, pasted as plain text."""
        for pair in self._pairs:
            for place in pair.numbers:
                if pair.new and pair.new.text.startswith(figure.text, place[0]) and place[1] <= place[0] + len(figure.text):
                    self._tell("unlinked", pair, pair.new, place[0], figure, figure.text)
                    pair.numbers.remove(place)
                    return True
        return False

    def _typed(self, pair: _Pair, place: Span) -> None:
        assert pair.new is not None
        text, (start, end) = pair.new.text, place
        if not text[start].isdigit() and text[start : end + 1] in self._words:
            return  # a name that the report has elsewhere: “三节”
        shown = [
            Figure(name, fact["display"], start)
            for name, fact in self._facts.items()
            if text.startswith(fact["display"], start) and start + len(fact["display"]) >= end
        ]
        figure = max(shown, key=lambda one: len(one.text), default=None)
        if figure:
            self._tell("repeated", pair, pair.new, start, figure, figure.text)
        else:
            self._tell("typed", pair, pair.new, start, None, text[start:end])

    def _tell(
        self, kind: Kind, pair: _Pair, where: EditedParagraph | None, place: int, figure: Figure | None, found: str | None
    ) -> None:
        assert where is not None
        # A heading whose style was taken away is still the heading of the paragraph that stood below it.
        heading = self._headings[id((pair.old or where).source)]
        fact = figure.fact if figure else None
        label = self._facts[fact]["label"] if fact else None
        quoted = sentence(where.source, place)
        expected = figure.text if figure else None
        pair.found.append((place, DocxDifference(kind, heading, quoted, fact, label, expected, found)))


def _left(pair: _Pair, known: Counter[str]) -> Iterator[Span]:
    """The numbers of a pair that are not among the known ones, each of which explains one."""
    for place in pair.numbers:
        number = pair.new.text[slice(*place)] if pair.new else ""
        if known[number] > 0:
            known[number] -= 1
        else:
            yield place


def _plain_numbers(paragraph: EditedParagraph) -> Iterator[Span]:
    """Places of the numbers outside figures."""
    running = _RUNNING_NUMBER.get(paragraph.source.kind)
    for text, start in paragraph.plain:
        skipped = running.match(text) if running and start == 0 else None
        for first, last in numbers(text, paragraph.source.kind, paragraph.source.heading):
            if not skipped or first >= skipped.end():
                yield start + first, start + last
