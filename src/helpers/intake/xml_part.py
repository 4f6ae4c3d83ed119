"""XML of a workbook, read as a stream: UTF-8 without document types, so that no entity is ever expanded or fetched.

Comments and CDATA are refused too. Excel writes none, and other readers drop what stands beside them: 6<!-- -->00 would be 6.
"""

from __future__ import annotations

from collections.abc import Callable
from xml.parsers import expat

Attributes = dict[str, str]


class NotPlainXML(Exception):
    """XML that is not well-formed, not in UTF-8, or holds what a workbook's XML does not need."""


def parse(
    part: bytes,
    start: Callable[[str, Attributes], None] | None = None,
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Call `start`, `end` and `text` as the part goes by; names are given with their prefixes. Raises NotPlainXML."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = parser.CommentHandler = parser.StartCdataSectionHandler = _refuse
    parser.XmlDeclHandler = _refuse_other_encodings
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    try:
        part.decode("utf-8")
        parser.Parse(part, True)
    except (expat.ExpatError, UnicodeDecodeError) as error:
        raise NotPlainXML from error


def elements(part: bytes) -> list[tuple[str, Attributes]]:
    """All elements of a small part in their order: local names and attributes. Raises NotPlainXML."""
    found: list[tuple[str, Attributes]] = []
    parse(part, lambda name, attributes: found.append((local(name), attributes)))
    return found


def local(name: str) -> str:
    """A name without its prefix."""
    return name.rpartition(":")[2]


def _refuse(*_: object) -> None:
    raise NotPlainXML


def _refuse_other_encodings(_version: str, encoding: str | None, _standalone: int) -> None:
    if encoding is not None and encoding.lower() not in ("utf-8", "us-ascii"):
        raise NotPlainXML
