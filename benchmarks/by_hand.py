"""The report as it is made by hand: a papermill command a notebook, then an nbconvert command for its web page."""

from __future__ import annotations

import shutil
from pathlib import Path

from benchmarks.environments import command, run

STEMS = tuple(path.stem for path in sorted((Path(__file__).parents[1] / "notebooks").glob("0*.ipynb")))


def by_hand(environment: Path, project: Path, out: Path) -> None:
    """Execute all notebooks of a project one after the other and turn each into a web page in `out`."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    for stem in STEMS:
        notebook = out / f"{stem}.ipynb"
        run(command(environment, "papermill", f"notebooks/{stem}.ipynb", notebook, "-p", "upstream", out), project)
        run(command(environment, "jupyter", "nbconvert", "--to", "html", notebook), project)
