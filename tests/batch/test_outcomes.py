"""Whatever happens to one report of a batch, the others are made, and each is told as what it is."""

import os
from functools import partial
from pathlib import Path

import psutil
import pytest

pytest.importorskip("distributed", reason="the extra `batch` is not installed")

from helpers.batch import on_dask
from helpers.batch.outcome import DONE, FAILED
from helpers.batch.plan import PlannedReport
from helpers.batch.report_server import ReportServer

KINDS = ("sound", "other", "refused", "crashes", "crashes_once", "kills_worker", "kills_worker_once", "kills_server")


@pytest.fixture(scope="module")
def batch(tmp_path_factory):
    """Outcomes by what each report does, and the processes that were there before and are there after."""
    folder = tmp_path_factory.mktemp("batch")
    planned = []
    for kind in KINDS:
        (folder / kind).mkdir()
        planned.append(PlannedReport(folder / kind / "2022.yml", kind, f"部门 {kind}", 2022, folder / "out" / kind))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(on_dask, "ReportServer", partial(ReportServer, "probe_report"))
        patch.setenv("PYTHONPATH", os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")]))
        ended = {one.code: one for one in on_dask.outcomes(planned, 2, None)}
    return ended


@pytest.mark.parametrize("kind", ["sound", "other", "crashes_once", "kills_worker_once"])
def test_a_report_is_made_whatever_others_do_and_though_its_process_or_worker_died_once(batch, kind):
    assert batch[kind].state == DONE


def test_a_finished_report_tells_its_score_and_findings(batch):
    assert (batch["sound"].score, batch["sound"].findings) == ("96.81", {"R401": 2})


def test_a_finished_report_names_its_folder(batch):
    assert (batch["sound"].folder / "facts.json").is_file()


def test_a_refused_report_tells_why(batch):
    assert (batch["refused"].state, batch["refused"].message) == (FAILED, "原始记录没有通过核对：甲")


@pytest.mark.parametrize(
    ("kind", "told"), [("crashes", "退出码 -11"), ("kills_worker", "工作进程意外结束"), ("kills_server", "退出码")]
)
def test_a_report_that_ends_whatever_makes_it_fails_alone_after_its_retries(batch, kind, told):
    assert batch[kind].state == FAILED
    assert told in batch[kind].message
    assert "已重试 2 次" in batch[kind].message


def test_every_report_has_one_outcome(batch):
    assert sorted(batch) == sorted(KINDS)


def test_no_process_is_left(batch):
    left = [process.cmdline() for process in psutil.Process().children(recursive=True)]
    assert [command for command in left if "helpers.execution.fork_server" in command] == []
