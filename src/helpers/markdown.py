"""Blocks as JupyterLab shows them: as Markdown in which text shows as typed, since data is never markup, and as plain text."""

from __future__ import annotations

import re
from collections.abc import Callable

from helpers.blocks import Block, Table, plain_text

_MARKUP = re.compile(r"[\\$`*_\[\]<>&#|~!@^:]|^[-+= \t]|^[0-9]+[.)](?=\s|$)|(?<=www)\.|\r\n?|\n", re.IGNORECASE)


def markdown_text(text: str) -> str:
    """The text as Markdown that shows it as typed: what could be markup becomes an entity, a line break `<br>`."""
    return _MARKUP.sub(_entity, text)


def block_markdown(block: Block) -> str:
    """A block as Markdown, merged cells of a table not drawn."""
    if block["kind"] == "heading":
        return f"{'#' * (block['level'] + 1)} {markdown_text(block['text'])}"
    if block["kind"] == "table":
        unit = f"（{markdown_text(block['unit'])}）" if block["unit"] else ""
        rows = [f"| {' | '.join(row)} |" for row in _texts(block, markdown_text)]
        rows.insert(block["header_rows"], "|" + "---|" * len(block["columns"]))
        return "\n".join([f"**{markdown_text(block['caption'])}**{unit}", "", *rows])
    return markdown_text(block_text(block))


def block_text(block: Block) -> str:
    """A block as plain text; of a figure its caption."""
    if block["kind"] == "heading":
        return block["text"]
    if block["kind"] == "paragraph":
        return plain_text(block["runs"])
    if block["kind"] == "table":
        return "\n".join([block["caption"], *("\t".join(row) for row in _texts(block, str))])
    return block["caption"]


def _texts(table: Table, write: Callable[[str], str]) -> list[list[str]]:
    return [[write(plain_text(cell["runs"])) for cell in row] for row in table["rows"]]


def _entity(found: re.Match[str]) -> str:
    mark = found[0]
    if mark[0] in "\r\n":
        return "<br>"
    entity = f"{mark[:-1]}&#{ord(mark[-1])};"
    # MathJax reads the finished page, where an entity is a plain character again; it finds no formula across elements.
    return f"<span>{entity}</span>" if mark in "\\$" else entity
