"""A file as rows of text, before anything is known about its columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from helpers.intake.findings import finding, normalise
from helpers.issue import InputsInvalid, Issue

SAMPLE = "示例（本行不读）"
"""Stands in a cell of the row below the header that input workbooks show as an example; the row is never read."""

NumberedRow = tuple[int, list[str]]
"""The cells of a row, and its number as Excel shows it."""


@dataclass(frozen=True)
class Merge:
    """Merged cells: rows as Excel numbers them, columns from 0, both ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    @property
    def one_column(self) -> bool:
        return self.first_column == self.last_column


@dataclass(frozen=True)
class Storage:
    """How the filled cells of a column are stored below the header: the rows of numbers, of texts, and of dates."""

    numbers: Sequence[int] = ()
    texts: Sequence[int] = ()
    dates: Sequence[int] = ()


@dataclass(frozen=True)
class Marks:
    """What a work sheet says of its cells beside their values; nothing for a CSV file. Columns count from 0.

    `faults` are cells whose value is not what it seems: "uncalculated", "percent", or the error that Excel shows ("#REF!").
    """

    faults: Mapping[tuple[int, int], str] = field(default_factory=dict)
    merges: Sequence[Merge] = ()
    storage: Mapping[int, Storage] = field(default_factory=dict)


@dataclass(frozen=True)
class Grid:
    """The rows of one file or work sheet that are not blank, each with its number as Excel shows it.

    The header is the first, in row `header_row`; a declared one may have rows `above` it. Records stand from row `first_row` on,
    below a sample where there is one. `notes` are warnings about the sheet.
    """

    file: str
    sheet: str | None
    header: list[str]
    rows: list[NumberedRow]
    header_row: int = 1
    first_row: int = 2
    above: Sequence[NumberedRow] = ()
    marks: Marks = field(default_factory=Marks)
    notes: Sequence[Issue] = ()

    def issue(self, code: str, message: str, mend: str, **place: Any) -> Issue:
        """An issue in this file (and sheet); `place` may name row and column."""
        return finding(code, self.file, message, mend, sheet=self.sheet, **place)


def grid_of(file: str, sheet: str | None, rows: Sequence[list[str]], header_row: int | None = None) -> Grid:
    """The grid of all `rows`, the first being row 1; the header is the first that is not blank, or the declared one.

    Raises InputsInvalid for no rows (E103), a header alone (E104) or a blank row declared as the header (E201).
    """
    filled = [(number, cells) for number, cells in enumerate(rows, start=1) if any(cell.strip() for cell in cells)]
    if not filled:
        raise InputsInvalid([finding("E103", file, "空文件。", "请放入有表头和数据的文件。", sheet=sheet)])
    place = next((place for place, (number, _) in enumerate(filled) if number == header_row), None) if header_row else 0
    if place is None:
        mend = "请改正 register.yml 中该文件的 header_row。"
        raise InputsInvalid([finding("E201", file, "登记为表头的这一行是空行。", mend, sheet=sheet, row=header_row)])
    number, header = filled[place]
    below = filled[place + 1 :]
    first = number + 1
    if below and below[0][0] == first and normalise(SAMPLE) in map(normalise, below[0][1]):
        below, first = below[1:], first + 1
    if not below:
        raise InputsInvalid([finding("E104", file, "只有表头，没有数据行。", "请补入数据。", sheet=sheet, row=number)])
    return Grid(file, sheet, header, below, number, first, filled[:place])
