"""XML of a workbook, read as a stream, without document types: no entity is ever expanded or fetched."""

from __future__ import annotations

from collections.abc import Callable
from xml.parsers import expat

Attributes = dict[str, str]


class NotPlainXML(Exception):
    """XML that is not well-formed or declares a document type."""


def parse(
    part: bytes,
    start: Callable[[str, Attributes], None] | None = None,
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Call `start`, `end` and `text` as the part goes by; names are given with their prefixes. Raises NotPlainXML."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    try:
        parser.Parse(part, True)
    except expat.ExpatError as error:
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
