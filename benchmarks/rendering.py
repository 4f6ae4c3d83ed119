"""All four formats of the 2022 report, against two of its section notebooks with the standard engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.table import Row
from benchmarks.timing import in_turn
from helpers.batch.report_process import Untold
from helpers.examination import examine, open_year
from helpers.execution.outline import Outline
from helpers.execution.run import run_sections
from helpers.report import offered_parameters, write_outputs

ROOT = Path(__file__).parents[1]
SECTIONS = ("01_profile", "04_assets")
"""The two that take the least time."""
ROUNDS = 5


def rows(folder: Path) -> Iterator[Row]:
    """Rendering (with the checks, the re-check and the proofs that go with it) and the two notebooks."""
    year = open_year(2022, ROOT / "params" / "2022.yml")
    outline, notebooks = year.outline()
    examination = examine(year, published_only=False)
    offered = offered_parameters(year.parameters, published_only=False)
    two = Outline(sections=[section for section in outline.sections if section.notebook in SECTIONS])
    staging = folder / "staging"
    run_sections(outline, notebooks, offered, staging / "notebooks", root=ROOT, jobs=2, progress=Untold())

    def render() -> None:
        write_outputs(year, outline, examination, staging)

    def execute() -> None:
        run_sections(two, notebooks, offered, folder / "two", root=ROOT, jobs=1, progress=Untold(), engine="standard")

    render()  # imports and fonts are read before the first measure, for both
    times = in_turn({"render": render, "execute": execute}, ROUNDS)
    yield Row(
        "all formats with checks and proofs ÷ two notebooks by the standard engine",
        times.seconds("render"),
        times.ratio("render", "execute"),
        most=1.0,
    )
