"""The re-check of the example report: the open questions that its data can show, in its appendix and by the command."""

import json

import pytest
from bs4 import BeautifulSoup
from typer.testing import CliRunner

from conftest import ROOT
from helpers.cli import app

QUESTIONS = {
    "R401": "Q01",
    "R402": "Q04",
    "R403": "Q05",
    "R404": "Q06",
    "R405": "Q07",
    "R406": "Q09",
    "R407": "Q10",
    "R408": "Q16",
}
"""What each of these findings asks about, by the numbers of the open questions."""


@pytest.fixture(scope="session", params=["full_report", "published_report"])
def report(request):
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="session")
def findings(report):
    arguments = ["review", "2022", "--out", str(report.parent), "--params", str(ROOT / "params/2022.yml"), "--json"]
    return json.loads(CliRunner().invoke(app, arguments).stdout)["findings"]


@pytest.fixture(scope="session")
def appendix(report):
    """Codes in the table of the appendix part 复核发现."""
    page = BeautifulSoup((report / "report.html").read_text("utf-8"), "html.parser")
    part = next(part for part in page.select("section.part") if part.h2 and part.h2.get_text().endswith("复核发现"))
    return [row.find_all("td")[1].get_text() for row in part.select("tbody tr")]


@pytest.mark.parametrize("code", QUESTIONS, ids=[f"{code}_{question}" for code, question in QUESTIONS.items()])
def test_the_open_questions_that_the_data_show_are_found(findings, code):
    assert code in [finding["code"] for finding in findings]


@pytest.mark.parametrize("code", QUESTIONS)
def test_the_appendix_lists_what_is_found(appendix, code):
    assert code in appendix


def test_the_appendix_lists_just_what_the_command_finds(appendix, findings):
    """The report is reviewed before its appendix is added, so a second review finds the same."""
    assert appendix == [finding["code"] for finding in findings]


def test_nothing_in_the_report_contradicts_the_form(findings):
    assert [finding for finding in findings if finding["severity"] == "错误"] == []
