"""How much room text takes: a full-width character is as wide as its size, any other half of that.

Chinese fonts keep to this, and lines stand exact distances apart, so that heights can be known without a font.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

CELL_SIDES, CELL_EDGES = 8.0, 6.8
"""Points that a cell's margins take of its width and of its height."""
BORDER = 0.5
TABLE_LINES = {10.5: 14.5, 9.0: 12.5}
"""Line distance in points by font size in tables."""


def characters(text: str) -> float:
    """Width in characters."""
    return sum(1.0 if unicodedata.east_asian_width(letter) in "WFA" else 0.5 for letter in text)


def line_count(text: str, room: float, indent: float = 0.0) -> int:
    """Lines of a text where `room` full characters stand in a line; a line feed begins a new one."""
    return sum(max(1, math.ceil((characters(line) + indent) / max(1.0, math.floor(room)))) for line in text.split("\n"))


def shown(runs: Iterable[Mapping[str, Any]]) -> str:
    """The runs as they are printed, marks included."""
    return "".join(run.get("display", run.get("text", "")) + ("△" if run.get("mark") == "synthetic" else "") for run in runs)


def column_widths(columns: Sequence[Mapping[str, Any]], width: float) -> list[float]:
    """Widths in points that add up to `width`."""
    whole = sum(column["width"] for column in columns)
    return [column["width"] / whole * width for column in columns]


def cell_height(text: str, width: float, size: float) -> float:
    """Points of a table cell of that width, margins included."""
    return line_count(text, (width - CELL_SIDES) / size) * TABLE_LINES[size] + CELL_EDGES + BORDER
