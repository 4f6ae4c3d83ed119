"""What only many runs show: a pipe that nobody empties, a process that is left."""

import psutil
import pytest
from probes import OFFERED, probe, write

from conftest import Silent
from helpers.execution.launchers import started_server
from helpers.execution.outline import Outline, OutlineSection
from helpers.execution.run import DEFAULT_ENGINE, run_sections

RUNS = 200

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(DEFAULT_ENGINE != "selfeval", reason="this system has no fork server"),
]


def states(root, server=None):
    outline = Outline(sections=[OutlineSection(number=number, title=f"甲{number}", notebook=f"n{number}") for number in (1, 2)])
    notebooks = write(
        root / "notebooks", n1=probe("print('甲' * 20_000)"), n2=probe("import subprocess\nsubprocess.run(['true'])")
    )
    runs = run_sections(outline, notebooks, OFFERED, root / "out", root=root, jobs=2, progress=Silent(), server=server)
    return {run.state for run in runs}


def descendants():
    return [process for process in psutil.Process().children(recursive=True) if process.status() != psutil.STATUS_ZOMBIE]


def test_two_hundred_runs_end_and_leave_no_process(tmp_path):
    before = len(descendants())
    assert [states(tmp_path) for _ in range(RUNS)] == [{"done"}] * RUNS
    assert len(descendants()) == before


def test_one_server_serves_two_hundred_runs(tmp_path):
    with started_server(tmp_path, "selfeval") as server:
        assert [states(tmp_path, server) for _ in range(RUNS)] == [{"done"}] * RUNS
