"""Checks: control totals against published figures, and identities over figures, compared exactly.

An identity is declared in the parameters (`reconciliations`) or holds in every report (`identities.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from helpers.facts import Fact, FactError, Figure, Value, agrees, difference, encode
from helpers.money import FEN_PER_UNIT, ratio
from helpers.params import Reconciliation
from helpers.params.model import IdentityKind
from helpers.published import PublishedFigure
from helpers.wording import exact_text, format_value

AGREES, DIFFERS, OPEN, UNCHECKED = "相符", "不符", "待查", "无法核对"

SIDES = {"data": "由数据另行计算", "report": "报告"}
"""What is held against the published figures: the data by another way, and what the report prints."""

CONSTANTS = {"constant.whole": Figure(Fraction(1), "%"), "constant.points": Figure(100, "分")}
"""Figures that need no record: 100 % and the 100 points of a scorecard."""

_SIGNS = {"sum": "=", "equality": "=", "ratio": "=", "at_most": "≤"}


@dataclass(frozen=True)
class Check:
    """One comparison. Money in fen, rates as fractions of one; `kind` is `control` or that of an identity.

    `verdict` is 相符, 不符 (an error), 待查 (an open finding) or 无法核对 (a figure is missing). `facts` are the ids of the
    figures compared, `formula` the comparison in words.
    """

    id: str
    kind: str
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

    @property
    def subject(self) -> str:
        """What a list names the check by: the figure of a control total, else the check's id."""
        return self.facts[0] if self.kind == "control" else self.id

    def to_json(self) -> dict[str, Any]:
        """The entry of checks.json."""
        values = {name: encode(getattr(self, name)) for name in ("left", "right", "difference", "tolerance")}
        return asdict(self) | values | {"facts": list(self.facts)}


@dataclass(frozen=True)
class Identity:
    """What must hold between figures, by id; a ``-`` before an id subtracts.

    sum: the sums of both sides are equal; equality: the one figure of each side is the same, dates and texts included; ratio:
    left ÷ right is the figure `rate`; at_most: left is not above right. `tolerance` is in fen, as a share of one, or in the unit.
    An `open` difference is a finding and no error.
    """

    id: str
    label: str
    kind: IdentityKind
    left: tuple[str, ...]
    right: tuple[str, ...]
    rate: str | None = None
    tolerance: Fraction = Fraction(0)
    open: bool = False

    @property
    def family(self) -> str:
        """The first part of its id."""
        return self.id.partition(".")[0]

    @property
    def ids(self) -> tuple[str, ...]:
        """Every figure that it compares."""
        terms = [*self.left, *self.right, *([self.rate] if self.rate else [])]
        return tuple(term.removeprefix("-") for term in terms)


def reconcile(reconciliations: Sequence[Reconciliation], facts: Iterable[Fact]) -> list[Check]:
    """The declared identities over facts. Raises FactError where one compares different units."""
    figures = {fact.id: fact.figure for fact in facts}
    return [check_identity(declared(item), figures) for item in reconciliations]


def declared(item: Reconciliation) -> Identity:
    """The identity that a parameter declares."""
    tolerance = Fraction(item.tolerance)
    return Identity(item.id, item.label, item.kind, tuple(item.left), tuple(item.right), item.rate, tolerance, item.open)


def control_totals(published: Mapping[str, PublishedFigure], values: Mapping[str, Value], side: str) -> list[Check]:
    """Each published figure against the value that one side (`data` or `report`) gives for it.

    Figures without a value there are left out: they are printed as published.
    """
    return [
        _compare(f"control.{side}.{fact_id}", figure, values[fact_id], SIDES[side])
        for fact_id, figure in published.items()
        if values.get(fact_id) is not None
    ]


def check_identity(identity: Identity, figures: Mapping[str, Figure]) -> Check:
    """The check of one identity over figures by id; those that are not there are missing, constants always are.

    Raises FactError where it compares different units.
    """
    known = {**figures, **CONSTANTS}
    unit = _unit(identity, known)
    left, right = _sides(identity, known)
    gap = difference(left, right)
    if left is None or right is None:
        verdict, message = UNCHECKED, _reason(identity, known)
    else:
        below = identity.kind == "at_most" and gap is not None and gap < 0
        holds = below or agrees(left, right, identity.tolerance)
        verdict = AGREES if holds else OPEN if identity.open else DIFFERS
        message = _sentence(left, right, gap, identity.tolerance, unit) + _ADVICE[verdict]
    facts = tuple(figure for figure in identity.ids if figure not in CONSTANTS)
    return Check(
        id=identity.id,
        kind=identity.kind,
        label=identity.label,
        left=left,
        right=right,
        difference=gap,
        unit=unit,
        tolerance=_plain(identity.tolerance),
        verdict=verdict,
        message=message,
        facts=facts,
        formula=_formula(identity),
    )


