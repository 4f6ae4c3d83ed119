"""A finished report with what it was made of, as far as that can still be read: parameters, rules, tables, code."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.blocks import FACT_MIME, FACTS_MIME
from helpers.evidence.clean_tables import clean_csv
from helpers.evidence.verify_bag import setting_path
from helpers.intake import load_table
from helpers.intake.contracts import CONTRACTS, TABLES
from helpers.issue import InputsInvalid
from helpers.params import Parameters, load_parameters
from helpers.project import Project
from helpers.scoring.rules import Rules, load_rules
from helpers.source_code import code_digest, package_files
from helpers.year_over_year.code_reads import NotebookCode, code_cells
from helpers.year_over_year.reports import FinishedReport

MOST_BYTES = 100 << 20
"""Of a larger table the rows are not set side by side."""
_CODE = "data/code/src/helpers/"

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class TableRead:
    """A table of a report: its file with the hash, and its rows as the clean table has them; None where they were not read."""

    file: str
    sha256: str
    rows: Rows | None

    def frame(self, name: str) -> pd.DataFrame | None:
        """A table of words (`indicators`) as the notebooks get it."""
        columns = [column.name for column in TABLES[name].columns]
        return None if self.rows is None else pd.DataFrame(list(self.rows), columns=columns, dtype=str)


@dataclass(frozen=True)
class ComparedYear:
    """A report with what it was made of. What has changed since and is kept nowhere is None or lacks; `unknown` tells it.

    `titles` are those of its sections, by number; `order` the place at which each fact was recorded, by its id.
    """

    report: FinishedReport
    parameters: Parameters | None
    rules: Rules | None
    tables: Mapping[str, TableRead]
    notebooks: Mapping[str, NotebookCode]
    program: Mapping[str, str] | None
    titles: Mapping[int, str]
    order: Mapping[str, int]
    unknown: tuple[str, ...]


def opened(report: FinishedReport, params_file: Path, project: Project) -> ComparedYear:
    """A report with its contents: of an archive those sealed in it, of a build the files of the project that are still the same.

    Raises ReportDamaged.
    """
    unknown: list[str] = []
    year = report.year
    with _settings(report, params_file, project) as (settings, rules_folder):
        parameters = rules = None
        try:
            if settings is not None:
                parameters = load_parameters(settings)
                rules = load_rules(parameters.rules, rules_folder).in_force(year)
        except InputsInvalid:
            parameters = rules = None
    if parameters is None:
        again = f"请重新运行 selfeval run {year} 后再比较。"
        unknown.append(f"{year} 年度的参数或评分规则在报告生成之后有改动，参数和规则的变化没有列出；{again}")
    tables = dict(_sealed_tables(report) if report.archive else _project_tables(report, parameters, project))
    lost = [table.file for table in tables.values() if table.rows is None]
    if lost:
        unknown.append(f"{year} 年度的 {'、'.join(lost)} 在报告生成之后有改动，或者过大，没有逐行比较。")
    stems = [entry["notebook"] for entry in report.record["sections"]]
    notebooks = {stem: json.loads(report.read(f"notebooks/{stem}.ipynb")) for stem in stems}
    return ComparedYear(
        report=report,
        parameters=parameters,
        rules=rules,
        tables=tables,
        notebooks={
            stem: NotebookCode(list(code_cells(notebook["cells"])), Parameters.model_fields)
            for stem, notebook in notebooks.items()
        },
        program=_program(report),
        titles=dict(_titles(notebooks)),
        order={fact_id: place for place, fact_id in enumerate(_recorded(notebooks.values()))},
        unknown=tuple(unknown),
    )


@contextmanager
def _settings(report: FinishedReport, params_file: Path, project: Project) -> Iterator[tuple[Path | None, Path]]:
    """The file of parameters and the folder of rule sets that the report was made with; no file where it has changed since."""
    recorded: Mapping[str, str] = report.record["parameters"]
    wanted = {key: digest for key, digest in recorded.items() if key == "parameters" or key.startswith("rules/")}
    if report.archive is None:
        files = {key: params_file if key == "parameters" else project.params / key for key in wanted}
        files |= {key: project.rules / key.removeprefix("rules/") for key in wanted if key != "parameters"}
        same = all(path.is_file() and sha256(path.read_bytes()).hexdigest() == wanted[key] for key, path in files.items())
        yield (params_file if same else None), project.rules
        return
    with tempfile.TemporaryDirectory(prefix="selfeval-") as name:
        for key in wanted:
            path = Path(name) / (f"{report.year}.yml" if key == "parameters" else key)
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(report.sealed(setting_path(key, report.year)) or b"")
        yield Path(name) / f"{report.year}.yml", Path(name) / "rules"


def _sealed_tables(report: FinishedReport) -> Iterator[tuple[str, TableRead]]:
    for entry in json.loads(report.sealed("inputs/sealed.json") or b'{"files": []}')["files"]:
        if entry["table"] in CONTRACTS:
            clean = report.sealed(f"inputs/{entry['clean']['file']}") or b""
            yield entry["table"], TableRead(entry["file"], entry["sha256"], _rows(clean))


def _project_tables(report: FinishedReport, parameters: Parameters | None, project: Project) -> Iterator[tuple[str, TableRead]]:
    """The tables of a build, with the rows of those whose files are still the ones that it was made from."""
    folder = project.root / (parameters.data_dir if parameters else f"data/{report.year}")
    for entry in report.record["inputs"]:
        name, path = Path(entry["file"]).stem, folder / entry["file"]
        if name in CONTRACTS:
            same = path.is_file() and sha256(path.read_bytes()).hexdigest() == entry["sha256"]
            readable = same and path.stat().st_size <= MOST_BYTES
            yield name, TableRead(entry["file"], entry["sha256"], _clean_rows(folder, name) if readable else None)


def _clean_rows(folder: Path, name: str) -> Rows | None:
    try:
        return _rows(clean_csv(load_table(folder, name)))
    except InputsInvalid:  # the register may have changed since
        return None


def _rows(clean: bytes) -> Rows | None:
    if len(clean) > MOST_BYTES:
        return None
    return tuple(map(tuple, csv.reader(io.StringIO(clean.decode("utf-8"), newline=""))))[1:]


def _titles(notebooks: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    """The heading with which the notebook of a section begins, by the number in its name."""
    for stem, notebook in notebooks.items():
        first = "".join(notebook["cells"][0]["source"]).partition("\n")[0]
        if first.startswith("# ") and stem[:2].isdecimal():
            yield int(stem[:2]), first.removeprefix("# ")


def _recorded(notebooks: Iterable[Any]) -> Iterator[str]:
    """The ids of the facts in the outputs of executed notebooks, in order."""
    outputs = (output for notebook in notebooks for cell in notebook["cells"] for output in cell.get("outputs", ()))
    for data in (output.get("data", {}) for output in outputs):
        yield from (fact["id"] for fact in (*([data[FACT_MIME]] if FACT_MIME in data else []), *data.get(FACTS_MIME, [])))


def _program(report: FinishedReport) -> dict[str, str] | None:
    """The hash of each file of the program that made a report, by its name; None where that program is not at hand."""
    sealed = {name.removeprefix(_CODE): digest for name, digest in report.digests.items() if name.startswith(_CODE)}
    if sealed:
        return sealed
    if report.record["code"] != code_digest():
        return None
    return {name: sha256(path.read_bytes()).hexdigest() for name, path in package_files().items()}
