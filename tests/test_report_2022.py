"""The 2022 report says what the department has published: each section, all formats, with and without synthetic tables."""

import json
from collections import Counter
from dataclasses import replace

import openpyxl
import pytest
from bs4 import BeautifulSoup
from page import ValidationProfile

from conftest import ROOT
from helpers.execution.outline import load_outline
from helpers.facts import Fact, decode
from helpers.intake import load_table
from helpers.published import published_figures
from helpers.publishing.docx_figures import facts_digest_of, read_docx_figures
from helpers.publishing.word.package import facts_digest
from helpers.review.docx_differences import docx_differences
from helpers.wording import chinese_number, format_value
from printed import docx_sections, html_sections, not_printed, pdf_sections
from publishing.pdf_files import attached_to, failures, pages_of, squeezed

FIGURES = published_figures(load_table(ROOT / "data" / "2022", "published").frame)
TITLES = [
    f"{chinese_number(section.number)}、{section.title}" for section in load_outline(ROOT / "notebooks" / "outline.yml").sections
]
NUMERIC = [fact_id for fact_id, figure in FIGURES.items() if isinstance(figure.fact.value, int)]


@pytest.fixture(scope="session", params=["full", "published_only"])
def report(request):
    return request.getfixturevalue("full_report" if request.param == "full" else "published_report")


@pytest.fixture(scope="session", params=["html", "pdf", "docx"])
def sections(request, report):
    if request.param == "html":
        return html_sections(report / "report.html")
    if request.param == "docx":
        return docx_sections(report / "report.docx", TITLES)
    return pdf_sections(report / "report.pdf", TITLES)


@pytest.fixture(scope="session")
def facts(report):
    entries = json.loads((report / "facts.json").read_text("utf-8"))["facts"]
    return {entry["id"]: entry for entry in entries}


def test_every_published_figure_stands_in_its_section(sections):
    assert not_printed(FIGURES, sections) == []


@pytest.mark.parametrize("fact_id", NUMERIC)
def test_a_published_figure_changed_by_one_is_found_missing(sections, fact_id):
    figure = FIGURES[fact_id]
    value = figure.fact.value + (10_000 if figure.fact.unit == "万元" else 1)
    changed = replace(figure, fact=replace(figure.fact, value=value, display=format_value(value, figure.fact.unit)))
    assert not_printed({fact_id: changed}, sections) != []


def test_every_published_figure_is_a_fact_with_that_value(facts):
    values = {fact_id: Fact.from_json(facts[fact_id]).value for fact_id in FIGURES}
    assert values == {fact_id: figure.fact.value for fact_id, figure in FIGURES.items()}


def test_published_figures_print_as_published(facts):
    assert {facts[fact_id]["origin"] for fact_id in FIGURES} == {"published"}


def test_every_figure_of_the_word_report_is_its_fact(report, facts):
    """As prose prints it, or as a table does."""
    figures = [piece for one in read_docx_figures(report / "report.docx") for piece in one.pieces if piece.tag is not None]
    shown = {name: (fact["display"], format_value(decode(fact["value"]), fact["unit"], "cell")) for name, fact in facts.items()}
    assert {(figure.tag, figure.text) for figure in figures if figure.text not in shown[figure.tag]} == set()


def test_the_word_report_prints_the_figures_of_the_html_report_and_registers_each_fact(report, facts):
    page = BeautifulSoup((report / "report.html").read_text("utf-8"), "html.parser")
    for behind_charts in page.select("details.data"):
        behind_charts.decompose()
    links = Counter(link["data-fact"] for link in page.select("a.fact"))
    figures = (piece for one in read_docx_figures(report / "report.docx") for piece in one.pieces if piece.tag is not None)
    assert Counter(figure.tag for figure in figures) == links + Counter(list(facts))


def test_the_word_report_says_which_facts_it_prints(report, facts):
    assert facts_digest_of(report / "report.docx") == facts_digest(facts)


def test_the_word_report_as_published_has_no_difference(report, facts):
    path = report / "report.docx"
    assert docx_differences(path, facts, path) == []


def test_the_pdf_carries_what_the_build_holds_byte_for_byte(report):
    attached = attached_to((report / "report.pdf").read_bytes())
    assert attached == {
        "facts.json": (report / "facts.json").read_bytes(),
        "checks.json": (report / "checks.json").read_bytes(),
        "parameters.yml": (ROOT / "params" / "2022.yml").read_bytes(),
        "register.yml": (ROOT / "data" / "2022" / "register.yml").read_bytes(),
    }


def test_the_register_in_the_pdf_lists_every_fact(report, facts):
    register = squeezed("".join(pages_of((report / "report.pdf").read_bytes()))).rpartition("事实登记")[2]
    rows = {name: squeezed(name + fact["label"] + fact["display"]) for name, fact in facts.items()}
    assert [name for name, row in rows.items() if row not in register] == []


@pytest.mark.parametrize("profile", [ValidationProfile.PDF_A_3A, ValidationProfile.PDF_UA_1])
def test_the_pdf_keeps_the_archival_and_the_accessible_standard(report, profile):
    assert failures((report / "report.pdf").read_bytes(), profile) == []


