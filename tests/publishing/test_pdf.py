"""The PDF: what it prints of a report, the same bytes each time, and what stops it."""

import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pypdfium2
import pytest
from nbformat.v4 import new_notebook

from helpers.publishing.errors import CharactersMissing, PDFRefused, PictureRefused
from publishing.pdf_files import body, figure, made, pages_of, squeezed, table, with_blocks
from publishing.sample import SVG, sample_notebook


@pytest.fixture(scope="module")
def pdf():
    return made(sample_notebook(rows=60))


@pytest.fixture(scope="module")
def pages(pdf):
    return pages_of(pdf)


def test_the_text_is_the_text_that_was_written(pages):
    """Hostile characters stand as typed; of the marks only △ adds to the text."""
    written = "实际发放3862人，其中逾期145人△，满意度「待补」。<b>&amp;</b> \\ # $x$ *y* _z_ 「」“三节”"
    assert squeezed(written) in squeezed("".join(pages))


def test_the_cover_names_department_year_and_notice(pages):
    assert all(text in pages[0] for text in ("示例部门", "2022年度", "含演示数据，不得报送"))


def test_the_notice_stands_on_every_page(pages):
    assert all("含演示数据，不得报送" in page for page in pages)


def test_without_made_up_figures_there_is_no_notice():
    document = pypdfium2.PdfDocument(made(sample_notebook(notice=None)))
    assert not any("不得报送" in page.get_textpage().get_text_bounded() for page in document)


def test_the_signatures_stand_before_the_appendix(pages):
    text = squeezed("".join(pages))
    assert "填报人：审核人：负责人：" in text[: text.rindex("附录一")]


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
