"""Two years of a department side by side: figures, what they come from, the score, and what is told otherwise elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from helpers.examination import Year
from helpers.facts import Fact, Ledger
from helpers.project import Project
from helpers.publishing.errors import ReportRefused
from helpers.year_over_year.causes import Causes, Explained, causes_between, explain
from helpers.year_over_year.change import PREFIX, compare_facts
from helpers.year_over_year.compared_year import ComparedYear, opened
from helpers.year_over_year.reports import FinishedReport, archived_report, built_report
from helpers.year_over_year.restated import Restated, restated_by_build, restated_by_tables
from helpers.year_over_year.score_bridge import ScoreBridge, Scored, score_bridge


@dataclass(frozen=True)
class YearComparison:
    """The figures of both years with what they come from, those of one year alone, all that changed beside them, the bridge of
    the score (None where it cannot be told apart), and figures of the former year that are told otherwise elsewhere.

    Figures stand in the order of the current report. `notes` say what could not be compared.
    """

    former: ComparedYear
    current: ComparedYear
    figures: tuple[Explained, ...]
    only_former: tuple[Fact, ...]
    only_current: tuple[Fact, ...]
    causes: Causes
    score: ScoreBridge | None
    restated: tuple[Restated, ...]
    notes: tuple[str, ...]

    @property
    def main(self) -> tuple[Explained, ...]:
        """The figures that the current report itself sets beside last year's, in its order; all where it does so with none."""
        printed = {fact.id for fact in self.current.report.facts}
        chosen = tuple(one for one in self.figures if f"{PREFIX}.{one.change.current.id}.former" in printed)
        return chosen or self.figures

    @property
    def synthetic(self) -> bool:
        """Whether a figure comes from made-up records."""
        return any(fact.origin == "synthetic" for year in (self.former, self.current) for fact in year.report.facts)


def compare_years(former_year: int, current: Year, out: Path) -> YearComparison:
    """Compare a year with a former one. The current report is the build in `out`, else its last archive; the former one its last
    archive, else its build. Raises ReportRefused where one is missing, damaged, or another department's.
    """
    project, year = current.project, current.parameters.fiscal_year
    department = current.parameters.department.name
    built = {one: _built(one, department, out) for one in (former_year, year)}
    sealed = {one: archived_report(one, department, project.archive) for one in (former_year, year)}
    before = _there(former_year, sealed[former_year] or built[former_year], project, out)
    after = _there(year, built[year] or sealed[year], project, out)
    years = opened(before, project.params_file(former_year), project), opened(after, current.params_file, project)
    compared = compare_facts(before.facts, after.facts)
    causes = causes_between(*years)
    restated = restated_by_tables({fact.id: fact for fact in before.facts}, after.facts, f"{year} 年度数据表中的上年数")
    notes = [*years[0].unknown, *years[1].unknown]
    if causes.program is None:
        notes.append("两年的报告由不同的程序生成，至少一版没有归档，不能列出改动的程序文件。")
    if before.archive and (again := built[former_year]):
        restated = restated_by_build(before.facts, again.facts, f"{former_year} 年度现在生成的结果") + restated
    else:
        lacking = "build 中没有结果" if before.archive else "还没有归档"
        notes.append(f"{former_year} 年度{lacking}，没有第二份报告可以核对上年数是否重述。")

    def place(fact: Fact) -> int:
        return years[1].order[fact.id]

    return YearComparison(
        former=years[0],
        current=years[1],
        figures=tuple(explain(change, causes, *years) for change in sorted(compared.changes, key=lambda one: place(one.current))),
        only_former=tuple(sorted(compared.only_former, key=lambda fact: years[0].order[fact.id])),
        only_current=tuple(sorted(compared.only_current, key=place)),
        causes=causes,
        score=_score(*years),
        restated=tuple(restated),
        notes=tuple(notes),
    )


def _built(year: int, department: str, out: Path) -> FinishedReport | None:
    report = built_report(year, None, out)
    if report is not None and report.department != department:
        raise ReportRefused(
            f"“{out / str(year)}”是{report.department}的报告，不是{department}的，不能比较。"
            "请用 --out 指明本部门的输出文件夹，或用 --params 指明那个部门的参数文件。"
        )
    return report


def _there(year: int, report: FinishedReport | None, project: Project, out: Path) -> FinishedReport:
    if report is None:
        raise ReportRefused(
            f"没有 {year} 年度的报告：“{out / str(year)}”和“{project.archive / str(year)}”中都没有本部门的。"
            f"请先运行 selfeval run {year}，或把该年度的档案放回 archive/{year}/。"
        )
    return report


def _score(former: ComparedYear, current: ComparedYear) -> ScoreBridge | None:
    scored = [_scored(year) for year in (former, current)]
    return score_bridge(scored[0], scored[1]) if scored[0] and scored[1] else None


def _scored(year: ComparedYear) -> Scored | None:
    table = year.tables.get("indicators")
    frame = table.frame("indicators") if table else None
    if frame is None or year.rules is None:
        return None
    return Scored(Ledger(year.report.facts), frame, year.rules)