def test_facts_say_where_they_are_printed(facts):
    for fact_id, figure in FIGURES.items():
        assert set(figure.sections) - {"封面"} <= set(facts[fact_id]["printed_in"]), fact_id


def test_what_was_recomputed_from_made_up_rows_says_so(full_report):
    entries = json.loads((full_report / "facts.json").read_text("utf-8"))["facts"]
    recomputed = {entry["id"]: entry["recomputed_from"] for entry in entries}
    assert recomputed["model_workers.paid.people"] == "synthetic"
    assert recomputed["department.offices"] is None


def test_without_synthetic_tables_nothing_synthetic_is_printed(published_report):
    entries = json.loads((published_report / "facts.json").read_text("utf-8"))["facts"]
    assert "synthetic" not in {entry["origin"] for entry in entries} | {entry["recomputed_from"] for entry in entries}


def test_a_report_with_made_up_figures_may_not_be_filed(full_report, published_report):
    notice = "含演示数据，不得报送"
    texts = {path: (path / "report.html").read_text("utf-8") for path in (full_report, published_report)}
    assert [notice in text for text in texts.values()] == [True, False]


def test_the_fiscal_execution_rate_and_the_use_of_the_model_workers_fund(full_report):
    entries = {entry["id"]: entry for entry in json.loads((full_report / "facts.json").read_text("utf-8"))["facts"]}
    assert entries["spending.fiscal.rate"]["display"] == "100%"
    assert entries["model_workers.use.rate"]["display"] == "103.04%"


def test_no_check_differs_and_the_open_difference_is_told(full_report):
    checks = json.loads((full_report / "checks.json").read_text("utf-8"))["checks"]
    assert "不符" not in {check["verdict"] for check in checks}
    assert {check["difference"] for check in checks if check["verdict"] == "待查"} == {"3"}


def test_a_table_whose_printed_parts_miss_its_total_says_by_how_much(full_report):
    assert "“支付金额”分项之和与合计相差0.01万元" in html_sections(full_report / "report.html")["二"]


def test_the_executed_notebooks_lie_beside_the_report(full_report):
    names = sorted(path.name for path in (full_report / "notebooks").iterdir())
    stems = [section.notebook for section in load_outline(ROOT / "notebooks" / "outline.yml").sections]
    assert names == sorted(f"{stem}.{ending}" for stem in stems for ending in ("ipynb", "html"))


def test_what_is_missing_prints_as_missing(published_report):
    assert "「待补」" in html_sections(published_report / "report.html")["二"]


def test_indicators_with_a_measured_value_are_scored_and_the_total_waits_for_the_rest(full_report):
    entries = {entry["id"]: entry for entry in json.loads((full_report / "facts.json").read_text("utf-8"))["facts"]}
    assert entries["scorecard.execution.score"]["display"] == "10分"
    assert entries["indicator.n7.score"]["display"] == "5.81分"
    assert "6×91.9940÷95" in entries["indicator.n7.score"]["formula"]
    assert entries["scorecard.total.score"]["origin"] == "missing"


def test_without_synthetic_tables_no_score_is_printed(published_report):
    entries = {entry["id"]: entry for entry in json.loads((published_report / "facts.json").read_text("utf-8"))["facts"]}
    assert {entries[f"scorecard.{name}"]["origin"] for name in ("execution.score", "total.score", "total.grade")} == {"missing"}


def goals_block(report):
    """Rows of the goals block in the web page, as text."""
    page = BeautifulSoup((report / "report.html").read_text("utf-8"), "html.parser")
    head = page.find("th", string="年度总体目标")
    rows = [head.find_parent("tr"), *head.find_parent("tr").find_next_siblings("tr")][: int(head["rowspan"])]
    return ["｜".join(cell.get_text() for cell in row.find_all("td")) for row in rows[1:]]


def test_the_goals_are_what_was_planned_beside_what_the_records_show(full_report):
    block = goals_block(full_report)
    assert len(block) == 3
    assert "把财政资金777万元发放到在册且健在的自治区劳模4016人手中" in block[1]
    assert "实际发放3862人、800.62万元" in block[1]


def test_what_only_made_up_records_show_of_the_goals_is_missing_without_them(published_report):
    assert "帮扶困难职工家庭「待补」，发放及时率「待补」" in goals_block(published_report)[0]


def test_the_form_says_where_the_goals_come_from(full_report):
    page = BeautifulSoup((full_report / "report.html").read_text("utf-8"), "html.parser")
    assert "预期目标的来源：部门没有提供批复的年度绩效目标" in page.get_text()


def test_the_workbook_holds_form_derivations_and_import_rows(full_report):
    workbook = openpyxl.load_workbook(full_report / "scorecard.xlsx")
    assert workbook.sheetnames == ["自评表", "得分计算过程", "系统导入"]


def test_without_a_report_of_the_year_before_nothing_is_compared(report):
    assert "year_over_year." not in (report / "facts.json").read_text("utf-8")
    assert not (report / "former_year.csv").exists()
