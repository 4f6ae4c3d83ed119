"""The steps of docs/how-to.md done to a project, with the very blocks that the page gives."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from conftest import ROOT

PAGE = ROOT / "docs/how-to.md"


def blocks(heading: str, language: str) -> list[str]:
    """The blocks of one language below a heading of the page."""
    text = PAGE.read_text("utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]
    return [dedent(block) for block in re.findall(rf"^ *```{language}\n(.*?)^ *```", text, re.S | re.M)]


def add_indicator(project: Path) -> None:
    """加一个指标: one from a fact that is there, one from a new fact."""
    table = project / "data/2023/indicators.csv"
    for added, changed in zip(*[iter(blocks("加一个指标", "csv"))] * 2, strict=True):
        name = changed.split(",")[2]
        lines = table.read_text("utf-8").splitlines(keepends=True)
        (place,) = (number for number, line in enumerate(lines) if line.split(",")[2] == name)
        table.write_text("".join([*lines[:place], changed, added, *lines[place + 1 :]]), "utf-8")
    (cell,) = blocks("加一个指标", "python")
    path = project / "notebooks/05_results.ipynb"
    _insert(path, cell, before="## 准确和及时")


def add_programme(project: Path) -> None:
    """加一个项目: rows, parameters, the identity that lists all programmes."""
    for name, row in zip(
        ("budget", "allocations", "beneficiaries", "payments", "milestones"), blocks("加一个项目", "csv"), strict=True
    ):
        with (project / f"data/2023/{name}.csv").open("a", encoding="utf-8") as table:
            table.write(row)
    programme, left = blocks("加一个项目", "yaml")
    path = project / "params/2023.yml"
    text = path.read_text("utf-8").replace("\ntexts:\n", "\n" + _indented(programme, 2) + "\ntexts:\n", 1)
    text, count = re.subn(r"(id: special_budget\n.*\n) *left: .*\n", lambda found: found[1] + _indented(left, 4), text)
    assert count == 1
    path.write_text(text, "utf-8")


def add_chart(project: Path) -> None:
    """加一张图."""
    (cell,) = blocks("加一张图", "python")
    _insert(project / "notebooks/02_spending.ipynb", cell, after="财政预算按支出类别的构成")


def add_section(project: Path) -> None:
    """加一个部分: a copy of a notebook with other cells, a line in the outline."""
    parameters, says = blocks("加一个部分", "python")
    notebook = nbformat.read(project / "notebooks/01_profile.ipynb", as_version=4)
    first = next(cell for cell in notebook.cells if cell.cell_type == "code")
    first.source = parameters
    kept = [cell for cell in notebook.cells if cell.cell_type != "code" or cell is first]
    notebook.cells = [*kept, new_code_cell(says)]
    nbformat.write(notebook, project / "notebooks/09_outlook.ipynb")
    (line,) = blocks("加一个部分", "yaml")
    with (project / "notebooks/outline.yml").open("a", encoding="utf-8") as outline:
        outline.write(_indented(line, 2))


def _insert(path: Path, code: str, *, before: str = "", after: str = "") -> None:
    notebook: NotebookNode = nbformat.read(path, as_version=4)
    (place,) = (number for number, cell in enumerate(notebook.cells) if (before or after) in cell.source)
    notebook.cells.insert(place + bool(after), new_code_cell(code))
    nbformat.write(notebook, path)


def _indented(text: str, spaces: int) -> str:
    """A block of the page stands deeper or shallower than its place in the file."""
    return "".join(f"{' ' * spaces}{line}" for line in dedent(text).splitlines(keepends=True))
