"""The report of another department, a library without beneficiaries, shows only what its data carry (`make run-test`)."""

import json
import re
from fractions import Fraction

import pytest
import yaml
from bs4 import BeautifulSoup

from conftest import ROOT
from helpers.evidence import seal
from helpers.evidence.verify_bag import verify
from helpers.examination import open_year
from helpers.executed import read_notebook, read_records
from helpers.facts import decode
from helpers.params import load_parameters
from helpers.proof.known import NAME_KEYS
from helpers.proof.passages import BODY
from helpers.proof.pdf_reading import read_pdf

LIBRARY = ROOT / "examples/library"
PARAMS = LIBRARY / "params/2023.yml"
pytestmark = pytest.mark.run
FIRST_CASE = [ROOT / "params/2022.yml", ROOT / "params/2023.yml"]


@pytest.fixture(scope="module")
def report(reported):
    return reported("library", PARAMS)


@pytest.fixture(scope="module")
def page(report):
    return BeautifulSoup((report / "report.html").read_text("utf-8"), "html.parser")


@pytest.fixture(scope="module")
def facts(report):
    entries = json.loads((report / "facts.json").read_text("utf-8"))["facts"]
    return {entry["id"]: entry for entry in entries}


@pytest.fixture(scope="module")
def blocks(report):
    """What each section shows, by its notebook."""
    paths = sorted((report / "notebooks").glob("*.ipynb"))
    return {path.stem: read_records(path.stem, read_notebook(path)).blocks for path in paths}


def test_every_record_is_marked_as_made_up(facts):
    register = yaml.safe_load((LIBRARY / "data/2023/register.yml").read_text("utf-8"))
    assert {entry["origin"] for entry in register["files"]} == {"synthetic"}
    assert {entry["origin"] for entry in facts.values()} == {"synthetic", "parameter"}


def test_the_report_says_that_its_data_are_made_up(page):
    assert "含演示数据，不得报送" in page.get_text()


# --- nothing of the first case ----------------------------------------------------------------------------------------


def names_in(content, key=""):
    """Names in a parameter file, of three characters or more: shorter ones are words of any report."""
    if isinstance(content, str):
        return {content} if key in NAME_KEYS and len(content) > 2 else set()
    pairs = (
        content.items() if isinstance(content, dict) else ((key, item) for item in content) if isinstance(content, list) else ()
    )
    return {name for inner, value in pairs for name in names_in(value, inner)}


def first_case():
    """Names of the first case that the library has not, and its ids of programmes."""
    ours, theirs = (
        {name for path in paths for name in names_in(yaml.safe_load(path.read_text("utf-8")))} for paths in ([PARAMS], FIRST_CASE)
    )
    ids = {programme.id for path in FIRST_CASE for programme in load_parameters(path).programmes}
    return (theirs - ours) | ids | {"工会", "劳模", "困难职工", "地州市", "新疆"}


def found_in(texts):
    return sorted(name for name in first_case() if any(name in text for text in texts))


def test_no_word_of_the_first_case_is_in_the_report(report, page):
    pdf = "".join(passage.plain for passage in read_pdf((report / "report.pdf").read_bytes()).of("front", "label", *BODY))
    pages = [path.read_text("utf-8") for path in (report / "notebooks").glob("*.html")]
    assert found_in([page.get_text(), pdf, (report / "facts.json").read_text("utf-8"), *pages]) == []


def test_words_of_the_first_case_are_found_where_they_are():
    """The control of what is not found in the library's report."""
    found = found_in([FIRST_CASE[0].read_text("utf-8")])
    assert {"新疆维吾尔自治区总工会", "劳模专项补助资金", "自治区劳模", "春节慰问金", "乌鲁木齐市", "model_workers"} <= set(found)


# --- figures ----------------------------------------------------------------------------------------------------------


def digits_beside_facts(paragraph):
    """What is left with a digit in it of a paragraph of the page: without figures, titles and numbers of tables and charts."""
    copy = BeautifulSoup(str(paragraph), "html.parser")
    for fact in copy.select("[data-fact]"):
        fact.decompose()
    return re.findall(r"\S*[0-9]\S*", re.sub(r"《[^《》]*》|[表图][0-9]+", "", copy.get_text()))


