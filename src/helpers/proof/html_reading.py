"""Reads report.html back: every text of the page, with the figures that its elements name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lxml.html import HtmlElement, document_fromstring  # type: ignore[import-untyped]

from helpers.proof.passages import Part, Passage, Piece, Reading, unit_apart

INLINE = {"a", "abbr", "b", "bdi", "button", "code", "em", "i", "kbd", "mark", "small", "span", "strong", "sub", "sup", "tspan"}
"""Elements within a passage; every other one stands for itself."""
KIND_OF_ELEMENT = {
    "head": "page",
    "nav": "contents",
    "figcaption": "caption",
    "svg": "label",
    "details": "aside",
} | dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), "heading")
KIND_OF_CLASS = {
    "part": "text",
    "contents": "contents",
    "register": "entry",
    "data": "entry",
    "unit": "text",
    "up": "aside",
    "evidence": "aside",
}
PARTS: dict[str, Part] = {"section": "section", "appendix": "appendix", "register": "register"}
"""Parts by the first word of the id of their element."""
LASTING = {"contents", "entry", "aside", "page"}
"""Kinds that all passages within have."""
UNREAD = {"script", "style", "template", "dialog"}
"""What is no text of the report; dialogs show again what stands elsewhere in the page."""
WORDS = ("alt", "aria-label", "title", "placeholder")
"""Attributes that tell in words what an element is."""

_Found = tuple["_Context", str] | None


def fact_of(element: HtmlElement) -> str | None:
    """The fact whose figure an element prints, None where it prints none."""
    fact: str | None = element.get("data-fact")
    return fact


def read_html(page: bytes) -> Reading:
    """The passages of report.html, the words for pictures last."""
    texts: list[_Found] = []
    words: list[Passage] = []
    _collect(document_fromstring(page.decode("utf-8")), _Context("front"), texts, words)
    found = [part for one in _passages(texts) for part in unit_apart(one)]
    return Reading("HTML", tuple(one for one in [*found, *words] if not one.blank), tells_figures=True, labels=True)


@dataclass(frozen=True)
class _Context:
    """What the texts in an element are: their kind, in which part and picture, the figure of which fact."""

    kind: str
    part: Part = "section"
    picture: str = ""
    fact: str | None = None


def _passages(texts: Sequence[_Found]) -> Iterator[Passage]:
    """What stands between two ends (None) is one passage; its kind is that of its first text, its place the heading above it."""
    first: _Context | None = None
    pieces: list[Piece] = []
    place = ""
    for item in texts:
        if item is not None:
            context, text = item
            if first is None and text.strip():
                first = context
            pieces.append(Piece(text, context.fact))
            continue
        if first is not None:
            if first.kind == "heading":
                place = f"“{''.join(piece.text for piece in pieces).strip()}”"
            yield Passage(first.kind, tuple(pieces), first.picture or place, first.part)
        first, pieces = None, []


def _collect(element: HtmlElement, around: _Context, texts: list[_Found], words: list[Passage]) -> None:
    """Append the texts in an element to `texts`, and what its attributes say of it to `words`."""
    named = element.get("class")
    classes = named.split() if named else []
    if element.tag in UNREAD:
        return
    context = _entered(element, classes, around)
    words += [_words(element, name, context) for name in WORDS if element.get(name)]
    apart = element.tag not in INLINE or any(name in KIND_OF_CLASS for name in classes)
    if apart:
        texts.append(None)
    if element.text:
        texts.append((context, element.text))
    for child in element:
        if isinstance(child.tag, str):
            _collect(child, context, texts, words)
        if child.tail:
            texts.append((context, child.tail))
    if apart:
        texts.append(None)


def _words(element: HtmlElement, attribute: str, context: _Context) -> Passage:
    kind = "alt" if element.tag in ("svg", "img") else context.kind if context.kind in LASTING else "aside"
    return Passage(kind, (Piece(element.get(attribute)),), part=context.part)


def _entered(element: HtmlElement, classes: Sequence[str], around: _Context) -> _Context:
    context = around
    if around.kind not in LASTING:
        kind = next((KIND_OF_CLASS[name] for name in classes if name in KIND_OF_CLASS), None)
        kind = kind or KIND_OF_ELEMENT.get(element.tag, around.kind)
        if kind != around.kind:
            context = replace(context, kind=kind)
        if "part" in classes or "register" in classes:
            context = replace(context, part=PARTS[element.get("id", "").partition("-")[0]])
    if element.tag == "svg":
        context = replace(context, picture=element.getroottree().getpath(element))
    fact = None if "sign" in classes else fact_of(element) or context.fact
    return context if fact == context.fact else replace(context, fact=fact)
