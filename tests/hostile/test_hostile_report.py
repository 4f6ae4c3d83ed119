"""The report of a project whose every name and text is hostile: each format shows it as typed, and nothing in it acts."""

import ast
import json
import re
import zipfile
from base64 import b64encode
from hashlib import sha256

import nbformat
import openpyxl
import pypdfium2
import pytest
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt
from nbconvert.filters.markdown_mistune import markdown2html_mistune
from python_calamine import CalamineWorkbook

from helpers.blocks import BLOCK_MIME
from helpers.markdown import block_text
from hostile.payloads import BLANKS, SHOWN, WITHOUT_DIGITS
from hostile.project import EVENTS, FIRST, GRANTS, MANY, SECOND

ALL = {**SHOWN, "many": MANY, "without_digits": WITHOUT_DIGITS, "first": FIRST, "second": SECOND}
MATHJAX = re.compile(r"\$.*\$|\\[(\[]|\\begin")


def squeezed(text):
    return re.sub(r"\s", "", text)


@pytest.fixture(scope="module")
def page(hostile_report):
    return BeautifulSoup((hostile_report / "report.html").read_text("utf-8"), "html.parser")


@pytest.fixture(scope="module")
def pdf(hostile_report):
    document = pypdfium2.PdfDocument(hostile_report / "report.pdf")
    return squeezed("".join(sheet.get_textpage().get_text_bounded() for sheet in document))


@pytest.fixture(scope="module")
def notebooks(hostile_report):
    return [nbformat.read(path, as_version=4) for path in sorted((hostile_report / "notebooks").glob("*.ipynb"))]


@pytest.fixture(scope="module")
def shown_in_jupyter(notebooks):
    """Of each output of a block: the block, and its Markdown."""
    outputs = [output.data for notebook in notebooks for cell in notebook.cells for output in cell.get("outputs", [])]
    return [(data[BLOCK_MIME], data["text/markdown"]) for data in outputs if BLOCK_MIME in data]


# --- HTML (in a real browser: tests/browser) and PDF --------------------------------------------------------------------


@pytest.mark.parametrize("text", ALL.values(), ids=ALL)
def test_the_web_page_holds_it_as_text(page, text):
    assert text in page.body.get_text()


def test_the_web_page_has_no_element_that_acts(page):
    assert not page(["img", "iframe", "object", "embed", "form", "base", "link"])
    assert not [name for element in page(True) for name in element.attrs if name.startswith("on") or name == "style"]


def test_links_of_the_web_page_stay_in_it_and_its_notebooks(page, hostile_report):
    pages = {link["href"].partition("#")[0] for link in page(href=True)} - {""}
    assert pages == {f"notebooks/{path.name}" for path in (hostile_report / "notebooks").glob("*.html")}


def test_the_web_page_has_one_script_that_its_policy_names(page):
    [script] = page("script")
    digest = b64encode(sha256(script.string.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in page.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]


@pytest.mark.parametrize("text", ALL.values(), ids=ALL)
def test_the_pdf_holds_it_as_text(pdf, text):
    assert squeezed(text) in pdf


@pytest.mark.parametrize("text", [FIRST, SECOND, *GRANTS, *EVENTS])
def test_charts_label_it_as_typed(page, text):
    assert any(text in label.get_text() for label in page.select(".chart svg text"))


def test_a_name_that_begins_with_an_underscore_is_in_the_legend(page):
    """matplotlib leaves such a label out of a legend that it collects itself."""
    charts = [chart for chart in page.select(".chart") if "逾期发放按晚多久分布" in chart.get_text()]
    assert [text for chart in charts for text in (FIRST, SECOND) if text not in chart.svg.get_text()] == []


# --- workbook -----------------------------------------------------------------------------------------------------------


def test_no_cell_of_the_workbook_is_a_formula_or_a_link(hostile_report):
    cells = [cell for sheet in openpyxl.load_workbook(hostile_report / "scorecard.xlsx") for row in sheet for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s", "n"}
    assert [cell.coordinate for cell in cells if cell.hyperlink] == []


def test_the_workbook_has_no_part_that_leads_out_of_it(hostile_report):
    with zipfile.ZipFile(hostile_report / "scorecard.xlsx") as file:
        parts = {name: file.read(name) for name in file.namelist()}
    assert not [name for name in parts if "externalLink" in name or "vba" in name.lower()]
    assert not [name for name, content in parts.items() if b'TargetMode="External"' in content]


def test_the_workbook_shows_each_indicator_and_remark_as_typed(hostile_report):
    rows = CalamineWorkbook.from_path(hostile_report / "scorecard.xlsx").get_sheet_by_name("系统导入").to_python()[1:]
    remarks = [BLANKS["newline"] if place == 1 else text for place, text in enumerate(SHOWN.values())]
    assert [(row[2], row[7]) for row in rows] == list(zip(SHOWN.values(), remarks, strict=True))


# --- executed notebooks -------------------------------------------------------------------------------------------------


def test_injected_parameters_are_plain_values(notebooks, hostile_params):
    """What papermill wrote reads back as what was given, and is nothing but assignments of literals."""
    given = json.loads(hostile_params.read_text("utf-8"))
    for notebook in notebooks:
        (cell,) = (cell for cell in notebook.cells if "injected-parameters" in cell.metadata.get("tags", []))
        for statement in ast.parse(cell.source).body:
            (target,) = statement.targets
            value = ast.literal_eval(statement.value)
            if target.id in ("department", "regions", "texts", "problems", "measures", "rules"):
                assert value == given[target.id]


@pytest.mark.parametrize("render", [markdown2html_mistune, MarkdownIt().enable("table").render], ids=["nbconvert", "commonmark"])
def test_markdown_shows_blocks_as_typed_and_makes_nothing_of_them(shown_in_jupyter, render):
    for block, markdown in shown_in_jupyter:
        drawn = BeautifulSoup(render(markdown), "html.parser")
        for link in drawn.select(".anchor-link"):
            link.decompose()
        for line_break in drawn("br"):
            line_break.replace_with("\n")
        allowed = {"p", "h3", "h4", "table", "thead", "tbody", "tr", "th", "td", "strong", "span"}
        assert {element.name for element in drawn(True)} <= allowed
        if block["kind"] != "table":
            assert drawn.get_text().strip() == block_text(block).strip()
        else:
            typed = [line.split("\t") for line in block_text(block).split("\n")[1:]] if "\n乙" not in block_text(block) else []
            assert typed in ([[cell.get_text().strip() for cell in row(["th", "td"])] for row in drawn("tr")], [])


def test_mathjax_finds_no_formula(shown_in_jupyter):
    """It reads the finished page text by text, each within one element."""
    for _, markdown in shown_in_jupyter:
        drawn = BeautifulSoup(MarkdownIt().enable("table").render(markdown), "html.parser")
        assert [text for text in drawn.find_all(string=True) if MATHJAX.search(text)] == []


# --- machine-readable files ---------------------------------------------------------------------------------------------


def test_facts_carry_names_as_typed(hostile_report):
    labels = " ".join(fact["label"] for fact in json.loads((hostile_report / "facts.json").read_text("utf-8"))["facts"])
    assert [name for name, text in SHOWN.items() if text not in labels] == []
