"""One report from parameters to the finished folder: examine, run the sections, check, publish."""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from helpers.checks import DIFFERS, Check, control_totals, reconcile
from helpers.control_figures import control_figures
from helpers.executed import read_notebook, read_records
from helpers.execution.outline import Outline, load_outline
from helpers.execution.run import Progress, SectionRun, run_sections
from helpers.facts import Fact
from helpers.intake import Inputs, load_inputs
from helpers.issue import InputsInvalid
from helpers.params import Parameters, load_parameters
from helpers.project import Project, find_project
from helpers.published import published_figures
from helpers.publishing.appendix import appendices
from helpers.publishing.assemble import Gathered, combine, gather
from helpers.publishing.docx import SelfevalDOCXExporter
from helpers.publishing.errors import ReportRefused
from helpers.publishing.folder import fresh_staging, held_year, swap_in
from helpers.publishing.html import SelfevalHTMLExporter
from helpers.publishing.pdf import SelfevalPDFExporter
from helpers.publishing.scorecard_xlsx import scorecard_xlsx
from helpers.scoring import FORM_TITLE, load_rules, scorecard_of

PACKAGES = ("papermill", "nbclient", "nbconvert", "ipykernel", "pandas", "matplotlib", "typst", "python-docx")


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


def produce(
    year: Year, out: Path, *, published_only: bool, only: str | None, jobs: int, progress: Progress
) -> tuple[Path, list[SectionRun]]:
    """Make the report of a year in `out/<year>/`, or with `only` just that notebook and what it needs, in `out/<year>-only/`.

    Returns the finished folder. Raises InputsInvalid, ReportRefused, YearHeld, FactError or CharactersMissing; whatever is
    raised, the former build stays as it was.
    """
    started = datetime.now().astimezone()
    outline, notebooks_dir = year.outline()
    examination = examine(year, published_only=published_only)
    if not examination.sound:
        errors = [issue for issue in examination.inputs.issues if issue.severity == "错误"]
        if errors:
            raise InputsInvalid(errors)
        raise ReportRefused(_listing("原始记录与已公布数不符：", differing(examination.checks)))
    fiscal_year = year.parameters.fiscal_year
    with held_year(out, fiscal_year):
        staging = fresh_staging(out, fiscal_year)
        wanted = _part(outline, only) if only else outline
        offered = offered_parameters(year.parameters, published_only=published_only)
        runs = run_sections(
            wanted, notebooks_dir, offered, staging / "notebooks", root=year.project.root, jobs=jobs, progress=progress
        )
        failed = [run for run in runs if run.state != "done"]
        if failed:
            raise ReportRefused("报告没有生成，原有结果未改动：\n" + "\n".join(map(str, failed)))
        final = out / (f"{fiscal_year}-only" if only else str(fiscal_year))
        if not only:
            _publish(year, outline, examination, staging)
        _write_json(staging / "run.json", _run_record(year, examination, runs, started, published_only))
        swap_in(staging, final)
    return final, runs


def offered_parameters(parameters: Parameters, *, published_only: bool) -> dict[str, Any]:
    """What section notebooks may declare in their `parameters` cell, by name, as plain JSON."""
    values = {name: value for name, value in parameters.model_dump(mode="json").items() if value is not None}
    return values | {"published_only": published_only}


def _part(outline: Outline, notebook: str) -> Outline:
    wanted = {notebook, *outline.upstream(notebook)}
    return Outline(sections=[section for section in outline.sections if section.notebook in wanted])


