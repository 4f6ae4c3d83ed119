"""Copies of this repository's project, for runs that change it and for batches of many departments."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from benchmarks.environments import ROOT

PARAMS = "params/2022.yml"


def copied(folder: Path, code: str = "DEMO-650000-01") -> Path:
    """A project of its own in `folder`, for the department of that code."""
    for name in ("params", "data", "notebooks"):
        shutil.copytree(ROOT / name, folder / name)
    edit(folder / PARAMS, r'code: "[^"]+"', f'code: "{code}"')
    return folder


def edit(file: Path, pattern: str, replacement: str) -> None:
    """Replace the first match. Raises ValueError where there is none."""
    text, count = re.subn(pattern, replacement, file.read_text("utf-8"), count=1)
    if not count:
        raise ValueError(f"{pattern} does not occur in {file.name}")
    file.write_text(text, "utf-8")
