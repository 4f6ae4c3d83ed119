"""A pandas frame as a table of the report, each figure in it a fact."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from helpers.blocks import Cell, Column, Run, Table
from helpers.facts import Fact
from helpers.wording import SUPPRESSED, format_value

Heading = str | tuple[str, str]
"""A column's heading: text for a column of words, (heading, unit) for a column of figures."""

UNPRINTED = {"", "日期"}
"""Units that a column's head does not name."""


def table_facts(
    frame: pd.DataFrame, columns: Mapping[str, Heading], row_ids: Sequence[str], record: Callable[..., Fact], prefix: str
) -> dict[tuple[int, str], Fact]:
    """A fact for each cell of the figure columns, by (row, column name); cells that hold a fact already are kept, suppressed ones
    have none.
    """
    labels = [name for name, heading in columns.items() if isinstance(heading, str)]
    facts = {}
    for row, (row_id, values) in enumerate(zip(row_ids, frame.to_dict("records"), strict=True)):
        row_label = " ".join(str(values[name]) for name in labels[:1])
        for name, heading in columns.items():
            if isinstance(heading, str):
                continue
            value = values[name]
            if is_suppressed(value):
                continue
            if not isinstance(value, Fact):
                value = record(f"{prefix}.{row_id}.{name}", value, unit=heading[1], label=f"{row_label}{heading[0]}")
            facts[row, name] = value
    return facts


def table_block(
    frame: pd.DataFrame,
    columns: Mapping[str, Heading],
    facts: Mapping[tuple[int, str], Fact],
    *,
    caption: str,
    notes: list[list[Run]],
    widths: Sequence[float] | None = None,
) -> Table:
    """The block of a table with one header row; the unit stands in the caption's line where all figures share it."""
    units = {heading[1] for heading in columns.values() if isinstance(heading, tuple)}
    shared = units.pop() if len(units) == 1 and not units & UNPRINTED else ""
    header: list[Cell] = [{"runs": [{"text": _head(heading, shared)}], "header": True} for heading in columns.values()]
    rows: list[list[Cell]] = [header]
    for row, values in enumerate(frame.to_dict("records")):
        rows.append([_cell(values[name], facts.get((row, str(name)))) for name in columns])
    return {
        "kind": "table",
        "caption": caption,
        "unit": shared,
        "columns": [_column(heading, index, widths) for index, heading in enumerate(columns.values())],
        "header_rows": 1,
        "rows": rows,
        "notes": notes,
    }


def is_suppressed(value: Any) -> bool:
    """Whether a cell is left out since it counts too few persons."""
    return isinstance(value, str) and value == SUPPRESSED


def fact_run(fact: Fact) -> Run:
    """The run of a fact in a table cell."""
    return {"fact": fact.id, "display": format_value(fact.value, fact.unit, "cell")}


def _head(heading: Heading, shared: str) -> str:
    if isinstance(heading, str):
        return heading
    return heading[0] if shared or heading[1] in UNPRINTED else f"{heading[0]}（{heading[1]}）"


def _column(heading: Heading, index: int, widths: Sequence[float] | None) -> Column:
    figures = isinstance(heading, tuple)
    width = widths[index] if widths else (2.0 if index == 0 else 1.0)
    return {"align": "right" if figures else "left", "width": width}


def _cell(value: Any, fact: Fact | None) -> Cell:
    return {"runs": [fact_run(fact) if fact else {"text": str(value)}]}
