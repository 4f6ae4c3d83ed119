"""The PDF: archival and accessible, the same bytes each time, and its text is the text that was written."""

import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pypdfium2
import pytest
from page import ValidationProfile, validate_pdf_bytes

from helpers.publishing.errors import CharactersMissing, PDFRefused
from helpers.publishing.pdf import SelfevalPDFExporter
from publishing.sample import sample_notebook


def made(notebook):
    return SelfevalPDFExporter().from_notebook_node(notebook)[0]


@pytest.fixture(scope="module")
def pdf():
    return made(sample_notebook(rows=60))


@pytest.fixture(scope="module")
def pages(pdf):
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)]


@pytest.mark.parametrize("profile", [ValidationProfile.PDF_A_3A, ValidationProfile.PDF_UA_1])
def test_it_keeps_the_archival_and_the_accessible_standard(pdf, profile):
    report = validate_pdf_bytes(pdf, profile=profile)
    assert [failure.message for failure in report.failures] == []


def test_hostile_text_is_set_as_typed(pages):
    assert "<b>&amp;</b> \\ # $x$ *y* _z_" in " ".join("".join(pages).split())


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


def test_a_landscape_section_has_landscape_pages(pdf):
    shapes = {width > height for width, height in (page.get_size() for page in pypdfium2.PdfDocument(pdf))}
    assert shapes == {True, False}


def test_the_bookmarks_name_the_sections(pdf):
    titles = [item.get_title() for item in pypdfium2.PdfDocument(pdf).get_toc()]
    assert "一、基本概况" in titles


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


def test_a_chart_without_a_text_for_it_stops_the_build():
    notebook = sample_notebook()
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            block = next(iter(output.data.values()))
            if isinstance(block, dict) and block.get("kind") == "figure":
                block["alt"] = None
    with pytest.raises(PDFRefused, match="alt"):
        made(notebook)
