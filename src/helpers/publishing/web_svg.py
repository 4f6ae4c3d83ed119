"""Charts as part of a web page: SVG cut down to what draws, with ids of its own and no style that the page's policy forbids."""

from __future__ import annotations

import re
from functools import cache
from xml.etree.ElementTree import Element, SubElement, tostring

from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

ELEMENTS = re.compile("svg|g|defs|path|rect|circle|ellipse|line|polyline|polygon|use|clipPath|pattern|text|tspan")
ATTRIBUTES = re.compile(
    "id|href|d|x|y|[xy][12]|c[xy]|r|r[xy]|d[xy]|width|height|points|viewBox|transform|opacity|clip-(path|rule)|clipPathUnits"
    "|patternUnits|fill(-opacity|-rule)?|stroke(-dasharray|-dashoffset|-linecap|-linejoin|-miterlimit|-opacity|-width)?"
    "|font-(size|weight)|text-anchor|dominant-baseline"
)
MATPLOTLIB_DEFAULTS = {"stroke-linejoin": "round", "stroke-linecap": "butt"}
"""What matplotlib says in a style element for the whole picture."""

_VALUE = re.compile(r"[\w\s#.,()%+-]*")
_REFERENCE = re.compile(r"url\(#[\w.-]+\)|#[\w.-]+")
_FONT = re.compile(r"(?:.*\b(?P<weight>bold|[1-9]00)\b)?.*?(?P<size>[\d.]+px)\s.*")


@cache  # the page of the report and that of the notebook show the same
def web_svg(svg: str, prefix: str, alt: str) -> str:
    """The picture for inlining, its ids and references led by `prefix`, announced as an image described by `alt`.

    Elements and attributes outside the lists above are left out with all they hold: scripts, links, foreign content,
    event handlers, fonts (the page's own sheet sets them). References lead only to the picture's own ids. Style attributes
    become plain ones, since the page allows no inline style.
    """
    picture = _copy(fromstring(svg), prefix)
    picture.attrib = {"role": "img", "aria-label": alt} | MATPLOTLIB_DEFAULTS | picture.attrib
    return tostring(picture, encoding="unicode")


def _copy(source: Element, prefix: str, parent: Element | None = None) -> Element:
    name = _local(source.tag)
    target = Element("svg") if parent is None else SubElement(parent, name)
    target.attrib = _attributes(source, prefix)
    writes = name in ("text", "tspan")
    target.text = source.text if writes else None
    for child in source:
        if ELEMENTS.fullmatch(_local(child.tag)):
            _copy(child, prefix, target).tail = child.tail if writes else None
    return target


def _attributes(source: Element, prefix: str) -> dict[str, str]:
    plain = {_local(name): value for name, value in source.attrib.items()} | _declarations(source.get("style", ""))
    finished = {name: _value(name, value, prefix) for name, value in sorted(plain.items()) if ATTRIBUTES.fullmatch(name)}
    return {name: value for name, value in finished.items() if value is not None}


def _declarations(style: str) -> dict[str, str]:
    plain: dict[str, str] = {}
    for declaration in style.split(";"):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        shorthand = _FONT.fullmatch(value) if name == "font" else None
        if shorthand:
            plain |= {"font-size": shorthand["size"], "font-weight": shorthand["weight"] or "normal"}
        else:
            plain[name] = value
    return plain


def _value(name: str, value: str, prefix: str) -> str | None:
    """The value, with the prefix where it is an id or leads to one; None where it is not plain."""
    if not _VALUE.fullmatch(value):
        return None
    if name == "id":
        return f"{prefix}-{value}"
    if name == "href" or "url" in value.lower():
        return value.replace("#", f"#{prefix}-") if _REFERENCE.fullmatch(value) else None
    return value


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
