"""What an edited report says: its paragraphs with their figures, read from a DOCX that Word or LibreOffice saved."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import ParseError, fromstring  # type: ignore[import-untyped]

from helpers.publishing.errors import DOCXRefused
from helpers.publishing.word.package import FACTS_PROPERTY, YEAR_PROPERTY

LARGEST_PART = 64 * 1024 * 1024
"""Bytes of a part of the file once unpacked; a report needs less than one in a hundred of them."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_FORMULA_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
_CONTENTS = re.compile(r"(toc|contents)\b", re.IGNORECASE)
_LISTED = re.compile(r"\s*(TOC|PAGEREF)\b")
_NOTES = {"word/footnotes.xml": "footnote", "word/endnotes.xml": "endnote"}
_BOX = _W + "txbxContent"
_UNREAD = {_W + name for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "instrText", "drawing", "pict", "object")} | {
    _MC + "AlternateContent"
}
"""What a tracked deletion takes away, properties, codes of fields, pictures; boxes are read as paragraphs of their own."""
_LETTERS = {_W + "tab": "\t", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "-"}


@dataclass(frozen=True)
class Piece:
    """Text of a paragraph. `tag` is None outside content controls, "" in one whose tag the program that saved it has lost."""

    text: str
    tag: str | None = None


@dataclass(frozen=True)
class ReadParagraph:
    """A paragraph: the heading that it stands under, the kind of its style (heading, contents, caption, text), its pieces, and
    the text of the table row that it stands in ("" outside tables).
    """

    heading: str
    kind: str
    pieces: tuple[Piece, ...]
    row: str = ""

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


def read_docx_figures(source: Path | bytes) -> list[ReadParagraph]:
    """The paragraphs of a DOCX in order, those of tables and boxes included, foot and end notes last; tracked changes taken
    as accepted; without the table of contents and empty paragraphs. A figure is a piece with the tag of its fact.

    Raises DOCXRefused where the file is no DOCX that can be read.
    """
    with _opened(source) as archive:
        kinds = _kinds(_part(archive, "word/styles.xml"))
        body = _part(archive, "word/document.xml")
        notes = [note for name, kind in _NOTES.items() if name in archive.namelist()
                 for note in _part(archive, name).iter(_W + kind)]  # fmt: skip
    heading = ""
    paragraphs = []
    for paragraph, tag, row in (found for part in (body, *notes) for found in _paragraphs(part)):
        kind = _kind(paragraph, kinds)
        pieces = tuple(_merged(_pieces(paragraph)))
        if tag is not None:
            pieces = (Piece("".join(piece.text for piece in pieces), tag),)
        if kind == "heading":
            heading = "".join(piece.text for piece in pieces).strip()
        if pieces and kind != "contents":
            paragraphs.append(ReadParagraph(heading, kind, pieces, row))
    return paragraphs


def facts_digest_of(source: Path | bytes) -> str | None:
    """The digest of the facts that a DOCX was printed from (see `word.package.facts_digest`), None where it carries none.

    Raises DOCXRefused where the file is no DOCX that can be read.
    """
    return _properties(source).get(FACTS_PROPERTY)


def year_of(source: Path | bytes) -> str | None:
    """The fiscal year of the report, None where the file does not carry it. Raises DOCXRefused as above."""
    return _properties(source).get(YEAR_PROPERTY)


def _properties(source: Path | bytes) -> Mapping[str, str]:
    """The properties that do not belong to every document."""
    with _opened(source) as archive:
        if "docProps/custom.xml" not in archive.namelist():
            return {}
        entries = _part(archive, "docProps/custom.xml")
    return {entry.get("name", ""): "".join(entry.itertext()).strip() for entry in entries}


def _opened(source: Path | bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source)
    except zipfile.BadZipFile:
        raise _refused("这个文件不是 DOCX（可能是旧的 .doc 格式，或设有打开密码）") from None


