"""Every text of a document with its place, in words an analyst finds in the report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

from helpers.blocks import plain_text
from helpers.publishing.document import Document, Part
from helpers.wording import chinese_number

SVG_TEXT = "{http://www.w3.org/2000/svg}text"


def texts_of(document: Document) -> Iterator[tuple[str, str]]:
    """Pairs (place, text) in reading order; a place is like 第一部分 第2段 or 附录一 表3 第4行第1格.

    Raises xml.etree.ElementTree.ParseError where a figure's `svg` is no XML.
    """
    yield from (("封面标题", line) for line in document.title)
    yield "封面部门单位名称", document.department
    yield "封面提示语", document.notice or ""
    for part in (*document.sections, *document.appendix):
        yield from _texts_of_part(part)


def place_of(part: Part) -> str:
    """How an analyst calls a part: 第一部分, 附录一."""
    return part.label if part.notebook is None else f"第{chinese_number(part.number)}部分"


def _texts_of_part(part: Part) -> Iterator[tuple[str, str]]:
    place = place_of(part)
    yield f"{place} 标题", part.title
    paragraphs = 0
    for block in part.blocks:
        if block["kind"] == "paragraph":
            paragraphs += 1
            yield f"{place} 第{paragraphs}段", plain_text(block["runs"])
        elif block["kind"] == "heading":
            yield f"{place} 小标题{block['label']}", block["text"]
        elif block["kind"] == "table":
            yield from _texts_of_table(block, f"{place} {block['label']}")
        else:
            yield from _texts_of_figure(block, f"{place} {block['label']}")


def _texts_of_table(table: dict[str, Any], place: str) -> Iterator[tuple[str, str]]:
    yield f"{place} 题注", table["caption"]
    yield f"{place} 单位", table["unit"]
    for row_number, row in enumerate(table["rows"], start=1):
        for cell_number, cell in enumerate(row, start=1):
            yield f"{place} 第{row_number}行第{cell_number}格", plain_text(cell["runs"])
    for number, runs in enumerate(table["notes"], start=1):
        yield f"{place} 附注{number}", plain_text(runs)


def _texts_of_figure(figure: dict[str, Any], place: str) -> Iterator[tuple[str, str]]:
    yield f"{place} 题注", figure["caption"]
    yield f"{place} 文字说明", figure["alt"]
    for text in fromstring(figure["svg"]).iter(SVG_TEXT):
        yield f"{place} 图中文字", "".join(text.itertext())
