"""One report from parameters to the finished folder: examine, run the sections, check, publish."""

from __future__ import annotations

import json
import platform
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from helpers.blocks import Block
from helpers.checks import Check, control_totals
from helpers.evidence.accept import read_hand_run
from helpers.examination import Examination, Year, differing, examine, identity_checks
from helpers.executed import read_notebook, read_records
from helpers.execution.outline import Outline
from helpers.execution.request import EngineName, Limits
from helpers.execution.run import DEFAULT_ENGINE, Progress, SectionRun, run_sections
from helpers.facts import Fact
from helpers.intake.register import REGISTER
from helpers.issue import InputsInvalid
from helpers.params import Parameters
from helpers.privacy.guard import Guard
from helpers.privacy.process import private_files
from helpers.proof import known_texts, prove
from helpers.published import published_figures
from helpers.publishing.appendix import appendices
from helpers.publishing.assemble import Gathered, combine, gather
from helpers.publishing.attachments import attachments
from helpers.publishing.document import read_document
from helpers.publishing.docx import SelfevalDOCXExporter
from helpers.publishing.errors import ReportRefused
from helpers.publishing.folder import RECORD, fresh_staging, hashes_of, swap_in
from helpers.publishing.html import SelfevalHTMLExporter
from helpers.publishing.lock import held_year
from helpers.publishing.notebook_pages import notebook_pages
from helpers.publishing.pdf import SelfevalPDFExporter
from helpers.publishing.scorecard_xlsx import scorecard_xlsx
from helpers.review import review
from helpers.review.from_report import former_paragraphs, reviewed_report
from helpers.review.model import Finding
from helpers.scoring import FORM_TITLE, scorecard_of
from helpers.source_code import code_digest, commit

PACKAGES = ("papermill", "nbclient", "nbconvert", "ipykernel", "pandas", "matplotlib", "typst", "python-docx")


def produce(
    year: Year,
    out: Path,
    *,
    published_only: bool,
    only: str | None,
    jobs: int,
    progress: Progress,
    engine: EngineName = DEFAULT_ENGINE,
    accept: Path | None = None,
) -> tuple[Path, list[SectionRun]]:
    """Make the report of a year in `out/<year>/`, or with `only` just that notebook and what it needs, in `out/<year>-only/`.

    `accept` is a section's notebook that was run by hand: it is taken as evidence only where this run puts out the same.
    Returns the finished folder. Raises InputsInvalid, ReportRefused, YearHeld, FactError or CharactersMissing; whatever is
    raised, the former build stays as it was.
    """
    started = datetime.now().astimezone()
    outline, notebooks_dir = year.outline()
    hand_run = None if accept is None else read_hand_run(accept, outline, notebooks_dir)
    examination = examine(year, published_only=published_only)
    if not examination.sound:
        issues = examination.inputs.issues
        if any(issue.stops for issue in issues):
            raise InputsInvalid([issue for issue in issues if issue.acknowledged is None])
        raise ReportRefused(_listing("原始记录没有通过核对：", differing(examination.checks)))
    fiscal_year = year.parameters.fiscal_year
    with private_files(), held_year(out, fiscal_year):
        staging = fresh_staging(out, fiscal_year)
        wanted = _part(outline, only) if only else outline
        offered = offered_parameters(year.parameters, published_only=published_only)
        runs = run_sections(
            wanted,
            notebooks_dir,
            offered,
            staging / "notebooks",
            root=year.project.root,
            jobs=jobs,
            progress=progress,
            engine=engine,
            limits=Limits(**year.parameters.execution.model_dump()),
        )
        failures = "\n".join(str(run) for run in runs if run.state != "done")
        guard = Guard(staging, examination.inputs.personal_values, _settings(year))
        guard.refuse_leaks(failures)
        if failures:
            raise ReportRefused("报告没有生成，原有结果未改动：\n" + failures)
        if hand_run is not None:
            hand_run.refuse_unlike(staging / "notebooks")
        final = out / (f"{fiscal_year}-only" if only else str(fiscal_year))
        findings: list[Finding] = []
        if not only:
            findings = write_outputs(year, outline, examination, staging, out)
        record = _run_record(year, examination, runs, started, published_only)
        guard.refuse_leaks()
        record |= {"findings": Counter(finding.code for finding in findings)}
        record |= {"accepted": [hand_run.to_json()] if hand_run else []}
        record |= {"uncertain_names": [str(leak) for leak in guard.uncertain], "outputs": hashes_of(staging)}
        (staging / RECORD).write_text(_json(record), "utf-8")
        guard.refuse_leaks()
        swap_in(staging, final)
    return final, runs


def offered_parameters(parameters: Parameters, *, published_only: bool) -> dict[str, Any]:
    """What section notebooks may declare in their `parameters` cell, by name, as plain JSON."""
    values = {name: value for name, value in parameters.model_dump(mode="json").items() if value is not None}
    return values | {"published_only": published_only}


def _settings(year: Year) -> list[Path]:
    """What the report's wording comes from, beside the package."""
    _, notebooks_dir = year.outline()
    return [year.params_file, notebooks_dir, year.project.rules, year.data_dir / REGISTER]


