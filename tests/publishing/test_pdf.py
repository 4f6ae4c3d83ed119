"""The PDF: archival and accessible, the same bytes each time, and its text is the text that was written."""

import re
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pypdfium2
import pytest
from nbformat.v4 import new_notebook
from page import ValidationProfile, validate_pdf_bytes

from helpers.publishing.errors import CharactersMissing, PDFRefused, PictureRefused
from helpers.publishing.pdf import SelfevalPDFExporter
from publishing.sample import SVG, block_output, cell_of, sample_notebook

LENGTH_RULE = "PDFA3A-STREAM-LENGTH-001"
"""The checker takes a last byte that happens to be a carriage return for a line end; the lengths are counted here instead."""


def made(notebook):
    return SelfevalPDFExporter().from_notebook_node(notebook)[0]


def pages_of(pdf):
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)]


def squeezed(text):
    return re.sub(r"\s", "", text)


def with_blocks(*blocks, svg=SVG, landscape=False):
    """The sample with these blocks as its first section."""
    notebook = sample_notebook()
    notebook.cells[1].outputs = [block_output(block, svg if block["kind"] == "figure" else None) for block in blocks]
    notebook.metadata["selfeval"]["sections"][0]["landscape"] = landscape
    return notebook


def heading(level, text):
    return {"kind": "heading", "level": level, "text": text}


def body(text):
    return {"kind": "paragraph", "style": "body", "runs": [{"text": text}]}


def figure(alt="条形图：甲市3862人"):
    return {"kind": "figure", "caption": "发放人数", "alt": alt, "facts": ["a.late"]}


def table(*rows):
    columns = [{"align": "left", "width": 1}, {"align": "right", "width": 1}]
    head = [cell_of("甲", header=True), cell_of("乙", header=True)]
    body_rows = [[cell_of(left), cell_of(right)] for left, right in rows]
    return {
        "kind": "table",
        "caption": "对照表",
        "unit": "",
        "columns": columns,
        "header_rows": 1,
        "rows": [head, *body_rows],
        "notes": [],
    }


@pytest.fixture(scope="module")
def pdf():
    return made(sample_notebook(rows=60))


@pytest.fixture(scope="module")
def pages(pdf):
    return pages_of(pdf)


@pytest.mark.parametrize("profile", [ValidationProfile.PDF_A_3A, ValidationProfile.PDF_UA_1])
def test_it_keeps_the_archival_and_the_accessible_standard(pdf, profile):
    failures = validate_pdf_bytes(pdf, profile=profile).failures
    assert [failure.message for failure in failures if failure.rule_id != LENGTH_RULE] == []


def test_every_stream_is_as_long_as_it_says(pdf):
    streams = list(re.finditer(rb"/Length (\d+)(?:(?!endobj|stream).)*>>\s*stream\r?\n", pdf, re.DOTALL))
    assert len(streams) == pdf.count(b"\nendstream")
    assert all(pdf.startswith(b"\nendstream", stream.end() + int(stream[1])) for stream in streams)


@pytest.mark.parametrize("profile", [ValidationProfile.PDF_A_3A, ValidationProfile.PDF_UA_1])
def test_an_untagged_file_fails_both_standards(pdf, profile):
    """Negative control: the checker looks."""
    assert b"/Marked true" in pdf
    failures = validate_pdf_bytes(pdf.replace(b"/Marked true", b"/Marked null"), profile=profile).failures
    assert {failure.rule_id for failure in failures} - {LENGTH_RULE}


def test_the_text_is_the_text_that_was_written(pages):
    """Hostile characters stand as typed; of the marks only △ adds to the text."""
    written = "实际发放3862人，其中逾期145人△，满意度「待补」。<b>&amp;</b> \\ # $x$ *y* _z_ 「」“三节”"
    assert squeezed(written) in squeezed("".join(pages))


def test_a_page_holds_22_lines_of_28_characters():
    """GB/T 9704-2012."""
    page = pages_of(made(with_blocks(body("国" * 28 * 60))))[3]
    lines = [line for line in page.splitlines() if line.startswith("国")]
    assert [len(line) for line in lines] == [28] * 22


def test_the_cover_names_department_year_and_notice(pages):
    assert all(text in pages[0] for text in ("示例部门", "2022年度", "含演示数据，不得报送"))


def test_the_notice_stands_on_every_page(pages):
    assert all("含演示数据，不得报送" in page for page in pages)


def test_without_made_up_figures_there_is_no_notice():
    document = pypdfium2.PdfDocument(made(sample_notebook(notice=None)))
    assert not any("不得报送" in page.get_textpage().get_text_bounded() for page in document)


def test_a_long_table_repeats_its_head_on_each_page(pages):
    with_rows = [page for page in pages if "地区" in page and "第5" in page]
    assert len(with_rows) > 1
    assert all("人数" in page and "金额" in page for page in with_rows)


