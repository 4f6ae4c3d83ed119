"""A file as rows of text, before anything is known about its columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from helpers.intake.findings import finding
from helpers.issue import InputsInvalid, Issue


@dataclass(frozen=True)
class Grid:
    """The rows of one file or work sheet that are not blank, each with its number as Excel shows it; the header is the first,
    in row `header_row`.
    """

    file: str
    sheet: str | None
    header: list[str]
    rows: list[tuple[int, list[str]]]
    header_row: int = 1

    def issue(self, code: str, message: str, mend: str, **place: Any) -> Issue:
        """An issue in this file (and sheet); `place` may name row and column."""
        return finding(code, self.file, message, mend, sheet=self.sheet, **place)


def grid_of(file: str, sheet: str | None, rows: Sequence[list[str]]) -> Grid:
    """The grid of all `rows`, the first being row 1. Raises InputsInvalid for no rows (E103) or a header alone (E104)."""
    filled = [(number, cells) for number, cells in enumerate(rows, start=1) if any(cell.strip() for cell in cells)]
    if not filled:
        raise InputsInvalid([finding("E103", file, "空文件。", "请放入有表头和数据的文件。", sheet=sheet)])
    if len(filled) == 1:
        raise InputsInvalid([finding("E104", file, "只有表头，没有数据行。", "请补入数据。", sheet=sheet, row=filled[0][0])])
    return Grid(file, sheet, filled[0][1], filled[1:], filled[0][0])
