"""Whatever system call fails or is the last one: a whole build is seen, old or new, and the next run succeeds.

The invariants I1 to I4: a reader sees one whole build; no former one is lost; success means that the new one stands; the next
plain run succeeds without hand work. `make faults` tries every call (`-m long`); the default suite a seeded part of them.
"""

from __future__ import annotations

import random
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from faults.publish_once import MARKER
from faults.system_calls import Fault, can_trace, command, environment, faults_of, run_with
from helpers.publishing.folder import is_whole

PROGRAM = str(Path(__file__).with_name("publish_once.py"))
NAIVE = str(Path(__file__).with_name("publish_naively.py"))
SEED, SAMPLE = 20221231, 24

pytestmark = pytest.mark.skipif(not can_trace(), reason="no strace here that may trace: make faults installs it")


def broken(program: str, folder: Path, fault: Fault, whole: Callable[[Path], bool]) -> list[str]:
    """The invariants that do not hold when the fault strikes while a second build takes the place of the first."""
    out = folder / str(fault).replace(" ", "-")
    plain(program, out, "old")
    code = run_with(fault, [program, str(out), "new"])
    seen = text_of(out)
    found = []
    if seen not in ("old", "new"):
        found.append("the former build is lost")
    elif not whole(out / "2022"):
        found.append("a build is seen that is not whole")
    if code == 0 and seen != "new":
        found.append("success without a new build")
    again = subprocess.run(command([program, str(out), "next"]), capture_output=True, text=True, check=False, env=environment())
    if again.returncode or text_of(out) != "next" or not whole(out / "2022"):
        found.append(f"the next run fails: {again.stderr[-300:]}")
    return [f"{fault}: {what}" for what in found]


def plain(program: str, out: Path, text: str) -> None:
    subprocess.run(command([program, str(out), text]), check=True, env=environment())


def text_of(out: Path) -> str:
    """The text that the build was made of."""
    try:
        return (out / "2022" / "report.html").read_text("utf-8").split(" ")[0]
    except (OSError, IndexError):
        return ""


def all_faults(program: str, folder: Path) -> list[Fault]:
    plain(program, folder / "first", "old")
    return list(faults_of([program, str(folder / "first"), "new"], MARKER, folder / "calls.txt"))


def tried(program: str, folder: Path, faults: list[Fault], whole: Callable[[Path], bool]) -> list[str]:
    with ThreadPoolExecutor(2) as pool:
        return [line for lines in pool.map(lambda fault: broken(program, folder, fault, whole), faults) for line in lines]


def test_a_part_of_all_faults_breaks_nothing(tmp_path):
    faults = random.Random(SEED).sample(all_faults(PROGRAM, tmp_path), SAMPLE)
    assert tried(PROGRAM, tmp_path, faults, is_whole) == []


@pytest.mark.long
def test_no_fault_at_any_call_breaks_anything(tmp_path, capsys):
    faults = all_faults(PROGRAM, tmp_path)
    lines = tried(PROGRAM, tmp_path, faults, is_whole)
    with capsys.disabled():
        print(  # noqa: T201 - the count is what this run is for
            f"\npublishing: {len(faults)} faults at system calls, {len(lines)} broken invariants"
        )
    assert lines == []
    assert len(faults) >= 400


def test_writing_in_place_is_caught(tmp_path):
    """The negative control: a program that writes its files where they are read."""
    faults = [fault for fault in all_faults(NAIVE, tmp_path) if (fault.name, fault.effect) == ("write", "kill")]
    assert any("not whole" in line or "lost" in line for line in tried(NAIVE, tmp_path, faults[:4], whole_in_place))


def whole_in_place(folder: Path) -> bool:
    texts = [path.read_text("utf-8").split(" ")[0] for path in folder.rglob("*") if path.is_file()]
    return len(texts) == 5 and len(set(texts)) == 1
