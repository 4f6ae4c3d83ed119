"""One section in a process of its own: ``python -m helpers.execution.worker FOLDER``, or a child of the fork server.

FOLDER holds `request.json` (source, out_dir, needs, tables, parameters, engine, limits) and receives `result.json` (notebook,
failure, reads). The process ends, with its kernel and all that the kernel started, when its standard input closes: whoever
started it is gone then, or wants it to stop.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import papermill  # type: ignore[import-untyped]
from nbclient.exceptions import DeadKernelError
from nbformat import NotebookNode
from papermill.execute import remove_error_markers  # type: ignore[import-untyped]

from helpers import reads
from helpers.executed import NEEDS_OF_RUN, UPSTREAM_OF_RUN, read_notebook
from helpers.execution.at_once import write_at_once
from helpers.execution.audit import NOT_RUN, Failure, audit, code_cells, failure_at
from helpers.execution.canonical import canonical_text
from helpers.execution.kernel import InterpreterKernelManager
from helpers.execution.processes import adopt_descendants, end_descendants
from helpers.execution.request import EngineName, Limits
from helpers.execution.strict_shell import STRICT_SHELL
from helpers.intake import TABLES_OF_RUN

FAILED_FOLDER = "failed"
INTERRUPTED = 130
_IOPUB_SECONDS = 60  # nbclient's 4 are too few for a busy machine
_ENGINES: dict[EngineName, dict[str, Any]] = {
    "selfeval": {"engine_name": "selfeval"},
    "standard": {
        "kernel_manager_class": InterpreterKernelManager,
        "shutdown_kernel": "immediate",
        "extra_arguments": [f"--ext={STRICT_SHELL}"],
    },
}
_DEAD_KERNEL = "内核意外退出，可能是内存不足、调用了 os._exit 或本地库崩溃。"


def main(folder: Path) -> None:
    """Run a section in this process, which ends with whoever started it."""
    adopt_descendants()
    threading.Thread(target=_end_with_caller, args=[folder], daemon=True).start()
    run(folder)


def run(folder: Path) -> None:
    """Execute what the folder's `request.json` asks for and write `result.json`."""
    request = json.loads((folder / "request.json").read_text("utf-8"))
    source, out_dir = Path(request["source"]), Path(request["out_dir"])
    limits = Limits(**request["limits"])
    os.environ[UPSTREAM_OF_RUN] = request["out_dir"]
    os.environ[NEEDS_OF_RUN] = ",".join(request["needs"])
    if request["tables"] is not None:
        os.environ[TABLES_OF_RUN] = request["tables"]
    here = request["engine"] == "selfeval"  # the notebook runs in this process
    if here:
        reads.start(source)
    notebook, failure = execute(source, request["parameters"], engine=request["engine"], limits=limits)
    result: dict[str, Any] = {"notebook": None, "failure": failure and asdict(failure), "reads": reads.noted() if here else None}
    if notebook is not None:
        target = out_dir / source.name if failure is None else out_dir / FAILED_FOLDER / source.name
        write_at_once(target, canonical_text(notebook, source.stem))
        result["notebook"] = str(target)
    (folder / "result.json").write_text(json.dumps(result), "utf-8")


def execute(
    source: Path, parameters: dict[str, Any], *, engine: EngineName, limits: Limits
) -> tuple[NotebookNode | None, Failure | None]:
    """Run a notebook by papermill; the executed notebook as far as it came, and the failure, if any."""
    watch = _Watch()
    clock = _Clock(limits)
    stopped: Exception | None = None
    try:
        papermill.execute_notebook(
            read_notebook(source),  # given as path, it would be filled like a template
            None,
            parameters,
            kernel_name="python3",
            language="python",
            request_save_on_cell_execute=False,
            progress_bar=False,
            record_timing=False,
            coalesce_streams=True,
            iopub_timeout=_IOPUB_SECONDS,
            timeout_func=clock.seconds_left,
            **_ENGINES[engine],
            on_notebook_start=watch.notebook_started,
            on_cell_execute=watch.cell_started,
        )
    except Exception as error:
        stopped = error
    finally:
        end_descendants()
    if watch.notebook is None:
        return None, Failure(None, "", type(stopped).__name__, str(stopped))
    notebook = remove_error_markers(watch.notebook)
    return notebook, _judge(notebook, watch.cell, stopped)


class _Clock:
    """Tells how long a cell may take: its own limit, or what is left of the notebook's."""

    def __init__(self, limits: Limits) -> None:
        self._cell = limits.cell_seconds
        self._end = time.monotonic() + limits.notebook_seconds

    def seconds_left(self, cell: NotebookNode) -> int:
        """Whole seconds, at least one."""
        return max(1, min(self._cell, int(self._end - time.monotonic())))


@dataclass
class _Watch:
    """Holds on to the notebook that papermill runs, since it hands over none after an exception."""

    notebook: NotebookNode | None = None
    cell: NotebookNode | None = None

    def notebook_started(self, notebook: NotebookNode) -> None:
        self.notebook = notebook

    def cell_started(self, cell: NotebookNode, cell_index: int) -> None:
        self.cell = cell


def _judge(notebook: NotebookNode, last: NotebookNode | None, stopped: Exception | None) -> Failure | None:
    """The audit's verdict, unless what stopped the run left no error in the notebook: then that, at the last cell begun."""
    failure = audit(notebook)
    if stopped is None or (failure is not None and failure.name != NOT_RUN):
        return failure
    message = _DEAD_KERNEL if isinstance(stopped, DeadKernelError) else str(stopped)
    for number, cell in code_cells(notebook):
        if cell is last:
            return failure_at(number, cell, type(stopped).__name__, message)
    return Failure(None, "", type(stopped).__name__, message)


def _end_with_caller(folder: Path) -> None:
    os.read(sys.stdin.fileno(), 1)  # not sys.stdin.read, whose lock would block the interpreter's own end
    end_descendants()
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(INTERRUPTED)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
