"""Whatever system call of archiving fails or is the last one: only whole archives are seen, and the next run succeeds.

The invariants: no archive is seen that does not verify; no former one is lost or changed; success means that the new one and its
public package stand, each with its digest sheet; the next plain run succeeds without hand work and clears the rest away.
`make faults` tries every call that changes something (`-m long`); the default suite a seeded part of them.
"""

from __future__ import annotations

import random
import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from evidence import tiny
from faults.archive_once import SEEDS
from faults.system_calls import Fault, Program, can_trace
from helpers.evidence.seal import SHEET
from helpers.evidence.verify_bag import SIGNED, verify

SEED, SAMPLE = 20221231, 8
OLD, NEW = (tiny.identifier(tiny.contents(SEEDS[text])) for text in ("old", "new"))
ALL = {name for archive in (OLD, NEW) for name in (archive, f"{archive}-public")}

pytestmark = pytest.mark.skipif(not can_trace(), reason="no strace here that may trace: make faults installs it")


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    with Program("faults.archive_once", tmp_path_factory.mktemp("program") / "errors.txt") as program:
        yield program


@pytest.fixture
def archiving(program, tmp_path):
    """The program, and a folder with a former archive and what an interrupted run left."""
    assert program.run(str(tmp_path / "former"), "old") == 0, program.told
    tiny.write(tmp_path / f"former/archive/2022/.staging-{NEW}", {f"{NEW}/data/facts.json": b"{", "digest.pdf": b""})
    return program, tmp_path / "former"


def all_faults(program: Program, former: Path, *how: str) -> list[Fault]:
    first = shutil.copytree(former, former.with_name("first"))
    return list(program.faults(former.with_name("calls.txt"), str(first), "new", *how, changes_only=True))


def broken(program: Program, former: Path, fault: Fault, *how: str) -> list[str]:
    """The invariants that do not hold when the fault strikes while a second build is archived."""
    folder = shutil.copytree(former, former.with_name(str(fault).replace(" ", "-")))
    place = folder / "archive/2022"
    old = files_of(former / "archive/2022")
    code = program.run_with(fault, str(folder), "new", *how)
    found = seen_amiss(place, old)
    if code == 0 and not stand(place):
        found.append("success without the new archives")
    if program.run(str(folder), "new") or not stand(place):
        found.append(f"the next run fails: {program.told}")
    elif rest := [path.name for path in place.iterdir() if path.name.startswith(".")]:
        found.append(f"the next run leaves {rest}")
    found += seen_amiss(place, old)
    shutil.rmtree(folder)
    return [f"{fault}: {what}" for what in found]


def seen_amiss(place: Path, old: dict[str, str]) -> list[str]:
    """What a reader of the archives must not see."""
    new = [path for path in place.iterdir() if path.is_dir() and not path.name.startswith((".", OLD))]
    found = [f"{path.name} does not verify: {sorted(codes)}" for path in new if (codes := verify(path).codes)]
    now = files_of(place)
    if any(now.get(name) != digest for name, digest in old.items()):
        found.append("a former archive is lost or changed")
    return found


def files_of(place: Path) -> dict[str, str]:
    """The SHA-256 of each visible file."""
    files = (path for path in place.rglob("*") if path.is_file())
    named = {path.relative_to(place).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}
    return {name: digest for name, digest in named.items() if not name.startswith(".")}


def stand(place: Path) -> bool:
    """Whether both archives and both packages are there, each with the digest sheet that belongs to it."""
    try:
        return all(
            sha256((place / name / SIGNED).read_bytes()).hexdigest() in (place / f"{name}-{SHEET}").read_text("utf-8")
            for name in ALL
        )
    except FileNotFoundError:
        return False


def test_a_part_of_all_faults_breaks_nothing(archiving, tell):
    faults = random.Random(SEED).sample(all_faults(*archiving), SAMPLE)
    found = [line for fault in faults for line in broken(*archiving, fault)]
    tell("a part of archiving", len(faults), found)
    assert found == []


@pytest.mark.long
def test_no_fault_at_any_call_breaks_anything(archiving, tell):
    faults = all_faults(*archiving)
    found = [line for fault in faults for line in broken(*archiving, fault)]
    tell("archiving", len(faults), found)
    assert found == []
    assert len(faults) >= 500


def test_writing_in_place_is_caught(archiving):
    """The negative control: a bag that is written where archives are read."""
    faults = [fault for fault in all_faults(*archiving, "in place") if (fault.name, fault.effect) == ("write", "kill")]
    assert any("does not verify" in line for fault in faults[5:7] for line in broken(*archiving, fault, "in place"))