def _part(archive: zipfile.ZipFile, name: str) -> Element:
    try:
        if archive.getinfo(name).file_size > LARGEST_PART:
            raise _refused(f"DOCX 中的 {name} 过大（超过 {LARGEST_PART // 1024**2} MB）")
        content: Element = fromstring(archive.read(name))
    except KeyError:
        raise _refused(f"DOCX 中没有 {name}") from None
    except (ParseError, DefusedXmlException, zipfile.BadZipFile, RuntimeError):
        raise _refused(f"DOCX 中的 {name} 已损坏或加密") from None
    return content


def _refused(what: str) -> DOCXRefused:
    return DOCXRefused(f"无法读取：{what}。请在 Word 中打开，另存为不加密的 .docx 后再试。")


def _kinds(styles: Element) -> Mapping[str, str]:
    """Kind of paragraph by style id, known by the style's name, which programs keep while they change ids, or by its level."""
    kinds = {}
    for style in styles.iter(f"{_W}style"):
        name = _value(style, "name")
        levelled = _HEADING.match(name) or style.find(f"{_W}pPr/{_W}outlineLvl") is not None
        kind = "contents" if _CONTENTS.match(name) else "heading" if levelled else "text"
        kinds[style.get(f"{_W}styleId", "")] = "caption" if name.lower() == "caption" else kind
    return kinds


def _kind(paragraph: Element, kinds: Mapping[str, str]) -> str:
    """By its style, or by the fields in it, which a paragraph in a renamed style still has."""
    kind = kinds.get(_value(paragraph, f"pPr/{_W}pStyle"), "text")
    codes = [code.text or "" for code in paragraph.iter(f"{_W}instrText")] if kind == "text" else []
    return "contents" if any(map(_LISTED.match, codes)) else "caption" if any("SEQ" in code for code in codes) else kind


def _value(parent: Element, path: str) -> str:
    found = parent.find(_W + path)
    return found.get(f"{_W}val", "") if found is not None else ""


def _paragraphs(parent: Element, tag: str | None = None, row: str = "") -> Iterator[tuple[Element, str | None, str]]:
    """Paragraphs, each with the tag of a control around it and the text of the table row that it stands in."""
    for child in parent:
        if child.tag == f"{_W}p":
            yield child, tag, row
            yield from (found for box in _boxes(child) for found in _paragraphs(box, row=row))
        elif child.tag == f"{_W}tr":
            yield from _paragraphs(child, tag, " ｜ ".join(filter(None, map(_text, child.iter(f"{_W}tc")))))
        elif child.tag == f"{_W}sdt":
            yield from _paragraphs(child, _tag(child) or None, row)
        elif child.tag not in _UNREAD:
            yield from _paragraphs(child, tag, row)


def _text(parent: Element) -> str:
    return "".join(piece.text for paragraph, _, _ in _paragraphs(parent) for piece in _pieces(paragraph))


def _boxes(parent: Element) -> Iterator[Element]:
    """The contents of text boxes, each once: programs write them a second way, as a fallback, for older ones."""
    for child in parent:
        if child.tag == _BOX:
            yield child
        elif child.tag not in (_MC + "Fallback", _W + "del", _W + "moveFrom"):
            yield from _boxes(child)


def _tag(control: Element) -> str:
    return _value(control, f"sdtPr/{_W}tag")


def _pieces(parent: Element) -> Iterator[Piece]:
    for child in parent:
        if child.tag in _UNREAD:
            continue
        if child.tag in (f"{_W}t", _FORMULA_TEXT):
            yield Piece(child.text or "")
        elif child.tag in _LETTERS:
            yield Piece(_LETTERS[child.tag])
        elif child.tag == f"{_W}sdt":
            # A control that was emptied shows words that ask for text, which are no text.
            emptied = child.find(f"{_W}sdtPr/{_W}showingPlcHdr") is not None
            yield Piece("" if emptied else "".join(piece.text for piece in _pieces(child)), _tag(child))
        else:
            yield from _pieces(child)


def _merged(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Pieces of plain text put together, since programs cut runs as they like; controls stay each for itself."""
    for plain, group in groupby(pieces, key=lambda piece: piece.tag is None):
        if plain:
            text = "".join(piece.text for piece in group)
            yield from [Piece(text)] if text else []
        else:
            yield from group
