"""A section's comparison with last year: a table of facts where there is a former report, and nothing where there is none."""

import shutil
from fractions import Fraction

import pytest

from conftest import ROOT
from helpers.blocks import BLOCK_MIME, FACTS_MIME
from helpers.section import Section
from helpers.year_over_year.reports import built_report
from helpers.year_over_year.table import leave_former_table, table_of_report
from samples import fact
from year_over_year.reported import write_build

FORMER = [
    fact("a.paid.amount", 100_00, "元", label="支付"),
    fact("a.timely.rate", Fraction(9, 10), "%", label="及时率", origin="synthetic"),
]


@pytest.fixture
def shown(monkeypatch):
    bundles = []
    monkeypatch.setattr("helpers.section.display", lambda bundle, raw: bundles.append(bundle))
    return bundles


@pytest.fixture
def section(tmp_path, monkeypatch, shown):
    """A section that recorded three figures; the former report may be left in `build/2022/`."""
    shutil.copytree(ROOT / "params", tmp_path / "params")
    shutil.copytree(ROOT / "data/2022", tmp_path / "data/2022")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "build/2022").mkdir(parents=True)
    made = Section(2, fiscal_year=2022, data_dir="data/2022")
    made.record("a.paid.amount", 150_00, unit="元", label="支付")
    made.record("a.timely.rate", Fraction(19, 20), unit="%", label="及时率")
    made.record("a.new.amount", 70_00, unit="元", label="新项目支付")
    shown.clear()
    return made


@pytest.fixture
def former(section, tmp_path):
    report = built_report(2021, None, write_build(tmp_path / "former", 2021, FORMER).parent)
    leave_former_table(table_of_report(report), tmp_path / "build/2022")


IDS = ["a.paid.amount", "a.timely.rate", "a.new.amount"]


def cells(shown):
    block = next(bundle[BLOCK_MIME] for bundle in shown if bundle[BLOCK_MIME]["kind"] == "table")
    return [[cell["runs"][0].get("display") or cell["runs"][0].get("text") for cell in row] for row in block["rows"]], block


def test_without_a_former_report_nothing_is_shown(section, shown):
    assert section.year_over_year(IDS, caption="与上年比较") == []
    assert shown == []


def test_each_row_has_both_years_and_the_change(section, former, shown):
    section.year_over_year(IDS, caption="与上年比较")
    rows, _ = cells(shown)
    assert rows[1:] == [
        ["支付", "元", "100.00", "150.00", "50.00", "50.00"],
        ["及时率", "%", "90.00", "95.00", "5.00", "—"],
    ]


def test_the_figures_are_facts_with_the_former_ones_own_origin(section, former, shown):
    section.year_over_year(IDS, caption="与上年比较")
    facts = {one["id"]: one for bundle in shown for one in bundle.get(FACTS_MIME, [])}
    assert facts["year_over_year.a.paid.amount.former"]["origin"] == "ledger"
    assert facts["year_over_year.a.timely.rate.former"]["origin"] == "synthetic"
    assert facts["year_over_year.a.paid.amount.rate"]["value"] == "1/2"
    assert facts["year_over_year.a.paid.amount.difference"]["sources"][0]["table"] == "former_year"


def test_what_last_years_report_has_not_is_named_below(section, former, shown):
    section.year_over_year(IDS, caption="与上年比较")
    _, block = cells(shown)
    assert "新项目支付" in "".join(run["text"] for run in block["notes"][-1])


def test_a_figure_that_this_year_has_not_is_passed_over(section, former, shown):
    section.year_over_year([*IDS, "a.absent.amount"], caption="与上年比较")
    rows, _ = cells(shown)
    assert len(rows) == 3


def test_rows_may_be_called_otherwise(section, former, shown):
    section.year_over_year(IDS, caption="与上年比较", names={"a.paid.amount": "全年支付"})
    rows, _ = cells(shown)
    assert rows[1][0] == "全年支付"


def test_the_changes_are_those_of_the_recorded_former_figures(section, former):
    changes = section.year_over_year(IDS, caption="与上年比较")
    assert [change.former.id for change in changes] == [
        "year_over_year.a.paid.amount.former",
        "year_over_year.a.timely.rate.former",
    ]
