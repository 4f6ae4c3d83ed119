"""The 2022 report read back: its files agree with each other, and a typed number stops publishing."""

import shutil
from dataclasses import replace

import pytest

from conftest import ROOT
from helpers import report
from helpers.examination import examine, open_year
from helpers.proof.agreement import figure_differences
from helpers.proof.docx_reading import read_docx
from helpers.proof.html_reading import read_html
from helpers.proof.passages import BODY
from helpers.proof.pdf_reading import read_pdf
from helpers.proof.recorded import Recorded
from helpers.publishing.errors import ReportRefused


@pytest.fixture(scope="module", params=["full_report", "published_report"])
def folder(request):
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def recorded(folder):
    return Recorded.read((folder / "facts.json").read_bytes(), (folder / "checks.json").read_bytes())


@pytest.fixture(scope="module")
def html(folder):
    return read_html((folder / "report.html").read_bytes())


@pytest.fixture(scope="module")
def docx(folder, recorded):
    return read_docx((folder / "report.docx").read_bytes(), recorded.facts)


@pytest.fixture(scope="module")
def pdf(folder):
    return read_pdf((folder / "report.pdf").read_bytes())


def body(reading):
    """The passages of sections and appendices; the register is set apart in each format."""
    return [one for one in reading.of(*BODY) if one.part != "register"]


def headings(reading):
    return [one.plain for one in body(reading) if one.kind == "heading"]


def texts(reading):
    return [one.plain for one in body(reading)]


def test_the_files_have_the_same_headings_in_the_same_order(html, docx, pdf):
    assert headings(html)[0] == "一、基本概况"
    assert headings(html) == headings(docx) == headings(pdf)


def test_the_files_have_the_same_texts_in_the_same_order(html, docx, pdf):
    assert texts(html) == texts(docx) == texts(pdf)


def test_html_and_docx_print_the_same_facts_in_the_same_order(html, docx):
    assert [one.key for one in body(html)] == [one.key for one in body(docx)]


def test_every_printed_figure_is_a_form_of_its_value_in_facts_json(html, docx, recorded):
    assert [*figure_differences("HTML", html.passages, recorded), *figure_differences("DOCX", docx.passages, recorded)] == []


def test_every_chart_has_its_words_in_every_file(html, docx, pdf):
    alts = [[one.plain for one in reading.of("alt")] for reading in (html, docx, pdf)]
    assert all(alts[0])
    assert alts[0] == alts[1] == alts[2]


def test_a_typed_number_stops_publishing(published_report, tmp_path):
    """In an open question of the parameters, the notebooks being those of a finished report."""
    year = open_year(2022, ROOT / "params" / "2022.yml")
    outline, _ = year.outline()
    question = year.parameters.open_questions[0].model_copy(update={"text": "三百户的名单由谁提供。"})
    year = replace(year, parameters=year.parameters.model_copy(update={"open_questions": [question]}))
    shutil.copytree(published_report / "notebooks", tmp_path / "notebooks")
    with pytest.raises(ReportRefused, match=r"HTML、PDF、DOCX 附录.第1段：“三百”。原文：Q01 三百户的名单由谁提供。"):
        report.write_outputs(year, outline, examine(year, published_only=True), tmp_path)
