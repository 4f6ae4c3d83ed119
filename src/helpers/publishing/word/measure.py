"""How much room text takes: a full-width character is as wide as its size, any other half of that.

Chinese fonts keep to this, and lines stand exact distances apart, so that heights can be known without a font.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class TableLook:
    """How a table is set, in points: font size, line distance, what a cell's margins take of its width and of its height, and
    the width of its lines. `text` and `table` are the Word styles that say the same.
    """

    size: float
    line: float
    sides: float
    edges: float
    border: float
    text: str
    table: str

    def room(self, width: float) -> float:
        """Full-width characters in a line of a cell of that width."""
        return (width - self.sides) / self.size

    def cell_height(self, text: str, width: float) -> float:
        """Points of a cell of that width, margins included."""
        return line_count(text, self.room(width)) * self.line + self.edges + self.border


TABLE = TableLook(10.5, 14.5, 8.0, 1.6, 0.5, "TableText", "ReportTable")
SMALL_TABLE = TableLook(9.0, 12.5, 8.0, 1.6, 0.5, "TableTextSmall", "ReportTable")
REGISTER_TABLE = TableLook(7.0, 9.0, 4.0, 1.6, 0.25, "TableTextDense", "RegisterTable")


def characters(text: str) -> float:
    """Width in characters."""
    return sum(1.0 if unicodedata.east_asian_width(letter) in "WFA" else 0.5 for letter in text)


def line_count(text: str, room: float, indent: float = 0.0) -> int:
    """Lines of a text where `room` full characters stand in a line; a line feed begins a new one."""
    return sum(max(1, math.ceil((characters(line) + indent) / max(1.0, math.floor(room)))) for line in text.split("\n"))


def shown(runs: Iterable[Mapping[str, Any]]) -> str:
    """The runs as they are printed, marks included."""
    return "".join(run.get("display", run.get("text", "")) + ("△" if run.get("mark") == "synthetic" else "") for run in runs)
