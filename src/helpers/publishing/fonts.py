"""The fonts that travel with the package: paths, fallback order, and which characters they can set."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import uharfbuzz  # type: ignore[import-untyped]

from helpers.publishing.errors import CharactersMissing, FontMissing

FONTS = Path(__file__).parent / "fonts"

FANGSONG, HEI, KAI, BIAOSONG, SONG, SONG_EXT = "GW FangSong", "GW Hei", "GW Kai", "GW BiaoSong", "GW Song", "GW Song Ext"
FALLBACK = (SONG, SONG_EXT)
"""Every list of families ends with these; a character outside them stops the build."""


def font_file(family: str) -> Path:
    """The TrueType file of a family: ``GW Song Ext`` is ``GWSongExt.ttf``."""
    return FONTS / f"{family.replace(' ', '')}.ttf"


@cache
def font_face(family: str) -> uharfbuzz.Face:
    """The family as HarfBuzz reads it. Raises FontMissing where the package was installed without it."""
    if not font_file(family).is_file():
        raise FontMissing(f"缺少随附字体“{family}”（{font_file(family)}），报告没有生成，原有结果未改动。请重新安装 selfeval。")
    return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(font_file(family)))


@cache
def characters_of(family: str) -> frozenset[int]:
    """Code points that a family can set."""
    return frozenset(font_face(family).unicodes)


@cache
def _settable() -> frozenset[str]:
    """Characters that can be set in any text of the report."""
    return frozenset("\n").union(*(map(chr, characters_of(family)) for family in FALLBACK))


def require_characters(texts: Iterable[tuple[str, str]]) -> None:
    """Check that each text can be set. `texts` are pairs (where it stands, text).

    Raises CharactersMissing, naming each character with its code point and the places where it stands.
    """
    known = _settable()
    places: dict[str, list[str]] = {}
    for place, text in texts:
        for character in sorted(set(text) - known):
            places.setdefault(character, []).append(place)
    if places:
        lines = [f"{_shown(character)}，见：{'；'.join(where[:3])}" for character, where in places.items()]
        raise CharactersMissing(
            "以下字符在随附字体中没有字形，无法排版：\n" + "\n".join(lines) + "\n请改用通用汉字或在原始数据中更正后重新运行。"
        )


def _shown(character: str) -> str:
    """A character with its code point; one that cannot be seen, or that turns the reading order round, is not printed."""
    return (f"“{character}”" if character.isprintable() else "不可见字符") + f"（U+{ord(character):04X}）"
