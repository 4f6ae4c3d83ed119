"""Notebooks are kept without outputs, and their code is plain Python."""

import ast
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))


def unclean(notebook):
    """Numbers of the code cells with outputs or an execution count."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return [number for number, cell in enumerate(cells, start=1) if cell.outputs or cell.execution_count is not None]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_carries_no_outputs(path):
    assert unclean(nbformat.read(path, as_version=4)) == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_plain_python(path):
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            ast.parse(cell.source)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_names_no_department_programme_or_region(path):
    text = path.read_text("utf-8")
    assert [word for word in ("总工会", "劳模", "帮扶", "新疆", "model_workers", "hardship") if word in text] == []


@pytest.mark.parametrize("run", [{"outputs": [new_output("stream", text="1")]}, {"execution_count": 1}])
def test_a_cell_that_was_run_is_found(run):
    assert unclean(new_notebook(cells=[new_code_cell("0"), new_code_cell("1", **run)])) == [2]
