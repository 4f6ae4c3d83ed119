"""The finished folder of a run: written aside, checked by reading back, and swapped in whole."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from helpers.publishing.errors import YearHeld


@contextmanager
def held_year(out: Path, year: int) -> Iterator[None]:
    """Hold the year's lock in the output folder. Raises YearHeld at once where another run holds it."""
    out.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(out / f".{year}.lock", timeout=0, mode=0o600):
            yield
    except Timeout:
        raise YearHeld(f"{year} 年度正在由另一次运行生成（{out}）。请等它结束后再试。") from None


def fresh_staging(out: Path, year: int) -> Path:
    """An empty staging folder beside the final one, under the year's lock.

    What an interrupted run left is cleared away: its staging folder, and a former build that it had already moved aside.
    """
    final, former, staging = out / str(year), _former(out / str(year)), out / f".staging-{year}"
    if former.exists() and not final.exists():
        former.rename(final)
    _remove(staging)
    staging.mkdir()
    return staging


def swap_in(staging: Path, final: Path) -> None:
    """Make `staging` the folder `final`. The former one stays until the new one stands, and returns where that fails."""
    for path in sorted(staging.rglob("*")):
        if path.is_file():
            _sync(path)
    former = _former(final)
    _remove(former)
    if final.exists():
        final.rename(former)
    try:
        staging.rename(final)
    except OSError:
        if former.exists():
            former.rename(final)
        raise
    _remove(former)


def _former(final: Path) -> Path:
    return final.with_name(f".former-{final.name}")


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
