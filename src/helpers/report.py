"""One report from parameters to the finished folder: examine, run the sections, check, publish."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from nbformat import NotebookNode

from helpers.blocks import Block
from helpers.cache.documents import DocumentCache
from helpers.cache.memory import Memory, scorecard_depends
from helpers.checks import Check, control_totals
from helpers.evidence.accept import read_hand_run
from helpers.examination import Examination, Year, differing, examine, identity_checks
from helpers.executed import read_notebook, read_records
from helpers.execution.launchers import ForkServer, started_server
from helpers.execution.outline import Outline
from helpers.execution.request import DEFAULT_ENGINE, EngineName, Limits
from helpers.execution.run import Progress, SectionRun, run_sections
from helpers.facts import Fact
from helpers.finishing import make_documents, prove_documents
from helpers.intake import hand_over
from helpers.intake.register import REGISTER
from helpers.issue import InputsInvalid
from helpers.params import Parameters
from helpers.privacy.guard import Guard
from helpers.privacy.process import private_files
from helpers.proof import known_texts
from helpers.published import published_figures
from helpers.publishing.appendix import appendices
from helpers.publishing.assemble import Gathered, combine, gather
from helpers.publishing.attachments import attachments
from helpers.publishing.errors import ReportRefused
from helpers.publishing.folder import RECORD, fresh_staging, hashes_of, swap_in
from helpers.publishing.lock import held_year
from helpers.publishing.scorecard_xlsx import scorecard_xlsx
from helpers.review import review
from helpers.review.from_report import reviewed_report
from helpers.review.model import Finding
from helpers.run_record import as_json, run_record
from helpers.scoring import FORM_TITLE, scorecard_of
from helpers.year_over_year.table import leave_former_table


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
    server: ForkServer | None = None,
    memory: Memory | None = None,
) -> tuple[Path, list[SectionRun]]:
    """Make the report of a year in `out/<year>/`, or with `only` just that notebook and what it needs, in `out/<year>-only/`.

    `accept` is a section's notebook that was run by hand: it is taken as evidence only where this run puts out the same.
    `server` is a fork server for the engine that was started before; without one, one is started. `memory` is what runs of
    before left; without one, all is made anew and nothing kept.
    Returns the finished folder. Raises InputsInvalid, ReportRefused, YearHeld, FactError or CharactersMissing; whatever is
    raised, the former build stays as it was.
    """
    started = datetime.now().astimezone()
    outline, notebooks_dir = year.outline()
    hand_run = None if accept is None else read_hand_run(accept, outline, notebooks_dir)
    fiscal_year = year.parameters.fiscal_year
    serving = started_server(year.project.root, engine) if server is None else nullcontext(server)
    with private_files(), serving as forking:
        examination = examine(year, published_only=published_only, out=out)
        _refuse_unsound(examination)
        with held_year(out, fiscal_year):
            staging = fresh_staging(out, fiscal_year)
            leave_former_table(examination.inputs.tables["former_year"], staging)
            kept = memory.sections(year, examination) if memory and engine == DEFAULT_ENGINE == "selfeval" else None
            runs = run_sections(
                _part(outline, only) if only else outline,
                notebooks_dir,
                offered_parameters(year.parameters, published_only=published_only),
                staging / "notebooks",
                root=year.project.root,
                jobs=jobs,
                progress=progress,
                engine=engine,
                limits=Limits(**year.parameters.execution.model_dump()),
                server=forking,
                last_seconds=memory.last_seconds() if memory else None,
                cache=kept,
                tables=None if forking is None else _handed_over(examination, year, forking.folder),
            )
            failures = "\n".join(str(run) for run in runs if run.state != "done")
            cached = [memory.store.folder] if memory else []
            guard = Guard(staging, examination.inputs.personal_values, _settings(year), beside=cached)
            guard.refuse_leaks(failures)
            if memory and kept:
                memory.store.refuses = guard.finds
                memory.keep_sections(year, started, kept, runs, staging / "notebooks")
            if failures:
                raise ReportRefused("报告没有生成，原有结果未改动：\n" + failures)
            if hand_run is not None:
                hand_run.refuse_unlike(staging / "notebooks")
            papers = memory.documents(year) if memory and not only else None
            findings: list[Finding] = []
            if not only:
                scan = guard.refuse_leaks
                findings = write_outputs(year, outline, examination, staging, server=forking, scan=scan, cache=papers)
            record = run_record(year, examination, runs, started, published_only=published_only)
            guard.refuse_leaks()
            record |= {"findings": Counter(finding.code for finding in findings)}
            record |= {"accepted": [hand_run.to_json()] if hand_run else []}
            record |= {"uncertain_names": [str(leak) for leak in guard.uncertain], "outputs": hashes_of(staging)}
            (staging / RECORD).write_text(as_json(record), "utf-8")
            guard.refuse_leaks()
            final = out / (f"{fiscal_year}-only" if only else str(fiscal_year))
            swap_in(staging, final)
            if memory and papers:
                memory.keep_documents(papers)
            if memory and kept and not only and not accept:
                memory.remember_finished(year, started, out, kept, published_only=published_only)
    return final, runs


def _handed_over(examination: Examination, year: Year, folder: Path) -> Path:
    """A folder of the tables for the sections, in one that goes whatever becomes of this process."""
    tables = Path(mkdtemp(dir=folder))
    hand_over(examination.inputs.tables.values(), year.data_dir, tables)
    return tables


def _refuse_unsound(examination: Examination) -> None:
    if examination.sound:
        return
    issues = examination.inputs.issues
    if any(issue.stops for issue in issues):
        raise InputsInvalid([issue for issue in issues if issue.acknowledged is None])
    raise ReportRefused(_listing("原始记录没有通过核对：", differing(examination.checks)))


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


def write_outputs(
    year: Year,
    outline: Outline,
    examination: Examination,
    staging: Path,
    *,
    server: ForkServer | None = None,
    scan: Callable[[], None] = lambda: None,
    cache: DocumentCache | None = None,
) -> list[Finding]:
    """Make all documents from the executed notebooks in `staging` and prove that they agree.

    `server` is where they are made side by side, `scan` looks through the files written since it was last called, `cache` has
    those of before. Returns the findings of the re-check. Raises ReportRefused, FactError, or why a document was not made.
    """
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
        last_year=None,  # no archive seals last year's build: `selfeval review` alone compares with it
    )
    findings = review(reviewed)
    warnings = [issue for issue in examination.inputs.issues if issue.acknowledged is not None]
    written = {
        "facts.json": as_json(gathered.to_json(year.parameters.fiscal_year)),
        "checks.json": as_json({"schema": 1, "checks": [check.to_json() for check in checks]}),
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
    for name, text in written.items():
        (staging / name).write_text(text, "utf-8")
    make_documents(
        combined,
        staging,
        lambda: _scorecard(year, examination, blocks, gathered, combined),
        scorecard_depends(year, examination) if cache else {},
        server=server,
        cache=cache,
    )
    tables = {name: table.frame for name, table in examination.inputs.tables.items()}
    known = known_texts(year.parameters, year.rules().name, examination.inputs.register, tables, warnings, findings)
    prove_documents(combined, staging, known, scan, server=server, cache=cache)
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


def _scorecard(
    year: Year, examination: Examination, blocks: Sequence[Block], gathered: Gathered, combined: NotebookNode
) -> bytes:
    """The form as the notebooks drew it, with the scores computed again from the facts."""
    form = next(block for block in blocks if block["kind"] == "table" and block["caption"] == FORM_TITLE)
    rules = year.rules()
    card = scorecard_of(examination.inputs.tables["indicators"].frame, gathered.ledger, rules)
    return scorecard_xlsx(form, card, rules.name, combined.metadata["selfeval"]["notice"])


def _listing(head: str, checks: Sequence[Check]) -> str:
    return "\n".join([head, *(f"  {check.subject} {check.label}：{check.message}" for check in checks)])
