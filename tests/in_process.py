"""Section notebooks run in the tests' own process: the parameters are injected by papermill and every cell is executed, without
the seconds that eight kernels take to start. What a kernel adds is tested in tests/execution.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_output
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook

from helpers import report, section
from helpers.examination import Year
from helpers.executed import UPSTREAM_OF_RUN
from helpers.execution.canonical import canonical_text
from helpers.execution.notebook_parameters import parameters_for
from helpers.execution.outline import Outline
from helpers.execution.request import EngineName, Limits
from helpers.execution.run import Progress, SectionRun


def produced(year: Year, out: Path, progress: Progress) -> Path:
    """The finished folder of the year's report."""
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a kernel shows a warning and goes on
        patch.setattr(report, "run_sections", run_here)
        folder, _ = report.produce(year, out, published_only=False, only=None, jobs=1, progress=progress)
    return folder


def run_here(
    outline: Outline,
    notebooks_dir: Path,
    parameters: Mapping[str, Any],
    out_dir: Path,
    *,
    root: Path,
    jobs: int,
    progress: Progress,
    engine: EngineName,
    limits: Limits,
) -> list[SectionRun]:
    """`run_sections` in this process, one section after the other."""
    stems = [entry.notebook for entry in outline.sections]
    given = parameters_for(notebooks_dir, stems, {**parameters, "upstream": ""})
    out_dir.mkdir(parents=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        patch.setenv(UPSTREAM_OF_RUN, str(out_dir))
        for entry in outline.in_running_order():
            source = load_notebook_node(str(notebooks_dir / f"{entry.notebook}.ipynb"))
            notebook = parameterize_notebook(source, given[entry.notebook])
            _execute(notebook, patch)
            (out_dir / f"{entry.notebook}.ipynb").write_text(canonical_text(notebook, entry.notebook), "utf-8")
    return [SectionRun(entry, "done", notebook=out_dir / f"{entry.notebook}.ipynb") for entry in outline.sections]


def _execute(notebook: NotebookNode, patch: pytest.MonkeyPatch) -> None:
    namespace: dict[str, Any] = {}
    code = (cell for cell in notebook.cells if cell.cell_type == "code")
    for number, cell in enumerate(code, start=1):
        outputs = cell.outputs
        patch.setattr(section, "display", lambda data, raw, kept=outputs: kept.append(new_output("display_data", data=data)))
        exec(compile(cell.source, f"cell {number}", "exec"), namespace)
        cell.execution_count = number
