"""docs/how-to.md does what it says: its blocks are put where it tells, on a copy of the example year."""

import json
import shutil

import pytest

import how_to
from conftest import ROOT, Silent
from helpers.examination import examine, open_year
from helpers.executed import read_notebook, read_records
from helpers.report import produce


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    """The example year after all of the page's steps."""
    root = tmp_path_factory.mktemp("project")
    for name in ("params", "data/2023", "notebooks"):
        shutil.copytree(ROOT / name, root / name)
    for step in (how_to.add_indicator, how_to.add_programme, how_to.add_chart, how_to.add_section):
        step(root)
    return open_year(2023, root / "params/2023.yml")


@pytest.fixture(scope="module")
def records(year):
    """What the new section and those that it needs recorded, by notebook."""
    folder, _ = produce(year, year.project.build, published_only=False, only="09_outlook", jobs=2, progress=Silent())
    paths = sorted((folder / "notebooks").glob("*.ipynb"))
    return {path.stem: read_records(path.stem, read_notebook(path)) for path in paths}


def test_nothing_stops_a_run(year):
    assert examine(year, published_only=False).sound


def test_the_new_indicators_are_scored(records):
    printed = json.dumps(records["08_scorecard"].blocks, ensure_ascii=False)
    assert "发放岗位练兵补助人数" in printed
    assert "支付退回笔数" in printed


def test_the_new_programme_has_its_figures(records):
    facts = {fact.id: fact.display for fact in records["05_results"].facts}
    assert facts["reading_rooms.paid.rooms"] == "1个"


def test_the_new_chart_is_drawn(records):
    captions = [block.get("caption") for block in records["02_spending"].blocks]
    assert "各支出类别的全年预算和实际支付" in captions


def test_the_new_section_prints_figures_of_others(records):
    printed = [run["fact"] for block in records["09_outlook"].blocks for run in block["runs"] if "fact" in run]
    assert printed == ["special.budget.amount", "scorecard.total.score"]
