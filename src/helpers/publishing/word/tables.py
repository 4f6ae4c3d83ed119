"""Tables: heads repeated on each page, no row cut by a page end, cells merged as the block says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from helpers.publishing.word.elements import Element, element, paragraph, run
from helpers.publishing.word.fields import caption_number
from helpers.publishing.word.measure import CELL_SIDES, cell_height, column_widths, line_count, shown
from helpers.publishing.word.page import Area
from helpers.publishing.word.runs import RunWriter

WHOLE_BELOW = 0.6
"""A table lower than this share of the page is not broken."""
TEXT_STYLES = {10.5: "TableText", 9.0: "TableTextSmall"}
MADE_UP = "（△ 演示数据）"
HEAD_FILL = "ECECEC"

_UNIT = re.compile("(?<=[^\n])(（[^（）]{1,5}）)$")


@dataclass(frozen=True)
class Place:
    """A cell of the block and where it stands; `covered` where it only continues the cell above it."""

    cell: Mapping[str, Any]
    column: int
    covered: bool

    @property
    def across(self) -> int:
        return int(self.cell.get("colspan", 1))


def caption(block: Mapping[str, Any], *, keep_next: bool) -> Element:
    """表1　题注, its number a field."""
    text = f"　{block['caption']}" + (MADE_UP if block["mark"] == "synthetic" else "")
    properties = {"keepNext": element("keepNext")} if keep_next else {}
    return paragraph("Caption", [*caption_number(block["label"]), run(text)], **properties)


def placed(rows: Sequence[Sequence[Mapping[str, Any]]], columns: int) -> list[list[Place]]:
    """Each row's cells with their columns; a cell that spans rows is repeated, as `covered`, in the rows below it."""
    below: dict[int, tuple[int, Mapping[str, Any]]] = {}
    result = []
    for row in rows:
        waiting = iter(row)
        places, column = [], 0
        while column < columns:
            left, cell = below.get(column, (0, {}))
            if left:
                places.append(Place(cell, column, True))
            else:
                cell = next(waiting)
                left = cell.get("rowspan", 1)
                places.append(Place(cell, column, False))
            below[column] = (left - 1, cell)
            column += places[-1].across
        result.append(places)
    return result


def row_heights(rows: Sequence[Sequence[Place]], widths: Sequence[float], size: float) -> list[float]:
    """Points of each row; what a cell over several rows needs beyond them is added to the last of them."""
    heights = [cell_height("", widths[0], size)] * len(rows)
    several = []
    for number, row in enumerate(rows):
        for place in row:
            if not place.covered:
                width = sum(widths[place.column : place.column + place.across])
                needed = cell_height(shown(place.cell["runs"]), width, size)
                last = number + place.cell.get("rowspan", 1) - 1
                if last == number:
                    heights[number] = max(heights[number], needed)
                else:
                    several.append((number, last, needed))
    for first, last, needed in several:
        heights[last] += max(0.0, needed - sum(heights[first : last + 1]))
    return heights


def pieces(block: Mapping[str, Any]) -> list[tuple[int, list[list[Place]]]]:
    """The block as tables that Word can repeat the head of: (rows of head, rows).

    A form has no head of its own; a full row of headings within it heads the rows that follow, and begins a new piece.
    """
    width = len(block["columns"])
    rows = placed(block["rows"], width)
    result: list[tuple[int, list[list[Place]]]] = [(block["header_rows"], [])]
    for number, row in enumerate(rows):
        heads_rest = len(row) == width and all(place.cell.get("header") and "rowspan" not in place.cell for place in row)
        if heads_rest and number >= block["header_rows"] and result[-1][1]:
            result.append((1, []))
        result[-1][1].append(row)
    return result