_ADVICE = {AGREES: "", OPEN: "部门尚未说明原因。", DIFFERS: "请核对有关记录和笔记本中的算法。"}


def _compare(check_id: str, figure: PublishedFigure, value: Value, source: str) -> Check:
    fact = figure.fact
    same = agrees(value, fact.value, figure.tolerance)
    gap = difference(value, fact.value)
    apart = _apart(gap, figure.tolerance, fact.unit)
    message = f"{source}为{exact_text(value, fact.unit)}，已公布数为{fact.display}（{figure.reference}）{apart}。"
    return Check(
        id=check_id,
        kind="control",
        label=fact.label,
        left=value,
        right=fact.value,
        difference=gap,
        unit=fact.unit,
        tolerance=figure.tolerance,
        verdict=AGREES if same else DIFFERS,
        message=message + ("" if same else f"请核对与“{fact.id}”有关的记录，或更正 published.csv。"),
        facts=(fact.id,),
        formula=f"{source} = 已公布数",
    )


def _unit(identity: Identity, figures: Mapping[str, Figure]) -> str:
    """The unit of what is compared; amounts of money may be in different ones, since all are fen."""
    terms = [figures[figure] for figure in identity.ids if figure in figures and figure != identity.rate]
    units = list(dict.fromkeys(figure.unit for figure in terms))
    if len({"元" if unit in FEN_PER_UNIT else unit for unit in units}) > 1:
        raise FactError(f"勾稽关系“{identity.id}”把不同单位的事实相加：{'、'.join(units)}。请检查参数 reconciliations。")
    if identity.rate:
        return figures[identity.rate].unit if identity.rate in figures else "%"
    return units[0] if units else ""


def _sides(identity: Identity, figures: Mapping[str, Figure]) -> tuple[Value, Value]:
    if identity.kind == "equality":
        left, right = (figures[side[0]].value if side[0] in figures else None for side in (identity.left, identity.right))
        return left, right
    left_sum, right_sum = (_sum(side, figures) for side in (identity.left, identity.right))
    if identity.kind == "ratio":
        return ratio(left_sum, right_sum), _sum([identity.rate or ""], figures)
    return left_sum, right_sum


def _sum(terms: Sequence[str], figures: Mapping[str, Figure]) -> int | Fraction | None:
    """The exact sum; None where a figure is missing or no number."""
    total = Fraction(0)
    for term in terms:
        figure = figures.get(term.removeprefix("-"))
        if figure is None or not isinstance(figure.value, int | Decimal | Fraction):
            return None
        total += -Fraction(figure.value) if term.startswith("-") else Fraction(figure.value)
    return _plain(total)


def _plain(number: Fraction) -> int | Fraction:
    return number.numerator if number.denominator == 1 else number


def _reason(identity: Identity, figures: Mapping[str, Figure]) -> str:
    absent = [figure for figure in identity.ids if not _is_there(figures.get(figure), identity.kind)]
    return f"缺少{'、'.join(absent)}，无法核对。" if absent else "分母为零，无法核对。"


def _is_there(figure: Figure | None, kind: IdentityKind) -> bool:
    if figure is None or figure.value is None:
        return False
    return kind == "equality" or isinstance(figure.value, int | Decimal | Fraction)


def _sentence(left: Value, right: Value, gap: int | Fraction | None, tolerance: Fraction, unit: str) -> str:
    sides = f"左边{exact_text(left, unit)}，右边{exact_text(right, unit)}"
    return f"{sides}{_apart(gap, tolerance, unit)}。"


def _apart(gap: int | Fraction | None, tolerance: Value, unit: str) -> str:
    return "" if gap is None else f"，相差{exact_text(max(gap, -gap), unit)}，允差{exact_text(tolerance, unit)}"


def _formula(identity: Identity) -> str:
    left, right = _words(identity.left), _words(identity.right)
    if identity.kind == "ratio":
        left, right = f"{_bracketed(left)} ÷ {_bracketed(right)}", identity.rate or ""
    return f"{left} {_SIGNS[identity.kind]} {right}"


def _words(terms: Sequence[str]) -> str:
    names = [format_value(CONSTANTS[term].value, CONSTANTS[term].unit) if term in CONSTANTS else term for term in terms]
    return " + ".join(names).replace("+ -", "－ ")


def _bracketed(words: str) -> str:
    return f"（{words}）" if " " in words else words
