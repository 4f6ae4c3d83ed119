"""What a work sheet's XML says beside the values of its cells: read as a stream, before any cell is kept."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from helpers.intake.grid import Merge
from helpers.intake.limits import MOST_ROWS
from helpers.intake.xml_part import Attributes, local, parse


class TooManyRows(Exception):
    """More filled rows than a table may have."""


@dataclass
class SheetMarks:
    """Rows as Excel numbers them, columns from 0. `faults` as in `grid.Marks`; `hidden` are filled rows."""

    faults: dict[tuple[int, int], str] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    filtered: bool = False
    filled_rows: int = 0
    last_row: int = 0
    last_column: int = -1


def read_marks(part: bytes, percent_styles: frozenset[str]) -> SheetMarks:
    """The marks of one sheet's part.

    Raises TooManyRows, NotPlainXML, and ValueError for addresses that are none, stand twice or out of their order.
    """
    reader = _Reader(percent_styles)
    parse(part, reader.start, reader.end, reader.text)
    return reader.marks


@lru_cache(maxsize=4096)
def column_of(letters: str) -> int:
    """The column, from 0, of its letters: A is 0, AA is 26. Raises ValueError for others."""
    if not re.fullmatch("[A-Z]{1,3}", letters):
        raise ValueError(letters)
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def address(row: int, column: int) -> str:
    """A cell as Excel names it: row from 1, column from 0."""
    letters = ""
    while column >= 0:
        letters = chr(65 + column % 26) + letters
        column = column // 26 - 1
    return f"{letters}{row}"


class _Reader:
    """Follows the elements of a sheet. A row or cell without an address stands next to the one before it."""

    def __init__(self, percent_styles: frozenset[str]) -> None:
        self.marks = SheetMarks()
        self._percent_styles = percent_styles
        self._row, self._column = 0, -1
        self._hidden = self._row_filled = False
        self._cell: Attributes = {}
        self._formula = self._cached = self._inside_value = False
        self._value: list[str] = []

    def start(self, name: str, attributes: Attributes) -> None:
        name = local(name)
        if name == "c":
            self._column = self._place_of(attributes.get("r"))
            self._cell, self._value = attributes, []
            self._formula = self._cached = False
        elif name == "v" or name == "t":
            if name == "v" and self._cached:
                raise ValueError(name)
            self._inside_value = True
            self._cached = True
        elif name == "f":
            self._formula = True
        elif name == "row":
            row = int(attributes.get("r", self._row + 1))
            if row <= self._row:
                raise ValueError(row)
            self._row, self._column = row, -1
            self._hidden = attributes.get("hidden") in ("1", "true")
            self._row_filled = False
        elif name == "mergeCell":
            self.marks.merges.append(_merge(attributes["ref"]))
        elif name == "filterColumn":
            self.marks.filtered = True

    def text(self, text: str) -> None:
        if self._inside_value:
            self._value.append(text)

    def end(self, name: str) -> None:
        name = local(name)
        if name == "v" or name == "t":
            self._inside_value = False
        elif name == "c":
            self._end_cell()
        elif name == "row" and self._row_filled:
            self.marks.filled_rows += 1
            self.marks.last_row = max(self.marks.last_row, self._row)
            if self._hidden:
                self.marks.hidden.append(self._row)
            if self.marks.filled_rows > MOST_ROWS:
                raise TooManyRows

    def _place_of(self, reference: str | None) -> int:
        """The column of a cell: right of the one before it, and in the row that it stands in."""
        if reference is None:
            return self._column + 1
        letters = reference.rstrip("0123456789")
        column = column_of(letters)
        if column <= self._column or reference[len(letters) :] != str(self._row):
            raise ValueError(reference)
        return column

    def _end_cell(self) -> None:
        kind, filled = self._cell.get("t", "n"), bool(self._value)
        place = self._row, self._column
        if kind == "e":
            self.marks.faults[place] = "".join(self._value)
        # A formula that gives an empty text has kind "str" and an empty value.
        elif self._formula and not filled and not (kind == "str" and self._cached):
            self.marks.faults[place] = "uncalculated"
        elif filled and kind == "n" and self._cell.get("s") in self._percent_styles:
            self.marks.faults[place] = "percent"
        if filled or self._formula:
            self._row_filled = True
            self.marks.last_column = max(self.marks.last_column, self._column)


def _merge(reference: str) -> Merge:
    found = re.fullmatch(r"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})", reference)
    if not found:
        raise ValueError(reference)
    first, top, last, bottom = found.groups()
    return Merge(int(top), column_of(first), int(bottom), column_of(last))
