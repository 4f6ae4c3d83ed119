"""One table of a comparison, whatever draws it."""

from __future__ import annotations

from dataclasses import dataclass

SECTION, ID, WHY = "部分", "事实编号", "原因（读到的变化）"
"""Headings of columns that not every output draws."""
NOTHING = "—"


@dataclass(frozen=True)
class Head:
    """A column: its heading, its width in characters, and whether it holds figures."""

    text: str
    width: int
    figures: bool = False


@dataclass(frozen=True)
class Sheet:
    """A table with its title and what is said before it; without rows the notes alone are shown. A `long` one may be folded.

    `groups` has the title of the section that each row belongs to, where the first column has its number; an ID stands last.
    """

    title: str
    notes: tuple[str, ...]
    heads: tuple[Head, ...]
    rows: tuple[tuple[str, ...], ...]
    groups: tuple[str, ...] = ()
    long: bool = False
