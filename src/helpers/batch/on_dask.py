"""The reports of a batch as Dask tasks, on a cluster of this machine or on any other by its address."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import dask
from distributed import Client, Future, KilledWorker, LocalCluster, as_completed, get_worker
from distributed.security import Security

from helpers.batch.outcome import DONE, FAILED, Outcome, printed_in
from helpers.batch.plan import PlannedReport
from helpers.batch.report_server import ReportDied, ReportServer

RETRIES = 2
"""How often a report is tried again after its process or its worker died."""


def outcomes(planned: Sequence[PlannedReport], workers: int, scheduler: str | None) -> Generator[Outcome]:
    """Make the reports, and give what became of each as soon as it is known.

    `scheduler` is the address of a Dask scheduler; without it `workers` processes of this machine do the work. A worker
    that is lost is replaced, and its report made by another. Raises OSError where the scheduler does not answer.
    """
    with dask.config.set({"distributed.scheduler.allowed-failures": RETRIES}), _client(workers, scheduler) as client:
        client.register_plugin(ReportServer())
        futures = {
            client.submit(_report, report.to_json(), key=f"{report.code}-{report.year}", retries=RETRIES, pure=False): report
            for report in planned
        }
        try:
            for future in as_completed(futures):
                yield _outcome(future, futures[future])
        finally:
            client.cancel(list(futures))


@contextmanager
def _client(workers: int, scheduler: str | None) -> Iterator[Client]:
    if scheduler is not None:
        with Client(scheduler) as client:
            yield client
        return
    # Without certificates any user of this machine could have the workers run code.
    with (
        tempfile.TemporaryDirectory(prefix="selfeval-") as folder,
        LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            dashboard_address=None,
            security=Security.temporary(),
            local_directory=folder,
            silence_logs="CRITICAL",
        ) as cluster,
        Client(cluster) as client,
    ):
        yield client


def _report(request: dict[str, Any]) -> tuple[str, float]:
    """Runs in a worker: the message and the seconds of a report."""
    begun = time.monotonic()
    server = get_worker().plugins[ReportServer.name]
    assert isinstance(server, ReportServer)
    return server.report(request), time.monotonic() - begun


def _outcome(future: Future[tuple[str, float]], report: PlannedReport) -> Outcome:
    head = Outcome(str(report.params), FAILED, code=report.code, department=report.department, year=report.year)
    try:
        message, seconds = future.result()  # made once more where it was lost with its worker
    except ReportDied as error:
        return replace(head, message=f"{error}已重试 {RETRIES} 次。")
    except KilledWorker:
        return replace(head, message=f"运行它的工作进程意外结束，已重试 {RETRIES} 次，可能是内存不足。")
    except Exception as error:  # whatever Dask raises for one report is no reason to lose the others
        return replace(head, message=f"程序出错：{type(error).__name__}。")
    if message:
        return replace(head, message=message, seconds=seconds)
    folder = report.out / str(report.year)
    return replace(head, state=DONE, seconds=seconds, folder=folder, **printed_in(folder))
