"""The fork server of a Dask worker: a process beside the worker, from which each report is forked."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from distributed import Worker, WorkerPlugin

from helpers.execution.launchers import request_line, start_server

REPORT = "helpers.batch.report_process"


class ReportDied(Exception):
    """The process of a report ended without saying how it went."""


class ReportServer(WorkerPlugin):
    """Starts with a worker and ends with it, whatever ends it: its line is the worker's end of a pipe."""

    name = "selfeval-report-server"

    def __init__(self, module: str = REPORT) -> None:
        """`module` has the function `run` that makes a report in the folder given (see `report_process`)."""
        self._module = module

    def setup(self, worker: Worker) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="selfeval-", ignore_cleanup_errors=True)
        self._start()

    def teardown(self, worker: Worker) -> None:
        self._end()
        self._folder.cleanup()

    def report(self, request: dict[str, Any]) -> str:
        """Make a report in a process of its own; why it was refused, or "". Raises ReportDied."""
        with tempfile.TemporaryDirectory(prefix="selfeval-", ignore_cleanup_errors=True) as name:
            folder = Path(name)
            (folder / "request.json").write_text(json.dumps(request), "utf-8")
            code = self._run(folder)
            if code != 0:
                raise ReportDied(f"生成报告的进程意外结束（退出码 {code}），可能是内存不足或本地库崩溃。")
            message: str = json.loads((folder / "result.json").read_text("utf-8"))["message"]
            return message

    def _run(self, folder: Path) -> int:
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        try:
            self._server.stdin.write(request_line(self._module, folder, cwd=folder))
            answer = self._server.stdout.readline()
        except OSError:
            answer = b""
        if not answer:
            code = self._end()
            self._start()
            return code
        found: int = json.loads(answer)["code"]
        return found

    def _start(self) -> None:
        folder = Path(self._folder.name)
        self._server = start_server(folder, self._module, cwd=folder)

    def _end(self) -> int:
        assert self._server.stdin is not None
        self._server.stdin.close()
        return self._server.wait()
