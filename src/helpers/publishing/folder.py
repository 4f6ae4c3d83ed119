"""The finished folder of a run: written aside, checked by reading back, and swapped in whole by moving one link.

In the output folder stand `.staging-<year>`, what a run is writing; `.runs/<name>-<token>`, finished runs, which nothing
changes; and `<name>`, the link to the last of them. After a crash at any point `fresh_staging` restores that order.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from secrets import token_hex

from helpers.publishing.errors import ReportRefused

RECORD = "run.json"
"""The file of a run that is written last: its `outputs` names all others, each with its SHA-256."""
RUNS = ".runs"


def fresh_staging(out: Path, year: int) -> Path:
    """An empty staging folder beside the final one, under the year's lock.

    What an interrupted run left is cleared away. Where it left no build but a finished run, that becomes the build.
    """
    for name in (str(year), f"{year}-only"):
        _restore(out / name)
    staging = out / f".staging-{year}"
    _remove(staging)
    staging.mkdir()
    return staging


def hashes_of(folder: Path) -> dict[str, str]:
    """The SHA-256 of each file in a folder but its record, by path from there."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    found = {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}
    return {name: digest for name, digest in found.items() if name != RECORD}


def swap_in(staging: Path, final: Path) -> None:
    """Make `staging`, whose record names all its files, the build `final`. The former one stays until the new one stands.

    Raises ReportRefused where a file reads otherwise than it was written.
    """
    _sync_tree(staging)
    if not is_whole(staging):
        raise ReportRefused(f"写入后读回的内容与生成的不同，报告没有发布，原有结果未改动：{staging}。请检查磁盘后再运行。")
    runs = final.parent / RUNS
    runs.mkdir(exist_ok=True)
    run = runs / f"{final.name}-{token_hex(4)}"
    staging.rename(run)
    _sync(runs)
    _point(final, run)
    with suppress(OSError):  # the new build stands; what is left of the former one, the next run removes
        _prune(final)


def is_whole(folder: Path) -> bool:
    """Whether the folder holds what its record names, and nothing else."""
    try:
        recorded = json.loads((folder / RECORD).read_text("utf-8"))["outputs"]
    except (OSError, ValueError, KeyError):
        return False
    return bool(recorded == hashes_of(folder))


def _point(final: Path, run: Path) -> None:
    """Make `final` the link to a finished run, in one step."""
    link = final.with_name(f".link-{final.name}")
    link.unlink(missing_ok=True)
    try:
        link.symlink_to(run.relative_to(final.parent), target_is_directory=True)
    except (OSError, NotImplementedError):
        if sys.platform != "win32":
            raise
        _move(final, run)  # Windows lets few users make links
        return
    if final.is_dir() and not final.is_symlink():
        final.rename(final.parent / RUNS / f"{final.name}-{token_hex(4)}")
    link.replace(final)
    _sync(final.parent)


def _move(final: Path, run: Path) -> None:
    """Without links: put the run itself in the place of `final`, which returns where that fails."""
    former = final.parent / RUNS / f"{final.name}-{token_hex(4)}"
    if final.exists():
        final.rename(former)
    try:
        run.rename(final)
    except OSError:
        if former.exists():
            former.rename(final)
        raise


def _restore(final: Path) -> None:
    final.with_name(f".link-{final.name}").unlink(missing_ok=True)
    if not final.exists():
        finished = [run for run in _runs(final) if is_whole(run)]
        if finished:
            _point(final, max(finished, key=lambda run: (run / RECORD).stat().st_mtime_ns))
    if final.exists():
        _prune(final)


def _prune(final: Path) -> None:
    """Remove the finished runs that are not the build."""
    for run in _runs(final):
        if run.resolve() != final.resolve():
            _remove(run)


def _runs(final: Path) -> Iterator[Path]:
    """The finished runs of one build; `2022-only-…` is none of `2022`."""
    runs = final.parent / RUNS
    return (path for path in sorted(runs.glob(f"{final.name}-*")) if path.name.rpartition("-")[0] == final.name)


def _sync_tree(folder: Path) -> None:
    for path in sorted(folder.rglob("*")):
        _sync(path)
    _sync(folder)


def _sync(path: Path) -> None:
    """Have the disk keep a file's content, or a folder's entries (which Windows does by itself)."""
    if path.is_dir() and sys.platform == "win32":
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
