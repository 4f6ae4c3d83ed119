"""What a run shows while it goes on: one line a section on a terminal, one line for each that ended elsewhere."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

from helpers.execution.outline import Outline, OutlineSection
from helpers.execution.run import SectionRun
from helpers.wording import chinese_number

WAITING, RUNNING = "等待", "运行中"
KEPT = "沿用"
STATES = {"done": "完成", "failed": "失败", "not_started": "未运行"}
_STYLES = {KEPT: "green", WAITING: "dim", RUNNING: "cyan", "完成": "green", "失败": "red", "未运行": "yellow"}


def progress_of(outline: Outline, console: Console) -> PlainProgress | LiveProgress:
    """The progress that suits the console; a context manager, to be open while sections run."""
    return LiveProgress(outline, console) if console.is_terminal else PlainProgress(console)


def _heading(section: OutlineSection) -> str:
    return f"{chinese_number(section.number)}、{section.title}"


def _state(run: SectionRun) -> str:
    return KEPT if run.kept else STATES[run.state]


class PlainProgress:
    """A line of text for each section that ended."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        pass

    def started(self, section: OutlineSection) -> None:
        pass

    def ended(self, run: SectionRun) -> None:
        seconds = "" if run.state == "not_started" or run.kept else f"，{run.seconds:.1f} 秒"
        line = f"{_state(run)}：{_heading(run.section)}{seconds}"
        self._console.print(line, markup=False, highlight=False, soft_wrap=True)


class LiveProgress:
    """A table that is redrawn: title, state and seconds of each section."""

    def __init__(self, outline: Outline, console: Console) -> None:
        self._sections = outline.sections
        self._begun: dict[str, float] = {}
        self._runs: dict[str, SectionRun] = {}
        self._live = Live(get_renderable=self._table, console=console, refresh_per_second=4)

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._live.stop()

    def started(self, section: OutlineSection) -> None:
        self._begun[section.notebook] = time.monotonic()

    def ended(self, run: SectionRun) -> None:
        self._runs[run.section.notebook] = run

    def _table(self) -> Table:
        table = Table.grid(padding=(0, 2))
        table.add_column()
        table.add_column()
        table.add_column(justify="right")
        for section in self._sections:
            state, seconds = self._state(section.notebook)
            table.add_row(Text(_heading(section)), state, "" if seconds is None else f"{seconds:.1f} 秒", style=_STYLES[state])
        return table

    def _state(self, notebook: str) -> tuple[str, float | None]:
        run = self._runs.get(notebook)
        if run is not None:
            return _state(run), None if run.state == "not_started" or run.kept else run.seconds
        if notebook in self._begun:
            return RUNNING, time.monotonic() - self._begun[notebook]
        return WAITING, None
