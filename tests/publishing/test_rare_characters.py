"""硚, 滘 and 镕, which GB 2312 and most free fonts lack, are set in every format: title, headings, text, tables, charts."""

import io

import pytest
from openpyxl import load_workbook
from test_html import fonts_of
from test_scorecard_xlsx import indicator
from test_scorecard_xlsx import made as scorecard

from helpers.publishing.html import SelfevalHTMLExporter
from helpers.publishing.word.page import text_area
from helpers.publishing.word.pictures import pictures
from publishing.pdf_files import body, figure, heading, table, with_blocks
from publishing.sample import SVG
from publishing.word_files import made, part, styled, text_of

RARE = "硚滘镕"


@pytest.fixture(scope="module")
def notebook():
    """A report with the rare characters in each of its places."""
    blocks = [heading(2, RARE), heading(3, RARE), body(RARE), table((RARE, "1")), figure()]
    rare = with_blocks(*blocks, svg=SVG.replace("甲市", RARE))
    rare.metadata["selfeval"]["department"] = RARE
    rare.metadata["selfeval"]["title"] = [RARE]
    return rare


def test_the_word_report_has_them_as_text(notebook):
    root = part(made(notebook))
    for style in ("Title", "CoverLine", "Heading2", "Heading3", "BodyText", "TableText"):
        assert any(RARE in text_of(one) for one in styled(root, style)), style


def test_charts_of_the_word_report_draw_each_of_them():
    """A character that a font lacks is drawn as a box, the same for all."""
    area = text_area(landscape=False)
    drawn = pictures([(SVG.replace("甲市 3862人", character), area) for character in (*RARE, "\U00020000", "\U00020001")])
    *rare, missing, other = [one.png for one in drawn]
    assert missing == other
    assert len({*rare, missing}) == len(RARE) + 1


def test_the_web_page_carries_a_font_for_them(notebook):
    page, _ = SelfevalHTMLExporter().from_notebook_node(notebook)
    assert set(RARE) <= set().union(*fonts_of(page).values())
    assert page.count(RARE) >= 7


def test_the_workbook_has_them():
    book = load_workbook(io.BytesIO(scorecard(indicator(name=RARE))))
    assert RARE in {cell.value for row in book.worksheets[0].iter_rows() for cell in row}
