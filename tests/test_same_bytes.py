"""The same inputs give the same bytes, whoever makes the report, where and when; `run.json` alone tells of the run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT
from helpers.publishing.folder import RECORD, hashes_of

ZONES = ("UTC", "Asia/Shanghai", "America/Los_Angeles", "Pacific/Apia")
LOCALES = ("C", "POSIX", "C.UTF-8")
USERS = ("root", "nobody")
BUILDS = 20
READS_ALL = ("--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search")
"""Another user may run a Python and a checkout that lie in root's home."""


def build(out: Path, *options: str, **surroundings: str) -> dict[str, str]:
    """Hashes of a report made with `options`, in surroundings of its own: environment variables, and `user` for another user."""
    user = surroundings.pop("user", None)
    home = out / "home"
    home.mkdir(parents=True)
    command = [
        sys.executable,
        "-m",
        "helpers.cli",
        "run",
        "2022",
        "--params",
        str(ROOT / "params/2022.yml"),
        "--out",
        str(out / "b"),
        *options,
    ]
    if user not in (None, "root"):
        shutil.chown(out, user)
        shutil.chown(home, user)
        command = ["setpriv", f"--reuid={user}", "--clear-groups", *READS_ALL, *command]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env=os.environ | {"HOME": str(home)} | surroundings, cwd=out
    )
    assert done.returncode == 0, done.stderr
    return hashes_of(out / "b" / "2022")


@pytest.mark.run
def test_another_build_elsewhere_has_the_same_bytes(full_report, tmp_path):
    other = build(tmp_path / "另 一处", TZ="Pacific/Apia", LC_ALL="POSIX", PYTHONHASHSEED="77", OPENBLAS_NUM_THREADS="2")
    assert other == hashes_of(full_report)


@pytest.mark.run
def test_the_standard_engine_makes_the_same_bytes(full_report, tmp_path):
    assert build(tmp_path / "standard", "--engine", "standard") == hashes_of(full_report)


def test_the_files_that_are_compared_are_those_of_the_report(full_report):
    """The negative control: were a file left out, a difference in it would not be seen."""
    files = {path.relative_to(full_report).as_posix() for path in full_report.rglob("*") if path.is_file()}
    assert set(hashes_of(full_report)) == files - {RECORD}
    assert {"report.html", "report.pdf", "report.docx", "scorecard.xlsx", "facts.json", "checks.json"} <= files


@pytest.mark.long
@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="other users are root's to become")
def test_twenty_builds_have_one_hash_each(tmp_path):
    tmp_path.chmod(0o755)
    for folder in (tmp_path.parent, tmp_path.parent.parent):  # pytest's own
        folder.chmod(0o755)
    load = subprocess.Popen([sys.executable, "-c", "while True: pass"])
    try:
        builds = [
            build(
                tmp_path / f"build {number}",
                TZ=ZONES[number % len(ZONES)],
                LC_ALL=LOCALES[number % len(LOCALES)],
                PYTHONHASHSEED=str(number),
                user=USERS[number // len(ZONES) % len(USERS)],
            )
            for number in range(BUILDS)
        ]
    finally:
        load.kill()
        load.wait()
    assert all(other == builds[0] for other in builds[1:])
