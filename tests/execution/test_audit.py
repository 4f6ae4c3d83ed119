"""A notebook is good only if every code cell ran, in order, without an error."""

import pytest
from nbformat.v4 import new_markdown_cell
from probes import error_output, executed, ran

from helpers.execution.audit import NOT_RUN, audit


@pytest.mark.parametrize(
    "notebook",
    [
        executed(ran(1), ran(2)),
        executed(new_markdown_cell("说明"), ran(1)),
        executed(ran(1), ran(None, "  \n"), ran(2)),
        executed(),
    ],
)
def test_a_notebook_that_ran_to_its_end_is_good(notebook):
    """Empty cells and Markdown do not run."""
    assert audit(notebook) is None


@pytest.mark.parametrize(
    ("notebook", "cell"),
    [
        (executed(ran(1), ran(None), ran(None)), 2),
        (executed(ran(1), ran(None), ran(2)), 2),
        (executed(ran(2), ran(1)), 1),
        (executed(ran(1), ran(1)), 2),
        (executed(ran(1), new_markdown_cell("说明"), ran(3)), 2),
    ],
)
def test_a_cell_that_did_not_run_in_its_turn_is_found(notebook, cell):
    failure = audit(notebook)
    assert failure is not None
    assert (failure.cell, failure.name) == (cell, NOT_RUN)


@pytest.mark.parametrize(("name", "message"), [("ZeroDivisionError", "division by zero"), ("SystemExit", "0")])
def test_an_error_output_is_told_with_name_and_message(name, message):
    """SystemExit(0) too, which papermill passes."""
    failure = audit(executed(ran(1), ran(2, "stop()", error_output(name, message)), ran(None)))
    assert failure is not None
    assert (failure.cell, failure.source, failure.name, failure.message) == (2, "stop()", name, message)


def test_papermill_calling_a_cell_completed_does_not_count():
    notebook = executed(ran(1), ran(None))
    for cell in notebook.cells:
        cell.metadata["papermill"] = {"status": "completed", "exception": False}
    assert audit(notebook) is not None


def test_long_cells_and_messages_are_cut():
    source = "\n\n".join(f"line_{number} = '{'长' * 200}'" for number in range(9))
    failure = audit(executed(ran(1, source, error_output("E", "长" * 9999))))
    assert failure is not None
    assert len(failure.source.splitlines()) == 4
    assert len(failure.source) + len(failure.message) < 1000
