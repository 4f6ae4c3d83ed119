"""Another department runs on parameters and data alone; what its report shows is in `test_library_report.py`."""

import shutil

import pytest

from conftest import ROOT
from helpers.checks import DIFFERS
from helpers.examination import differing, examine, open_year
from helpers.params import load_parameters

LIBRARY = ROOT / "examples/library"
PARAMS = LIBRARY / "params/2023.yml"
FIRST_CASE = [ROOT / "params/2022.yml", ROOT / "params/2023.yml"]


@pytest.fixture(scope="module")
def examination():
    return examine(open_year(2023, PARAMS), published_only=False)


def test_parameters_and_tables_hold(examination):
    assert examination.sound
    assert examination.inputs.issues == []


def test_every_record_is_marked_as_made_up(examination):
    assert {table.origin for table in examination.inputs.tables.values() if not table.absent} == {"synthetic"}


def test_it_has_no_roster(examination):
    assert examination.inputs.tables["beneficiaries"].absent
    assert [programme.beneficiary for programme in load_parameters(PARAMS).programmes] == [None] * 4


def test_the_example_holds_parameters_and_data_alone():
    made = ("build", "archive")
    files = [path.relative_to(LIBRARY) for path in LIBRARY.rglob("*") if path.is_file()]
    assert {path.suffix for path in files if path.parts[0] not in made} == {".csv", ".yml", ".md"}
    assert not (LIBRARY / "params/rules").exists()


def test_no_name_of_either_case_stands_in_code_or_notebooks():
    names = {
        name
        for path in (PARAMS, *FIRST_CASE)
        for parameters in [load_parameters(path)]
        for name in (
            parameters.department.name,
            parameters.department.short_name,
            *(programme.name for programme in parameters.programmes),
            *(programme.beneficiary or parameters.department.name for programme in parameters.programmes),
        )
    }
    texts = [path.read_text("utf-8") for path in (ROOT / "src/helpers").rglob("*.py")]
    texts += [path.read_text("utf-8") for path in (ROOT / "notebooks").glob("*.ipynb")]
    assert sorted(name for name in names if any(name in text for text in texts)) == []


def test_under_the_first_cases_rule_set_its_points_would_not_add_up(tmp_path):
    shutil.copytree(LIBRARY / "data", tmp_path / "data")
    (tmp_path / "params").mkdir()
    text = PARAMS.read_text("utf-8")
    (tmp_path / "params/2023.yml").write_text(text.replace("rules: hubei", "rules: national-default"), "utf-8")
    (wrong,) = differing(examine(open_year(2023, tmp_path / "params/2023.yml"), published_only=False).checks)
    assert (wrong.verdict, wrong.id) == (DIFFERS, "generic.data.weights.indicators")
