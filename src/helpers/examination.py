"""What can be said of a year before any notebook runs; it imports nothing that only a run needs, so that a check is quick."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from helpers.checks import DIFFERS, Check, control_totals
from helpers.control_figures import control_figures
from helpers.execution.outline import Outline, load_outline
from helpers.intake import Inputs, load_inputs
from helpers.params import Parameters, load_parameters
from helpers.project import Project, find_project
from helpers.published import published_figures


@dataclass(frozen=True)
class Year:
    """One fiscal year of a project, its parameters read."""

    project: Project
    params_file: Path
    parameters: Parameters

    @property
    def data_dir(self) -> Path:
        return self.project.root / self.parameters.data_dir

    def outline(self) -> tuple[Outline, Path]:
        """The outline and the folder of its notebooks."""
        path = self.project.outline_file(self.parameters.outline)
        return load_outline(path), path.parent


@dataclass(frozen=True)
class Examination:
    """What can be said before any notebook runs: inputs with their issues, and the control totals straight from the rows."""

    inputs: Inputs
    checks: list[Check]

    @property
    def sound(self) -> bool:
        """Whether nothing found stops a run."""
        return not any(issue.severity == "错误" for issue in self.inputs.issues) and not differing(self.checks)


def open_year(year: int, params_file: Path | None) -> Year:
    """The year's project and parameters. Raises ProjectNotFound or InputsInvalid."""
    path = params_file or find_project().params_file(year)
    return Year(find_project(path.parent), path, load_parameters(path))


def examine(year: Year, *, published_only: bool) -> Examination:
    """Read all tables and compute the control totals from them."""
    inputs = load_inputs(year.data_dir, year.parameters, published_only=published_only)
    if "published" not in inputs.tables:
        return Examination(inputs, [])
    published = published_figures(inputs.tables["published"].frame)
    frames = {name: table.frame for name, table in inputs.tables.items() if not table.absent}
    return Examination(inputs, control_totals(published, control_figures(frames, year.parameters), "data"))


def differing(checks: Iterable[Check]) -> list[Check]:
    """The checks that are errors."""
    return [check for check in checks if check.verdict == DIFFERS]