def _part(outline: Outline, notebook: str) -> Outline:
    wanted = {notebook, *outline.upstream(notebook)}
    return Outline(sections=[section for section in outline.sections if section.notebook in wanted])


def write_outputs(year: Year, outline: Outline, examination: Examination, staging: Path, out: Path) -> list[Finding]:
    """Write what a finished report consists of beside its notebooks, and prove it. Returns the findings of the re-check."""
    notebooks = {
        section.notebook: read_notebook(staging / "notebooks" / f"{section.notebook}.ipynb") for section in outline.sections
    }
    gathered = gather(outline, notebooks)
    blocks = [block for name, notebook in notebooks.items() for block in read_records(name, notebook).blocks]
    checks = [*examination.checks, *_report_checks(year, examination, list(gathered.ledger), blocks)]
    if differing(checks):
        raise ReportRefused(_listing("报告中的数字没有通过核对：", differing(checks)))
    reviewed = reviewed_report(
        year.parameters,
        outline,
        notebooks,
        examination.inputs.tables["indicators"].frame,
        used=[name for name, table in examination.inputs.tables.items() if not table.absent],
        last_year=former_paragraphs(out, year.parameters.fiscal_year),
    )
    findings = review(reviewed)
    warnings = [issue for issue in examination.inputs.issues if issue.acknowledged is not None]
    written = {
        "facts.json": _json(gathered.to_json(year.parameters.fiscal_year)),
        "checks.json": _json({"schema": 1, "checks": [check.to_json() for check in checks]}),
    }
    combined = combine(
        outline,
        notebooks,
        gathered,
        year=year.parameters.fiscal_year,
        title=year.parameters.report.title,
        department=year.parameters.department.name,
        appendix=appendices(
            examination.inputs.register,
            examination.inputs.tables.values(),
            warnings,
            gathered.ledger,
            checks,
            findings,
            year.parameters.open_questions,
        ),
        attachments=attachments(written | _read_settings(year)),
    )
    _write_report(combined, staging)
    for name, text in written.items():
        (staging / name).write_text(text, "utf-8")
    (staging / "scorecard.xlsx").write_bytes(_scorecard(year, examination, blocks, gathered, combined))
    tables = {name: table.frame for name, table in examination.inputs.tables.items()}
    known = known_texts(year.parameters, year.rules().name, examination.inputs.register, tables, warnings, findings)
    prove(staging, read_document(combined), known)
    return findings


def _report_checks(year: Year, examination: Examination, facts: Sequence[Fact], blocks: Sequence[Block]) -> list[Check]:
    published = published_figures(examination.inputs.tables["published"].frame)
    # A figure that was itself taken from the published ones proves nothing beside them.
    values = {fact.id: fact.value for fact in facts if fact.sources or fact.recomputed_from}
    figures = {fact.id: fact.figure for fact in facts} | examination.rows
    return [*control_totals(published, values, "report"), *identity_checks(year.parameters, figures, blocks, "report")]


def _read_settings(year: Year) -> dict[str, str]:
    """The parameters and the register of the data, byte for byte, by the names under which they are attached."""
    files = {"parameters.yml": year.params_file, "register.yml": year.data_dir / REGISTER}
    return {name: path.read_bytes().decode("utf-8") for name, path in files.items()}


def _write_report(combined: NotebookNode, staging: Path) -> None:
    page, _ = SelfevalHTMLExporter().from_notebook_node(combined)
    (staging / "report.html").write_text(page, "utf-8")
    for name, notebook_page in notebook_pages(combined).items():
        (staging / "notebooks" / f"{name}.html").write_text(notebook_page, "utf-8")
    pages, _ = SelfevalPDFExporter().from_notebook_node(combined)
    (staging / "report.pdf").write_bytes(pages)
    written, _ = SelfevalDOCXExporter().from_notebook_node(combined)
    (staging / "report.docx").write_bytes(written)


def _scorecard(
    year: Year, examination: Examination, blocks: Sequence[Block], gathered: Gathered, combined: NotebookNode
) -> bytes:
    """The form as the notebooks drew it, with the scores computed again from the facts."""
    form = next(block for block in blocks if block["kind"] == "table" and block["caption"] == FORM_TITLE)
    rules = year.rules()
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
    return {
        "schema": 1,
        "year": year.parameters.fiscal_year,
        "published_only": published_only,
        "started": started.isoformat(timespec="seconds"),
        "finished": datetime.now().astimezone().isoformat(timespec="seconds"),
        "sections": [{"notebook": run.section.notebook, "seconds": round(run.seconds, 3)} for run in runs],
        "inputs": tables,
        "parameters": {name: sha256(path.read_bytes()).hexdigest() for name, path in year.settings().items()},
        "code": code_digest(),
        "commit": commit(),
        "versions": {"python": platform.python_version(), "selfeval": version("selfeval")}
        | {name: version(name) for name in PACKAGES},
        "platform": {"system": platform.platform(), "executable": Path(sys.executable).name},
    }


def _json(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _listing(head: str, checks: Sequence[Check]) -> str:
    return "\n".join([head, *(f"  {check.subject} {check.label}：{check.message}" for check in checks)])
