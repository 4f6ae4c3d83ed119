"""Reads report.pdf back by its tags: blocks in their logical order, whatever pages they are broken over, and the words for
its pictures. Repeated heads of tables, page numbers and feet are no part of that order; they are read as text of the page.
"""

from __future__ import annotations

import ctypes
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from helpers.proof.passages import Part, Passage, Piece, Reading, part_below, passage, unit_apart

KINDS = {f"H{level}": "heading" for level in range(1, 7)} | {
    "P": "text",
    "TH": "text",
    "TD": "text",
    "Caption": "caption",
    "TOCI": "contents",
    "Figure": "label",
}
"""Kind of passage by the type of the tag; the outermost of these around a text tells what it is."""

LONG_ENOUGH = 256
"""Bytes for most texts that PDFium gives; a longer one is asked for again."""

_Path = tuple[int, ...]


@dataclass(frozen=True)
class _Leaf:
    """A piece of marked text: the path of its passage in the tree of tags, and what kind it is."""

    passage: _Path
    kind: str
    text: str


def read_pdf(file: bytes) -> Reading:
    """The passages of report.pdf."""
    document = pypdfium2.PdfDocument(file)
    leaves: dict[_Path, _Leaf] = {}
    words: dict[_Path, str] = {}
    feet = []
    try:
        for page in document:
            texts = _marked_texts(page)
            _Tree(texts, leaves, words).read(page)
            feet.append(passage("page", texts.get(-1, "")))
        attached = {
            one.get_name(): bytes(one.get_data()) for one in map(document.get_attachment, range(document.count_attachments()))
        }
    finally:
        document.close()
    blocks: dict[_Path, list[_Leaf]] = defaultdict(list)
    for path in sorted(leaves):
        blocks[leaves[path].passage].append(leaves[path])
    body = [part for one in _placed(blocks) for part in unit_apart(one)]
    found = [*body, *(passage("alt", words[path]) for path in sorted(words)), *feet]
    return Reading(
        "PDF",
        tuple(one for one in found if not one.blank),
        tells_figures=False,
        labels=True,
        registers=True,
        attachments=attached,
    )


def _attachment(document: Any, number: int) -> tuple[str, bytes]:
    attachment = document.get_attachment(number)
    return attachment.get_name(), bytes(attachment.get_data())


def _placed(blocks: dict[_Path, list[_Leaf]]) -> Iterator[Passage]:
    """Passages in order, `front` before the first heading."""
    place = ""
    part: Part = "section"
    for path in sorted(blocks):
        kind, text = blocks[path][0].kind, "".join(leaf.text for leaf in blocks[path])
        if kind == "heading":
            place, part = f"“{text}”", part_below(text, part)
        if kind in ("text", "caption") and not place:
            kind = "front"
        picture = "/".join(map(str, path)) if kind == "label" else ""
        yield Passage(kind, (Piece(text),), picture or place, part)


class _Tree:
    """The tags of a page. Every page shows the whole tree with the places of what stands on other pages left empty, so that a
    path means the same block on all pages.
    """

    def __init__(self, texts: dict[int, str], leaves: dict[_Path, _Leaf], words: dict[_Path, str]) -> None:
        self._texts, self._leaves, self._words = texts, leaves, words

    def read(self, page: Any) -> None:
        tree = pdfium.FPDF_StructTree_GetForPage(page)
        try:
            for place in range(pdfium.FPDF_StructTree_CountChildren(tree)):
                child = pdfium.FPDF_StructTree_GetChildAtIndex(tree, place)
                if child:
                    self._element(child, (place,), None, "aside")
        finally:
            pdfium.FPDF_StructTree_Close(tree)

    def _element(self, element: Any, path: _Path, block: _Path | None, kind: str) -> None:
        if block is None:
            tag = _string(pdfium.FPDF_StructElement_GetType, element)
            if tag in KINDS:
                block, kind = path, KINDS[tag]
            if tag == "Figure":
                self._words[path] = _string(pdfium.FPDF_StructElement_GetAltText, element)
        for place in range(pdfium.FPDF_StructElement_CountChildren(element)):
            child = pdfium.FPDF_StructElement_GetChildAtIndex(element, place)
            if child:
                self._element(child, (*path, place), block, kind)
                continue
            mark = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, place)
            if mark >= 0:
                self._leaves[*path, place] = _Leaf(block or path, kind, self._texts.get(mark, ""))


def _marked_texts(page: Any) -> dict[int, str]:
    """The text of a page by the number of its marked content, -1 for what is no part of the document's order."""
    texts: dict[int, list[str]] = defaultdict(list)
    page_text = page.get_textpage()
    text = page_text.raw
    for place in range(pdfium.FPDFText_CountChars(text)):
        drawn = pdfium.FPDFText_GetTextObject(text, place)
        if drawn:  # else a blank that PDFium puts between lines
            texts[pdfium.FPDFPageObj_GetMarkedContentID(drawn)].append(chr(pdfium.FPDFText_GetUnicode(text, place)))
    page_text.close()
    return {mark: "".join(letters) for mark, letters in texts.items()}


def _string(get: Callable[..., int], element: Any) -> str:
    """A text that PDFium gives as UTF-16 with a zero at its end."""
    size = LONG_ENOUGH
    while True:
        buffer = ctypes.create_string_buffer(size)
        length = get(element, buffer, size)
        if length <= size:
            return buffer.raw[: max(0, length - 2)].decode("utf-16-le")
        size = length
