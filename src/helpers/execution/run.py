"""From the outline to executed notebooks: each section in a fresh process, as soon as what it needs is done."""

from __future__ import annotations

import asyncio
import json
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

from helpers.execution.at_once import write_at_once
from helpers.execution.audit import Failure
from helpers.execution.launchers import ForkServer, Launcher, ServerEnded, StandardLauncher, started_server
from helpers.execution.notebook_parameters import parameters_for
from helpers.execution.outline import Outline, OutlineSection
from helpers.execution.plan import urgency
from helpers.execution.request import DEFAULT_ENGINE, LOG, EngineName, Limits

WORKER_ENDED = "WorkerEnded"
State = Literal["done", "failed", "not_started"]


@dataclass(frozen=True)
class SectionRun:
    """What became of a section; `seconds` of wall time, `notebook` where the executed notebook lies.

    A failed section has a `failure`; one that was not started names in `blocked_by` the notebooks that it lacked; one that was
    taken from the cache is `kept`, and took no time. `reads` are the names of what it read (see helpers.reads), where noted.
    """

    section: OutlineSection
    state: State
    seconds: float = 0.0
    notebook: Path | None = None
    failure: Failure | None = None
    blocked_by: tuple[str, ...] = ()
    kept: bool = False
    reads: tuple[str, ...] | None = None

    def __str__(self) -> str:
        file = f"{self.section.notebook}.ipynb"
        if self.failure is not None:
            where = f"\n    已运行到出错处的笔记本：{self.notebook}" if self.notebook else ""
            return f"{file} {self.failure}{where}"
        if self.blocked_by:
            return f"{file} 没有运行：它需要的 {'、'.join(self.blocked_by)} 没有完成。"
        return f"{file} 完成，{self.seconds:.1f} 秒。"


class Progress(Protocol):
    """Is told when a section starts and when it has ended, failed or been passed over."""

    def started(self, section: OutlineSection) -> None: ...

    def ended(self, run: SectionRun) -> None: ...


class Cache(Protocol):
    """Knows executed notebooks of before (see helpers.cache)."""

    def find(self, source: Path, parameters: Mapping[str, Any], upstream: Sequence[Path]) -> str | None: ...

    def ran(self, stem: str, names: Sequence[str] | None, upstream: Sequence[Path]) -> None: ...


def run_sections(
    outline: Outline,
    notebooks_dir: Path,
    parameters: Mapping[str, Any],
    out_dir: Path,
    *,
    root: Path,
    jobs: int,
    progress: Progress,
    engine: EngineName = DEFAULT_ENGINE,
    limits: Limits | None = None,
    server: ForkServer | None = None,
    last_seconds: Mapping[str, float] | None = None,
    cache: Cache | None = None,
    tables: Path | None = None,
) -> list[SectionRun]:
    """Run the sections, `jobs` side by side, and return what became of each, in the order of the outline.

    A section starts when those that it needs are done; of several, the one that most work waits for by `last_seconds`, which
    notebooks took last time. `server` is one that was started before, and is left running. What `cache` finds does not run.
    `tables` is the folder of tables that sections need not read anew (see helpers.intake.section_tables).
    A section whose forked process crashed, or ran out of the time that `limits` gives it, is run once more by the standard
    engine, so that the evidence of the fault is a notebook too.

    Kernels work in `root`, the project's folder. Executed notebooks are written to `out_dir/<stem>.ipynb` in canonical
    form; what ran of a failed one to `out_dir/failed/<stem>.ipynb`, where no other section reads it. Sections that need
    a failed one are not started, the others finish. Sections find those that they need in `out_dir`.
    Raises InputsInvalid before any kernel starts where a notebook's parameters do not fit `parameters`. An interrupt
    ends all kernels and what they started before KeyboardInterrupt is raised.
    """
    stems = [section.notebook for section in outline.sections]
    given = parameters_for(notebooks_dir, stems, {**parameters, "upstream": ""})
    out_dir.mkdir(parents=True, exist_ok=True)
    runner = _Runner(notebooks_dir.resolve(), given, out_dir.resolve(), limits or Limits(), progress, outline, cache, tables)
    first = urgency(outline, last_seconds or {})
    standard = StandardLauncher(root.resolve())
    with started_server(root, engine) if server is None else nullcontext(server) as forking:
        launchers: list[Launcher] = [standard] if forking is None else [forking, standard]
        runs = asyncio.run(runner.run(jobs, first, launchers))
    return [runs[stem] for stem in stems]


