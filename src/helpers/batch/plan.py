"""What a batch is to make: one report a parameter file, each in a folder of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from helpers.batch.outcome import FAILED, Outcome
from helpers.issue import InputsInvalid
from helpers.params import load_parameters
from helpers.project import ProjectNotFound, find_project
from helpers.publishing.errors import ReportRefused


@dataclass(frozen=True)
class PlannedReport:
    """One report: whose, of which year, from which parameter file, below which folder (`<out>/<year>/`)."""

    params: Path
    code: str
    department: str
    year: int
    out: Path

    def to_json(self) -> dict[str, str | int]:
        return {"params": str(self.params), "out": str(self.out), "year": self.year}


def planned_reports(files: Sequence[Path], folder: Path) -> tuple[list[PlannedReport], list[Outcome]]:
    """The reports of parameter files, below `folder/<department code>/`, and the outcomes of files that cannot be read.

    Raises ReportRefused where two files are of one department and year: one report would take the other's place.
    """
    planned, unread = [], []
    for file in map(Path.absolute, files):
        try:
            parameters = load_parameters(file)
            find_project(file.parent)
        except (InputsInvalid, ProjectNotFound) as error:
            unread.append(Outcome(str(file), FAILED, message=str(error)))
            continue
        code = parameters.department.code
        planned.append(PlannedReport(file, code, parameters.department.name, parameters.fiscal_year, folder / code))
    _refuse_doubles(planned)
    return planned, unread


def _refuse_doubles(planned: Sequence[PlannedReport]) -> None:
    files = defaultdict(list)
    for report in planned:
        files[report.code, report.year].append(str(report.params))
    lines = [f"  {code} {year} 年度：{'、'.join(names)}" for (code, year), names in files.items() if len(names) > 1]
    if lines:
        raise ReportRefused(
            "\n".join(["有几个参数文件是同一部门、同一年度的，只能留一个；部门不同的，请改正 department.code：", *lines])
        )
