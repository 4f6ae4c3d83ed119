"""A comparison as a page, as a workbook and as lines for the terminal; the same bytes for the same comparison."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from openpyxl import Workbook  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]
from openpyxl.worksheet.worksheet import Worksheet  # type: ignore[import-untyped]
from rich.cells import cell_len

from helpers.publishing.assemble import NOTICE
from helpers.publishing.web_page import environment, whole_page
from helpers.publishing.workbook import (
    BODY_FONT,
    TITLE_FONT,
    height_of,
    print_on_a4,
    style,
    workbook_bytes,
    write_number,
    write_text,
)
from helpers.year_over_year.sheet import ID, SECTION, WHY, Head, Sheet
from helpers.year_over_year.sheets import sheets
from helpers.year_over_year.year_comparison import YearComparison

TERMINAL = ("主要数字", "得分的变化", "上年数的重述")
"""The sheets that the terminal shows after the summary; the others are in the files."""
LEFT_OUT = (SECTION, ID, WHY)
"""Columns for which a terminal is too narrow; the section stands above its figures."""


def title_of(comparison: YearComparison) -> str:
    report = comparison.current.report
    return f"{report.department}{comparison.former.report.year}、{report.year}年度自评数字比较"


def page(comparison: YearComparison) -> str:
    """The page, in one file that loads nothing. Raises CharactersMissing."""
    templates = environment(report="")
    templates.filters["shares_of"] = _shares
    notice = NOTICE if comparison.synthetic else None
    title = title_of(comparison)
    body = templates.get_template("comparison.html.j2").render(
        title=title, notice=notice, sheets=sheets(comparison), section=SECTION, id=ID, why=WHY
    )
    return whole_page(templates, title, body, notice)


def workbook(comparison: YearComparison) -> bytes:
    """The workbook, a sheet each. Raises XLSXRefused."""
    notice = NOTICE if comparison.synthetic else None
    book = Workbook()
    book.remove(book.active)
    for sheet in sheets(comparison):
        _draw(book.create_sheet(sheet.title.replace(" ", "")), sheet, notice)
    return workbook_bytes(book)


def text(comparison: YearComparison) -> str:
    """The summary, the main figures, the score and what was restated, for the terminal."""
    lines = [title_of(comparison), *([NOTICE] if comparison.synthetic else [])]
    for place, sheet in enumerate(sheets(comparison)):
        if place == 0 or sheet.title in TERMINAL:
            lines += ["", *_lines(sheet)]
    return "\n".join(lines)


def _shares(heads: Sequence[Head]) -> list[int]:
    """Widths of columns in whole percent."""
    whole = sum(head.width for head in heads)
    return [max(1, round(100 * head.width / whole)) for head in heads]


def _draw(target: Worksheet, sheet: Sheet, notice: str | None) -> None:
    widths = [head.width for head in sheet.heads] or [100]
    write_text(target.cell(1, 1), sheet.title)
    target.cell(1, 1).font = TITLE_FONT
    row = 2
    for note in sheet.notes:
        write_text(target.cell(row, 1), note)
        target.cell(row, 1).font = BODY_FONT
        row += 1
    head_row = row
    for number, texts in enumerate([[head.text for head in sheet.heads], *sheet.rows] if sheet.rows else [], start=head_row):
        head = number == head_row
        for place, (value, column) in enumerate(zip(texts, sheet.heads, strict=True), start=1):
            cell = target.cell(number, place)
            style(cell, head=head, align="center" if head else "right" if column.figures else "left")
            (write_number if column.figures and not head else write_text)(cell, value)
        target.row_dimensions[number].height = max(height_of(value, width) for value, width in zip(texts, widths, strict=True))
    for place, width in enumerate(widths, start=1):
        target.column_dimensions[get_column_letter(place)].width = width
    target.freeze_panes = target.cell(head_row + 1, 1) if sheet.rows else None
    print_on_a4(target, title_row=head_row, notice=notice)


def _lines(sheet: Sheet) -> Iterable[str]:
    """The sheet with its columns in line."""
    yield f"【{sheet.title}】"
    yield from sheet.notes
    if not sheet.rows:
        return
    names = [head.text for head in sheet.heads]
    shown = [place for place, name in enumerate(names) if name not in LEFT_OUT]
    texts = [[line[place] for place in shown] for line in (names, *sheet.rows)]
    widths = [max(map(cell_len, column)) for column in zip(*texts, strict=True)]
    groups = ["", *(sheet.groups or [""] * len(sheet.rows))]
    for group, former, line in zip(groups, ["", *groups], texts, strict=False):
        if group != former:
            yield f"— {group}"
        cells = zip(line, widths, shown, strict=True)
        yield "  ".join(_padded(text, width, sheet.heads[place]) for text, width, place in cells).rstrip()


def _padded(value: str, width: int, head: Head) -> str:
    blank = " " * (width - cell_len(value))
    return blank + value if head.figures else value + blank
