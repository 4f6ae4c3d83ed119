"""Where pages end, worked out from exact line distances: on which page each part begins, and what a rest of a page asks for.

The table of contents shows these pages until Word counts. A chart that is a little too high for the rest of its page is drawn
smaller, and a table that would leave a third of a page empty may be broken: a slip in that costs some white space, nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from helpers.publishing.document import Document, Part
from helpers.publishing.word.columns import column_widths
from helpers.publishing.word.measure import REGISTER_TABLE, SMALL_TABLE, TABLE, TableLook, line_count, shown
from helpers.publishing.word.page import CHARACTERS, LINE_PITCH, Area, text_area
from helpers.publishing.word.pictures import Picture
from helpers.publishing.word.tables import table_rows

CAPTION, UNIT, AFTER_TABLE = 32.0, 15.0, 13.0
CAPTION_ABOVE = PICTURE_ABOVE = 10.0
NOTE_LINE, NOTE_EDGES = 14.5, 12.0
SIGNATURES = 46.0
WHOLE_BELOW = 0.6
"""A table lower than this share of the page is not broken, unless it would leave more than EMPTY of a page empty."""
EMPTY = 1 / 3
LEAST_SHARE = 0.75
"""A chart is drawn no smaller than this to fit, and SPARE points lower than what is left."""
SPARE = 4.0


@dataclass(frozen=True)
class Layout:
    """`pages`: the page of each part's heading, sections before appendix parts; page 1 is the first of the text. `pictures` as
    they are drawn, `whole` whether each table stays on one page, both in the order of the text.
    """

    pages: list[int]
    pictures: list[Picture]
    whole: list[bool]


@dataclass(frozen=True)
class Box:
    """A piece that no page end cuts, in points; `joined` to the next one where it may not end a page. `above` is the distance to
    what stands before it, which the head of a page has not; `head` is the head of its table, which is repeated there.
    """

    height: float
    joined: bool = False
    above: float = 0.0
    head: float = 0.0

    @property
    def first(self) -> float:
        """Points that it takes at the head of a page."""
        return self.head + self.height


@dataclass
class _Page:
    number: int
    used: float
    height: float

    @property
    def rest(self) -> float:
        return self.height - self.used

    def turn(self) -> None:
        if self.used:
            self.number, self.used = self.number + 1, 0.0

    def put(self, box: Box) -> None:
        if self.used and box.above + box.height > self.rest + 0.01:
            self.turn()
        self.used += box.above + box.height if self.used else box.first
        while self.used > self.height + 0.01:
            self.number, self.used = self.number + 1, self.used - self.height


def lay_out(document: Document, pictures: Sequence[Picture]) -> Layout:
    """The layout of a document whose charts are `pictures`, as wide as their text block."""
    waiting = iter(pictures)
    page = _Page(1, 0.0, text_area(landscape=False).height)
    landscape = False
    layout = Layout([], [], [])
    for part in (*document.sections, *document.appendix):
        if part.landscape != landscape or (document.appendix and part is document.appendix[0]):
            page.turn()
        landscape = part.landscape
        page.height = text_area(landscape=landscape).height
        layout.pages.append(_lay_out_part(part, page, waiting, layout))
        if document.sections and part is document.sections[-1]:
            page.put(Box(SIGNATURES))
    return layout


def table_look(part: Part, block: Mapping[str, Any]) -> TableLook:
    """How a table of a part is set."""
    if block.get("dense"):
        return REGISTER_TABLE
    return SMALL_TABLE if part.landscape or not part.notebook else TABLE


def _lay_out_part(part: Part, page: _Page, waiting: Iterator[Picture], layout: Layout) -> int:
    """Put the part on pages; the page of its heading."""
    area = text_area(landscape=part.landscape)
    headings = [Box(LINE_PITCH, True)]
    first = 0
    for block in part.blocks:
        if block["kind"] == "heading":
            lines = line_count(block["label"] + block["text"], CHARACTERS, indent=2)
            headings.append(Box(LINE_PITCH * lines, True))
            continue
        if block["kind"] == "table":
            boxes = _table_boxes(block, area, table_look(part, block), page.rest - sum(box.height for box in headings), layout)
        elif block["kind"] == "figure":
            room = page.rest - sum(box.height for box in headings) - PICTURE_ABOVE - CAPTION
            layout.pictures.append(_fitted(next(waiting), room))
            boxes = [Box(layout.pictures[-1].height, True, PICTURE_ABOVE), Box(CAPTION)]
        else:
            boxes = _paragraph_boxes(block, area, 16.0 if part.notebook else 14.0)
        page_of_first = _fill(page, [*headings, *boxes])
        first = first or page_of_first
        headings = []
    return first or _fill(page, headings)


def _fill(page: _Page, boxes: Sequence[Box]) -> int:
    """Put the boxes on pages, joined ones together; the page where the first came to stand."""
    first = None
    index = 0
    while index < len(boxes):
        end = index
        while boxes[end].joined and end + 1 < len(boxes):
            end += 1
        together = sum(box.above + box.height for box in boxes[index : end + 1])
        if page.used and page.rest < together <= page.height:
            page.turn()
        for box in boxes[index : end + 1]:
            page.put(box)
            first = first or page.number
        index = end + 1
    return first or page.number


def _fitted(picture: Picture, room: float) -> Picture:
    """The picture, or a smaller one where it is only a little too high for the room."""
    share = (room - SPARE) / picture.height
    if room >= picture.height or share < LEAST_SHARE:
        return picture
    return replace(picture, width=picture.width * share, height=picture.height * share)


def _paragraph_boxes(block: Mapping[str, Any], area: Area, text_size: float) -> list[Box]:
    if block["style"] == "note":
        return [Box(NOTE_LINE * line_count(shown(block["runs"]), area.width / 10.5) + NOTE_EDGES)]
    room = area.width / (text_size - 0.21)
    lines = line_count(shown(block["runs"]), room + 0.01, indent=2)
    # No line of a paragraph stands alone on a page.
    return [Box(LINE_PITCH, joined=number in (0, lines - 2) and lines > 1) for number in range(lines)]


def _table_boxes(block: Mapping[str, Any], area: Area, look: TableLook, rest: float, layout: Layout) -> list[Box]:
    pieces = table_rows(block, column_widths(block, area.width, look), look)
    height = sum(row.height for rows in pieces for row in rows)
    whole = height < WHOLE_BELOW * area.height and (height <= rest or rest < EMPTY * area.height)
    layout.whole.append(whole)
    boxes = [Box(CAPTION - CAPTION_ABOVE + (UNIT if block["unit"] else 0.0), True, CAPTION_ABOVE)]
    for rows in pieces:
        head = sum(row.height for row in rows if row.head)
        boxes += [Box(row.height, whole or row.kept, head=0.0 if row.head else head) for row in rows]
    boxes += [Box(NOTE_LINE * line_count(shown(note), area.width / 10.5) + NOTE_EDGES) for note in block["notes"]]
    return boxes if block["notes"] else [*boxes, Box(AFTER_TABLE)]
