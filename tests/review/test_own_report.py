"""What the re-check reads of our own report: words of the scorecard and of last year's build."""

import shutil

import pytest

from conftest import ROOT
from helpers.blocks import BLOCK_MIME
from helpers.examination import open_year
from helpers.executed import read_notebook
from helpers.intake import load_table
from helpers.review.from_report import former_paragraphs, reviewed_report
from helpers.review.registry import review
from helpers.scoring.form import goal_texts

FOREIGN = "由市林业局另行安排"


@pytest.fixture
def read(full_report):
    """The findings of some codes on the full report, its table of indicators and its last notebook changed by functions."""

    def findings(*codes, change_table=lambda frame: None, change_form=lambda form: None, last_year=None):
        year = open_year(2022, ROOT / "params/2022.yml")
        outline, _ = year.outline()
        names = [section.notebook for section in outline.sections]
        notebooks = {name: read_notebook(full_report / "notebooks" / f"{name}.ipynb") for name in names}
        change_form(form_of(notebooks[names[-1]]))
        frame = load_table(year.data_dir, "indicators").frame.copy()
        change_table(frame)
        reviewed = reviewed_report(year.parameters, outline, notebooks, frame, used=["indicators"], last_year=last_year)
        return [finding for finding in review(reviewed) if finding.code in codes]

    return findings


def form_of(notebook):
    """The block of the form in the executed notebook."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    blocks = [output["data"][BLOCK_MIME] for output in outputs if BLOCK_MIME in output.get("data", {})]
    return next(block for block in blocks if block["kind"] == "table")


def test_another_department_in_a_reason_is_found_with_its_row(read):
    def change(frame):
        frame.iloc[2, frame.columns.get_loc("deviation")] = FOREIGN

    (finding,) = read("R301", change_table=change)
    assert (finding.rows, finding.section) == ((4,), "绩效指标表“偏差原因及改进措施”")
    assert "市林业局" in finding.message


def test_another_department_in_a_goal_is_found(read):
    (finding,) = read("R301", change_form=lambda form: goal_texts(form)[0].append({"text": FOREIGN}))
    assert "八、附表" in finding.section


def test_money_in_a_goal_that_no_table_has_is_found(read):
    (finding,) = read("R304", change_form=lambda form: goal_texts(form)[1].append({"text": "另有123.45万元"}))
    assert "123.45万元" in finding.message


def test_the_report_as_it_is_names_no_other_department_and_no_other_money(read):
    assert read("R301", "R304") == []


def test_paragraphs_of_last_years_build_are_found_again(read, full_report, tmp_path):
    shutil.copytree(full_report / "notebooks", tmp_path / "2021" / "notebooks")
    assert len(read("R303", last_year=former_paragraphs(tmp_path, 2022))) > 20


def test_without_a_build_of_last_year_nothing_is_compared(read, tmp_path):
    assert read("R303", last_year=former_paragraphs(tmp_path, 2022)) == []
