"""The faces of the web page: which part of it is set in which font, and the subset of each font that the page needs.

The table of faces is the only home of both: the font rules of the style sheet and the characters of the subsets are
derived from it, so that they cannot differ.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from io import BytesIO

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag
from fontTools import subset  # type: ignore[import-untyped]

from helpers.publishing.fonts import BIAOSONG, FALLBACK, FANGSONG, HEI, KAI, SONG, characters_of, font_file, require_characters

CODE = ""
"""In place of a family: program text, Latin letters in a typewriter face of the reader's system, Chinese in 宋体."""

FACES = (
    ("body", SONG),
    ("h1", BIAOSONG),
    (".part", FANGSONG),
    ("h2, .contents, .band, .marks, figcaption, svg, summary, .label, .up", HEI),
    ("h3", KAI),
    ("table, .note, .unit, .steps, .register", SONG),
    ("pre, code", CODE),
)
"""Tags or classes and their family. Where two meet at one element the later holds; the others inherit, as in CSS."""

PAGE_FOOT = "0123456789—"
"""Characters that the print sheet sets itself, in 宋体."""

_RANKS = {selector: rank for rank, (selectors, _) in enumerate(FACES) for selector in selectors.split(", ")}


def face_rules() -> str:
    """The font rules of the style sheet; `:where` takes their weight away, so that their order alone decides."""
    return "\n".join(f":where({selectors}) {{ font-family: {_list(family)}; }}" for selectors, family in FACES)


def font_faces(page: str, foot: str) -> str:
    """The `@font-face` rules for a page and the text at the foot of its print, each font cut to the characters set in it.

    Raises CharactersMissing for a character of the report that no font has. Program text is left out of that check: it is
    no part of the report, and a typewriter face of the reader's system sets what ours cannot.
    """
    texts = list(_texts(BeautifulSoup(page, "html.parser"), "封面", SONG))
    require_characters([(place, text) for place, family, text in texts if family != CODE] + [("页脚", foot)])
    wanted: dict[str, set[int]] = {}
    for _, family, text in [*texts, ("", SONG, PAGE_FOOT + foot)]:
        for code_point in map(ord, text):
            home = _home(code_point, family)
            if home:
                wanted.setdefault(home, set()).add(code_point)
    return "\n".join(_font_face(family, wanted[family]) for family in sorted(wanted))


def _list(family: str) -> str:
    system = ["ui-monospace", "Consolas", "Menlo", "monospace"] if family == CODE else []
    return ", ".join([*system, *(f'"{name}"' for name in _chain(family)), "serif"])


def _chain(family: str) -> list[str]:
    return list(dict.fromkeys(name for name in (family, *FALLBACK) if name != CODE))


def _texts(element: Tag, place: str, family: str) -> Iterator[tuple[str, str, str]]:
    """Each text below an element, with the heading of the section where it stands and its family."""
    if element.name == "section" and element.h2:
        place = element.h2.get_text()
    ranks = [_RANKS[key] for key in (element.name, *(f".{name}" for name in element.get("class") or [])) if key in _RANKS]
    if ranks:
        family = FACES[max(ranks)][1]
    for child in element.children:
        if isinstance(child, Tag):
            yield from _texts(child, place, family)
        elif type(child) is NavigableString:
            yield place, family, str(child)


def _home(code_point: int, family: str) -> str | None:
    return next((name for name in _chain(family) if code_point in characters_of(name)), None)


def _font_face(family: str, code_points: set[int]) -> str:
    options = subset.Options(flavor="woff2", hinting=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=sorted(code_points))
    packed = BytesIO()
    with subset.load_font(str(font_file(family)), options) as font:
        subsetter.subset(font)
        subset.save_font(font, packed, options)
    data = b64encode(packed.getvalue()).decode("ascii")
    return f'@font-face {{ font-family: "{family}"; src: url("data:font/woff2;base64,{data}") format("woff2"); }}'
