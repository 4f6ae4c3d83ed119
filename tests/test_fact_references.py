"""A fact that no notebook records is told before one runs, wherever it is named."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import ROOT
from helpers.examination import examine, open_year
from helpers.fact_references import recordable_facts, unknown_in_parameters
from helpers.intake import load_inputs
from helpers.issue import Issue
from helpers.params import load_parameters
from helpers.params.templates import templates_of
from helpers.recordable import Recordable, recordable

PARAMS, PUBLISHED, INDICATORS = "params/2022.yml", "data/2022/published.csv", "data/2022/indicators.csv"


@pytest.fixture(scope="module")
def known():
    """What the notebooks of the example year can record."""
    year = open_year(2022, ROOT / PARAMS)
    outline, folder = year.outline()
    notebooks = [folder / f"{section.notebook}.ipynb" for section in outline.sections]
    return recordable_facts(year.parameters, notebooks, load_inputs(year.data_dir, year.parameters, published_only=False).tables)


@pytest.fixture
def project(tmp_path):
    for name in ("params", "data/2022", "notebooks"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def stopping(project: Path) -> list[Issue]:
    examination = examine(open_year(2022, project / PARAMS), published_only=False)
    return [issue for issue in examination.inputs.issues if issue.stops]


@pytest.mark.parametrize(
    ("right", "wrong", "column"),
    [
        ("{{ model_workers.paid.own }}", "model_workers.paid.owm", "programmes[1].texts.results[1]"),
        ("{{ special.budget.amount }}", "special.budgets.amount", "texts.spending[0]"),
        ("{{ department.staff }}", "department.staffs", "department.profile[2]"),
        ("{{ short_name }}", "shrot_name", "programmes[0].texts.spending[0]"),
        ("{{ hardship_aid.timely.rate }}", "hardship_aid.timly.rate", "goals.items[0].achieved"),
        ("general.paid.amount.value", "general.payed.amount", "texts.general_spending[0]"),
        ("{{ hardship_aid.uses.count }}方面。\n      achieved", "hardship_aid.uses.cuont", "goals.items[0].expected"),
        ("left: [model_workers.paid.people", "model_worker.paid.people", "reconciliations[6].left[0]"),
    ],
)
def test_a_wrong_id_in_the_parameters_is_told_with_its_line_and_the_nearest(tmp_path, known, right, wrong, column):
    name = re.sub(r"left: \[|[{} ]|\.value|方面(?s:.)*", "", right)
    path = tmp_path / "2022.yml"
    shutil.copy(ROOT / PARAMS, path)
    change(path, right, right.replace(name, wrong))
    (issue,) = unknown_in_parameters(load_parameters(path), path, known)
    text = path.read_text("utf-8")
    assert (issue.code, issue.row, issue.column) == ("E610", text[: text.index(wrong)].count("\n") + 1, column)
    assert f"“{wrong}”" in issue.message
    assert f"“{name}”" in issue.mend


def test_every_text_with_an_expression_is_known_as_a_template():
    parameters = load_parameters(ROOT / PARAMS)
    found = {text for _, text in templates_of(parameters)}

    def expressions(value: object) -> Iterator[str]:
        for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            yield from expressions(item)
        if isinstance(value, str) and "{{" in value:
            yield value

    assert set(expressions(parameters.model_dump())) <= found


def test_wrong_ids_in_parameters_and_tables_stop_a_run_before_it_begins(project):
    """A published figure that nothing is compared with would go unnoticed to the end."""
    change(project / PARAMS, "{{ model_workers.paid.own }}", "{{ model_workers.paid.owm }}")
    for table in (PUBLISHED, INDICATORS):
        change(project / table, "model_workers.paid.people,", "model_workers.paid.peple,")
    issues = stopping(project)
    assert [(issue.code, Path(issue.file).name, issue.row, issue.column) for issue in issues] == [
        ("E610", "2022.yml", 132, "programmes[1].texts.results[1]"),
        ("E710", "published.csv", 23, "事实编号"),
        ("E710", "indicators.csv", 2, "实际值来源"),
    ]
    assert all("“model_workers.paid.people”" in issue.mend for issue in issues[1:])


def test_mistakes_in_the_outline_are_told_before_a_run(project):
    change(project / "notebooks/outline.yml", 'notebook: "05_results"', 'notebook: "05_result"')
    assert {"E802", "E804"} <= {issue.code for issue in stopping(project)}


def test_every_fact_of_a_report_is_one_that_can_be_recorded(full_report, known):
    facts = [fact["id"] for fact in json.loads((full_report / "facts.json").read_text("utf-8"))["facts"]]
    assert known.whole
    assert [fact for fact in facts if fact not in known] == []


def notebook(folder: Path, *lines: str) -> Path:
    path = folder / "01_own.ipynb"
    cells = [{"cell_type": "markdown", "source": ["record('no.code')"]}, {"cell_type": "code", "source": "\n".join(lines)}]
    path.write_text(json.dumps({"cells": cells}), "utf-8")
    return path


def of(path: Path) -> Recordable:
    return recordable([path], programmes=["aid"], ids=["people", "medical"], stated=["department.staff"])


@pytest.mark.parametrize(
    ("line", "right", "wrong"),
    [
        ('section.record("a.b", 1)', "a.b", "a.c"),
        ('section.record(f"{p.id}.paid.{p.unit_id}", 1)', "aid.paid.people", "aid.paid.peple"),
        ('section.record(f"{p.id}.paid.{p.unit_id}", 1)', "aid.paid.medical", "medical.paid.people"),
        ('for name in ("late", "early"): section.record(f"a.{name}", 1)', "a.late", "a.lat"),
        ('prefix, where = f"a.n{number}", ""; section.record(f"{prefix}.score", 1)', "a.n12.score", "a.12.score"),
        ('section.table(frame, {"paid": "x"}, id=f"{p}.by_region")', "aid.by_region.650100.paid", "aid.by_region.650100.pay"),
        ('section.table(frame, {"paid": "x"}, id="a.t")', "a.t.footing.paid", "a.t.footing"),
        ('section.table(frame, {"paid": "x"}, id="a.t")', "a.t.rows", "a.t.row"),
        ('def none(fact_id): section.record(fact_id, None)\nnone("a.b")', "a.b", "a.c"),
        ("section.record(row.fact, 1)", "department.staff", "department.chairs"),
        ('%matplotlib inline\nsection.record("a.b", 1)', "a.b", "a.c"),
    ],
)
def test_ids_are_read_from_the_code_of_a_notebook(tmp_path, line, right, wrong):
    found = of(notebook(tmp_path, line))
    assert (found.whole, right in found, wrong in found) == (True, True, False)


@pytest.mark.parametrize(
    "line",
    ["section.record(made(), 1)", "section.record(unknown, 1)", "section.record(", 'section.table(f, {}, id="a" + b)'],
)
def test_where_an_id_is_made_in_another_way_none_is_called_unknown(tmp_path, line):
    assert "any.thing" in of(notebook(tmp_path, line))


def test_what_is_no_notebook_is_told_elsewhere(tmp_path):
    (tmp_path / "01_own.ipynb").write_text("{}")
    assert "any.thing" in of(tmp_path / "01_own.ipynb")
    assert "any.thing" in of(tmp_path / "absent.ipynb")


def test_names_that_a_template_gets_are_read_too(tmp_path):
    path = notebook(
        tmp_path,
        'names = {"short_name": 1}',
        'section.say("x", uses=1, **names)',
        'section.chart(draw, context={"programme": 1})',
        'other.call(budget=1)',
    )  # fmt: skip
    assert of(path).names == {"short_name", "uses", "programme"}


OF_BOOKS, OF_DISTRICTS = "acquisition.budget.amount", "open_service.budget.amount"


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (OF_BOOKS, "acquisition.allocated.amount"),
        (OF_BOOKS, "acquisition.roster.people"),
        (OF_BOOKS, "acquisition.coverage.rate"),
        (OF_DISTRICTS, "open_service.roster.people"),
    ],
)
def test_a_figure_that_another_kind_of_programme_has_is_told_with_the_reason(tmp_path, right, wrong):
    for name in ("params", "data"):
        shutil.copytree(ROOT / "examples/library" / name, tmp_path / name)
    change(tmp_path / "params/2023.yml", right, wrong)
    issues = examine(open_year(2023, tmp_path / "params/2023.yml"), published_only=False).inputs.issues
    assert {issue.code for issue in issues} == {"E610"}
    assert f"“{wrong}”" in issues[0].message
    assert "不会有这个数字" in issues[0].mend


def test_a_programme_with_beneficiaries_has_no_payments_by_quarter(known):
    assert "hardship_aid.by_quarter.q1.amount" not in known
    assert "hardship_aid.roster.households" in known
