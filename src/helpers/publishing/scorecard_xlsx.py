"""scorecard.xlsx: the official form, the derivation of each score, and the rows in the order of the production system."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from openpyxl import Workbook  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]
from openpyxl.worksheet.pagebreak import Break  # type: ignore[import-untyped]
from openpyxl.worksheet.worksheet import Worksheet  # type: ignore[import-untyped]

from helpers.blocks import Table, plain_text
from helpers.publishing.form_layout import Area, areas_of, page_ends, row_heights, split_at
from helpers.publishing.workbook import (
    ALIGNMENTS,
    BODY_FONT,
    LINE_HEIGHT,
    TITLE_FONT,
    height_of,
    print_on_a4,
    style,
    workbook_bytes,
    write_number,
    write_text,
)
from helpers.scoring.exact_numbers import exact
from helpers.scoring.model import Indicator, Quantity, Score, Scorecard
from helpers.wording import format_value

FORM_SHEET, DERIVATION_SHEET, IMPORT_SHEET = "自评表", "得分计算过程", "系统导入"
TABLE_WIDTH = 140.0
"""Characters over the width of a landscape A4 page."""
PAGE_HEIGHT = 480.0
"""Points of rows on a landscape A4 page within its margins, with a little room left."""
TITLE_HEIGHT = 30.0
TITLE_ROWS = 2
"""Rows above the form: its title, and the unit."""
NAME_COLUMNS = 3
"""Columns that stay in sight: the three levels."""

DERIVATION_HEAD = (("序号", 8.0), ("项目", 30.0), ("分值", 10.0), ("得分", 10.0), ("计算过程和依据", 82.0))
IMPORT_HEAD = (
    ("一级指标\nfindex", 14.0),
    ("二级指标\nsindex", 18.0),
    ("指标名称\nname", 30.0),
    ("分值\nactualweight", 14.0),
    ("指标值\nindexval", 16.0),
    ("实际完成值\nactualvalue", 16.0),
    ("得分\nscore", 10.0),
    ("偏差原因及改进措施\nkpi_remark", 40.0),
)
"""The columns of the production system in its import order, each with its field name."""

PENDING = "待补"


def scorecard_xlsx(form: Table, scorecard: Scorecard, rules: str, notice: str | None = None) -> bytes:
    """The workbook of a scorecard, the same bytes each time.

    `form` is the block of the official form that HTML and PDF print too, `rules` the name of the rule set, `notice` what the form
    has to say above and each page in its footer (演示数据). Raises XLSXRefused where a text cannot stand in a cell.
    """
    workbook = Workbook()
    _form_sheet(workbook.active, form, notice)
    _list_sheet(workbook.create_sheet(DERIVATION_SHEET), DERIVATION_HEAD, _derivations(scorecard, rules), notice)
    _list_sheet(workbook.create_sheet(IMPORT_SHEET), IMPORT_HEAD, map(_import_row, scorecard.rows), notice)
    return workbook_bytes(workbook)


def _form_sheet(sheet: Worksheet, form: Table, notice: str | None) -> None:
    sheet.title = FORM_SHEET
    widths = _widths(form)
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    last = len(widths)
    _line(sheet, 1, last, form["caption"], "center")
    sheet["A1"].font = TITLE_FONT
    sheet.row_dimensions[1].height = TITLE_HEIGHT
    unit = f"单位：{form['unit']}" if form["unit"] else ""
    _line(sheet, TITLE_ROWS, last, "　　".join(filter(None, (notice, unit))), "right")
    areas = areas_of(form, TITLE_ROWS + 1)
    heights = row_heights(areas, widths)
    title_row = _head_of_indicators(areas)
    ends = page_ends(heights, PAGE_HEIGHT, used=TITLE_HEIGHT + LINE_HEIGHT, repeated=heights[title_row])
    for area in areas:
        for piece in split_at(area, ends):
            _place(sheet, piece, piece.cell.get("align") or form["columns"][piece.column - 1]["align"])
    for row, height in heights.items():
        sheet.row_dimensions[row].height = height
    for end in ends:
        sheet.row_breaks.append(Break(id=end))
    for row, note in enumerate(form["notes"], start=sheet.max_row + 1):
        _line(sheet, row, last, plain_text(note), "left")
        sheet.row_dimensions[row].height = height_of(plain_text(note), sum(widths))
    sheet.freeze_panes = f"{get_column_letter(NAME_COLUMNS + 1)}{TITLE_ROWS}"
    print_on_a4(sheet, title_row=title_row, notice=notice)


def _widths(form: Table) -> list[float]:
    whole = sum(column["width"] for column in form["columns"])
    return [round(column["width"] / whole * TABLE_WIDTH, 1) for column in form["columns"]]


def _line(sheet: Worksheet, row: int, last: int, text: str, align: str) -> None:
    """A text over all columns, without borders."""
    cell = sheet.cell(row, 1)
    write_text(cell, text)
    cell.font = BODY_FONT
    cell.alignment = ALIGNMENTS[align]
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=last)


def _place(sheet: Worksheet, area: Area, align: str) -> None:
    """One cell of the block over its area; a border on every cell of a merge, or Excel draws only its first cell's."""
    cell = area.cell
    figure = len(cell["runs"]) == 1 and "fact" in cell["runs"][0]
    (write_number if figure else write_text)(sheet.cell(area.row, area.column), plain_text(cell["runs"]))
    if area.merged:
        sheet.merge_cells(None, area.row, area.column, area.last_row, area.last_column)
    # Merging takes the borders of the cells inside away, so that they are drawn after it.
    for row in range(area.row, area.last_row + 1):
        for column in range(area.column, area.last_column + 1):
            style(sheet.cell(row, column), head=cell.get("header", False), align=align)


