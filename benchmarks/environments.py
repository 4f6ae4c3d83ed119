"""The two environments that are compared: with JupyterLab, as an analyst has it, and without. `make bench` builds both."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
FULL, LEAN = ROOT / ".venv" / "full", ROOT / ".venv" / "lean"
NAMES = {FULL: "with JupyterLab", LEAN: "lean"}


def command(environment: Path, *words: str | Path) -> list[str]:
    """A command line of a program that the environment has."""
    return [str(environment / "bin" / words[0]), *map(str, words[1:])]


def run(line: Sequence[str], folder: Path) -> None:
    """Run to the end in a project's folder, quietly. Raises CalledProcessError with what it printed."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(line, cwd=folder, env=kept, capture_output=True, text=True, check=False)
    if done.returncode:
        raise subprocess.CalledProcessError(done.returncode, line, done.stdout[-2000:], done.stderr[-2000:])
