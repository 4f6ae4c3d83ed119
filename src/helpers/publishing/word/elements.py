"""WordprocessingML elements: one function that builds them, and the runs and paragraphs made of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from docx.oxml.ns import nsmap
from docx.oxml.parser import oxml_parser
from docx.oxml.xmlchemy import BaseOxmlElement

Element = BaseOxmlElement

_PREFIXES = {"w": nsmap["w"]}
_W = f"{{{nsmap['w']}}}"
_PRESERVE = "{http://www.w3.org/XML/1998/namespace}space"


def element(name: str, /, *children: Element, **attributes: object) -> Element:
    """An element of the main namespace, `w:`, with its attributes in the same namespace."""
    named = {f"{_W}{key}": str(value) for key, value in attributes.items()}
    made: Element = oxml_parser.makeelement(f"{_W}{name}", named, _PREFIXES)
    made.extend(children)
    return made


def run(text: str, style: str | None = None) -> Element:
    """A run of text; line feeds become line breaks, white space stays as it is."""
    made = element("r", *([element("rPr", element("rStyle", val=style))] if style else []))
    made.extend(_pieces(text))
    return made


def tab() -> Element:
    return element("r", element("tab"))


def page_break() -> Element:
    return element("r", element("br", type="page"))


def paragraph(style: str, runs: Iterable[Element], **properties: Element) -> Element:
    """A paragraph in a style. `properties` are elements of w:pPr by name; the order of the schema is kept here."""
    named = {"pStyle": element("pStyle", val=style)} | properties
    return element("p", element("pPr", *(named[name] for name in _PARAGRAPH_ORDER if name in named)), *runs)


_PARAGRAPH_ORDER = ("pStyle", "keepNext", "pageBreakBefore", "tabs", "spacing", "ind", "jc", "sectPr")


def _pieces(text: str) -> Iterator[Element]:
    for number, line in enumerate(text.split("\n")):
        if number:
            yield element("br")
        if line:
            piece = element("t")
            piece.text = line
            piece.set(_PRESERVE, "preserve")
            yield piece
