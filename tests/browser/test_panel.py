"""The panel of explore.ipynb without a browser: what it offers and says of departments and years unlike the example."""

import csv
import shutil

import pytest

from conftest import ROOT

pytest.importorskip("ipywidgets", reason="no JupyterLab here: make browser-test installs it")
from helpers.exploration.panel import Explorer


@pytest.fixture
def project(tmp_path):
    shutil.copytree(ROOT / "params", tmp_path / "params")
    shutil.copytree(ROOT / "data/2022", tmp_path / "data/2022")
    return tmp_path


def hidden(widget):
    return widget.layout.display == "none"


def test_years_without_data_are_not_offered(project):
    assert Explorer(project).year.options == (2022,)


def test_a_department_without_prefectures_and_beneficiaries_is_offered_neither(project):
    path = project / "data/2022/payments.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row | {"地区": "", "补助类型": "", "对象编号": ""} for row in csv.DictReader(file)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows[:200])
    explorer = Explorer(project)
    assert hidden(explorer._region.widget)
    assert hidden(explorer._grant_type.widget)
    assert hidden(explorer._regions.widget)
    assert hidden(explorer._kinds.widget)
    assert not hidden(explorer._progress.widget)


def test_a_year_that_cannot_be_read_says_why(project):
    register = project / "data/2022/register.yml"
    register.write_text(register.read_text("utf-8").replace("payments.csv", "payment.csv"), "utf-8")
    explorer = Explorer(project)
    assert "payments.csv" in explorer._words.value
    assert hidden(explorer._below)


def test_a_project_without_any_year_says_what_it_needs(project):
    shutil.rmtree(project / "data")
    assert "没有可以浏览的年度" in Explorer(project)._words.value


def test_the_rows_for_further_calculations_have_no_beneficiary(project):
    rows = Explorer(project).rows()
    assert "beneficiary" not in rows
    assert len(rows) == 5696