def paragraphs(page):
    for section in page.select("main section")[:7]:
        yield from section.find_all("p")


def test_each_number_of_the_text_is_a_fact(page, facts):
    printed = [fact["data-fact"] for paragraph in paragraphs(page) for fact in paragraph.select("[data-fact]")]
    assert len(printed) > 60
    assert set(printed) <= facts.keys()
    assert [found for paragraph in paragraphs(page) if (found := digits_beside_facts(paragraph))] == []


def test_a_number_that_is_no_fact_is_found():
    typed = "<p>全年支付<a data-fact='a.b'>144笔</a>，另有12笔，见表3。</p>"
    assert digits_beside_facts(typed) == ["全年支付，另有12笔，见。"]


def test_no_figure_is_missing_and_no_check_differs(report, facts):
    checks = json.loads((report / "checks.json").read_text("utf-8"))["checks"]
    assert [name for name, entry in facts.items() if entry["value"] is None] == []
    assert {check["verdict"] for check in checks} == {"相符"}


# --- what there are no data for ---------------------------------------------------------------------------------------


def bodiless(blocks):
    """Headings without a text, table or chart of their own or of a heading below."""
    levels = [block["level"] if block["kind"] == "heading" else 9 for block in blocks]
    return [
        block["text"]
        for block, level, after in zip(blocks, levels, [*levels[1:], 0], strict=True)
        if block["kind"] == "heading" and after <= level
    ]


def test_no_heading_is_without_body_and_no_table_without_rows(blocks):
    assert {name: found for name, shown in blocks.items() if (found := bodiless(shown))} == {}
    assert [
        block["caption"] for shown in blocks.values() for block in shown if block["kind"] == "table" and len(block["rows"]) < 2
    ] == []


def test_a_heading_without_body_is_found():
    heading, text = {"kind": "heading", "level": 2, "text": "空"}, {"kind": "paragraph"}
    assert bodiless([heading, heading | {"level": 3, "text": "下"}, text, heading | {"text": "末"}]) == ["末"]
    assert bodiless([heading, heading, text]) == ["空"]


def test_money_that_stays_in_the_department_says_so_in_one_sentence(page):
    text = page.select_one("main").get_text()
    assert text.count("这项资金由市图书馆直接使用，不下达各地区。") == 3


def test_nothing_speaks_of_persons_who_are_paid(page, facts):
    text = page.select_one("main").get_text()
    assert re.findall("补助对象|发放|名册|(?<![0-9.])0[人户]|「待补」|None", text) == []
    assert [name for name in facts if name.rpartition(".")[2] in ("people", "households") or "roster" in name] == []


def test_only_money_for_regions_is_shown_by_region(facts):
    regions = {name.partition(".")[0] for name in facts if ".by_region." in name}
    quarters = {name.partition(".")[0] for name in facts if ".by_quarter." in name}
    assert regions == {"open_service"}
    assert quarters == {"acquisition", "digital", "rare_books", "open_service"}


# --- another rule set -------------------------------------------------------------------------------------------------


def test_the_score_is_that_of_the_rule_set(facts):
    value = {name: decode(entry["value"]) for name, entry in facts.items() if name.startswith("scorecard.")}
    assert value["scorecard.execution.weight"] == 20
    assert value["scorecard.execution.score"] == Fraction(round(20 * value["scorecard.total.rate"] * 100), 100)
    assert facts["scorecard.total.score"]["display"] == "96.12分"
    assert facts["scorecard.total.grade"]["value"] == "优"
    assert "湖北" in facts["scorecard.execution.weight"]["formula"]


# --- its other commands -----------------------------------------------------------------------------------------------


def test_it_is_sealed_and_proved(report, tmp_path):
    year = open_year(2023, PARAMS)
    (sealed,) = seal.archive(year, report.parent, tmp_path, public=False, correction=None, key=None)
    assert verify(sealed.folder).findings == []
