"""What was measured, as rows of a table that says which figures had to be reached."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """A measure: median wall seconds (or another quantity with its `unit`), and a ratio with the bound it had to keep."""

    name: str
    value: float | None
    ratio: float | None = None
    least: float | None = None
    most: float | None = None
    unit: str = "s"

    @property
    def verdict(self) -> str:
        if self.ratio is None or (self.least is None and self.most is None):
            return ""
        kept = (self.least is None or self.ratio >= self.least) and (self.most is None or self.ratio <= self.most)
        bound = f"≥ {self.least:g}" if self.least is not None else f"≤ {self.most:g}"
        return f"{bound}: {'reached' if kept else 'missed'}"


def as_markdown(rows: Iterable[Row]) -> str:
    """A Markdown table."""
    lines = ["| measure | median | ratio | to reach |", "|---|---|---|---|"]
    for row in rows:
        value = "" if row.value is None else f"{row.value:.2f} {row.unit}"
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
        lines.append(f"| {row.name} | {value} | {ratio} | {row.verdict} |")
    return "\n".join(lines)