@dataclass(frozen=True)
class _Runner:
    notebooks_dir: Path
    parameters: Mapping[str, Mapping[str, Any]]
    out_dir: Path
    limits: Limits
    progress: Progress
    outline: Outline
    cache: Cache | None
    tables: Path | None

    async def run(self, jobs: int, first: Mapping[str, float], launchers: Sequence[Launcher]) -> dict[str, SectionRun]:
        """What became of each section, by its notebook; `first` are the numbers by which the largest starts first."""
        waiting = sorted(self.outline.in_running_order(), key=lambda section: -first[section.notebook])
        to_run: list[OutlineSection] = []
        running: set[asyncio.Task[SectionRun]] = set()
        runs: dict[str, SectionRun] = {}
        while waiting or to_run or running:
            for section in [section for section in waiting if runs.keys() >= set(section.needs)]:
                waiting.remove(section)
                found = self._without_running(section, runs)
                if found is None:
                    to_run.append(section)
                else:
                    self._ended(found, runs)
            to_run.sort(key=lambda section: -first[section.notebook])
            while to_run and len(running) < jobs:
                running.add(asyncio.create_task(self._section(to_run.pop(0), launchers)))
            if running and not any(runs.keys() >= set(section.needs) for section in waiting):
                done, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    self._ended(task.result(), runs)
        return runs

    def _without_running(self, section: OutlineSection, runs: Mapping[str, SectionRun]) -> SectionRun | None:
        """What becomes of a section that lacks another, or that the cache has."""
        blocked_by = tuple(need for need in section.needs if runs[need].state != "done")
        if blocked_by:
            return SectionRun(section, "not_started", blocked_by=blocked_by)
        source = self.notebooks_dir / f"{section.notebook}.ipynb"
        parameters, upstream = self.parameters[section.notebook], self._upstream(section)
        text = None if self.cache is None else self.cache.find(source, parameters, upstream)
        if text is None:
            return None
        executed = self.out_dir / source.name
        write_at_once(executed, text)
        return SectionRun(section, "done", notebook=executed, kept=True)

    def _ended(self, run: SectionRun, runs: dict[str, SectionRun]) -> None:
        runs[run.section.notebook] = run
        if run.state == "done" and not run.kept and self.cache is not None:
            self.cache.ran(run.section.notebook, run.reads, self._upstream(run.section))
        self.progress.ended(run)

    def _upstream(self, section: OutlineSection) -> list[Path]:
        """The executed notebooks that a section may read."""
        return [self.out_dir / f"{stem}.ipynb" for stem in sorted(self.outline.upstream(section.notebook))]

    async def _section(self, section: OutlineSection, launchers: Sequence[Launcher]) -> SectionRun:
        self.progress.started(section)
        begun = time.monotonic()
        for launcher in launchers:
            notebook, failure, reads = await self._attempt(section, launcher)
            if failure is None or failure.name != WORKER_ENDED:
                break
        state: State = "done" if failure is None else "failed"
        return SectionRun(section, state, time.monotonic() - begun, notebook, failure, reads=reads)

    async def _attempt(self, section: OutlineSection, launcher: Launcher) -> _Result:
        with tempfile.TemporaryDirectory(prefix="selfeval-", ignore_cleanup_errors=True) as name:
            folder = Path(name)
            request = {
                "source": str(self.notebooks_dir / f"{section.notebook}.ipynb"),
                "out_dir": str(self.out_dir),
                "needs": sorted(self.outline.upstream(section.notebook)),
                "tables": None if self.tables is None else str(self.tables),
                "parameters": self.parameters[section.notebook],
                "engine": launcher.engine,
                "limits": asdict(self.limits),
            }
            (folder / "request.json").write_text(json.dumps(request), "utf-8")
            try:
                code: int | None = await launcher.run(folder)
            except ServerEnded:
                code = None
            return _result(folder, code)


_Result = tuple[Path | None, Failure | None, tuple[str, ...] | None]


def _result(folder: Path, code: int | None) -> _Result:
    """What a worker reports, or that it ended without a report."""
    result_file = folder / "result.json"
    if code == 0 and result_file.exists():
        result = json.loads(result_file.read_text("utf-8"))
        read = None if result["reads"] is None else tuple(result["reads"])
        return result["notebook"] and Path(result["notebook"]), result["failure"] and Failure(**result["failure"]), read
    log = (folder / LOG).read_text("utf-8", "replace").strip().splitlines() if (folder / LOG).exists() else []
    ended = "没有退出码" if code is None else f"退出码 {code}"
    message = f"运行进程意外结束（{ended}）。{log[-1] if log else ''}"
    return None, Failure(None, "", WORKER_ENDED, message), None
