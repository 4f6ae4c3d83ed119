"""From what a notebook computed, and from where, to a fact."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from numbers import Integral
from typing import Any

import pandas as pd

from helpers.facts import Fact, FactError, Source, Value, weakest
from helpers.wording import format_value

Lineage = pd.DataFrame | Fact
"""Where a figure comes from: rows of a loaded table, or another fact."""


def exact(value: Any) -> Value:
    """A value as pandas gives it, as a plain exact one; NaN and NaT become None.

    Raises FactError for a float: money and rates are computed from integers (helpers.ratio).
    """
    if value is None or value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, pd.Timestamp | datetime):
        return value.date()
    if isinstance(value, bool):
        raise FactError("事实的值不能是真假值；请记录计数或文字。")
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, float):
        if pd.isna(value):
            return None
        raise FactError(f"事实的值不能是浮点数（{value!r}）；比率请用 helpers.ratio，金额请用以分为单位的整数。")
    if isinstance(value, Decimal | Fraction | date | str):
        return value
    raise FactError(f"事实的值不能是 {type(value).__name__}。")


def make_fact(
    fact_id: str, value: Any, *, unit: str, label: str, sources: Sequence[Lineage], where: str, formula: str, section: int
) -> Fact:
    """A fact from a computed value and its sources.

    Its origin is the weakest of its sources; without sources it is the department's own statement (`parameter`).
    Where rows it needs are absent, or where no value could be computed, it is `missing`.
    """
    frames = [source for source in sources if isinstance(source, pd.DataFrame)]
    facts = [source for source in sources if isinstance(source, Fact)]
    tables = [_table_of(frame, fact_id) for frame in frames]
    absent = any(table["absent"] for table in tables)
    known = None if absent else exact(value)
    origin = weakest([table["origin"] for table in tables] + [fact.origin for fact in facts]) if known is not None else "missing"
    own = tuple(
        Source(table["name"], table["sha256"], len(frame), table["rows_read"], where)
        for frame, table in zip(frames, tables, strict=True)
        if not table["absent"]
    )
    inherited = tuple(source for fact in facts for source in fact.sources)
    return Fact(
        id=fact_id,
        label=label,
        value=known,
        unit=unit,
        display=format_value(known, unit),
        origin=origin,
        recomputed_from=None,
        formula=formula or default_formula(where, facts),
        sources=tuple(dict.fromkeys(own + inherited)),
        section=section,
    )


def default_formula(where: str, facts: Sequence[Fact]) -> str:
    """The formula in words where the notebook gives none."""
    if facts:
        return f"由事实计算：{'、'.join(fact.id for fact in facts)}"
    return f"取自{where}的记录" if where else "部门陈述"


def is_absent(sources: Sequence[Lineage]) -> bool:
    """Whether rows are needed that this run does not have."""
    return any(isinstance(source, pd.DataFrame) and source.attrs.get("table", {}).get("absent") for source in sources)


def _table_of(frame: pd.DataFrame, fact_id: str) -> dict[str, Any]:
    table: dict[str, Any] | None = frame.attrs.get("table")
    if table is None:
        raise FactError(
            f"事实“{fact_id}”的来源表没有出处信息：分组、透视之后出处会丢失。"
            "请把 section.load 得到的表（可先筛选行）作为 source。"
        )
    return table
