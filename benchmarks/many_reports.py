"""Batches on Dask: against commands by hand two at a time, against the fork servers without Dask, and as they grow."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from unittest.mock import patch

import psutil

from benchmarks.by_hand import by_hand
from benchmarks.environments import FULL, LEAN, NAMES, ROOT
from benchmarks.projects import PARAMS, copied
from benchmarks.table import Row
from benchmarks.timing import in_turn, seconds
from helpers.batch import on_dask
from helpers.batch.outcome import DONE
from helpers.batch.plan import PlannedReport, planned_reports
from helpers.batch.report_server import ReportServer

WORKERS = 2
HTML_REPORTS = 10
GROWTH = (1, 10, 50)
PROVINCE = (1_000, 10_000)


def rows(folder: Path) -> Iterator[Row]:
    projects = [copied(folder / f"project{number}", f"DEMO-{number}") for number in range(max(GROWTH))]
    yield from _against_hand(projects, folder)
    yield from _growth(projects, folder)


def _planned(projects: Sequence[Path], out: Path) -> list[PlannedReport]:
    return planned_reports([project / PARAMS for project in projects], out)[0]


def _on_dask(planned: Sequence[PlannedReport]) -> None:
    with closing(on_dask.outcomes(planned, WORKERS, None)) as made:
        wrong = [one for one in made if one.state != DONE]
    assert not wrong, wrong[0].message


def _html_on_dask(planned: Sequence[PlannedReport]) -> None:
    server = partial(ReportServer, "benchmarks.html_report")
    with patch.object(on_dask, "ReportServer", server), patch.object(on_dask, "printed_in", lambda folder: {}):
        _on_dask(planned)


def _without_dask(planned: Sequence[PlannedReport]) -> None:
    def some(mine: Sequence[PlannedReport]) -> None:
        server = ReportServer("benchmarks.html_report")
        server.setup(None)  # type: ignore[arg-type]
        for report in mine:
            assert server.report(report.to_json()) == ""
        server.teardown(None)  # type: ignore[arg-type]

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(some, [planned[start::WORKERS] for start in range(WORKERS)]))


def _against_hand(projects: Sequence[Path], folder: Path) -> Iterator[Row]:
    some = projects[:HTML_REPORTS]

    def two_by_hand(environment: Path) -> None:
        with ThreadPoolExecutor(WORKERS) as pool:
            list(pool.map(lambda project: by_hand(environment, project, project / "by-hand"), some[:WORKERS]))

    ways: dict[str, Callable[[], object]] = {
        "dask": lambda: _html_on_dask(_planned(some, folder / "dask")),
        "servers": lambda: _without_dask(_planned(some, folder / "servers")),
        "full": lambda: two_by_hand(FULL),
        "lean": lambda: two_by_hand(LEAN),
    }
    with patch.dict(os.environ, PYTHONPATH=str(ROOT)):  # the servers import benchmarks.html_report
        times = in_turn(ways, 1)
    per_report = times.seconds("dask") / len(some)
    yield Row("a report of a batch on Dask, notebooks and HTML", per_report)
    for name, least in (("full", 9.0), ("lean", None)):
        by_command = times.seconds(name) / WORKERS
        environment = NAMES[FULL if name == "full" else LEAN]
        yield Row(f"the same by commands, two at a time ({environment})", by_command, by_command / per_report, least)
    yield Row("batch on Dask ÷ the fork servers alone", None, times.ratio("dask", "servers"), most=1.15)


def _growth(projects: Sequence[Path], folder: Path) -> Iterator[Row]:
    measured = {}
    for count in GROWTH:
        with _memory() as used:
            measured[count] = seconds(lambda count=count: _on_dask(_planned(projects[:count], folder / f"batch{count}")))
        yield Row(f"batch of {count} reports, all formats and proofs", measured[count])
        yield Row(f"memory a worker in a batch of {count}", max(used) / WORKERS / 1024**2, unit="MiB")
    each = (measured[GROWTH[-1]] - measured[GROWTH[0]]) / (GROWTH[-1] - GROWTH[0])
    for count in PROVINCE:
        hours = (measured[GROWTH[0]] + each * (count - 1)) / 3600
        yield Row(f"batch of {count:,} reports on two cores, extrapolated", hours, unit="h")


@contextmanager
def _memory() -> Iterator[list[int]]:
    """Proportional bytes of all processes below this one, sampled."""
    used, ended = [0], threading.Event()

    def sample() -> None:
        while not ended.wait(0.5):
            total = 0
            for process in psutil.Process().children(recursive=True):
                try:
                    total += process.memory_full_info().pss
                except psutil.Error:
                    continue
            used.append(total)

    thread = threading.Thread(target=sample)
    thread.start()
    try:
        yield used
    finally:
        ended.set()
        thread.join()
