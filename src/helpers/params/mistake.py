"""One mistake at a place in a parameter file, before it becomes an issue of that file.

| code | mistake |
|---|---|
| E600 | the file: missing, empty, too large, not UTF-8 |
| E601 | a key written twice |
| E602 | a way of writing that YAML allows and this project does not: anchors, tags, unquoted dates, deep nesting |
| E603 | unknown key |
| E604 | missing key |
| E605 | wrong kind of value |
| E606 | right kind, wrong form or out of range |
| E607 | values that contradict each other |
| E608 | a text that is no template, or in which a figure is typed |
| E609 | no YAML at all, tabs and invisible characters among it |
"""

from __future__ import annotations

from dataclasses import dataclass

Place = tuple[str | int, ...]
"""The way from the top of a file to a value: keys, and positions in lists (from 0)."""

QUOTED_CHARACTERS = 30


@dataclass(frozen=True)
class Mistake:
    """What is wrong at a place: `message` says what was found and expected, `mend` how to put it right, both in Chinese.

    `line` (from 1) is set where the line of the place is not the line of the mistake.
    """

    code: str
    place: Place
    message: str
    mend: str
    line: int | None = None


def dotted(place: Place) -> str:
    """A place as analysts read it: ``programmes[1].plan.date``."""
    steps = [f"[{step}]" if isinstance(step, int) else f".{excerpt(step)}" for step in place]
    return "".join(steps).removeprefix(".")


def excerpt(text: str) -> str:
    """The beginning of a text on one line, short enough for a message."""
    flat = text.replace("\n", " ")
    return flat if len(flat) <= QUOTED_CHARACTERS else flat[:QUOTED_CHARACTERS] + "…"
