"""A whole run that is stopped at any moment leaves no process, no half build, and the former build as it was."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from conftest import ROOT
from helpers.publishing.folder import hashes_of, is_whole

SEED, MOMENTS = 20221231, 6
MARK = "SELFEVAL_FAULT_TEST"

pytestmark = pytest.mark.long


def start(out: Path) -> subprocess.Popen[bytes]:
    command = [
        sys.executable,
        "-m",
        "helpers.cli",
        "run",
        "2022",
        "--force",
        "--params",
        str(ROOT / "params/2022.yml"),
        "--out",
        str(out),
    ]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ | {MARK: str(out)})


def left_running(out: Path) -> list[psutil.Process]:
    """Processes of the run: those that have its mark in their environment."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get(MARK) == str(out) and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
    return found


@pytest.fixture(scope="module")
def place(full_report, tmp_path_factory):
    """An output folder with a former build, and how long a run takes."""
    out = tmp_path_factory.mktemp("faults")
    begun = time.monotonic()
    assert start(out).wait() == 0
    return out, time.monotonic() - begun


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT], ids=lambda number: number.name)
def test_a_run_stopped_at_any_moment_breaks_nothing(place, number):
    out, length = place
    former = hashes_of(out / "2022")
    moments = random.Random(SEED + number)
    for _ in range(MOMENTS):
        run = start(out)
        try:
            run.wait(moments.uniform(0.2, length))
        except subprocess.TimeoutExpired:
            run.send_signal(number)
        run.wait(30)
        _, alive = psutil.wait_procs(left_running(out), timeout=10)
        assert alive == []
        assert is_whole(out / "2022")
        assert hashes_of(out / "2022") == former


def test_the_next_run_succeeds_and_leaves_no_rest(place):
    out, _ = place
    assert start(out).wait() == 0
    assert is_whole(out / "2022")
    assert [path.name for path in out.iterdir() if path.name.startswith(".staging")] == []


def test_a_renderer_that_cannot_write_leaves_the_former_build(place, tmp_path):
    """A disk that is full: a small file system of its own."""
    if os.geteuid() or shutil.which("mount") is None:
        pytest.skip("only root may mount a small disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(disk)], check=True)
    try:
        shutil.copytree(place[0] / "2022", disk / "2022")
        former = hashes_of(disk / "2022")
        (disk / "filler").write_bytes(b"0" * (psutil.disk_usage(str(disk)).free - 1_500_000))
        assert start(disk).wait() == 1
        assert hashes_of(disk / "2022") == former
        assert left_running(disk) == []
    finally:
        subprocess.run(["umount", str(disk)], check=True)
