"""The pages of the PDF: the type area of GB/T 9704-2012, and tables and charts that leave no page half empty."""

from itertools import pairwise

import pypdfium2
import pytest

from publishing.pdf_files import body, figure, heading, lines_of, made, pages_of, squeezed, table, with_blocks
from publishing.sample import sample_notebook

MILLIMETRE = 72 / 25.4
PITCH = 28


@pytest.fixture(scope="module")
def full_page():
    """Two facing pages of nothing but text: the even one, the odd one."""
    pdf = made(with_blocks(body("国" * 28 * 80)))
    return [lines_of(pdf, page, "国") for page in (3, 4)]


def svg(height):
    """A picture as wide as the text that would be so many lines high."""
    text = f'<text x="4" y="{height * PITCH - 8}">图底</text>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="442" height="{height * PITCH}">{text}</svg>'


def rows(count):
    return [(f"左{number}", f"右{number}") for number in range(1, count + 1)]


def page_with(pages, text):
    (found,) = [number for number, page in enumerate(pages) if text in squeezed(page) and number != 1]  # 1 is the contents
    return found


def test_a_page_holds_22_lines_of_28_characters(full_page):
    for lines in full_page:
        assert [len(origins) for _, origins in lines] == [28] * 22


def test_lines_stand_28_points_apart(full_page):
    for lines in full_page:
        assert {round(below - above, 1) for (above, _), (below, _) in pairwise(lines)} == {PITCH}


def test_the_type_area_is_156_millimetres_wide_and_stands_28_from_the_binding(full_page):
    even, odd = ([origins for _, origins in lines] for lines in full_page)
    step = 156 * MILLIMETRE / 28
    for lines, left in ((odd, 28 * MILLIMETRE), (even, 26 * MILLIMETRE)):
        edges = {edge for line in lines for edge in ((line[0], 0), (line[-1] + step, 156 * MILLIMETRE))}
        assert all(edge == pytest.approx(left + offset, abs=0.1) for edge, offset in edges)


def test_the_first_line_stands_37_millimetres_from_the_head(full_page):
    """Between its neighbours a line of 28 points has its baseline at 20.08."""
    for lines in full_page:
        assert lines[0][0] == pytest.approx(37 * MILLIMETRE + 20.08, abs=0.1)


def test_a_landscape_section_has_landscape_pages():
    shapes = [width > height for width, height in (page.get_size() for page in pypdfium2.PdfDocument(made(sample_notebook())))]
    assert set(shapes) == {True, False}


def test_a_landscape_appendix_has_landscape_pages():
    notebook = sample_notebook()
    notebook.metadata["selfeval"]["appendix"][0]["landscape"] = True
    pdf = made(notebook)
    width, height = pypdfium2.PdfDocument(pdf)[page_with(pages_of(pdf), "附录一假设与待补")].get_size()
    assert width > height


def test_a_long_table_repeats_its_head_on_each_page():
    with_rows = [page for page in pages_of(made(sample_notebook(rows=60))) if "地区" in page and "第5" in page]
    assert len(with_rows) > 1
    assert all("人数" in page and "金额" in page for page in with_rows)


def test_a_table_of_few_rows_higher_than_a_page_loses_none():
    long_rows = [(f"第{number}行", "很长的说明，" * 40 + f"止于{number}。") for number in range(12)]
    text = squeezed("".join(pages_of(made(with_blocks(table(*long_rows))))))
    assert [number for number in range(12) if f"止于{number}。" not in text] == []


def test_a_short_table_is_not_broken_over_pages():
    pages = pages_of(made(with_blocks(body("国" * 28 * 18), table(*rows(8)))))
    assert page_with(pages, "左1") == page_with(pages, "右8")


def test_text_goes_on_below_a_table_that_does_not_fit():
    """The table stands at the head of the next page, and no page is left half empty."""
    pdf = made(with_blocks(body("国" * 28 * 14), table(*rows(12)), body("民" * 28 * 14)))
    pages = pages_of(pdf)
    first = page_with(pages, "左1") - 1
    assert [len(lines_of(pdf, first, character)) for character in "国民"] == [15, 6]
    assert squeezed(pages[first + 1]).index("对照表") < squeezed(pages[first + 1]).index("民")


def test_tables_keep_their_order_when_the_first_does_not_fit():
    pages = pages_of(
        made(with_blocks(body("国" * 28 * 14), table(*rows(12)), body("民" * 28), table(("小表", "小表")), body("民" * 28)))
    )
    text = squeezed("".join(pages))
    assert text.index("表1对照表") < text.index("表2对照表")


def test_a_long_table_does_not_overtake_a_table_that_waits():
    blocks = (body("国" * 28 * 14), table(*rows(12)), body("民" * 28), table(*rows(60)), body("民" * 28))
    text = squeezed("".join(pages_of(made(with_blocks(*blocks)))))
    assert text.index("表1对照表") < text.index("表2对照表")


def test_a_heading_stays_with_the_table_that_it_heads():
    pages = pages_of(made(with_blocks(body("国" * 28 * 14), heading(2, "分布"), table(*rows(12)), body("民" * 28 * 14))))
    assert page_with(pages, "（一）分布") == page_with(pages, "左1")


def test_a_heading_is_not_the_last_line_of_a_page():
    """Nor are the first two lines of what it heads torn apart."""
    for lines in (19, 20, 21):
        pages = pages_of(made(with_blocks(body("国" * 28 * lines), heading(2, "分布"), body("民" * 28 * 2))))
        assert pages[page_with(pages, "（一）分布")].count("民") == 28 * 2


def test_a_table_at_the_end_of_a_section_does_not_float():
    """There is no text that could go on below it."""
    pages = pages_of(made(with_blocks(body("国" * 28 * 14), table(*rows(12)))))
    assert page_with(pages, "左1") == page_with(pages, "右12")


def test_a_chart_that_nearly_fits_is_drawn_smaller():
    pages = pages_of(made(with_blocks(body("国" * 28 * 11), figure(), body("民" * 28), svg=svg(10))))
    assert "国" in pages[page_with(pages, "图底")]


def test_a_chart_that_does_not_fit_stands_at_the_head_of_the_next_page():
    pdf = made(with_blocks(body("国" * 28 * 15), figure(), body("民" * 28 * 10), svg=svg(12)))
    chart = page_with(pages_of(pdf), "图底")
    assert [len(lines_of(pdf, page, "民")) for page in (chart - 1, chart)] == [5, 6]


@pytest.mark.parametrize("landscape", [False, True])
def test_a_high_chart_is_cut_down_to_its_page(landscape):
    high = '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="400"><text x="4" y="390">图底</text></svg>'
    pages = pages_of(made(with_blocks(figure(), svg=high, landscape=landscape)))
    assert any("图底" in page and "图1" in page for page in pages)


@pytest.mark.parametrize("before", range(20, 26))
def test_a_number_stays_on_the_line_of_its_unit(before):
    paragraph = body("国" * before) | {
        "runs": [{"text": "国" * before}, {"fact": "a.people", "display": "3862人"}, {"text": "，民"}]
    }
    (line,) = [line for line in pages_of(made(with_blocks(paragraph)))[2].splitlines() if "3862" in line]
    assert "3862人，" in line


def test_a_label_in_a_text_is_not_broken_over_lines():
    text = "国" * 25 + "见表12和图3。"
    pdf = made(with_blocks(body(text)))
    (line,) = [line for line in pages_of(pdf)[2].splitlines() if "表" in line]
    assert "表12" in line
