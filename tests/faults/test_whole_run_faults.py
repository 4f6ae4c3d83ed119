"""A whole run that is struck at any step or moment leaves no process, no half build, and the former build as it was."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from conftest import ROOT
from faults.strike_run import AFTER, BEFORE
from helpers.publishing.folder import hashes_of, is_whole

SEED, MOMENTS = 20221231, 3
MARK = "SELFEVAL_FAULT_TEST"
SELFEVAL = ("helpers.cli",)

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="sections are processes of their own kind on Linux alone"),
]


def start(out: Path, *program: str) -> subprocess.Popen[bytes]:
    """A run that writes below `out`, by `selfeval` or another program; its processes can be told by a mark."""
    arguments = ["run", "2022", "--force", "--params", str(ROOT / "params/2022.yml"), "--out", str(out)]
    environment = os.environ | {MARK: str(out), "PYTHONPATH": str(ROOT / "tests")}
    with told_file(out).open("wb") as told:
        return subprocess.Popen(
            [sys.executable, "-m", *(program or SELFEVAL), *arguments], stdout=told, stderr=told, env=environment
        )


def processes(out: Path) -> list[psutil.Process]:
    """The processes of a run, which may have left their parents: those that have its mark in their environment."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get(MARK) == str(out) and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
    return found


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """An output folder with a former build, and how many seconds a run takes."""
    out = tmp_path_factory.mktemp("faults")
    begun = time.monotonic()
    assert start(out).wait() == 0, told(out)
    return out, time.monotonic() - begun


def told_file(out: Path) -> Path:
    """Not below `out`, whose disk may be full."""
    return out.with_name(f"{out.name}.txt")


def told(out: Path) -> str:
    return told_file(out).read_text("utf-8", "replace")


def broken(out: Path, run: subprocess.Popen[bytes], former: Path, hashes: dict[str, str]) -> list[str]:
    """The invariants that do not hold when a run is over; every run of the same inputs writes the same bytes."""
    found = []
    code = run.wait(60)
    _, alive = psutil.wait_procs(processes(out), timeout=10)
    if alive:
        found.append(f"processes outlive the run: {alive}")
    if not is_whole(out / "2022") or hashes_of(out / "2022") != hashes:
        found.append("no whole build is seen")
    if (code == 0) != ((out / "2022").resolve() != former):
        found.append(f"exit code {code}, but the build is {(out / '2022').resolve().name}, the former was {former.name}")
    return found


def struck(place: tuple[Path, float], strike: Callable[[subprocess.Popen[bytes]], None], *program: str) -> list[str]:
    out, _ = place
    former, hashes = (out / "2022").resolve(), hashes_of(out / "2022")
    run = start(out, *program)
    strike(run)
    return broken(out, run, former, hashes)


@pytest.mark.parametrize(("step", "how"), [*((step, "killed") for step in (*BEFORE, *AFTER)), ("swap_in", "spoilt")])
def test_a_run_struck_at_a_step_breaks_nothing(place, tell, step, how):
    former = str((place[0] / "2022").resolve())
    codes: list[int] = []
    found = struck(place, lambda run: codes.append(run.wait()), "faults.strike_run", step, how, former)
    tell(f"driver {how} at {step}", 1, found)
    assert found == []
    assert codes == [-signal.SIGKILL if how == "killed" else 1], told(place[0])
    if how == "spoilt":
        assert "写入后读回的内容与生成的不同" in told(place[0])


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT], ids=lambda number: number.name)
def test_a_run_stopped_at_any_moment_breaks_nothing(place, tell, number):
    moments = random.Random(SEED + number)

    def stop(run: subprocess.Popen[bytes]) -> None:
        try:
            run.wait(moments.uniform(0.2, place[1]))
        except subprocess.TimeoutExpired:
            run.send_signal(number)

    found = [line for _ in range(MOMENTS) for line in struck(place, stop)]
    tell(f"driver stopped by {number.name} at seeded moments", MOMENTS, found)
    assert found == []


@pytest.mark.parametrize("which", ["helpers.execution.fork_server", "helpers.execution"], ids=["forked", "all"])
def test_sections_whose_processes_are_killed_break_nothing(place, tell, which):
    """Each at a seeded moment of its life. Where those forked first alone are killed, the standard engine takes their place."""
    moments = random.Random(SEED)
    killed: dict[int, float] = {}

    def kill(run: subprocess.Popen[bytes]) -> None:
        while run.poll() is None:
            for process in sections(run, which):
                if time.time() - process.create_time() > killed.setdefault(process.pid, moments.uniform(0, 1)):
                    process.kill()
            try:
                run.wait(0.05)
            except subprocess.TimeoutExpired:
                continue

    found = struck(place, kill)
    tell(f"processes of sections killed at seeded moments ({which})", len(killed), found)
    assert found == []
    assert len(killed) >= 2
    assert ("报告没有生成，原有结果未改动" in told(place[0])) == (which == "helpers.execution")


def sections(run: subprocess.Popen[bytes], which: str) -> list[psutil.Process]:
    """The processes of a run that execute sections: children of the fork server, or with the standard engine all below it."""
    found = []
    try:
        for process in psutil.Process(run.pid).children(recursive=True):
            above = process.parent()
            if above and above.pid != run.pid and which in " ".join(above.cmdline()):
                found.append(process)
    except psutil.NoSuchProcess:
        pass
    return found


def test_the_next_run_succeeds_and_leaves_no_rest(place):
    out, _ = place
    (out / ".staging-2022/notebooks").mkdir(parents=True, exist_ok=True)
    (out / ".staging-2022/report.html").write_text("half")
    (out / ".runs/2022-00000000").mkdir(exist_ok=True)
    assert start(out).wait() == 0, told(out)
    assert is_whole(out / "2022")
    assert [path.name for path in out.iterdir() if path.name.startswith(".staging")] == []
    assert [path.name for path in (out / ".runs").iterdir()] == [(out / "2022").resolve().name]


def test_a_full_disk_leaves_the_former_build(place, tmp_path, tell):
    """A small file system of its own."""
    if os.geteuid() or shutil.which("mount") is None:
        pytest.skip("only root may mount a small disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(disk)], check=True)
    try:
        shutil.copytree(place[0] / "2022", disk / "2022")
        former = (disk / "2022").resolve()
        (disk / "filler").write_bytes(b"0" * (psutil.disk_usage(str(disk)).free - 1_500_000))
        found = broken(disk, start(disk), former, hashes_of(former))
        tell("disk full", 1, found)
        assert found == []
        assert "磁盘" in told(disk)
    finally:
        subprocess.run(["umount", str(disk)], check=True)
