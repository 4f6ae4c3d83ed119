"""A run shows one line a section: redrawn on a terminal, plain elsewhere."""

import io
import re

from rich.console import Console

from helpers.execution.audit import Failure
from helpers.execution.outline import Outline, OutlineSection
from helpers.execution.progress import progress_of
from helpers.execution.run import SectionRun

TITLES = ["基本概况", "管理[red]情况", "资产"]
OUTLINE = Outline(
    sections=[OutlineSection(number=number, title=title, notebook=f"n{number}") for number, title in enumerate(TITLES, start=1)]
)
FIRST, SECOND, THIRD = OUTLINE.sections
RUNS = [
    SectionRun(FIRST, "done", 1.25),
    SectionRun(SECOND, "failed", 0.5, failure=Failure(2, "1/0", "ZeroDivisionError", "division by zero")),
    SectionRun(THIRD, "not_started", blocked_by=("n2",)),
]


def shown(*, terminal: bool, ended: int) -> str:
    console = Console(file=io.StringIO(), force_terminal=terminal, width=60, color_system=None, _environ={})
    with progress_of(OUTLINE, console) as progress:
        for run in RUNS[:ended]:
            progress.started(run.section)
            progress.ended(run)
    return console.file.getvalue()


def test_elsewhere_each_ended_section_is_a_plain_line():
    lines = ["完成：一、基本概况，1.2 秒", "失败：二、管理[red]情况，0.5 秒", "未运行：三、资产"]
    assert shown(terminal=False, ended=3).splitlines() == lines


def test_a_terminal_shows_all_sections_with_state_and_seconds():
    text = re.sub(r"\x1b\[[?\d;]*[A-Za-z]|\r", "", shown(terminal=True, ended=2))
    last = [line for line in text.splitlines() if line.strip()][-3:]
    shown_states = ["一、基本概况 完成 1.2 秒", "二、管理[red]情况 失败 0.5 秒", "三、资产 等待"]
    assert [" ".join(line.split()) for line in last] == shown_states


def test_a_failure_is_reported_with_place_and_cause():
    assert str(RUNS[1]) == "n2.ipynb 第 2 个代码单元出错：ZeroDivisionError：division by zero\n    1/0"


def test_a_section_that_was_not_started_names_what_it_lacked():
    assert str(RUNS[2]) == "n3.ipynb 没有运行：它需要的 n2 没有完成。"
