"""Checks: control totals against published figures, and the identities that the parameters declare."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from helpers.facts import Fact, FactError, Value, agrees, difference, encode
from helpers.money import FEN_PER_UNIT
from helpers.params import Reconciliation
from helpers.published import PublishedFigure
from helpers.wording import format_value

AGREES, DIFFERS, OPEN, UNCHECKED = "相符", "不符", "待查", "无法核对"

SIDES = {"data": "由数据另行计算", "report": "报告"}
"""What is held against the published figures: the data by another way, and what the report prints."""


@dataclass(frozen=True)
class Check:
    """One comparison. Money in fen, rates as fractions of one.

    `verdict` is 相符, 不符 (an error), 待查 (an open finding) or 无法核对 (a figure is missing).
    """

    id: str
    label: str
    left: Value
    right: Value
    difference: Value
    unit: str
    tolerance: Value
    verdict: str
    message: str
    facts: tuple[str, ...]
    formula: str

    def to_json(self) -> dict[str, Any]:
        """The entry of checks.json."""
        values = {name: encode(getattr(self, name)) for name in ("left", "right", "difference", "tolerance")}
        return {"id": self.id, "label": self.label, **values, "verdict": self.verdict, "message": self.message}


def reconcile(reconciliations: Sequence[Reconciliation], facts: Iterable[Fact]) -> list[Check]:
    """The declared identities over facts. Raises FactError where one adds different units."""
    known = {fact.id: fact for fact in facts}
    return [_reconcile(item, known) for item in reconciliations]


def control_totals(published: Mapping[str, PublishedFigure], values: Mapping[str, Value], side: str) -> list[Check]:
    """Each published figure against the value that one side (`data` or `report`) gives for it.

    Figures without a value there are left out: they are printed as published.
    """
    return [
        _compare(f"control.{side}.{fact_id}", figure, values[fact_id], SIDES[side])
        for fact_id, figure in published.items()
        if values.get(fact_id) is not None
    ]


def _compare(check_id: str, figure: PublishedFigure, value: Value, source: str) -> Check:
    fact = figure.fact
    same = agrees(value, fact.value, figure.tolerance)
    shown, stated = format_value(value, fact.unit), fact.display
    gap = difference(value, fact.value)
    unit = "元" if fact.unit in FEN_PER_UNIT else fact.unit
    apart = "" if same or gap is None else f"，相差{format_value(gap, unit)}"
    message = f"{source}为{shown}，已公布数为{stated}（{figure.reference}）{apart}"
    return Check(
        id=check_id,
        label=fact.label,
        left=value,
        right=fact.value,
        difference=gap,
        unit=fact.unit,
        tolerance=figure.tolerance,
        verdict=AGREES if same else DIFFERS,
        message=message + ("，相符。" if same else f"。请核对与“{fact.id}”有关的记录，或更正 published.csv。"),
        facts=(fact.id,),
        formula=f"{source} － 已公布数",
    )


def _reconcile(item: Reconciliation, facts: Mapping[str, Fact]) -> Check:
    ids = tuple(term.removeprefix("-") for term in (*item.left, *item.right))
    units = {facts[fact_id].unit for fact_id in ids if fact_id in facts}
    if len(units) > 1:
        raise FactError(f"勾稽关系“{item.id}”把不同单位的事实相加：{'、'.join(sorted(units))}。请检查参数 reconciliations。")
    left, right = _sum(item.left, facts), _sum(item.right, facts)
    gap = difference(left, right)
    formula = f"{_words(item.left)} = {_words(item.right)}"
    if gap is None:
        verdict = UNCHECKED
        absent = [fact_id for fact_id in ids if fact_id not in facts or facts[fact_id].value is None]
        message = f"缺少{'、'.join(absent)}，无法核对。"
    elif gap == 0:
        verdict, message = AGREES, "两边相等。"
    else:
        verdict = OPEN if item.open else DIFFERS
        message = f"相差 {format_value(gap, next(iter(units)))}。" + ("部门尚未说明原因。" if item.open else "请核对有关记录。")
    return Check(item.id, item.label, left, right, gap, "".join(units), 0, verdict, message, ids, formula)


def _sum(terms: Sequence[str], facts: Mapping[str, Fact]) -> Value:
    total: int | Fraction = 0
    for term in terms:
        fact = facts.get(term.removeprefix("-"))
        if fact is None or not isinstance(fact.value, int | Fraction):
            return None
        total = total - fact.value if term.startswith("-") else total + fact.value
    return total


def _words(terms: Sequence[str]) -> str:
    return " + ".join(terms).replace("+ -", "－ ")
