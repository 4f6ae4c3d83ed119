"""Widths of a table's columns: the shares that the block asks for, but no heading's unit is broken."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from helpers.publishing.word.measure import TableLook, characters

_UNIT = re.compile("(?<=[^\n])(（[^（）]{1,5}）)$")


def column_widths(block: Mapping[str, Any], width: float, look: TableLook) -> list[float]:
    """Widths in points that add up to `width`. A column too narrow for the unit of its heading takes from the others."""
    whole = sum(column["width"] for column in block["columns"])
    shares = [column["width"] / whole * width for column in block["columns"]]
    least = [characters(unit) * look.size + look.sides if unit else 0.0 for unit in _units(block)]
    narrow = [share < needed for share, needed in zip(shares, least, strict=True)]
    rest = sum(share for share, tight in zip(shares, narrow, strict=True) if not tight)
    left = width - sum(needed for needed, tight in zip(least, narrow, strict=True) if tight)
    return [needed if tight else share * left / rest for share, needed, tight in zip(shares, least, narrow, strict=True)]


def unit_below(text: str) -> str:
    """A heading with its unit （万元） on a line of its own."""
    return _UNIT.sub(r"\n\1", text)


def _units(block: Mapping[str, Any]) -> list[str]:
    """The unit in the heading of each column, "" for none. Heads of one row alone: others name no column."""
    row: Sequence[Mapping[str, Any]] = block["rows"][0] if block["header_rows"] == 1 else ()
    if len(row) != len(block["columns"]):
        return [""] * len(block["columns"])
    found = [_UNIT.search("".join(run.get("text", "") for run in cell["runs"])) for cell in row]
    return [unit[1] if unit else "" for unit in found]