def _publish(year: Year, outline: Outline, examination: Examination, staging: Path) -> None:
    notebooks = {
        section.notebook: read_notebook(staging / "notebooks" / f"{section.notebook}.ipynb") for section in outline.sections
    }
    gathered = gather(outline, notebooks)
    checks = [*examination.checks, *_report_checks(year, examination, list(gathered.ledger))]
    if differing(checks):
        raise ReportRefused(_listing("报告中的数字没有通过核对：", differing(checks)))
    combined = combine(
        outline,
        notebooks,
        gathered.ledger,
        year=year.parameters.fiscal_year,
        title=year.parameters.report.title,
        department=year.parameters.department.name,
        appendix=appendices(
            examination.inputs.register,
            examination.inputs.tables.values(),
            gathered.ledger,
            checks,
            year.parameters.open_questions,
        ),
    )
    _write_report(combined, gathered, checks, year.parameters.fiscal_year, staging)
    (staging / "scorecard.xlsx").write_bytes(_scorecard(year, examination, notebooks, gathered, combined))


def _report_checks(year: Year, examination: Examination, facts: Sequence[Fact]) -> list[Check]:
    published = published_figures(examination.inputs.tables["published"].frame)
    # A figure that was itself taken from the published ones proves nothing beside them.
    values = {fact.id: fact.value for fact in facts if fact.sources or fact.recomputed_from}
    return [*control_totals(published, values, "report"), *reconcile(year.parameters.reconciliations, facts)]


def _write_report(combined: NotebookNode, gathered: Gathered, checks: Sequence[Check], year: int, staging: Path) -> None:
    page, _ = SelfevalHTMLExporter().from_notebook_node(combined)
    (staging / "report.html").write_text(page, "utf-8")
    pages, _ = SelfevalPDFExporter().from_notebook_node(combined)
    (staging / "report.pdf").write_bytes(pages)
    written, _ = SelfevalDOCXExporter().from_notebook_node(combined)
    (staging / "report.docx").write_bytes(written)
    _write_json(staging / "facts.json", gathered.to_json(year))
    _write_json(staging / "checks.json", {"schema": 1, "checks": [check.to_json() for check in checks]})


def _scorecard(
    year: Year, examination: Examination, notebooks: Mapping[str, NotebookNode], gathered: Gathered, combined: NotebookNode
) -> bytes:
    """The form as the notebooks drew it, with the scores computed again from the facts."""
    blocks = [block for name, notebook in notebooks.items() for block in read_records(name, notebook).blocks]
    form = next(block for block in blocks if block["kind"] == "table" and block["caption"] == FORM_TITLE)
    rules = load_rules(year.parameters.rules, year.project.rules).in_force(year.parameters.fiscal_year)
    card = scorecard_of(examination.inputs.tables["indicators"].frame, gathered.ledger, rules)
    return scorecard_xlsx(form, card, rules.name, combined.metadata["selfeval"]["notice"])


def _run_record(
    year: Year, examination: Examination, runs: Sequence[SectionRun], started: datetime, published_only: bool
) -> dict[str, Any]:
    tables = [
        {"file": table.file, "sha256": table.sha256, "origin": table.origin, "rows_read": table.rows_read}
        for table in examination.inputs.tables.values()
        if not table.absent
    ]
    settings = {"parameters": year.params_file, "outline": year.project.outline_file(year.parameters.outline)}
    return {
        "schema": 1,
        "year": year.parameters.fiscal_year,
        "published_only": published_only,
        "started": started.isoformat(timespec="seconds"),
        "finished": datetime.now().astimezone().isoformat(timespec="seconds"),
        "sections": [{"notebook": run.section.notebook, "seconds": round(run.seconds, 3)} for run in runs],
        "inputs": tables,
        "parameters": {name: sha256(path.read_bytes()).hexdigest() for name, path in settings.items()},
        "versions": {"python": platform.python_version(), "selfeval": version("selfeval")}
        | {name: version(name) for name in PACKAGES},
        "platform": {"system": platform.platform(), "executable": Path(sys.executable).name},
    }


def _write_json(path: Path, content: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")


def _listing(head: str, checks: Sequence[Check]) -> str:
    return "\n".join(
        [head, *(f"  {check.facts[0] if len(check.facts) == 1 else check.id} {check.label}：{check.message}" for check in checks)]
    )
