"""A third year started from the second: workbooks filled in, run, compared and archived, with no line of code edited."""

import csv
import json
import shutil
from decimal import Decimal
from fractions import Fraction

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from conftest import ROOT
from filled_workbooks import fill_in
from helpers.cli import app
from helpers.evidence.verify_bag import verify

pytestmark = pytest.mark.run

FORMER = ROOT / "params/2023.yml"


def call(*arguments):
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert result.exit_code == 0, result.output
    return result.output


def changed(column, text):
    """The cell a year later: days moved by a year, amounts doubled."""
    if column.kind == "money":
        return str(Decimal(text) * 2)
    return text.replace("2023-", "2024-", 1) if column.kind == "date" else text.replace("2023年", "2024年")


@pytest.fixture(scope="module")
def project(tmp_path_factory, second_year):
    """A project with the second year's report, in which the third year was started, filled in and run."""
    root = tmp_path_factory.mktemp("project")
    for name in ("params/2023.yml", "params/columns", "params/rules", "data/2023", "notebooks"):
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, _made(root / name))
    shutil.copytree(second_year, _made(root / "build/2023"))
    params = root / "params/2024.yml"
    call("new-year", 2024, "--from", 2023, "--params", root / "params/2023.yml")
    fill_in(root / "data/2024", 2023, changed)
    decided = FORMER.read_text("utf-8").replace("2023", "2024")
    params.write_text(decided, "utf-8")
    call("run", 2024, "--params", params, "--out", root / "build")
    return root


def _made(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def facts_of(folder):
    return {fact["id"]: fact for fact in json.loads((folder / "facts.json").read_text("utf-8"))["facts"]}


def test_the_report_sets_last_years_figures_beside_its_own(project):
    former, current = facts_of(project / "build/2023"), facts_of(project / "build/2024")
    name = "budget.fiscal.amount"
    assert current[f"year_over_year.{name}.former"]["value"] == former[name]["value"]
    assert int(current[name]["value"]) == 2 * int(former[name]["value"])
    assert Fraction(current[f"year_over_year.{name}.rate"]["value"]) == 1


def test_the_register_says_whose_figures_they_are(project):
    with (project / "build/2024/former_year.csv").open(encoding="utf-8") as file:
        sources = {row["出处"] for row in csv.DictReader(file)}
    assert len(sources) == 1
    assert next(iter(sources)) in (project / "build/2024/report.html").read_text("utf-8")


def test_the_years_are_compared_and_restated_figures_told(project):
    output = call("compare", 2023, 2024, "--params", project / "params/2024.yml", "--out", project / "build")
    assert "财政预算合计" in output
    sheet = load_workbook(project / "build/compare/2023-2024/compare.xlsx")["上年数的重述"]
    restated = {row[-1].value: (row[2].value, row[3].value) for row in sheet.iter_rows(min_row=2)}
    assert restated["official_expenses.executed.amount"] == ("9.52万元", "19.66万元")


def test_the_year_is_archived_and_proved(project):
    call("archive", 2024, "--params", project / "params/2024.yml", "--out", project / "build")
    (bag,) = (path for path in (project / "archive/2024").iterdir() if path.is_dir())
    assert verify(bag).findings == []
    assert (bag / "data/inputs/tables/former_year.csv").exists()
