"""Reads report.docx back: its paragraphs with their content controls, the words for its pictures, contents and page feet."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from helpers.proof.passages import Part, Passage, Piece, Reading, part_below, passage, unit_apart
from helpers.publishing.docx_figures import ReadParagraph, read_docx_figures
from helpers.publishing.word.runs import fact_tag

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WORDS = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_SIGNATURES = re.compile(r"(?:\s*(?:填报人|审核人|负责人)：)+\s*")


def read_docx(file: bytes, facts: Iterable[str]) -> Reading:
    """The passages of report.docx. `facts` are the ids that its controls may carry. Raises DOCXRefused where it is no DOCX."""
    tags = {fact_tag(fact): fact for fact in facts}
    body = [part for one in _body(read_docx_figures(file), tags) for part in unit_apart(one)]
    return Reading(
        "DOCX", tuple(one for one in [*body, *_apart(file)] if not one.blank), tells_figures=True, labels=False, registers=True
    )


def _body(paragraphs: Iterable[ReadParagraph], tags: dict[str, str]) -> Iterator[Passage]:
    place = ""
    part: Part = "section"
    for paragraph in paragraphs:
        pieces = tuple(Piece(piece.text, tags.get(piece.tag, piece.tag) if piece.tag else None) for piece in paragraph.pieces)
        if paragraph.kind == "heading":
            place, part = f"“{paragraph.text}”", part_below(paragraph.text, part)
        signatures = _SIGNATURES.fullmatch(paragraph.text)
        yield Passage("aside" if signatures else paragraph.kind if place else "front", pieces, place, part)


def _apart(file: bytes) -> Iterator[Passage]:
    """What `read_docx_figures` leaves out."""
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        document = etree.fromstring(archive.read("word/document.xml"))
        for picture in document.iter(_WORDS):
            yield passage("alt", picture.get("descr", ""))
        for link in document.iter(f"{_W}hyperlink"):
            yield passage("contents", _text(link))
        for name in archive.namelist():
            if name.startswith(("word/footer", "word/header")):
                yield passage("page", _text(etree.fromstring(archive.read(name))))


def _text(parent: Any) -> str:
    return "".join(piece.text or "" for piece in parent.iter(f"{_W}t"))
