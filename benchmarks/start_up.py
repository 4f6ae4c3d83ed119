"""What the commands cost before they do anything, and what an installation takes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.environments import FULL, LEAN, NAMES, command, run
from benchmarks.table import Row
from benchmarks.timing import in_turn

ROUNDS = 11


def rows(folder: Path) -> Iterator[Row]:
    times = in_turn(
        {
            "help": lambda: run(command(LEAN, "selfeval", "--help"), folder),
            "python": lambda: run(command(LEAN, "python", "-c", "pass"), folder),
        },
        ROUNDS,
    )
    yield Row("`selfeval --help` ÷ a bare interpreter", times.seconds("help"), times.ratio("help", "python"), most=12)
    for environment in (LEAN, FULL):
        size = sum(file.lstat().st_size for file in environment.rglob("*") if not file.is_dir() or file.is_symlink())
        yield Row(f"installation ({NAMES[environment]})", size / 1024**2, unit="MiB")