def _head_of_indicators(areas: Sequence[Area]) -> int:
    """The row that heads the indicators: the last one of which every cell is a head."""
    others = {area.row for area in areas if not area.cell.get("header")}
    return max(area.row for area in areas if area.row not in others)


def _list_sheet(sheet: Worksheet, head: Sequence[tuple[str, float]], rows: Iterator[Sequence[str]], notice: str | None) -> None:
    """A plain list: head in the first row, columns of points as numbers."""
    points = {place for place, (name, _) in enumerate(head) if name.startswith(("序号", "分值", "得分"))}
    for row, texts in enumerate([[name for name, _ in head], *rows], start=1):
        for place, text in enumerate(texts):
            cell = sheet.cell(row, place + 1)
            style(cell, head=row == 1, align="center" if row == 1 or place in points else "left")
            (write_number if row > 1 and place in points else write_text)(cell, text)
        sheet.row_dimensions[row].height = max(height_of(text, width) for text, (_, width) in zip(texts, head, strict=True))
    for place, (_, width) in enumerate(head, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "A2"
    print_on_a4(sheet, title_row=1, notice=notice)


def _derivations(scorecard: Scorecard, rules: str) -> Iterator[Sequence[str]]:
    for place, (indicator, score) in enumerate(scorecard.rows, start=1):
        yield str(place), indicator.level3, exact(indicator.weight), _points(score.points), score.derivation
    execution = scorecard.execution
    score = execution.score if execution else Score(None, "pending", "待补：没有可用的全年预算数和全年执行数。")
    yield "", "预算执行率", "", _points(score.points), score.derivation
    grade = f"自评等级：{scorecard.grade or PENDING}。规则集：{rules}，{scorecard.year} 年度。"
    yield "", "总分", "", _points(scorecard.total), grade


def _import_row(row: tuple[Indicator, Score]) -> Sequence[str]:
    indicator, score = row
    sign = indicator.direction if indicator.target and indicator.direction != "定性" else ""
    return (
        indicator.level1,
        indicator.level2,
        indicator.level3,
        exact(indicator.weight),
        sign + _quantity(indicator.target, indicator.target_text),
        _quantity(indicator.actual, indicator.actual_text),
        _points(score.points),
        indicator.deviation,
    )


def _quantity(quantity: Quantity | None, text: str) -> str:
    return format_value(quantity.value, quantity.unit, "prose") if quantity else text


def _points(points: Decimal | None) -> str:
    return PENDING if points is None else format(points, "f")
