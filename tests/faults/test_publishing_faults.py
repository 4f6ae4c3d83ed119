"""Whatever system call fails or is the last one: a whole build is seen, old or new, and the next run succeeds.

The invariants I1 to I4: a reader sees one whole build; no former one is lost; success means that the new one stands; the next
plain run succeeds without hand work. `make faults` tries every call (`-m long`); the default suite a seeded part of them.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from faults.system_calls import Fault, Program, can_trace
from helpers.publishing.folder import is_whole

SEED, SAMPLE = 20221231, 24

pytestmark = pytest.mark.skipif(not can_trace(), reason="no strace here that may trace: make faults installs it")


@pytest.fixture
def publishing(tmp_path):
    with Program("faults.publish_once", tmp_path / "errors.txt") as program:
        yield program


def all_faults(program: Program, folder: Path) -> list[Fault]:
    assert program.run(str(folder / "first"), "old") == 0, program.told
    return list(program.faults(folder / "calls.txt", str(folder / "first"), "new"))


def broken(program: Program, folder: Path, fault: Fault, whole: Callable[[Path], bool] = is_whole) -> list[str]:
    """The invariants that do not hold when the fault strikes while a second build takes the place of the first."""
    out = folder / str(fault).replace(" ", "-")
    assert program.run(str(out), "old") == 0, program.told
    code = program.run_with(fault, str(out), "new")
    seen = text_of(out)
    found = []
    if seen not in ("old", "new"):
        found.append("the former build is lost")
    elif not whole(out / "2022"):
        found.append("a build is seen that is not whole")
    if code == 0 and seen != "new":
        found.append("success without a new build")
    if program.run(str(out), "next") or text_of(out) != "next" or not whole(out / "2022"):
        found.append(f"the next run fails: {program.told}")
    return [f"{fault}: {what}" for what in found]


def text_of(out: Path) -> str:
    """The text that the build was made of."""
    try:
        return (out / "2022" / "report.html").read_text("utf-8").split(" ")[0]
    except (OSError, IndexError):
        return ""


def test_a_part_of_all_faults_breaks_nothing(publishing, tmp_path, tell):
    faults = random.Random(SEED).sample(all_faults(publishing, tmp_path), SAMPLE)
    found = [line for fault in faults for line in broken(publishing, tmp_path, fault)]
    tell("a part of publishing", len(faults), found)
    assert found == []


@pytest.mark.long
def test_no_fault_at_any_call_breaks_anything(publishing, tmp_path, tell):
    faults = all_faults(publishing, tmp_path)
    found = [line for fault in faults for line in broken(publishing, tmp_path, fault)]
    tell("publishing", len(faults), found)
    assert found == []
    assert len(faults) >= 400


def test_writing_in_place_is_caught(tmp_path):
    """The negative control: a program that writes its files where they are read."""
    with Program("faults.publish_naively", tmp_path / "errors.txt") as naive:
        faults = [fault for fault in all_faults(naive, tmp_path) if (fault.name, fault.effect) == ("write", "kill")]
        found = [line for fault in faults for line in broken(naive, tmp_path, fault, whole_in_place)]
    assert any("not whole" in line or "lost" in line for line in found)


def whole_in_place(folder: Path) -> bool:
    texts = [path.read_text("utf-8").split(" ")[0] for path in folder.rglob("*") if path.is_file()]
    return len(texts) == 5 and len(set(texts)) == 1
