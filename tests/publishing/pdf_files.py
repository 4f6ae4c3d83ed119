"""What a PDF holds, read back by PDFium: texts, places of characters, fonts, texts for pictures, attachments."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium
from page import ValidationProfile, validate_pdf_bytes

from helpers.publishing.pdf import SelfevalPDFExporter
from publishing.sample import SVG, block_output, cell_of, sample_notebook

LENGTH_RULE = "PDFA3A-STREAM-LENGTH-001"
"""The checker takes a last byte that happens to be a carriage return for a line end; the lengths are counted here instead."""


def failures(pdf: bytes, profile: ValidationProfile) -> list[str]:
    """What the checker finds against a standard."""
    return [failure.message for failure in validate_pdf_bytes(pdf, profile=profile).failures if failure.rule_id != LENGTH_RULE]


def made(notebook) -> bytes:
    return SelfevalPDFExporter().from_notebook_node(notebook)[0]


def pages_of(pdf: bytes) -> list[str]:
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)]


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def lines_of(pdf: bytes, page: int, character: str) -> list[tuple[float, list[float]]]:
    """The lines of a page in which a character stands: from the top, the baseline's distance from the head of the sheet and
    the distances of the character's origins from its left edge, in points."""
    document = pypdfium2.PdfDocument(pdf)
    _, height = document[page].get_size()
    text = document[page].get_textpage()
    lines: dict[float, list[float]] = {}
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(text.count_chars()):
        if pdfium.FPDFText_GetUnicode(text, index) == ord(character):
            pdfium.FPDFText_GetCharOrigin(text, index, x, y)
            lines.setdefault(round(height - y.value, 2), []).append(round(x.value, 2))
    return sorted(lines.items())


def fonts_of(pdf: bytes) -> dict[str, bool]:
    """The fonts of all texts, in charts too, by name, and whether each is embedded."""
    fonts = {}
    for page in pypdfium2.PdfDocument(pdf):
        for piece in page.get_objects([pdfium.FPDF_PAGEOBJ_TEXT], max_depth=9):
            font = pdfium.FPDFTextObj_GetFont(piece)
            name = ctypes.create_string_buffer(pdfium.FPDFFont_GetBaseFontName(font, None, 0))
            pdfium.FPDFFont_GetBaseFontName(font, name, len(name))
            fonts[name.value.decode()] = bool(pdfium.FPDFFont_GetIsEmbedded(font))
    return fonts


def alternatives_of(pdf: bytes) -> list[str]:
    """The texts for pictures, page by page."""
    return [
        _text(pdfium.FPDF_StructElement_GetAltText, element)
        for page in pypdfium2.PdfDocument(pdf)
        for element in _elements(page)
        if _text(pdfium.FPDF_StructElement_GetAltText, element)
    ]


def tags_of(pdf: bytes, page: int) -> list[str]:
    """The structure of a page: its kinds of elements in reading order (H1, P, Table, TH …)."""
    return [_text(pdfium.FPDF_StructElement_GetType, element) for element in _elements(pypdfium2.PdfDocument(pdf)[page])]


def attached_to(pdf: bytes) -> dict[str, bytes]:
    document = pypdfium2.PdfDocument(pdf)
    files = [document.get_attachment(number) for number in range(document.count_attachments())]
    return {file.get_name(): bytes(file.get_data()) for file in files}


def with_blocks(*blocks, svg=SVG, landscape=False):
    """The sample with these blocks as its first section."""
    notebook = sample_notebook()
    notebook.cells[1].outputs = [block_output(block, svg if block["kind"] == "figure" else None) for block in blocks]
    notebook.metadata["selfeval"]["sections"][0]["landscape"] = landscape
    return notebook


def heading(level, text):
    return {"kind": "heading", "level": level, "text": text}


def body(text):
    return {"kind": "paragraph", "style": "body", "runs": [{"text": text}]}


def figure(alt="条形图：甲市3862人"):
    return {"kind": "figure", "caption": "发放人数", "alt": alt, "facts": ["a.late"]}


def table(*rows):
    columns = [{"align": "left", "width": 1}, {"align": "right", "width": 1}]
    head = [cell_of("甲", header=True), cell_of("乙", header=True)]
    body_rows = [[cell_of(left), cell_of(right)] for left, right in rows]
    return {
        "kind": "table",
        "caption": "对照表",
        "unit": "",
        "columns": columns,
        "header_rows": 1,
        "rows": [head, *body_rows],
        "notes": [],
    }


def _elements(page: pypdfium2.PdfPage) -> Iterator[pdfium.FPDF_STRUCTELEMENT]:
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    roots = [pdfium.FPDF_StructTree_GetChildAtIndex(tree, n) for n in range(pdfium.FPDF_StructTree_CountChildren(tree))]
    for root in roots:
        yield from _below(root)


def _below(element: pdfium.FPDF_STRUCTELEMENT) -> Iterator[pdfium.FPDF_STRUCTELEMENT]:
    if not element:
        return
    yield element
    for number in range(pdfium.FPDF_StructElement_CountChildren(element)):
        yield from _below(pdfium.FPDF_StructElement_GetChildAtIndex(element, number))


def _text(read, element: pdfium.FPDF_STRUCTELEMENT) -> str:
    size = read(element, None, 0)
    buffer = ctypes.create_string_buffer(size)
    read(element, buffer, size)
    return buffer.raw.decode("utf-16-le").rstrip("\0")
