"""Whatever happens to one report of a batch, the others are made, and each is told as what it is."""

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import psutil
import pytest

pytest.importorskip("distributed", reason="the extra `batch` is not installed")

from conftest import ROOT
from helpers.batch import on_dask
from helpers.batch.outcome import DONE, FAILED, Outcome
from helpers.batch.plan import PlannedReport, planned_reports
from helpers.batch.report_server import ReportServer

QUICK = ("sound", "refused", "crashes", "crashes_once", "kills_worker_once")
ROUGH = (*(f"sound{number}" for number in range(18)), "kills_worker", "kills_server", "kills_worker_once")


def ended_by_kind(folder: Path, kinds: Sequence[str]) -> dict[str, Outcome]:
    """The outcomes of a batch, by what each of its reports does (see `probe_report`)."""
    for kind in kinds:
        (folder / kind).mkdir()
    planned = [PlannedReport(folder / kind / "2022.yml", kind, f"部门 {kind}", 2022, folder / "out" / kind) for kind in kinds]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(on_dask, "ReportServer", partial(ReportServer, "probe_report"))
        patch.setenv("PYTHONPATH", os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")]))
        return {one.code: one for one in on_dask.outcomes(planned, 2, None)}


@pytest.fixture(scope="module")
def batch(tmp_path_factory):
    return ended_by_kind(tmp_path_factory.mktemp("batch"), QUICK)


@pytest.fixture(scope="module")
def rough(tmp_path_factory):
    return ended_by_kind(tmp_path_factory.mktemp("batch"), ROUGH)


@pytest.mark.parametrize("kind", ["sound", "crashes_once", "kills_worker_once"])
def test_a_report_is_made_whatever_others_do_and_though_its_process_or_worker_died_once(batch, kind):
    assert batch[kind].state == DONE


@pytest.mark.long
def test_workers_killed_in_a_batch_of_twenty_lose_nothing(rough):
    lost = [kind for kind, one in rough.items() if one.state != DONE]
    assert sorted(lost) == ["kills_server", "kills_worker"]


@pytest.mark.long
@pytest.mark.parametrize(("kind", "told"), [("kills_worker", "工作进程意外结束"), ("kills_server", "退出码")])
def test_a_report_that_ends_whatever_makes_it_fails_alone_after_its_retries(rough, kind, told):
    assert rough[kind].state == FAILED
    assert told in rough[kind].message
    assert "已重试 2 次" in rough[kind].message


def test_a_finished_report_tells_its_score_and_findings(batch):
    assert (batch["sound"].score, batch["sound"].findings) == ("96.81", {"R401": 2})


def test_a_finished_report_names_its_folder(batch):
    assert (batch["sound"].folder / "facts.json").is_file()


def test_a_refused_report_tells_why(batch):
    assert (batch["refused"].state, batch["refused"].message) == (FAILED, "原始记录没有通过核对：甲")


def test_a_report_that_crashes_each_time_fails_after_its_retries(batch):
    assert batch["crashes"].state == FAILED
    assert "退出码 -11" in batch["crashes"].message
    assert "已重试 2 次" in batch["crashes"].message


def test_every_report_has_one_outcome(batch):
    assert sorted(batch) == sorted(QUICK)


def test_no_process_is_left(batch):
    left = [process.cmdline() for process in psutil.Process().children(recursive=True)]
    assert [command for command in left if "helpers.execution.fork_server" in command] == []


@pytest.mark.long
def test_a_batch_makes_what_a_run_makes_and_makes_it_once(tmp_path, full_report):
    planned, _ = planned_reports([ROOT / "params/2022.yml"], tmp_path)
    made = list(on_dask.outcomes(planned, 2, None))
    assert [one.state for one in made] == [DONE]
    folder = tmp_path / planned[0].code / "2022"
    names = [path.relative_to(full_report) for path in full_report.rglob("*") if path.is_file() and path.name != "run.json"]
    assert [name for name in names if (folder / name).read_bytes() != (full_report / name).read_bytes()] == []
    build = folder.resolve()
    assert [one.state for one in on_dask.outcomes(planned, 2, None)] == [DONE]
    assert folder.resolve() == build
