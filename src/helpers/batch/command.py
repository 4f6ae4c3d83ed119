"""`selfeval batch`: plan, make, tell, and write the summary, also of a batch that was interrupted."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from helpers.batch.outcome import DONE, NOT_RUN, Outcome
from helpers.batch.plan import PlannedReport, planned_reports
from helpers.batch.summary import write_summary
from helpers.publishing.errors import ReportRefused


def run_batch(files: Sequence[Path], folder: Path, scheduler: str | None, console: Console) -> list[Outcome]:
    """Make the reports of the parameter files below the folder, with `index.html` and `index.csv` in it.

    Returns what became of each. Raises ReportRefused before anything runs where the extra `batch` is not installed, where two
    files are of one department and year, or where no scheduler answers. After an interrupt the summary tells what was not run.
    """
    try:
        from helpers.batch.on_dask import outcomes
    except ModuleNotFoundError as error:
        raise ReportRefused(f"没有安装批量运行所需的软件包 {error.name}。请运行 pip install 'selfeval[batch]'。") from None
    planned, ended = planned_reports(files, folder)
    folder.mkdir(parents=True, exist_ok=True)
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    try:
        with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
            task = bar.add_task("生成报告", total=len(planned))
            with closing(outcomes(planned, os.cpu_count() or 1, scheduler)) as made:
                for one in made:
                    ended.append(one)
                    bar.advance(task)
                    bar.console.print(told(one), markup=False, highlight=False, soft_wrap=True)
    except OSError as error:
        raise ReportRefused(
            f"没有连上 Dask 调度程序 {scheduler}：{error}。请检查地址，或不写 --scheduler 而在本机运行。"
        ) from None
    finally:
        write_summary([*ended, *_not_run(planned, ended)], folder)
    return ended


def told(one: Outcome) -> str:
    """One line, or for a failure the message too."""
    name = f"{one.department}（{one.code}）{one.year} 年度" if one.code else one.params
    if one.state == DONE:
        return f"{one.state}：{name}，自评总分 {one.score}，{one.seconds:.1f} 秒"
    return f"{one.state}：{name}\n" + "\n".join(f"  {line}" for line in one.message.splitlines())


def _not_run(planned: Sequence[PlannedReport], ended: Sequence[Outcome]) -> list[Outcome]:
    known = {one.params for one in ended}
    return [
        Outcome(str(report.params), NOT_RUN, code=report.code, department=report.department, year=report.year)
        for report in planned
        if str(report.params) not in known
    ]