def table(block: Mapping[str, Any], writer: RunWriter, area: Area, size: float) -> Iterator[Element]:
    """Caption, unit, table and notes. `size` is the font size in points, a key of TABLE_LINES."""
    yield caption(block, keep_next=True)
    if block["unit"]:
        yield paragraph("TableUnit", [run(f"（单位：{block['unit']}）")])
    widths = column_widths(block["columns"], area.width)
    parts = pieces(block)
    heights = [row_heights(rows, widths, size) for _, rows in parts]
    whole = sum(map(sum, heights)) < WHOLE_BELOW * area.height
    for number, ((head, rows), tall) in enumerate(zip(parts, heights, strict=True)):
        if number:
            yield paragraph("Gap", [], keepNext=element("keepNext"))
        made = element("tbl", _properties(block, area.width), _grid(widths))
        for index, (row, height) in enumerate(zip(rows, tall, strict=True)):
            keep = whole or index < head
            made.append(_row(row, block, widths, writer, size, head=index < head, keep=keep, whole=height < area.height))
        yield made
    if block["notes"]:
        yield from (paragraph("Note", writer.write(note)) for note in block["notes"])
    else:
        yield paragraph("AfterTable", [])


def table_heights(block: Mapping[str, Any], area: Area, size: float) -> list[tuple[int, list[float]]]:
    """For each piece its rows of head and the points of its rows."""
    widths = column_widths(block["columns"], area.width)
    return [(head, row_heights(rows, widths, size)) for head, rows in pieces(block)]


def _properties(block: Mapping[str, Any], width: float) -> Element:
    return element(
        "tblPr",
        element("tblStyle", val="ReportTable"),
        element("tblW", w=_twips(width), type="dxa"),
        element("jc", val="center"),
        element("tblLayout", type="fixed"),
        element("tblCaption", val=f"{block['label']} {block['caption']}"),
    )


def _grid(widths: Sequence[float]) -> Element:
    return element("tblGrid", *(element("gridCol", w=_twips(width)) for width in widths))


def _row(
    row: Sequence[Place],
    block: Mapping[str, Any],
    widths: Sequence[float],
    writer: RunWriter,
    size: float,
    *,
    head: bool,
    keep: bool,
    whole: bool,
) -> Element:
    properties = [element("cantSplit")] * whole + [element("tblHeader")] * head
    made = element("tr", *([element("trPr", *properties)] if properties else []))
    for place in row:
        across = slice(place.column, place.column + place.across)
        side = place.cell.get("align") or ("center" if place.cell.get("header") else block["columns"][place.column]["align"])
        made.append(_cell(place, sum(widths[across]), side, writer, size, keep=keep))
    return made


def _cell(place: Place, width: float, side: str, writer: RunWriter, size: float, *, keep: bool) -> Element:
    header = place.cell.get("header", False)
    properties = [element("tcW", w=_twips(width), type="dxa")]
    if place.across > 1:
        properties.append(element("gridSpan", val=place.across))
    if place.cell.get("rowspan", 1) > 1:
        properties.append(element("vMerge") if place.covered else element("vMerge", val="restart"))
    if header:
        properties.append(element("shd", val="clear", color="auto", fill=HEAD_FILL))
    properties.append(element("vAlign", val="center"))
    content = [] if place.covered else place.cell["runs"]
    runs = writer.write(_with_unit_below(content, width, size), "TableHead") if header else writer.write(content)
    more = {"keepNext": element("keepNext")} if keep else {}
    return element("tc", element("tcPr", *properties), paragraph(TEXT_STYLES[size], runs, jc=element("jc", val=side), **more))


def _with_unit_below(runs: Sequence[Mapping[str, Any]], width: float, size: float) -> Sequence[Mapping[str, Any]]:
    """A heading that needs more than one line, its unit （万元） not broken but on a line of its own."""
    if len(runs) == 1 and "text" in runs[0] and line_count(runs[0]["text"], (width - CELL_SIDES) / size) > 1:
        return [{"text": _UNIT.sub(r"\n\1", runs[0]["text"])}]
    return runs


def _twips(points: float) -> int:
    return round(points * 20)
