"""On which page each part begins, worked out from exact line distances: what the table of contents shows until Word counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from helpers.publishing.document import Document, Part
from helpers.publishing.word.measure import line_count, shown
from helpers.publishing.word.page import CHARACTERS, LINE_PITCH, Area, text_area
from helpers.publishing.word.pictures import Picture
from helpers.publishing.word.tables import WHOLE_BELOW, table_heights

CAPTION, UNIT, AFTER_TABLE = 32.0, 15.0, 13.0
GAP = 1.0
PICTURE_ABOVE = 10.0
NOTE_LINE, NOTE_EDGES = 14.5, 12.0


@dataclass(frozen=True)
class Box:
    """A piece that no page end cuts, in points; `joined` to the next one where it may not end a page."""

    height: float
    joined: bool = False


@dataclass
class _Page:
    number: int
    used: float
    height: float

    def put(self, height: float) -> None:
        if self.used and self.used + height > self.height + 0.01:
            self.number, self.used = self.number + 1, 0.0
        self.used += height
        while self.used > self.height + 0.01:
            self.number, self.used = self.number + 1, self.used - self.height


def first_pages(document: Document, pictures: Sequence[Picture]) -> list[int]:
    """The page of each part's heading, sections before appendix parts; page 1 is the first of the text."""
    waiting = iter(pictures)
    page = _Page(1, 0.0, text_area(landscape=False).height)
    landscape = False
    result = []
    for part, size in sized_parts(document):
        fresh = part.landscape != landscape or (document.appendix and part is document.appendix[0])
        landscape = part.landscape
        area = text_area(landscape=landscape)
        if fresh and page.used:
            page = _Page(page.number + 1, 0.0, area.height)
        page.height = area.height
        boxes = [Box(LINE_PITCH, True)]
        for block in part.blocks:
            boxes += _boxes(block, area, size, 16.0 if part.notebook else 14.0, waiting)
        result.append(_fill(page, boxes))
        if document.sections and part is document.sections[-1]:
            page.put(46.0)
    return result


def sized_parts(document: Document) -> Iterator[tuple[Part, float]]:
    """Each part with the font size of its tables, in points."""
    for section in document.sections:
        yield section, 9.0 if section.landscape else 10.5
    for extra in document.appendix:
        yield extra, 9.0


def _fill(page: _Page, boxes: Sequence[Box]) -> int:
    """Put the boxes on pages, joined ones together; the page where the first came to stand."""
    first = None
    index = 0
    while index < len(boxes):
        end = index
        while boxes[end].joined and end + 1 < len(boxes):
            end += 1
        together = sum(box.height for box in boxes[index : end + 1])
        if page.used and page.used + together > page.height and together <= page.height:
            page.number, page.used = page.number + 1, 0.0
        first = first or page.number
        for box in boxes[index : end + 1]:
            page.put(box.height)
        index = end + 1
    return first or page.number


def _boxes(block: Mapping[str, Any], area: Area, size: float, text_size: float, pictures: Iterator[Picture]) -> Iterator[Box]:
    if block["kind"] == "heading":
        yield Box(LINE_PITCH * line_count(block["label"] + block["text"], CHARACTERS, indent=2), True)
    elif block["kind"] == "paragraph" and block["style"] == "note":
        yield Box(NOTE_LINE * line_count(shown(block["runs"]), area.width / 10.5) + NOTE_EDGES)
    elif block["kind"] == "paragraph":
        room = area.width / (text_size - 0.21)
        lines = line_count(shown(block["runs"]), room + 0.01, indent=2)
        # No line of a paragraph stands alone on a page.
        yield from (Box(LINE_PITCH, joined=number in (0, lines - 2) and lines > 1) for number in range(lines))
    elif block["kind"] == "figure":
        yield Box(next(pictures).height + PICTURE_ABOVE, True)
        yield Box(CAPTION)
    else:
        yield from _table_boxes(block, area, size)


def _table_boxes(block: Mapping[str, Any], area: Area, size: float) -> Iterator[Box]:
    parts = table_heights(block, area, size)
    rows = [(index < head, height) for head, heights in parts for index, height in enumerate(heights)]
    whole = sum(height for _, height in rows) < WHOLE_BELOW * area.height
    yield Box(CAPTION + (UNIT if block["unit"] else 0.0), True)
    for head, height in rows:
        yield Box(height, head or whole)
    for note in block["notes"]:
        yield Box(NOTE_LINE * line_count(shown(note), area.width / 10.5) + NOTE_EDGES)
    if not block["notes"]:
        yield Box(AFTER_TABLE)
