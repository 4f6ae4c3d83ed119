"""Tables: heads repeated on each page, no row cut by a page end, cells merged as the block says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from helpers.publishing.word.columns import column_widths, unit_below
from helpers.publishing.word.elements import Element, element, paragraph, run
from helpers.publishing.word.fields import caption_number
from helpers.publishing.word.measure import TableLook, line_count, shown
from helpers.publishing.word.page import Area
from helpers.publishing.word.runs import RunWriter

KEPT_ROWS = 4
"""So many rows at least of a table that is broken stand on each of its pages."""
MADE_UP = "（△ 演示数据）"
HEAD_FILL = "ECECEC"


@dataclass(frozen=True)
class Place:
    """A cell of the block and where it stands; `covered` where it only continues the cell above it."""

    cell: Mapping[str, Any]
    column: int
    covered: bool

    @property
    def across(self) -> int:
        return int(self.cell.get("colspan", 1))


@dataclass(frozen=True)
class Row:
    """A row: `head` where it is repeated on each page, `kept` where it stays with the next one on a page."""

    places: Sequence[Place]
    height: float
    head: bool
    kept: bool


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


def _row_heights(rows: Sequence[Sequence[Place]], widths: Sequence[float], look: TableLook) -> list[float]:
    """Points of each row; what a cell over several rows needs beyond them is added to the last of them."""
    heights = [look.cell_height("", widths[0])] * len(rows)
    several = []
    for number, row in enumerate(rows):
        for place in row:
            if not place.covered:
                width = sum(widths[place.column : place.column + place.across])
                needed = look.cell_height(shown(_content(place, width, look)), width)
                last = number + place.cell.get("rowspan", 1) - 1
                if last == number:
                    heights[number] = max(heights[number], needed)
                else:
                    several.append((number, last, needed))
    for first, last, needed in several:
        heights[last] += max(0.0, needed - sum(heights[first : last + 1]))
    return heights


def _pieces(block: Mapping[str, Any]) -> list[tuple[int, list[list[Place]]]]:
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


def table_rows(block: Mapping[str, Any], widths: Sequence[float], look: TableLook) -> list[list[Row]]:
    """The rows of each table that the block becomes, with the points that they take."""
    result = []
    for head, rows in _pieces(block):
        last = len(rows) - 1
        result.append(
            [
                Row(row, height, index < head, index < head + KEPT_ROWS - 1 or last - KEPT_ROWS < index < last)
                for index, (row, height) in enumerate(zip(rows, _row_heights(rows, widths, look), strict=True))
            ]
        )
    return result


def table(block: Mapping[str, Any], writer: RunWriter, area: Area, look: TableLook, *, whole: bool) -> Iterator[Element]:
    """Caption, unit, table and notes; a `whole` one is not broken by a page end."""
    yield caption(block, keep_next=True)
    if block["unit"]:
        yield paragraph("TableUnit", [run(f"（单位：{block['unit']}）")])
    widths = column_widths(block, area.width, look)
    for number, rows in enumerate(table_rows(block, widths, look)):
        if number:
            yield paragraph("Gap", [], keepNext=element("keepNext"))
        made = element("tbl", _properties(block, area.width, look), _grid(widths))
        for row in rows:
            made.append(_row(row, block, widths, writer, look, keep=whole or row.kept, cut=row.height >= area.height))
        yield made
    if block["notes"]:
        yield from (paragraph("Note", writer.write(note)) for note in block["notes"])
    else:
        yield paragraph("AfterTable", [])


def _properties(block: Mapping[str, Any], width: float, look: TableLook) -> Element:
    return element(
        "tblPr",
        element("tblStyle", val=look.table),
        element("tblW", w=_twips(width), type="dxa"),
        element("jc", val="center"),
        element("tblLayout", type="fixed"),
        element("tblCaption", val=f"{block['label']} {block['caption']}"),
    )


def _grid(widths: Sequence[float]) -> Element:
    return element("tblGrid", *(element("gridCol", w=_twips(width)) for width in widths))


def _row(
    row: Row,
    block: Mapping[str, Any],
    widths: Sequence[float],
    writer: RunWriter,
    look: TableLook,
    *,
    keep: bool,
    cut: bool,
) -> Element:
    properties = [element("cantSplit")] * (not cut) + [element("tblHeader")] * row.head
    made = element("tr", *([element("trPr", *properties)] if properties else []))
    for place in row.places:
        across = slice(place.column, place.column + place.across)
        side = place.cell.get("align") or ("center" if place.cell.get("header") else block["columns"][place.column]["align"])
        made.append(_cell(place, sum(widths[across]), side, writer, look, keep=keep))
    return made


def _cell(place: Place, width: float, side: str, writer: RunWriter, look: TableLook, *, keep: bool) -> Element:
    header = place.cell.get("header", False)
    properties = [element("tcW", w=_twips(width), type="dxa")]
    if place.across > 1:
        properties.append(element("gridSpan", val=place.across))
    if place.cell.get("rowspan", 1) > 1:
        properties.append(element("vMerge") if place.covered else element("vMerge", val="restart"))
    if header:
        properties.append(element("shd", val="clear", color="auto", fill=HEAD_FILL))
    properties.append(element("vAlign", val="center"))
    content = [] if place.covered else _content(place, width, look)
    runs = writer.write(content, "TableHead" if header else None)
    more = {"keepNext": element("keepNext")} if keep else {}
    return element("tc", element("tcPr", *properties), paragraph(look.text, runs, jc=element("jc", val=side), **more))


def _content(place: Place, width: float, look: TableLook) -> Sequence[Mapping[str, Any]]:
    """The runs of a cell; a heading that needs more than one line has its unit （万元） on a line of its own."""
    runs: Sequence[Mapping[str, Any]] = place.cell["runs"]
    text = runs[0].get("text", "") if len(runs) == 1 and place.cell.get("header") else ""
    return [{"text": unit_below(text)}] if line_count(text, look.room(width)) > 1 else runs


def _twips(points: float) -> int:
    return round(points * 20)
