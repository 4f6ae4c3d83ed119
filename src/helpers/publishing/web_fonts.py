"""The faces of the web page: which part of it is set in which font, and the subset of each font that the page needs.

The table of faces is the only home of both: the font rules of the style sheet and the characters of the subsets are
derived from it, so that they cannot differ.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping
from io import BytesIO

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag
from fontTools import subset

from helpers.publishing.fonts import BIAOSONG, FALLBACK, FANGSONG, HEI, KAI, SONG, characters_of, font_file, require_characters

FACES = (
    ("body", SONG),
    ("h1", BIAOSONG),
    (".part", FANGSONG),
    ("h2, .contents, .band, .marks, figcaption, figure svg, summary, .label", HEI),
    ("h3", KAI),
    ("figure table, .note, .unit, .steps, .register, .cover dl", SONG),
)
"""Selectors and families; where two select one element the later holds, and an element inherits as in CSS."""

CODE = "pre, code"
"""Program text: Latin letters in a typewriter face of the reader's system, Chinese in 宋体."""

PAGE_FOOT = "0123456789—"
"""Characters that the print sheet sets itself, in 宋体."""


def face_rules() -> str:
    """The font rules of the style sheet; `:where` takes their weight away, so that their order alone decides."""
    rules = [f":where({selector}) {{ font-family: {_list(family)}; }}" for selector, family in FACES]
    return "\n".join([*rules, f":where({CODE}) {{ font-family: ui-monospace, Consolas, Menlo, monospace, {_list(SONG)}; }}"])


def font_faces(page: str, foot: str) -> str:
    """The `@font-face` rules for a page and the text at the foot of its print, each font cut to the characters set in it.

    Raises CharactersMissing for a character of the report that no font has. Program text is left out of that check: it is
    no part of the report, and a typewriter face of the reader's system sets what ours cannot.
    """
    texts = list(_texts(BeautifulSoup(page, "html.parser")))
    require_characters([(place, text) for place, family, text in texts if family] + [("页脚", foot)])
    wanted: dict[str, set[int]] = {}
    for _, family, text in [*texts, ("", SONG, PAGE_FOOT + foot)]:
        for code_point in map(ord, text):
            home = _home(code_point, family or SONG)
            if home:
                wanted.setdefault(home, set()).add(code_point)
    return "\n".join(_font_face(family, wanted[family]) for family in sorted(wanted))


def _list(family: str) -> str:
    return ", ".join([f'"{name}"' for name in dict.fromkeys((family, *FALLBACK))] + ["serif"])


def _texts(soup: BeautifulSoup) -> Iterator[tuple[str, str, str]]:
    """Each text of the body with the place that a message would name and its family, "" for program text."""
    families: dict[int, str] = {}
    for selector, family in (*FACES, (CODE, "")):
        families |= {id(element): family for element in soup.select(selector)}
    body = soup.body
    yield from _inherited(body, "封面", "", families) if body else ()


def _inherited(element: Tag, place: str, family: str, families: Mapping[int, str]) -> Iterator[tuple[str, str, str]]:
    if element.name == "section" and element.h2:
        place = element.h2.get_text()
    family = families.get(id(element), family)
    for child in element.children:
        if isinstance(child, Tag):
            yield from _inherited(child, place, family, families)
        elif type(child) is NavigableString:
            yield place, family, str(child)


def _home(code_point: int, family: str) -> str | None:
    return next((name for name in (family, *FALLBACK) if code_point in characters_of(name)), None)


def _font_face(family: str, code_points: set[int]) -> str:
    options = subset.Options(flavor="woff2", hinting=False)
    font = subset.load_font(str(font_file(family)), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=sorted(code_points))
    subsetter.subset(font)
    packed = BytesIO()
    subset.save_font(font, packed, options)
    data = b64encode(packed.getvalue()).decode("ascii")
    return f'@font-face {{ font-family: "{family}"; src: url("data:font/woff2;base64,{data}") format("woff2"); }}'
