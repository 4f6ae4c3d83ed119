"""What every format has to say: the document tree as passages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from helpers.proof.passages import Part as Within
from helpers.proof.passages import Passage, Piece, passage
from helpers.publishing.document import Document, Part
from helpers.publishing.register import REGISTER_TITLE
from helpers.publishing.texts import SVG_TEXT, place_of

MADE_UP = "（△ 演示数据）"
SIGN = "△"
SUBHEADING = "小标题"
"""How the place of a heading below a part's own ends."""
_TICK = re.compile("[xy]tick_[0-9]+")
"""Ids that matplotlib gives to the labels at an axis."""


def expected_passages(document: Document) -> list[Passage]:
    """The passages of sections and appendices, charts included, in reading order; empty ones are left out."""
    parts = (*document.sections, *document.appendix)
    return [found for part in parts for found in _of_part(part) if not found.blank]


def cover_texts(document: Document) -> list[str]:
    """What the cover says."""
    return [*document.title, f"（{document.year}年度）", document.department, *([document.notice] if document.notice else [])]


def _of_part(part: Part) -> Iterator[Passage]:
    place = place_of(part)
    within: Within = "section" if part.notebook else "register" if part.title == REGISTER_TITLE else "appendix"
    yield passage("heading", f"{part.label}　{part.title}", f"{place}标题", within)
    paragraphs = 0
    for block in part.blocks:
        if block["kind"] == "heading":
            yield passage("heading", block["label"] + block["text"], f"{place}{SUBHEADING}", within)
        elif block["kind"] == "paragraph":
            paragraphs += 1
            yield Passage("text", pieces_of(block["runs"]), f"{place}第{paragraphs}段", within)
        elif block["kind"] == "table":
            yield from _of_table(block, f"{place}{block['label']}", within)
        else:
            yield from _of_figure(block, f"{place}{block['label']}", within)


def _caption(block: Mapping[str, Any], place: str, within: Within) -> Passage:
    mark = MADE_UP if block["mark"] == "synthetic" else ""
    return passage("caption", f"{block['label']}　{block['caption']}{mark}", f"{place}题注", within)


def _of_table(table: Mapping[str, Any], place: str, within: Within) -> Iterator[Passage]:
    yield _caption(table, place, within)
    if table["unit"]:
        yield passage("text", f"单位：{table['unit']}", f"{place}单位", within)
    for row_number, row in enumerate(table["rows"], start=1):
        for cell_number, cell in enumerate(row, start=1):
            yield Passage("text", pieces_of(cell["runs"]), f"{place}第{row_number}行第{cell_number}格", within)
    for runs in table["notes"]:
        yield Passage("text", pieces_of(runs), f"{place}附注", within)


def _of_figure(figure: Mapping[str, Any], place: str, within: Within) -> Iterator[Passage]:
    facts = tuple(figure["facts"])
    yield _caption(figure, place, within)
    yield Passage("alt", (Piece(figure["alt"]),), place, within, facts)
    picture = etree.fromstring(figure["svg"], etree.XMLParser(resolve_entities=False))
    at_axes = {text for group in picture.iter() if _TICK.fullmatch(group.get("id", "")) for text in group.iter(SVG_TEXT)}
    for text in picture.iter(SVG_TEXT):
        kind = "axis" if text in at_axes else "label"
        yield Passage(kind, (Piece("".join(text.itertext())),), place, within, facts)


def pieces_of(runs: Sequence[Mapping[str, Any]]) -> tuple[Piece, ...]:
    """The runs of a paragraph or cell; the sign of a figure from made-up records is text after it."""
    pieces = []
    for run in runs:
        pieces.append(Piece(run["display"], run["fact"]) if "fact" in run else Piece(run["text"]))
        if run.get("mark") == "synthetic":
            pieces.append(Piece(SIGN))
    return tuple(pieces)


def chart_texts(expected: Sequence[Passage]) -> list[str]:
    """The text of each chart without white space, in order."""
    drawn = (one for one in expected if one.kind in ("label", "axis"))
    return ["".join(one.plain for one in group) for _, group in groupby(drawn, key=lambda one: one.place)]
