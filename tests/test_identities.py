"""Identities of every report: the 2022 report keeps all of them, and a figure changed by the least amount breaks each kind."""

import json
from dataclasses import replace
from fractions import Fraction

import pytest

from conftest import ROOT
from helpers.checks import DIFFERS, UNCHECKED
from helpers.examination import examine, identity_checks, open_year
from helpers.executed import read_notebook, read_records
from helpers.facts import Fact
from helpers.identities import FAMILIES, generic_identities

YEAR = open_year(2022, ROOT / "params" / "2022.yml")

LEAST_CHANGE = {
    "full_year": ("rows.general.budget.increase", 1),
    "net_paid": ("rows.general.payments.returned", 1),
    "parts": ("model_workers.living_hardship.amount", 1),
    "table": ("model_workers.by_region.650100.paid", 1),
    "shares": ("hardship_aid.by_region.650100.share", Fraction(1, 10**9)),
    "same": ("hardship_aid.results_by_region.650100.amount", 1),
    "rates": ("spending.fiscal.rate", Fraction(1, 10**9)),
    "weights": ("indicator.n1.weight", 1),
    "scores": ("indicator.n1.score", 1),
}
"""For each family a figure and what breaks it."""


def figures_of(report):
    entries = json.loads((report / "facts.json").read_text("utf-8"))["facts"]
    rows = examine(YEAR, published_only=False).rows
    return {entry["id"]: Fact.from_json(entry).figure for entry in entries} | rows


@pytest.fixture(scope="session")
def figures(full_report):
    return figures_of(full_report)


@pytest.fixture(scope="session")
def blocks(full_report):
    paths = sorted((full_report / "notebooks").glob("*.ipynb"))
    return [block for path in paths for block in read_records(path.stem, read_notebook(path)).blocks]


def failing(figures, blocks):
    """The families of which a check differs."""
    checks = identity_checks(YEAR.parameters, figures, blocks, "report")
    return {check.id.split(".")[2] for check in checks if check.verdict == DIFFERS}


def test_every_family_has_a_change_that_breaks_it():
    assert LEAST_CHANGE.keys() == FAMILIES.keys()


def test_no_identity_of_the_report_differs(figures, blocks):
    assert failing(figures, blocks) == set()


@pytest.mark.parametrize("family", FAMILIES)
def test_the_least_change_breaks_an_identity(figures, blocks, family):
    name, change = LEAST_CHANGE[family]
    changed = figures | {name: replace(figures[name], value=figures[name].value + change)}
    assert family in failing(changed, blocks)


def test_every_identity_has_an_id_of_its_own(figures, blocks):
    ids = [check.id for check in identity_checks(YEAR.parameters, figures, blocks, "report")]
    assert len(ids) == len(set(ids))


def test_a_figure_that_no_notebook_recorded_leaves_its_identity_unchecked(figures):
    known = {name: figure for name, figure in figures.items() if name != "spending.fiscal.paid"}
    checks = {check.id: check for check in identity_checks(YEAR.parameters, known, [], "report")}
    assert checks["generic.report.rates.fiscal"].verdict == UNCHECKED
    assert "缺少spending.fiscal.paid" in checks["generic.report.rates.fiscal"].message


def test_only_scores_that_wait_for_values_cannot_be_checked(full_report):
    checks = json.loads((full_report / "checks.json").read_text("utf-8"))["checks"]
    unchecked = [check for check in checks if check["verdict"] == UNCHECKED]
    assert {figure.rpartition(".")[2] for check in unchecked for figure in check["facts"]} == {"score", "weight"}


def test_each_programme_has_its_own_identities():
    ids = {identity.id for identity in generic_identities(YEAR.parameters, {})}
    for programme in YEAR.parameters.programmes:
        assert {f"full_year.{programme.id}", f"net_paid.{programme.id}", f"parts.{programme.id}_grants"} <= ids
