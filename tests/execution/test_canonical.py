"""The canonical text of an executed notebook holds nothing of the run that made it."""

import json
from copy import deepcopy

import nbformat
import papermill.translators
import pytest
from nbformat.v4 import new_output
from probes import executed, ran

from helpers.execution.canonical import canonical_text


def run_at(hour: int, process: int):
    """The same run at another hour, in another process."""
    warning = f"/tmp/x{hour}/ipykernel_{process}/3766965340.py:1: UserWarning: 注意\n"
    frame = f'File "/tmp/ipykernel_{process}/99.py", line 1'
    notebook = executed(
        ran(1, "a: int = 1"),
        ran(2, "warn()", new_output("stream", name="stderr", text=warning)),
        ran(3, "fail()", new_output("error", ename="E", evalue=frame, traceback=[frame])),
    )
    notebook.metadata["papermill"] = {"start_time": f"{hour}:00", "output_path": f"/home/user{hour}/out.ipynb"}
    for cell in notebook.cells:
        cell.metadata["papermill"] = {"duration": hour}
        cell.metadata["execution"] = {"iopub.status.busy": f"{hour}:00"}
    return notebook


def test_two_runs_give_the_same_text():
    first, second = run_at(8, 4711), run_at(17, 4712)
    assert nbformat.writes(first) != nbformat.writes(second)
    assert canonical_text(first, "probe") == canonical_text(second, "probe")


def test_another_output_gives_another_text():
    first, second = run_at(8, 4711), run_at(8, 4711)
    second.cells[1].outputs[0].text = "别的"
    assert canonical_text(first, "probe") != canonical_text(second, "probe")


@pytest.mark.parametrize("trace", ["ipykernel_", "/home/", "/tmp/", "papermill", "iopub"])
def test_no_trace_of_the_run_is_left(trace):
    assert trace not in canonical_text(run_at(8, 4711), "probe")


def test_cells_are_numbered_under_the_name_of_the_notebook():
    cells = nbformat.reads(canonical_text(run_at(8, 4711), "02_spending"), as_version=4).cells
    assert [cell.id for cell in cells] == ["02_spending-1", "02_spending-2", "02_spending-3"]


def test_keys_are_sorted_and_the_text_ends_with_a_line_feed():
    text = canonical_text(run_at(8, 4711), "probe")
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def test_the_notebook_itself_is_left_as_it_was():
    notebook = run_at(8, 4711)
    before = deepcopy(notebook)
    canonical_text(notebook, "probe")
    assert notebook == before


def test_injected_parameters_can_be_read_and_stay_the_same_values():
    given = {"name": "部门", "none": None, "ratio": 0.5, "rows": ["甲" * 60, "乙" * 60]}
    source = papermill_source({"department": given, "fiscal_year": 2022})
    cell = executed(ran(1, source)).cells[0]
    cell.metadata["tags"] = ["injected-parameters"]
    text = nbformat.reads(canonical_text(executed_with(cell), "probe"), as_version=4).cells[0].source
    values: dict = {}
    exec(text, values)
    assert (values["department"], values["fiscal_year"]) == (given, 2022)
    assert "部门" in text
    assert "\\u" not in text


def papermill_source(parameters):
    """The source of an injected cell as papermill writes it."""
    return papermill.translators.translate_parameters("python3", "python", parameters, "Parameters")


def executed_with(cell):
    notebook = executed()
    notebook.cells = [cell]
    return notebook
