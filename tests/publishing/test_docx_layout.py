"""Where pages of report.docx end: what is drawn smaller, what may be broken, how wide columns are."""

from dataclasses import replace

import pytest

from helpers.publishing.document import read_document
from helpers.publishing.word.columns import column_widths
from helpers.publishing.word.measure import TABLE, characters
from helpers.publishing.word.page import LINE_PITCH, text_area
from helpers.publishing.word.pagination import AFTER_TABLE, CAPTION, LEAST_SHARE, PICTURE_ABOVE, lay_out
from helpers.publishing.word.pictures import Picture
from helpers.publishing.word.tables import KEPT_ROWS, table_rows
from publishing.sample import cell_of, sample_notebook
from publishing.word_files import W, made, part

WIDTH, HEIGHT = text_area(landscape=False).width, text_area(landscape=False).height


def text(lines):
    """A paragraph of so many lines."""
    return {"kind": "paragraph", "style": "body", "runs": [{"text": "国" * (28 * lines - 2)}]}


def grid(rows):
    """A table of a head and so many rows, each one line high."""
    head = [cell_of("地区", header=True), cell_of("人数", header=True)]
    return {
        "kind": "table", "label": "表1", "caption": "分地区", "unit": "", "mark": "", "header_rows": 1, "notes": [],
        "columns": [{"align": "left", "width": 1}] * 2,
        "rows": [head, *([cell_of("甲市"), cell_of("3862")] for _ in range(rows))],
    }  # fmt: skip


def chart():
    return {"kind": "figure", "label": "图1", "caption": "人数", "alt": "条形图", "mark": "", "facts": [], "svg": ""}


@pytest.fixture
def laid_out():
    """The layout of one section of blocks, whose charts have the given heights, and of a section `after` it."""

    def layout(blocks, *heights, after=()):
        document = read_document(sample_notebook())
        sections = [replace(document.sections[0], blocks=list(given)) for given in (blocks, after)]
        pictures = [Picture(b"", WIDTH, height) for height in heights]
        return lay_out(replace(document, sections=sections, appendix=[]), pictures)

    return layout


def rest_after(lines):
    """Points of a page below its heading and so many lines."""
    return HEIGHT - LINE_PITCH * (lines + 1)


def test_a_chart_that_is_a_little_too_high_is_drawn_smaller(laid_out):
    room = rest_after(10) - PICTURE_ABOVE - CAPTION
    (picture,) = laid_out([text(10), chart()], room * 1.1).pictures
    assert room * 0.95 < picture.height <= room
    assert picture.width / WIDTH == pytest.approx(picture.height / (room * 1.1))


def test_a_chart_that_fits_is_drawn_as_it_is(laid_out):
    room = rest_after(10) - PICTURE_ABOVE - CAPTION
    (picture,) = laid_out([text(10), chart()], room).pictures
    assert (picture.width, picture.height) == (WIDTH, room)


def test_a_chart_far_too_high_is_not_squeezed(laid_out):
    high = (rest_after(10) - PICTURE_ABOVE - CAPTION) / LEAST_SHARE * 1.05
    assert [one.height for one in laid_out([text(10), chart()], high).pictures] == [high]


def test_a_table_that_fits_stays_whole(laid_out):
    assert laid_out([text(4), grid(12)]).whole == [True]


def test_a_table_that_leaves_little_empty_goes_to_the_next_page_whole(laid_out):
    assert laid_out([text(16), grid(12)]).whole == [True]


def test_a_table_that_would_leave_a_third_of_the_page_empty_may_be_broken(laid_out):
    assert laid_out([text(12), grid(18)]).whole == [False]


def test_of_a_broken_table_no_few_rows_stand_alone():
    (rows,) = table_rows(grid(12), [WIDTH / 2] * 2, TABLE)
    kept = [number for number, row in enumerate(rows) if row.kept]
    assert kept == [*range(KEPT_ROWS), *range(len(rows) - KEPT_ROWS, len(rows) - 1)]


@pytest.mark.parametrize(("rows", "whole"), [(12, True), (40, False)])
def test_word_keeps_the_rows_of_a_whole_table_together(rows, whole):
    notebook = sample_notebook(rows=rows)
    table = next(part(made(notebook)).iter(f"{W}tbl"))
    paragraphs = [row.find(f"{W}tc/{W}p/{W}pPr/{W}keepNext") for row in table.findall(f"{W}tr")]
    assert all(one is not None for one in paragraphs) is whole


def test_the_repeated_head_of_a_broken_table_takes_room(laid_out):
    """As many rows as leave room for the next heading and two lines on the second page, and one more."""
    row = TABLE.cell_height("", WIDTH / 2)
    first = int((HEIGHT - LINE_PITCH - CAPTION) / row) - 1
    second = int((HEIGHT - AFTER_TABLE - 3 * LINE_PITCH) / row) - 1
    pages = [laid_out([grid(first + second + more)], after=[text(2)]).pages[1] for more in (0, 1)]
    assert pages == [2, 3]


def test_no_unit_of_a_heading_is_broken():
    block = grid(1)
    block["rows"][0] = [cell_of("事项", header=True), cell_of("逾期（天）", header=True)]
    block["columns"] = [{"align": "left", "width": 30}, {"align": "right", "width": 1}]
    widths = column_widths(block, WIDTH, TABLE)
    assert sum(widths) == pytest.approx(WIDTH)
    assert TABLE.room(widths[1]) >= characters("（天）")


def test_other_columns_have_the_shares_that_the_block_asks_for():
    block = grid(1)
    block["columns"] = [{"align": "left", "width": 3}, {"align": "right", "width": 1}]
    assert column_widths(block, WIDTH, TABLE) == pytest.approx([WIDTH * 3 / 4, WIDTH / 4])
