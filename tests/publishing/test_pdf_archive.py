"""The PDF as a record: what its properties, bookmarks, tags, fonts and attachments give to readers, machines and auditors."""

import re

import pypdfium2
import pytest
from page import ValidationProfile

from helpers.publishing.document import read_document
from helpers.publishing.register import with_register
from helpers.publishing.texts import texts_of
from publishing.pdf_files import (
    alternatives_of,
    attached_to,
    body,
    failures,
    figure,
    fonts_of,
    heading,
    made,
    pages_of,
    squeezed,
    table,
    tags_of,
    with_blocks,
)
from publishing.sample import ATTACHED_TEXTS, SVG, sample_notebook

PROFILES = [ValidationProfile.PDF_A_3A, ValidationProfile.PDF_UA_1]
RARE = "硚口滘镕"
"""Characters of names of places and persons that GB 2312 and most free fonts lack."""


@pytest.fixture(scope="module")
def pdf():
    return made(sample_notebook(rows=60))


@pytest.fixture(scope="module")
def rare():
    """A report with rare characters in each face: cover, headings, text, tables, charts."""
    blocks = [heading(2, RARE), heading(3, RARE), body(RARE), table((RARE, "1")), figure()]
    notebook = with_blocks(*blocks, svg=SVG.replace("甲市", RARE))
    notebook.metadata["selfeval"]["department"] = RARE
    notebook.metadata["selfeval"]["title"] = [RARE]
    return made(notebook)


@pytest.mark.parametrize("profile", PROFILES)
def test_it_keeps_the_archival_and_the_accessible_standard(pdf, profile):
    assert failures(pdf, profile) == []


def test_every_stream_is_as_long_as_it_says(pdf):
    streams = list(re.finditer(rb"/Length (\d+)(?:(?!endobj|stream).)*>>\s*stream\r?\n", pdf, re.DOTALL))
    assert len(streams) == pdf.count(b"\nendstream")
    assert all(pdf.startswith(b"\nendstream", stream.end() + int(stream[1])) for stream in streams)


@pytest.mark.parametrize("profile", PROFILES)
def test_an_untagged_file_fails_both_standards(pdf, profile):
    """Negative control: the checker looks."""
    assert b"/Marked true" in pdf
    assert failures(pdf.replace(b"/Marked true", b"/Marked null"), profile)


def test_attachments_without_a_relationship_fail_the_archival_standard(pdf):
    """Negative control."""
    assert failures(pdf.replace(b"/AFRelationship", b"/AFRelationshiq"), ValidationProfile.PDF_A_3A)


def test_the_properties_name_report_department_subject_and_language(pdf):
    properties = pypdfium2.PdfDocument(pdf).get_metadata_dict()
    assert properties["Title"] == "自治区本级部门单位整体支出绩效自评报告（2022年度）"
    assert properties["Author"] == "示例部门"
    assert properties["Keywords"] == "部门整体支出, 绩效自评, 2022年度"
    assert b"/Lang(zh-CN)" in pdf


def test_every_heading_is_a_bookmark(pdf):
    document = with_register(read_document(sample_notebook()))
    headings = []
    for part in (*document.sections, *document.appendix):
        headings.append(part.label + ("" if part.notebook else "　") + part.title)
        headings += [block["label"] + block["text"] for block in part.blocks if block["kind"] == "heading"]
    assert [item.get_title() for item in pypdfium2.PdfDocument(pdf).get_toc()] == headings


def test_a_skipped_level_of_headings_is_set():
    """PDF/UA-1 allows no skipped level, an author may."""
    notebook = with_blocks(heading(3, "跳级"), body("正文。"))
    levels = {item.get_title(): item.level for item in pypdfium2.PdfDocument(made(notebook)).get_toc()}
    assert levels["1.跳级"] == levels["一、基本概况"] + 1


def test_every_chart_has_its_text():
    assert alternatives_of(made(sample_notebook())) == ["条形图：甲市3862人"] * 2


def test_the_structure_names_headings_paragraphs_tables_and_charts():
    tags = tags_of(made(sample_notebook()), 2)
    assert [tag for tag in tags if tag in ("H1", "H2", "H3", "Table", "THead", "TBody", "Figure")] == [
        *("H1", "H2", "H3", "Table", "THead", "TBody", "Figure")
    ]


def test_a_table_that_floats_keeps_the_standards():
    rows = [(f"左{number}", "右") for number in range(12)]
    pdf = made(with_blocks(body("国" * 28 * 14), table(*rows), body("民" * 28 * 14)))
    for profile in PROFILES:
        assert failures(pdf, profile) == []


def test_every_font_is_embedded_as_a_subset(rare):
    fonts = fonts_of(rare)
    assert {name.partition("+")[2].partition("-")[0] for name in fonts} >= {
        "GWBiaoSong",
        "GWFangSong",
        "GWHei",
        "GWKai",
        "GWSong",
    }
    assert [name for name, embedded in fonts.items() if not embedded or not re.match(r"[A-Z]{6}\+", name)] == []


def test_every_text_can_be_copied_as_it_was_written(pdf):
    """Of the marks only △ adds to the text."""
    copied = squeezed("".join(pages_of(pdf))).replace("△", "")
    document = with_register(read_document(sample_notebook(rows=60)))
    assert [place for place, text in texts_of(document) if "文字说明" not in place and squeezed(text) not in copied] == []


def test_rare_characters_are_set_and_copied_in_every_face(rare):
    """Title, department, both levels of headings, text, table and chart."""
    assert "".join(pages_of(rare)).count(RARE) == 7


@pytest.mark.parametrize("profile", PROFILES)
def test_rare_characters_keep_the_standards(rare, profile):
    assert failures(rare, profile) == []


def test_the_attached_files_are_the_files_byte_for_byte(pdf):
    assert attached_to(pdf) == {name: text.encode("utf-8") for name, text in ATTACHED_TEXTS.items()}


def test_each_attachment_says_that_it_is_data_of_a_type_and_what_it_holds(pdf):
    assert pdf.count(b"/AFRelationship/Data") == len(ATTACHED_TEXTS)
    assert pdf.count(b"/application#2Fjson") == 2
    assert pdf.count(b"/application#2Fyaml") == 2
    assert "事实登记".encode("utf-16-be").hex().upper().encode() in pdf


def test_the_register_lists_every_fact_with_its_value_and_place(pdf):
    text = squeezed("".join(pages_of(pdf)))
    assert "附录二事实登记" in text
    for row in (
        "a.people指标a.people3862人已公布数（演示数据复算）payments一（一）、表1、二（一）、表2",
        "a.open指标a.open「待补」待补",
    ):
        assert row in text


def test_the_register_repeats_its_head_on_each_page():
    notebook = sample_notebook()
    facts = notebook.metadata["selfeval"]["facts"]
    facts |= {f"b.n{number}": dict(facts["a.people"]) for number in range(120)}
    pages = [page for page in pages_of(made(notebook)) if "b.n" in page]
    assert len(pages) > 2
    assert all("编号" in page and "所用记录" in page for page in pages)
