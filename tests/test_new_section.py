"""A section more takes one notebook file and one line in the outline."""

import shutil

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from conftest import ROOT, Silent
from helpers.examination import open_year
from helpers.executed import read_notebook
from helpers.execution.outline import Outline
from helpers.publishing.assemble import combine, gather
from helpers.publishing.document import read_document
from helpers.report import produce

LINE = '  - {number: 9, title: 下年打算, notebook: "09_outlook", needs: ["01_profile"]}\n'
PARAMETERS = 'fiscal_year: int = 2022\ndata_dir: str = "data/2022"\nupstream: str = ""\npublished_only: bool = False'
SAYS = """\
from helpers import Section

section = Section(9, fiscal_year=fiscal_year, data_dir=data_dir, upstream=upstream, published_only=published_only)
section.record("outlook.offices", section.fact("department.offices").value, unit="个", label="下年处室数")
section.say("下年仍设处室{{ outlook.offices }}，本年为{{ department.offices }}。")
"""


@pytest.fixture(scope="module")
def sections(tmp_path_factory):
    """The outline and the executed notebooks of a project with one section more, run with what it needs alone."""
    root = tmp_path_factory.mktemp("project")
    for name in ("params", "data/2022", "notebooks"):
        shutil.copytree(ROOT / name, root / name)
    cells = [new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]}), new_code_cell(SAYS)]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), root / "notebooks/09_outlook.ipynb")
    with (root / "notebooks/outline.yml").open("a", encoding="utf-8") as outline:
        outline.write(LINE)
    year = open_year(2022, root / "params/2022.yml")
    folder, _ = produce(year, root / "build", published_only=True, only="09_outlook", jobs=1, progress=Silent())
    kept = [section for section in year.outline()[0].sections if section.notebook in ("01_profile", "09_outlook")]
    notebooks = {section.notebook: read_notebook(folder / "notebooks" / f"{section.notebook}.ipynb") for section in kept}
    return Outline(sections=kept), notebooks


def test_it_is_printed_after_the_others_with_figures_of_its_own_and_of_those_it_needs(sections):
    gathered = gather(*sections)
    combined = combine(*sections, gathered, year=2022, title=["报告"], department="部门", appendix=[], attachments=[])
    part = read_document(combined).sections[-1]
    assert (part.label, part.title) == ("九、", "下年打算")
    printed = [run["fact"] for block in part.blocks for run in block["runs"] if "fact" in run]
    assert printed == ["outlook.offices", "department.offices"]


def test_its_figures_are_registered_with_the_part_that_prints_them(sections):
    entries = {fact["id"]: fact for fact in gather(*sections).to_json(2022)["facts"]}
    assert entries["outlook.offices"]["cell"] == "09_outlook#3"
    assert entries["department.offices"]["printed_in"] == ["一", "九"]
