"""Templates of the narrative: text with fact ids in, runs of text and facts out."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Literal

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from helpers.blocks import Run, plain_text
from helpers.facts import Fact, FactError
from helpers.typed_figures import typed_figure


@dataclass(frozen=True)
class Pointer:
    """Points from a text to the next block of a kind: a word where the text is read alone, a number (表4) in the report."""

    word: str
    kind: Literal["table", "figure"]


POINTERS = {"next_table": Pointer("下表", "table"), "next_chart": Pointer("下图", "figure")}


class FactBranch:
    """The facts below a dotted prefix, for `{{ prefix.name }}` in a template; a leaf is the fact itself."""

    def __init__(self, prefix: str, find: Callable[[str], Fact | None], known: Callable[[], list[str]]) -> None:
        self._prefix, self._find, self._known = prefix, find, known

    def __getitem__(self, name: str) -> Fact | FactBranch:
        fact_id = f"{self._prefix}.{name}"
        fact = self._find(fact_id)
        if fact is not None:
            return fact
        if any(other.startswith(fact_id + ".") for other in self._known()):
            return FactBranch(fact_id, self._find, self._known)
        near = get_close_matches(fact_id, self._known(), n=3)
        mend = f"相近的编号：{'、'.join(near)}。" if near else "请检查编号，或先记录该事实。"
        raise FactError(f"模板引用的事实“{fact_id}”不存在。{mend}")

    __getattr__ = __getitem__


def render_runs(template: str, context: dict[str, Any]) -> list[Run]:
    """The runs of a paragraph.

    `context` maps names to text, facts or `FactBranch`es; `next_table` and `next_chart` point to what follows. Raises
    FactError where a name is unknown, where a value that is neither text nor fact would be printed, or where a figure is
    typed into the text (see `typed_figures`).
    """
    printed: list[Run] = []
    mark = secrets.token_hex(8)  # stands for such a run until the text is split; no name in the data can guess it

    def finalize(value: Any) -> str:
        if isinstance(value, str):
            return value
        if isinstance(value, Fact | Pointer):
            printed.append(_run(value))
            return f"\ue000{mark}{len(printed) - 1}\ue001"
        raise FactError(f"模板只能打印文字和事实，不能打印 {type(value).__name__}：{template}")

    template = _unfold(template)
    environment = SandboxedEnvironment(undefined=StrictUndefined, finalize=finalize, autoescape=False)
    try:
        text = environment.from_string(template).render(POINTERS | context)
    except TemplateError as error:
        raise FactError(f"模板有误（{error.message}）：{template}") from None
    runs = list(_split(text.strip(), mark, printed))
    _refuse_typed_digits(runs)
    return runs


def _unfold(template: str) -> str:
    """The template without the spaces that YAML puts where it folds lines: Chinese text has none."""
    template = re.sub(r"\s+(?=[^\x00-\x7f]|\{\{|\{%)", "", template)
    return re.sub(r"(?<=[^\x00-\x7f])\s+|(?<=\}\})\s+|(?<=%\})\s+", "", template)


def _run(value: Fact | Pointer) -> Run:
    if isinstance(value, Pointer):
        return {"text": value.word, "next": value.kind}
    return {"fact": value.id, "display": value.display}


def _split(text: str, mark: str, printed: list[Run]) -> Iterator[Run]:
    position = 0
    for token in re.finditer(f"\ue000{mark}([0-9]+)\ue001", text):
        if token.start() > position:
            yield {"text": text[position : token.start()]}
        yield printed[int(token.group(1))]
        position = token.end()
    if position < len(text):
        yield {"text": text[position:]}


def _refuse_typed_digits(runs: list[Run]) -> None:
    text = "".join(run.get("text", "\ue000") for run in runs)
    typed = typed_figure(text)
    if typed:
        raise FactError(f"文字中直接写有数字“{typed}”：{plain_text(runs)} 请先用 section.record 记录，再按编号引用。")
