"""A notebook gets the parameters it declares, and whatever does not fit is told before any kernel starts."""

import datetime

import nbformat
import pytest
from probes import OFFERED, PARAMETERS, probe, write

from helpers.execution.notebook_parameters import parameters_for
from helpers.issue import InputsInvalid

REGIONS = [{"code": "650100", "name": "某市"}]


def issues_of(folder, *lines: str, drop: str = "", **offered):
    kept = [line for line in PARAMETERS.splitlines() if not drop or not line.startswith(drop)]
    write(folder, probe=probe(parameters="\n".join([*kept, *lines])))
    with pytest.raises(InputsInvalid) as caught:
        parameters_for(folder, ["probe"], OFFERED | offered)
    return [(issue.code, issue.column) for issue in caught.value.issues]


def test_a_notebook_gets_what_it_declares_and_no_more(tmp_path):
    write(tmp_path, plain=probe(), more=probe(parameters=PARAMETERS + "\nregions: list[dict] = []  # 地区"))
    given = parameters_for(tmp_path, ["plain", "more"], OFFERED | {"regions": REGIONS})
    assert given == {"plain": OFFERED, "more": OFFERED | {"regions": REGIONS}}


def test_braces_in_a_folder_name_are_no_template(tmp_path):
    """papermill formats input paths with the parameters."""
    folder = write(tmp_path / "{fiscal_year}{0.__class__}", probe=probe())
    assert parameters_for(folder, ["probe"], OFFERED) == {"probe": OFFERED}


@pytest.mark.parametrize("name", ["fiscal_year", "data_dir", "upstream", "published_only"])
def test_a_missing_required_parameter_is_told(tmp_path, name):
    assert issues_of(tmp_path, drop=name) == [("E812", name)]


@pytest.mark.parametrize(
    ("line", "code", "name"),
    [
        ("region: list = []", "E813", "region"),
        ("Regions: list = []", "E813", "Regions"),
        ("regions = []", "E814", "regions"),
        ("regions: str = ''", "E814", "regions"),
        ("regions: list | None = None", "E815", "regions"),
        ("regions: list = ['a=b']", "E815", "regions"),
        ("regions: list", "E815", "regions"),
        ("import os", "E815", "import os"),
        ("os.x: int = 1", "E815", "os.x"),
    ],
)
def test_a_line_that_would_not_be_filled_is_told(tmp_path, line, code, name):
    """papermill itself would leave the default standing without a word."""
    assert issues_of(tmp_path, line, regions=REGIONS) == [(code, name)]


def test_a_flag_is_no_number(tmp_path):
    assert issues_of(tmp_path, "published_only: int = 0", drop="published_only") == [("E814", "published_only")]


def test_the_nearest_name_is_told(tmp_path):
    write(tmp_path, probe=probe(parameters=PARAMETERS + "\nregion: list = []"))
    with pytest.raises(InputsInvalid, match=r"probe\.ipynb，“region”：运行时没有这个参数。是否应为“regions”"):
        parameters_for(tmp_path, ["probe"], OFFERED | {"regions": REGIONS})


def test_mistakes_of_all_notebooks_are_told_at_once(tmp_path):
    write(tmp_path, first=probe(parameters=PARAMETERS + "\nx: int = 1"), second=probe(parameters=PARAMETERS + "\ny = 2"))
    with pytest.raises(InputsInvalid) as caught:
        parameters_for(tmp_path, ["first", "second"], OFFERED | {"y": 3})
    assert [(issue.file, issue.code) for issue in caught.value.issues] == [("first.ipynb", "E813"), ("second.ipynb", "E814")]


def broken(kind: str) -> str:
    notebook = probe()
    if kind == "no tag":
        notebook.cells[0].metadata.tags = []
    elif kind == "no kernel":
        notebook.metadata = {}
    elif kind == "other language":
        notebook.metadata.kernelspec.language = "R"
    elif kind == "no Python":
        notebook.cells[0].source = "%matplotlib inline"
    elif kind == "two tagged":
        notebook.cells += [probe().cells[0]]
    else:
        return "{"
    return nbformat.writes(notebook)


@pytest.mark.parametrize("kind", ["no tag", "no kernel", "other language", "no Python", "two tagged", "no JSON"])
def test_a_notebook_without_a_readable_parameters_cell_is_told(tmp_path, kind):
    (tmp_path / "probe.ipynb").write_text(broken(kind), "utf-8")
    with pytest.raises(InputsInvalid, match=r"E811 probe\.ipynb"):
        parameters_for(tmp_path, ["probe"], OFFERED)


@pytest.mark.parametrize("name", ["x=1;import os", "Year", "年度", "", "a" * 42, "a.b", "x\n"])
def test_a_name_that_papermill_must_not_see_is_refused(tmp_path, name):
    with pytest.raises(ValueError, match="not a parameter name"):
        parameters_for(tmp_path, [], OFFERED | {name: 1})


@pytest.mark.parametrize("value", [None, (1, 2), {1: 2}, {"a": (1,)}, datetime.date(2022, 5, 17), float("nan"), b"x"])
def test_a_value_that_papermill_would_change_is_refused(tmp_path, value):
    with pytest.raises((TypeError, ValueError)):
        parameters_for(tmp_path, [], OFFERED | {"x": value})
