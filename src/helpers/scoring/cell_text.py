"""Text of a cell as it is compared: half-width, without what nobody sees; and what a cell says that says nothing."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_BLANK = {"", "-", "—", "——", "/", "\\", "无", "待补"}


class Unreadable(ValueError):
    """A text that is no target or no actual value; the message says why and how to mend it."""


@lru_cache(maxsize=16_384)
def fold(text: str) -> str:
    """Half-width, without white space and invisible characters; digits that white space parts are not joined."""
    kept = (" " if character.isspace() else character for character in text.translate(_FULL_WIDTH))
    folded = re.sub(" +", " ", "".join(character for character in kept if unicodedata.category(character) not in ("Cf", "Cc")))
    return re.sub(r"(?<![0-9]) | (?![0-9])", "", folded)


def is_blank(text: str) -> bool:
    """Whether a cell says nothing: empty, a dash, a stroke, 无."""
    return fold(text) in _BLANK
