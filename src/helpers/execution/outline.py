"""The report's table of contents: which notebook makes which section, and which sections it needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from difflib import get_close_matches
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, ValidationError

from helpers.params.forms import form
from helpers.params.load import load_model
from helpers.params.mistake import Mistake, excerpt
from helpers.params.model import Name, Strict

Stem = Annotated[str, form("[a-z0-9][a-z0-9_]{0,40}", "不带 .ipynb 的笔记本文件名（小写英文字母、数字和下划线，最多 41 个字符）")]
"""A notebook's file name without .ipynb."""


class OutlineSection(Strict):
    """One section of the report; `needs` are the notebooks whose facts it reads, `landscape` turns its pages."""

    number: Annotated[int, Field(ge=1, le=99)]
    title: Name
    notebook: Stem
    needs: list[Stem] = Field(default_factory=list)
    landscape: bool = False


class Outline(Strict):
    """The sections in the order of the report."""

    sections: Annotated[list[OutlineSection], Field(min_length=1)]

    def in_running_order(self) -> Iterator[OutlineSection]:
        """The sections, each after those that it needs."""
        by_notebook = {section.notebook: section for section in self.sections}
        for notebook in TopologicalSorter({section.notebook: section.needs for section in self.sections}).static_order():
            yield by_notebook[notebook]

    def upstream(self, notebook: str) -> set[str]:
        """All notebooks that one needs, directly or through others."""
        needs = {section.notebook: section.needs for section in self.sections}
        found: set[str] = set()
        waiting = [*needs[notebook]]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += needs[name]
        return found


def load_outline(path: Path) -> Outline:
    """The outline in a YAML file; its notebooks lie beside it. Raises InputsInvalid with every mistake found."""
    return load_model(path, Outline, lambda values: _contradictions(values, path.parent))


def _contradictions(values: Any, folder: Path) -> list[Mistake]:
    try:
        outline = Outline.model_validate(values)
    except ValidationError:
        return []  # what is no outline has mistakes enough, told by load_model
    return [*_repetitions(outline), *_needs_mistakes(outline), *_missing_notebooks(outline, folder)]


def _repetitions(outline: Outline) -> Iterator[Mistake]:
    for key in ("number", "title", "notebook"):
        values = [getattr(section, key) for section in outline.sections]
        for index, value in enumerate(values):
            if value in values[:index]:
                mend = "每个部分的编号、标题和笔记本各不相同。"
                yield Mistake("E801", ("sections", index, key), f"“{excerpt(str(value))}”重复。", mend)
    for index, section in enumerate(outline.sections):
        for need, count in Counter(section.needs).items():
            if count > 1:
                yield Mistake("E801", ("sections", index, "needs"), f"“{need}”写了 {count} 次。", "请只保留一处。")


def _needs_mistakes(outline: Outline) -> Iterator[Mistake]:
    known = {section.notebook: index for index, section in enumerate(outline.sections)}
    graph = {}
    for index, section in enumerate(outline.sections):
        graph[section.notebook] = [need for need in section.needs if need in known]
        for place, need in enumerate(section.needs):
            if need not in known:
                near = get_close_matches(need, known, n=1)
                mend = f"是否应为“{near[0]}”？" if near else f"可用的笔记本：{'、'.join(known)}。"
                yield Mistake("E802", ("sections", index, "needs", place), f"大纲中没有笔记本“{need}”。", mend)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle = list(reversed(error.args[1]))
        message = f"相互依赖：{' → '.join(circle)}，没有一个能先运行。"
        yield Mistake("E803", ("sections", known[circle[0]], "needs"), message, "请去掉其中一处 needs。")


def _missing_notebooks(outline: Outline, folder: Path) -> Iterator[Mistake]:
    for index, section in enumerate(outline.sections):
        if not (folder / f"{section.notebook}.ipynb").is_file():
            message = f"没有笔记本“{section.notebook}.ipynb”。"
            yield Mistake("E804", ("sections", index, "notebook"), message, "请把它放到大纲所在的文件夹，或改正文件名。")
