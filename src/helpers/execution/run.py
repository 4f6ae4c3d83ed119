"""From the outline to executed notebooks: each section in a fresh process, as soon as what it needs is done."""

from __future__ import annotations

import asyncio
import json
import os
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

from helpers.execution.audit import Failure
from helpers.execution.launchers import ForkServer, Launcher, StandardLauncher
from helpers.execution.notebook_parameters import parameters_for
from helpers.execution.outline import Outline, OutlineSection
from helpers.execution.request import LOG, EngineName, Limits

WORKER_ENDED = "WorkerEnded"
DEFAULT_ENGINE: EngineName = "selfeval" if hasattr(os, "fork") and hasattr(os, "pidfd_open") else "standard"
"""Systems without them (Windows, macOS) have the standard engine alone."""
State = Literal["done", "failed", "not_started"]


@dataclass(frozen=True)
class SectionRun:
    """What became of a section; `seconds` of wall time, `notebook` where the executed notebook lies.

    A failed section has a `failure`; one that was not started names in `blocked_by` the notebooks that it lacked.
    """

    section: OutlineSection
    state: State
    seconds: float = 0.0
    notebook: Path | None = None
    failure: Failure | None = None
    blocked_by: tuple[str, ...] = ()

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
) -> list[SectionRun]:
    """Run the sections, `jobs` side by side, and return what became of each, in the order of the outline.

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
    runner = _Runner(notebooks_dir.resolve(), given, out_dir.resolve(), limits or Limits(), progress)
    return asyncio.run(_run(runner, outline, jobs, root.resolve(), engine))


async def _run(runner: _Runner, outline: Outline, jobs: int, root: Path, engine: EngineName) -> list[SectionRun]:
    standard = StandardLauncher(root)
    if engine == "standard":
        return await runner.run(outline, jobs, [standard])
    async with ForkServer(root) as server:
        return await runner.run(outline, jobs, [server, standard])


@dataclass(frozen=True)
class _Runner:
    notebooks_dir: Path
    parameters: Mapping[str, Mapping[str, Any]]
    out_dir: Path
    limits: Limits
    progress: Progress

    async def run(self, outline: Outline, jobs: int, launchers: Sequence[Launcher]) -> list[SectionRun]:
        gate = asyncio.Semaphore(jobs)
        tasks: dict[str, asyncio.Task[SectionRun]] = {}
        for section in outline.in_running_order():
            needs = [tasks[need] for need in section.needs]
            tasks[section.notebook] = asyncio.create_task(self._section(section, needs, gate, launchers))
        return await asyncio.gather(*(tasks[section.notebook] for section in outline.sections))

    async def _section(
        self,
        section: OutlineSection,
        needs: Sequence[asyncio.Task[SectionRun]],
        gate: asyncio.Semaphore,
        launchers: Sequence[Launcher],
    ) -> SectionRun:
        before = [await need for need in needs]
        blocked_by = tuple(run.section.notebook for run in before if run.state != "done")
        if blocked_by:
            run = SectionRun(section, "not_started", blocked_by=blocked_by)
        else:
            async with gate:
                self.progress.started(section)
                begun = time.monotonic()
                run = await self._execute(section, begun, launchers)
        self.progress.ended(run)
        return run

    async def _execute(self, section: OutlineSection, begun: float, launchers: Sequence[Launcher]) -> SectionRun:
        for launcher in launchers:
            notebook, failure = await self._attempt(section, launcher)
            if failure is None or failure.name != WORKER_ENDED:
                break
        state: State = "done" if failure is None else "failed"
        return SectionRun(section, state, time.monotonic() - begun, notebook, failure)

    async def _attempt(self, section: OutlineSection, launcher: Launcher) -> tuple[Path | None, Failure | None]:
        with tempfile.TemporaryDirectory(prefix="selfeval-", ignore_cleanup_errors=True) as name:
            folder = Path(name)
            request = {
                "source": str(self.notebooks_dir / f"{section.notebook}.ipynb"),
                "out_dir": str(self.out_dir),
                "parameters": self.parameters[section.notebook],
                "engine": launcher.engine,
                "limits": asdict(self.limits),
            }
            (folder / "request.json").write_text(json.dumps(request), "utf-8")
            return _result(folder, await launcher.run(folder))


def _result(folder: Path, code: int) -> tuple[Path | None, Failure | None]:
    """What a worker reports, or that it ended without a report."""
    result_file = folder / "result.json"
    if code == 0 and result_file.exists():
        result = json.loads(result_file.read_text("utf-8"))
        return result["notebook"] and Path(result["notebook"]), result["failure"] and Failure(**result["failure"])
    log = (folder / LOG).read_text("utf-8", "replace").strip().splitlines() if (folder / LOG).exists() else []
    message = f"运行进程意外结束（退出码 {code}）。{log[-1] if log else ''}"
    return None, Failure(None, "", WORKER_ENDED, message)