def test_a_table_of_few_rows_higher_than_a_page_loses_none():
    rows = [(f"第{number}行", "很长的说明，" * 40 + f"止于{number}。") for number in range(12)]
    text = squeezed("".join(pages_of(made(with_blocks(table(*rows))))))
    assert [number for number in range(12) if f"止于{number}。" not in text] == []


def test_a_short_table_is_not_broken_over_pages():
    rows = [(f"左{number}", f"右{number}") for number in range(8)]
    pages = pages_of(made(with_blocks(body("国" * 28 * 18), table(*rows))))
    assert [("左0" in page, "右7" in page) for page in pages if "左0" in page or "右7" in page] == [(True, True)]


def test_a_long_id_in_a_cell_is_copied_as_it_was():
    digest = "0123456789abcdef" * 4
    (page,) = [page for page in pages_of(made(with_blocks(table((digest, "1"))))) if "对照表" in page]
    assert digest in page.replace("\r\n", "")


@pytest.mark.parametrize("landscape", [False, True])
def test_a_high_chart_is_cut_down_to_its_page(landscape):
    high = '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="400"><text x="4" y="390">图底</text></svg>'
    pages = pages_of(made(with_blocks(figure(), svg=high, landscape=landscape)))
    assert any("图底" in page and "图1" in page for page in pages)


def test_a_landscape_appendix_has_landscape_pages():
    notebook = sample_notebook()
    notebook.metadata["selfeval"]["appendix"][0]["landscape"] = True
    *_, last = pypdfium2.PdfDocument(made(notebook))
    width, height = last.get_size()
    assert width > height


def test_the_signatures_stand_before_the_appendix(pages):
    text = squeezed("".join(pages))
    assert "填报人：审核人：负责人：" in text[: text.rindex("附录一")]


def test_a_landscape_section_has_landscape_pages(pdf):
    shapes = {width > height for width, height in (page.get_size() for page in pypdfium2.PdfDocument(pdf))}
    assert shapes == {True, False}


def test_the_bookmarks_name_the_sections(pdf):
    titles = [item.get_title() for item in pypdfium2.PdfDocument(pdf).get_toc()]
    assert "一、基本概况" in titles


def test_a_skipped_level_of_headings_is_set():
    """PDF/UA-1 allows no skipped level, an author may."""
    notebook = with_blocks(heading(3, "跳级"), body("正文。"))
    levels = {item.get_title(): item.level for item in pypdfium2.PdfDocument(made(notebook)).get_toc()}
    assert levels["1.跳级"] == levels["一、基本概况"] + 1


def test_another_process_makes_the_same_bytes(pdf):
    code = (
        "import sys; from hashlib import sha256; from publishing.sample import sample_notebook;"
        "from helpers.publishing.pdf import SelfevalPDFExporter as E;"
        "print(sha256(E().from_notebook_node(sample_notebook(rows=60))[0]).hexdigest())"
    )
    tests = Path(__file__).parents[1]
    run = subprocess.run([sys.executable, "-c", code], cwd=tests, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == sha256(pdf).hexdigest()


def test_a_character_that_no_font_has_stops_the_build():
    notebook = sample_notebook()
    notebook.metadata["selfeval"]["department"] = "示例😀部门"
    with pytest.raises(CharactersMissing, match="封面"):
        made(notebook)


@pytest.mark.parametrize(
    ("notebook", "place"),
    [
        (with_blocks(body("好"), body("好😀")), "第一部分 第2段"),
        (with_blocks(table(("好", "好"), ("好", "😀"))), "第一部分 表1 第3行第2格"),
        (with_blocks(figure(), svg=SVG.replace("甲市", "甲😀市")), "第一部分 图1 图中文字"),
    ],
)
def test_a_missing_character_is_named_with_its_place(notebook, place):
    with pytest.raises(CharactersMissing, match=rf"U\+1F600），见：{place}"):
        made(notebook)


@pytest.mark.parametrize("alt", [None, "", " "])
def test_a_chart_without_a_text_for_it_stops_the_build(alt):
    with pytest.raises(PictureRefused, match=r"第一部分 图1“发放人数”没有文字说明.*alt"):
        made(with_blocks(figure(alt)))


@pytest.mark.parametrize("svg", [None, "<svg", "<p/>"])
def test_a_chart_without_a_picture_stops_the_build(svg):
    with pytest.raises(PictureRefused, match="第一部分 图1“发放人数”没有可读的 SVG 图形"):
        made(with_blocks(figure(), svg=svg))


def test_a_notebook_that_is_not_the_combined_one_is_refused():
    with pytest.raises(PDFRefused, match="selfeval run"):
        made(new_notebook())
