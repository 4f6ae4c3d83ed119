"""Whether a file is of the fiscal year, by what it says itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from helpers.intake.grid import Grid
from helpers.intake.headers import YEAR_COLUMNS
from helpers.issue import Issue

_MEND = "请换成 {} 年度的文件。"
_CARRIED_OVER = "预算年度"
"""Money of a former budget paid in this year keeps its 预算年度, so a single other value is no mistake."""


def other_year(grid: Grid, names: Sequence[str], fiscal_year: int, as_of: date) -> Iterator[Issue]:
    """Issues (E116) of a file of another year: by its title rows, a column of years, or the date registered for it.

    `names` are the headers as `headers.header_names` knows them. A file made after the year's end is of the year all the same.
    """
    if not fiscal_year <= as_of.year <= fiscal_year + 1:
        message = f"登记的时点是 {as_of}，不属于 {fiscal_year} 年度。"
        yield grid.issue("E116", message, f"{_MEND.format(fiscal_year)}文件无误的请改正登记表中的 as_of。")
    yield from _titles(grid, fiscal_year)
    for place, name in enumerate(names):
        if name in YEAR_COLUMNS:
            yield from _column(grid, place, name, fiscal_year)


def _titles(grid: Grid, fiscal_year: int) -> Iterator[Issue]:
    for row, cells in grid.above:
        years = {int(year) for year in re.findall(r"(?<![0-9])(20[0-9]{2}) ?年", " ".join(cells))}
        if years and fiscal_year not in years:
            message = f"标题写的是 {'、'.join(map(str, sorted(years)))} 年，参数的年度是 {fiscal_year}。"
            yield grid.issue("E116", message, _MEND.format(fiscal_year), row=row)


def _column(grid: Grid, place: int, name: str, fiscal_year: int) -> Iterator[Issue]:
    stated = [(row, cells[place].strip().removesuffix("年")) for row, cells in grid.rows if place < len(cells)]
    others = [(row, year) for row, year in stated if re.fullmatch("20[0-9]{2}", year) and int(year) != fiscal_year]
    if others and not (name == _CARRIED_OVER and any(year == str(fiscal_year) for _, year in stated)):
        row, year = others[0]
        message = f"文件内年度是 {year}，参数的年度是 {fiscal_year}（共 {len(others)} 行不是本年度）。"
        yield grid.issue("E116", message, f"请只保留 {fiscal_year} 年度的记录，或换成该年度的文件。", row=row, column=name)
