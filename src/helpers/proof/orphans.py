"""Numbers without origin: what stands in a finished file and is neither the figure of a fact nor on the list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from helpers.proof.allowed import Allowance, general_allowances, named
from helpers.proof.expected import chart_texts
from helpers.proof.known import Known
from helpers.proof.numerals import numerals
from helpers.proof.passages import BODY, Passage, Reading, excerpt, listed_heading
from helpers.proof.recorded import Recorded
from helpers.proof.values import Values, with_unit

FIGURE = "\ue000"
"""Stands for each character of a figure, so that no pattern takes it for text."""
_HASH = re.compile("[0-9a-f]{8,64}")

Span = tuple[int, int]


@dataclass(frozen=True)
class Orphan:
    """One number, in which files, where, and the text around it."""

    files: str
    place: str
    number: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.files} {self.place}：“{self.number}”。原文：{self.sentence}".replace(" ：", "：")


def orphans(expected: Sequence[Passage], readings: Sequence[Reading], judge: Judge) -> list[Orphan]:
    """The orphan numbers of all files. What a file says as expected is judged once for all of them, with what the document
    tree knows of it; anything else as it stands in the file.
    """
    found: list[Orphan] = []
    for one in expected:
        files = [reading.name for reading in readings if reading.registers or one.part != "register"]
        found += judge.orphans(one, "、".join(files))
    agreed = {one.key for one in expected}
    plain = {one.plain for one in expected} | set(chart_texts(expected))
    headings = [one.plain for one in expected if one.kind == "heading"]

    def is_expected(one: Passage, reading: Reading) -> bool:
        if one.kind == "contents":
            return listed_heading(one.plain, headings) is not None
        if one.kind in BODY | {"alt", "label"}:
            return one.key in agreed if reading.tells_figures else one.plain in plain
        return False

    apart = ((one, reading.name) for reading in readings for one in reading.passages if not is_expected(one, reading))
    return found + [orphan for one, name in apart for orphan in judge.orphans(one, name)]


class Judge:
    """Tells which numbers of a passage have no origin."""

    def __init__(self, recorded: Recorded, known: Known, year: int) -> None:
        self._recorded, self._known = recorded, known
        self._allowances: list[Allowance] = [
            *general_allowances(),
            *named("参数和数据中的名称", known.names),
            *named("复核发现和已确认警告的原文", known.quotes, ["appendix"]),
            *named("报告年度", [f"{year}年", f"{year} 年"], ["front", "page", "aside", "sheet"]),
        ]
        self._allowances += [Allowance(reason, re.compile(re.escape(text))) for text, reason in known.named.items()]

    def orphans(self, passage: Passage, files: str) -> Iterator[Orphan]:
        """The orphans of one passage."""
        text = "".join(FIGURE * len(piece.text) if piece.fact is not None else piece.text for piece in passage.pieces)
        left = list(numerals(text))
        if passage.kind == "entry" or passage.part == "register":  # it repeats facts.json
            left = [(start, end) for start, end in left if text[start:end] not in self._recorded.numbers]
        if left and text in self._whole(passage):
            return
        for spans in self._sources(passage, text):
            if not left:
                return
            found = list(spans)
            left = [(start, end) for start, end in left if not any(first <= start and end <= last for first, last in found)]
        for start, end in left:
            yield Orphan(files, passage.place, text[start:end], excerpt(passage.text, start, end))

    def _whole(self, passage: Passage) -> frozenset[str]:
        """Texts that a passage may be as a whole."""
        if passage.part == "appendix":
            return self._appendix_cells
        recorded = passage.kind == "sheet" or passage.part == "register"
        return self._sheet_cells if recorded else self._known.stated

    def _sources(self, passage: Passage, text: str) -> Iterator[Iterable[Span]]:
        """What may tell where numbers of a passage come from, each a list of spans; what answers fast and often comes first."""
        if passage.kind in ("alt", "label", "axis"):
            yield Values(form for fact in passage.facts for form in self._recorded.forms.get(fact, ())).spans(text)
        elif passage.kind == "entry" or passage.part == "register":
            yield self._hashes(text)
        elif passage.part == "appendix":
            yield self._facts.spans(text)
        yield from (allowance.spans(text) for allowance in self._allowances if allowance.holds_in(passage))

    def _hashes(self, text: str) -> Iterator[Span]:
        for found in _HASH.finditer(text):
            if any(known.startswith(found[0]) for known in self._recorded.hashes):
                yield found.span()

    @cached_property
    def _appendix_cells(self) -> frozenset[str]:
        recorded = self._recorded
        return recorded.words | recorded.sides | recorded.counts | self._known.stated

    @cached_property
    def _sheet_cells(self) -> frozenset[str]:
        return self._recorded.words | self._known.stated

    @cached_property
    def _facts(self) -> Values:
        return Values(with_unit(form for forms in self._recorded.forms.values() for form in forms))
