"""Where the cells of a form stand on a sheet: areas of merged cells, row heights, and the ends of printed pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from helpers.blocks import Cell, Table, plain_text
from helpers.publishing.workbook import height_of


@dataclass(frozen=True)
class Area:
    """A cell of a block and the rows and columns of the sheet that it fills, all from 1."""

    cell: Cell
    row: int
    column: int
    last_row: int
    last_column: int

    @property
    def merged(self) -> bool:
        return (self.row, self.column) != (self.last_row, self.last_column)


def areas_of(form: Table, first_row: int) -> list[Area]:
    """The areas of a block whose first row is row `first_row` of the sheet; a cell takes the first columns that are free."""
    areas = []
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(form["rows"], start=first_row):
        column = 1
        for cell in cells:
            while (row, column) in taken:
                column += 1
            area = Area(cell, row, column, row + cell.get("rowspan", 1) - 1, column + cell.get("colspan", 1) - 1)
            areas.append(area)
            taken |= {(y, x) for y in range(row, area.last_row + 1) for x in range(column, area.last_column + 1)}
            column = area.last_column + 1
    return areas


def row_heights(areas: Sequence[Area], widths: Sequence[float]) -> dict[int, float]:
    """Points of each row by its number; what a merged area needs beyond its rows is added to the last of them."""
    heights: dict[int, float] = {}
    several = []
    for area in areas:
        needed = height_of(plain_text(area.cell["runs"]), sum(widths[area.column - 1 : area.last_column]))
        for row in range(area.row, area.last_row + 1):
            heights.setdefault(row, height_of("", widths[0]))
        if area.row == area.last_row:
            heights[area.row] = max(heights[area.row], needed)
        else:
            several.append((area, needed))
    for area, needed in several:
        missing = needed - sum(heights[row] for row in range(area.row, area.last_row + 1))
        heights[area.last_row] += max(missing, 0.0)
    return heights


def page_ends(heights: Mapping[int, float], room: float, used: float, repeated: float) -> list[int]:
    """The last row of each page but the last: `room` points a page, of which `used` are taken on the first, `repeated` after."""
    ends = []
    filled = used
    for row in sorted(heights):
        if filled + heights[row] > room and filled > repeated:
            ends.append(row - 1)
            filled = repeated
        filled += heights[row]
    return ends


def split_at(area: Area, ends: Sequence[int]) -> Iterator[Area]:
    """The area in pieces that no page end cuts: a merge across pages would lose its border and may lose its label."""
    first = area.row
    for end in ends if area.last_row > area.row else ():
        if first <= end < area.last_row:
            yield replace(area, row=first, last_row=end)
            first = end + 1
    yield replace(area, row=first)
