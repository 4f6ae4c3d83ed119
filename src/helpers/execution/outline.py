"""The report's table of contents: which notebook makes which section, and which sections it needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from helpers.issue import InputsInvalid, Issue
from helpers.params.characters import Unreadable
from helpers.params.mistake import Mistake, Place, dotted, excerpt
from helpers.params.model import Strict
from helpers.params.source import Source, read_source

Stem = Annotated[str, Field(pattern="^[a-z0-9][a-z0-9_]{0,40}$")]
"""A notebook's file name without .ipynb."""

_EXPECTED = {
    "sections": "各部分的列表（写在 sections: 之下）",
    "number": "1 到 8 的整数",
    "title": "不为空的文字",
    "notebook": "不带 .ipynb 的笔记本文件名，由小写英文、数字和下划线组成，不超过 41 个字符",
    "needs": "笔记本文件名（不带 .ipynb）的列表",
    "landscape": "true 或 false",
}


class OutlineSection(Strict):
    """One section of the report; `needs` are the notebooks whose facts it reads, `landscape` turns its pages."""

    number: Annotated[int, Field(ge=1, le=8)]
    title: Annotated[str, Field(min_length=1)]
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
    try:
        source = read_source(path.read_bytes())
    except FileNotFoundError:
        mistake = Mistake("E801", (), "没有这个文件。", "请从版本库恢复它，或在参数中用 outline 指明别的大纲。")
        raise InputsInvalid([_issue(path, mistake, 1)]) from None
    except Unreadable as error:
        raise InputsInvalid([_issue(path, mistake, mistake.line or 1) for mistake in error.mistakes]) from None
    if source.mistakes:
        raise _invalid(path, source, source.mistakes)
    try:
        outline = Outline.model_validate(source.values)
    except ValidationError as error:
        mistakes = [_form_mistake(item["type"], item["loc"]) for item in error.errors(include_input=False)]
        raise _invalid(path, source, mistakes) from None
    mistakes = [*_repetitions(outline), *_needs_mistakes(outline), *_missing_notebooks(outline, path.parent)]
    if mistakes:
        raise _invalid(path, source, mistakes)
    return outline


def _invalid(path: Path, source: Source, mistakes: Sequence[Mistake]) -> InputsInvalid:
    return InputsInvalid([_issue(path, mistake, mistake.line or source.line_of(mistake.place)) for mistake in mistakes])


def _issue(path: Path, mistake: Mistake, line: int) -> Issue:
    return Issue(mistake.code, "错误", path.name, mistake.message, mistake.mend, row=line, column=dotted(mistake.place) or None)


def _form_mistake(kind: str, place: Place) -> Mistake:
    key = next((step for step in reversed(place) if isinstance(step, str)), "sections")
    if kind == "extra_forbidden":
        allowed = list(OutlineSection.model_fields if len(place) > 1 else Outline.model_fields)
        near = get_close_matches(key, allowed, n=1)
        mend = f"是否应为“{near[0]}”？" if near else f"可用的键：{'、'.join(allowed)}。"
        return Mistake("E802", place, f"没有“{excerpt(key)}”这个键。", mend)
    if kind == "missing":
        return Mistake("E802", place, f"缺少“{key}”。", f"请填写，应为{_EXPECTED[key]}。")
    if isinstance(place[-1] if place else None, int) and key == "sections":
        return Mistake("E802", place, "这一项不是一个部分。", f"请写成键和值：{'、'.join(OutlineSection.model_fields)}。")
    return Mistake("E802", place, f"“{key}”的值不合要求。", f"应为{_EXPECTED[key]}。")


def _repetitions(outline: Outline) -> Iterator[Mistake]:
    for key in ("number", "title", "notebook"):
        values = [getattr(section, key) for section in outline.sections]
        for index, value in enumerate(values):
            if value in values[:index]:
                mend = "每个部分的编号、标题和笔记本各不相同。"
                yield Mistake("E803", ("sections", index, key), f"“{excerpt(str(value))}”重复。", mend)
    for index, section in enumerate(outline.sections):
        for need, count in Counter(section.needs).items():
            if count > 1:
                yield Mistake("E803", ("sections", index, "needs"), f"“{need}”写了 {count} 次。", "请只保留一处。")


def _needs_mistakes(outline: Outline) -> Iterator[Mistake]:
    known = {section.notebook: index for index, section in enumerate(outline.sections)}
    graph = {}
    for index, section in enumerate(outline.sections):
        graph[section.notebook] = [need for need in section.needs if need in known]
        for place, need in enumerate(section.needs):
            if need not in known:
                near = get_close_matches(need, known, n=1)
                mend = f"是否应为“{near[0]}”？" if near else f"可用的笔记本：{'、'.join(known)}。"
                yield Mistake("E804", ("sections", index, "needs", place), f"大纲中没有笔记本“{need}”。", mend)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle = list(reversed(error.args[1]))
        message = f"相互依赖：{' → '.join(circle)}，没有一个能先运行。"
        yield Mistake("E805", ("sections", known[circle[0]], "needs"), message, "请去掉其中一处 needs。")


def _missing_notebooks(outline: Outline, folder: Path) -> Iterator[Mistake]:
    for index, section in enumerate(outline.sections):
        if not (folder / f"{section.notebook}.ipynb").is_file():
            message = f"没有笔记本“{section.notebook}.ipynb”。"
            yield Mistake("E806", ("sections", index, "notebook"), message, "请把它放到大纲所在的文件夹，或改正文件名。")
