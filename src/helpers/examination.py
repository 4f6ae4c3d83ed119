"""What can be said of a year before any notebook runs; it imports nothing that only a run needs, so that a check is quick."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from helpers.blocks import Block
from helpers.checks import DIFFERS, UNCHECKED, Check, check_identity, control_totals, declared
from helpers.control_figures import control_figures
from helpers.execution.outline import Outline, load_outline
from helpers.fact_references import recordable_facts, unknown_in_parameters, unknown_in_tables
from helpers.facts import Figure
from helpers.identities import FAMILIES, generic_identities, table_identities
from helpers.intake import Inputs, load_inputs
from helpers.intake.register import REGISTER
from helpers.issue import InputsInvalid, Issue
from helpers.params import Parameters, load_parameters
from helpers.project import Project, find_project
from helpers.published import published_figures
from helpers.row_sums import indicator_weights, row_sums
from helpers.scoring.rules import Rules, load_rules
from helpers.year_over_year.former_inputs import with_former_year


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

    def settings(self) -> dict[str, Path]:
        """The files beside the tables that the report comes from, by the names under which a build keeps their hashes."""
        outline, notebooks_dir = self.outline()
        files = {"parameters": self.params_file, "outline": self.project.outline_file(self.parameters.outline)}
        files["register"] = self.data_dir / REGISTER
        files |= {f"columns/{path.name}": path for path in sorted(self.project.columns.glob("*.csv"))}
        files |= {f"rules/{path.name}": path for path in sorted(self.project.rules.glob("*.yml"))}
        return files | {name: notebooks_dir / name for name in (f"{item.notebook}.ipynb" for item in outline.sections)}

    def rules(self) -> Rules:
        """The scoring rules in force. Raises InputsInvalid."""
        return load_rules(self.parameters.rules, self.project.rules).in_force(self.parameters.fiscal_year)


@dataclass(frozen=True)
class Examination:
    """What can be said before any notebook runs: inputs with their issues, sums of rows, and what the rows alone let check."""

    inputs: Inputs
    rows: dict[str, Figure]
    checks: list[Check]

    @property
    def sound(self) -> bool:
        """Whether nothing found stops a run."""
        return not any(issue.stops for issue in self.inputs.issues) and not differing(self.checks)


def open_year(year: int, params_file: Path | None) -> Year:
    """The year's project and parameters. Raises ProjectNotFound or InputsInvalid."""
    path = params_file or find_project().params_file(year)
    return Year(find_project(path.parent), path, load_parameters(path))


def examine(year: Year, *, published_only: bool, out: Path | None = None) -> Examination:
    """Read all tables and the rule set, and check what the rows alone can tell: control totals and identities.

    A build of the year before is looked for in `out`, by default the project's own.
    """
    read = load_inputs(year.data_dir, year.parameters, published_only=published_only)
    places = {"out": out or year.project.build, "archives": year.project.archive}
    inputs = with_former_year(read, year.parameters, year.data_dir, **places, published_only=published_only)
    frames = {name: table.frame for name, table in inputs.tables.items() if not table.absent}
    rows, figures = row_sums(frames, year.parameters), control_figures(frames, year.parameters)
    try:
        weight = year.rules().execution_weight.value
        figures["scorecard.execution.weight"] = Figure(weight, "分")
    except InputsInvalid as invalid:
        inputs = replace(inputs, issues=[*inputs.issues, *invalid.issues])
    inputs = replace(inputs, issues=[*inputs.issues, *_unknown_facts(year, inputs)])
    if "indicators" in frames:
        figures |= indicator_weights(frames["indicators"])
    if "published" not in inputs.tables:
        return Examination(inputs, rows, [])
    published = published_figures(inputs.tables["published"].frame)
    totals = control_totals(published, {figure_id: figure.value for figure_id, figure in figures.items()}, "data")
    checked = identity_checks(year.parameters, figures | rows, [], "data")
    return Examination(inputs, rows, [*totals, *(check for check in checked if check.verdict != UNCHECKED)])


def _unknown_facts(year: Year, inputs: Inputs) -> list[Issue]:
    """References to facts that no notebook records; what is wrong with the outline, which names the notebooks."""
    try:
        outline, folder = year.outline()
    except InputsInvalid as invalid:
        return invalid.issues
    notebooks = [folder / f"{section.notebook}.ipynb" for section in outline.sections]
    known = recordable_facts(year.parameters, notebooks, inputs.tables)
    in_parameters = unknown_in_parameters(year.parameters, year.params_file, known)
    return [*in_parameters, *unknown_in_tables(inputs.tables, known)]


def identity_checks(parameters: Parameters, figures: Mapping[str, Figure], blocks: Iterable[Block], side: str) -> list[Check]:
    """The declared identities and those that always hold, over the figures of one side (`data` or `report`) and, in the
    report, over the tables among its `blocks`. Raises FactError where one compares different units.
    """
    stated = [replace(declared(item), id=f"declared.{side}.{item.id}") for item in parameters.reconciliations]
    generic = [*generic_identities(parameters, figures), *table_identities(blocks, figures)]
    generic = [replace(item, id=f"generic.{side}.{item.id}", label=f"{item.label}：{FAMILIES[item.family]}") for item in generic]
    return [check_identity(identity, figures) for identity in (*stated, *generic)]


def differing(checks: Iterable[Check]) -> list[Check]:
    """The checks that are errors."""
    return [check for check in checks if check.verdict == DIFFERS]
