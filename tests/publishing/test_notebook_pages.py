"""The pages of the executed notebooks: each cell where the register leads to, what it showed, and nothing that acts."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output
from sample import fact, sample_notebook

from helpers.blocks import FACT_MIME
from helpers.publishing import web_page
from helpers.publishing.notebook_pages import notebook_pages

HOSTILE = """<script>alert(1)</script> "><img src=x onerror=alert(1)> {{7*7}} {% raw %} &lt;"""


@pytest.fixture
def page_of(monkeypatch):
    """The page of a notebook's first section, without the fonts, which take most of the time."""
    monkeypatch.setattr(web_page, "font_faces", lambda body, foot: "")
    return lambda notebook: BeautifulSoup(notebook_pages(notebook)["01_profile"], "html.parser")


def with_cell(cell: NotebookNode) -> NotebookNode:
    """The sample, with a cell before those of its first section."""
    notebook = sample_notebook()
    cell.metadata["selfeval"] = {"section": 1}
    notebook.cells.insert(0, cell)
    return notebook


def test_each_section_has_a_page_and_the_same_notebook_gives_the_same_bytes():
    pages = notebook_pages(sample_notebook())
    assert list(pages) == ["01_profile", "08_scorecard"]
    assert notebook_pages(sample_notebook()) == pages


def test_cells_are_numbered_as_in_the_facts(page_of):
    """By code cells alone, from 1, whatever the counts of execution are."""
    page = page_of(with_cell(new_code_cell("first", execution_count=9)))
    assert [(cell["id"], cell.pre.get_text()[:5]) for cell in page.select(".cell")] == [("cell-1", "first"), ("cell-2", "paid ")]


def test_a_cell_shows_its_program_highlighted(page_of):
    [cell] = page_of(sample_notebook()).select(".cell")
    assert [string.get_text() for string in cell.select(".code .s1")] == ["'kind'", "'支付'"]


def test_a_cell_shows_the_blocks_that_it_gave_with_their_numbers_in_the_report(page_of):
    [cell] = page_of(sample_notebook()).select(".cell")
    assert [caption.get_text() for caption in cell("figcaption")] == [
        "表1　分地区发放情况单位：人、万元",
        "图1　发放人数（△ 演示数据）",
    ]
    assert cell.select_one(".chart svg")


def test_a_cell_shows_the_figures_that_it_recorded(page_of):
    recorded = {"id": "a.late"} | fact("a.late", "145人", "synthetic")
    page = page_of(with_cell(new_code_cell("x", outputs=[new_output("display_data", data={FACT_MIME: recorded})])))
    line = page.select_one("#cell-1 .recorded")
    assert line.get_text() == "登记 a.late：指标 a.late，145人（演示数据）"
    assert (line.a["data-fact"], line.a["href"]) == ("a.late", "../report.html#fact-a.late")


def test_links_lead_to_the_report_or_stay(page_of):
    links = [link["href"] for link in page_of(sample_notebook())(href=True)]
    assert {link.partition("#")[0] for link in links} == {"", "../report.html"}


def test_terminal_colours_are_left_out_of_what_a_cell_printed(page_of):
    page = page_of(with_cell(new_code_cell("x", outputs=[new_output("stream", text="\x1b[31m完成\x1b[0m")])))
    assert page.select_one("#cell-1 .output").get_text() == "完成"


def test_program_text_may_have_any_character():
    assert "✓" in notebook_pages(with_cell(new_code_cell("print('✓')")))["01_profile"]


def test_the_policy_admits_no_script(page_of):
    policy = page_of(sample_notebook()).find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "script-src" not in policy


@pytest.mark.parametrize(
    "cell",
    [
        new_code_cell(HOSTILE),
        new_markdown_cell(HOSTILE),
        new_code_cell("x", outputs=[new_output("stream", text=HOSTILE)]),
        new_code_cell("x", outputs=[new_output("execute_result", data={"text/plain": HOSTILE, "text/html": "<img src=x>"})]),
        new_code_cell(
            "x", outputs=[new_output("display_data", data={FACT_MIME: {"id": "a.late"} | fact("a.late", HOSTILE, "ledger")})]
        ),
    ],
    ids=["code", "notes", "printed", "result", "figure"],
)
def test_markup_is_shown_as_typed_and_makes_nothing(page_of, cell):
    page = page_of(with_cell(cell))
    assert HOSTILE in page.get_text()
    assert not page(["script", "img", "iframe", "object", "embed", "form", "base", "link"])
    assert not [name for element in page(True) for name in element.attrs if name.startswith("on") or name == "style"]


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("[链接](javascript:alert(1))", "链接（javascript:alert(1)）"),
        ("[链接](https://example.org)", "链接（https://example.org）"),
        ("![图](https://example.org/x.png)", "（图片：图）"),
        ("<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"),
        ("文字 <b>粗</b>", "文字 <b>粗</b>"),
        ("# 标题\n\n{{7*7}}", "标题"),
    ],
)
def test_working_notes_lead_nowhere(page_of, markdown, shown):
    notes = page_of(with_cell(new_markdown_cell(markdown))).select_one(".steps")
    assert shown in notes.get_text()
    assert not notes.find(["a", "img", "b", "h1"])
