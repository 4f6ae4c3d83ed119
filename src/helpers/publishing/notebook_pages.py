"""The executed notebooks as web pages beside the report: each code cell with its program text and what it showed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode

from helpers.blocks import BLOCK_MIME, FACT_MIME
from helpers.publishing.document import Part
from helpers.publishing.html import read_anchored
from helpers.publishing.web_page import environment, whole_page


@dataclass(frozen=True)
class ShownCell:
    """A cell: `number` counts the code cells from 1, as `cell` in facts.json does, and is None for Markdown.

    `outputs` are pairs: ("block", a block of the document tree), ("fact", a recorded fact) or ("text", text).
    """

    number: int | None
    source: str
    outputs: list[tuple[str, Any]]


def notebook_pages(combined: NotebookNode) -> dict[str, str]:
    """The page of each section's notebook, by its name. The same combined notebook gives the same pages.

    Raises CharactersMissing for a character that no font of the package has.
    """
    document, _ = read_anchored(combined)
    templates = environment(report="../report.html")
    template = templates.get_template("notebook.html.j2")
    pages = {}
    for part in document.sections:
        body = template.render(document=document, part=part, cells=list(_cells(combined, part)))
        title = f"{part.label}{part.title}：计算过程（{document.year}年度）"
        pages[str(part.notebook)] = whole_page(templates, title, body, document.notice)
    return pages


def _cells(combined: NotebookNode, part: Part) -> Iterator[ShownCell]:
    blocks = iter(part.blocks)
    number = 0
    for cell in combined.cells:
        if cell.metadata["selfeval"]["section"] != part.number:
            continue
        if cell.cell_type == "code":
            number += 1
            yield ShownCell(number, cell.source, [shown for output in cell.outputs for shown in _output(output, blocks)])
        else:
            yield ShownCell(None, cell.source, [])


def _output(output: NotebookNode, blocks: Iterator[dict[str, Any]]) -> Iterator[tuple[str, Any]]:
    """What an output shows; `blocks` are those of the part that have not been shown yet."""
    data = output.get("data", {})
    if BLOCK_MIME in data:
        yield "block", next(blocks)
    elif FACT_MIME in data:
        yield "fact", data[FACT_MIME]
    elif text := output.get("text") or data.get("text/plain"):
        yield "text", text
