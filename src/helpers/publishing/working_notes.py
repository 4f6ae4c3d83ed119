"""Cells of notebooks for a web page: Markdown that leads nowhere, and highlighted program text."""

from __future__ import annotations

from typing import Any

import mistune
from markupsafe import Markup
from pygments import highlight  # type: ignore[import-untyped]
from pygments.formatters import HtmlFormatter  # type: ignore[import-untyped]
from pygments.lexers import PythonLexer  # type: ignore[import-untyped]


def python_markup(source: str) -> Markup:
    """Python source with its highlighting."""
    return Markup(highlight(source, PythonLexer(), HtmlFormatter(nowrap=True)))


def markdown_markup(source: str) -> Markup:
    """Markdown as inert HTML."""
    return Markup(str(_notes(source)))


class _WorkingNotes(mistune.HTMLRenderer):
    """Markdown of the working notes: no raw HTML, nothing that leads out of the page, no headings in the report's outline."""

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        return f'<p class="step-heading">{text}</p>\n'

    def link(self, text: str, url: str, title: str | None = None) -> str:
        return text if text == mistune.escape(url) else f"{text}（{mistune.escape(url)}）"

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return f"（图片：{text}）"

    def table_cell(self, text: str, align: str | None = None, head: bool = False) -> str:
        tag = "th" if head else "td"
        return f"<{tag}>{text}</{tag}>\n"


_notes = mistune.create_markdown(renderer=_WorkingNotes(escape=True), plugins=["table"])
