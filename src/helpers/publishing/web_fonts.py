"""The faces of the web page: which part of it is set in which font, and the subset of each font that the page needs.

The table of faces is the only home of both: the font rules of the style sheet and the characters of the subsets are
derived from it, so that they cannot differ.
"""

from __future__ import annotations

from base64 import b64encode
from collections import defaultdict
from io import BytesIO

import uharfbuzz  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from lxml.html import HtmlElement, document_fromstring  # type: ignore[import-untyped]

from helpers.publishing.fonts import BIAOSONG, FALLBACK, FANGSONG, HEI, KAI, SONG, characters_of, font_face, require_characters

CODE = ""
"""In place of a family: program text, Latin letters in a typewriter face of the reader's system, Chinese in 宋体."""

FACES = (
    ("body", SONG),
    ("h1", BIAOSONG),
    (".part", FANGSONG),
    ("h2, .contents, .bar, .marks, figcaption, svg, summary, .label, .evidence", HEI),
    ("h3", KAI),
    ("table, .note, .unit, .steps, .recorded, .register, dialog", SONG),
    ("pre, code", CODE),
)
"""Tags or classes and their family. Where two meet at one element the later holds; the others inherit, as in CSS."""

PAGE_FOOT = "0123456789—"
"""Characters that the print sheet sets itself, in 宋体."""

_Text = tuple[str, str, str]

_RANKS = {selector: rank for rank, (selectors, _) in enumerate(FACES) for selector in selectors.split(", ")}


def face_rules() -> str:
    """The font rules of the style sheet; `:where` takes their weight away, so that their order alone decides."""
    return "\n".join(f":where({selectors}) {{ font-family: {_list(family)}; }}" for selectors, family in FACES)


def font_faces(page: str, foot: str) -> str:
    """The `@font-face` rules for a page and the text at the foot of its print, each font cut to the characters set in it.

    Raises CharactersMissing for a character of the report that no font has. Program text is left out of that check: it is
    no part of the report, and a typewriter face of the reader's system sets what ours cannot.
    """
    texts: list[_Text] = []
    _collect(document_fromstring(page), "封面", SONG, texts)
    require_characters([(place, text) for place, family, text in texts if family != CODE] + [("页脚", foot)])
    used: dict[str, set[int]] = defaultdict(set)
    for _, family, text in [*texts, ("", SONG, PAGE_FOOT + foot)]:
        used[family].update(map(ord, text))
    wanted: dict[str, set[int]] = defaultdict(set)
    for family, code_points in used.items():
        for code_point in code_points:
            home = next((name for name in _chain(family) if code_point in characters_of(name)), None)
            if home:
                wanted[home].add(code_point)
    return "\n".join(_font_face(family, wanted[family]) for family in sorted(wanted))


def _list(family: str) -> str:
    system = ["ui-monospace", "Consolas", "Menlo", "monospace"] if family == CODE else []
    return ", ".join([*system, *(f'"{name}"' for name in _chain(family)), "serif"])


def _chain(family: str) -> list[str]:
    return list(dict.fromkeys(name for name in (family, *FALLBACK) if name != CODE))


def _collect(element: HtmlElement, place: str, family: str, texts: list[_Text]) -> None:
    """Append each text below an element, with the heading of the section where it stands and its family."""
    if element.tag == "section" and (heading := element.find("h2")) is not None:
        place = heading.text_content()
    keys = (element.tag, *(f".{name}" for name in (element.get("class") or "").split()))
    ranks = [_RANKS[key] for key in keys if key in _RANKS]
    if ranks:
        family = FACES[max(ranks)][1]
    if element.text:
        texts.append((place, family, element.text))
    for child in element:
        if isinstance(child, HtmlElement):
            _collect(child, place, family, texts)
        if child.tail:
            texts.append((place, family, child.tail))


def _font_face(family: str, code_points: set[int]) -> str:
    wanted = uharfbuzz.SubsetInput()
    wanted.sets(uharfbuzz.SubsetInputSets.UNICODE).update(code_points)
    wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING
    cut = uharfbuzz.subset(font_face(family), wanted)
    packed = BytesIO()
    with TTFont(BytesIO(cut.blob.data), recalcTimestamp=False) as font:  # the time of writing would change the bytes
        font.flavor = "woff"  # woff2 is a fifth smaller and takes a hundred times longer
        font.save(packed, reorderTables=None)
    data = b64encode(packed.getvalue()).decode("ascii")
    return f'@font-face {{ font-family: "{family}"; src: url("data:font/woff;base64,{data}") format("woff"); }}'
