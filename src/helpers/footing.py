"""Whether the parts of a column add up to its total: exactly, and as printed.

Printed figures are rounded each on its own and never adjusted, since the same figure may stand elsewhere; where printed parts
do not add up, a note under the table says by how much.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from helpers.blocks import Run
from helpers.facts import Fact, FactError, Value, difference, total
from helpers.money import FEN_PER_UNIT
from helpers.wording import format_value

PERCENTAGE_POINTS = "个百分点"


def printed_gap(column: Sequence[Fact], name: str) -> tuple[Value, str] | None:
    """By how much the printed parts of a column miss its last figure, their total, as the value and unit of a fact.

    None where they add up or a figure is missing. Raises FactError where the exact parts do not add up, which no rounding
    explains; `name` says in Chinese which column it is.
    """
    *parts, whole = column
    apart = difference(total(parts), whole.value)
    if apart is None:
        return None
    if apart:
        shown = format_value(apart, "元" if whole.unit in FEN_PER_UNIT else whole.unit)
        raise FactError(f"{name}各行之和与合计行相差{shown}。请核对合计行是否包括全部分项。")
    gap = abs(sum(map(_printed, parts), Decimal(0)) - _printed(whole))
    if not gap:
        return None
    if whole.unit in FEN_PER_UNIT:
        return int(Fraction(gap) * FEN_PER_UNIT[whole.unit]), whole.unit
    return gap, PERCENTAGE_POINTS if whole.unit == "%" else whole.unit


def footing_notes(summed: Mapping[str, Sequence[Fact]], caption: str, record: Callable[..., Fact]) -> list[list[Run]]:
    """The note under a table, if it needs one, about its summed columns by heading, their totals last.

    `record` is called with heading, value, unit, label and formula for each column whose printed parts miss the printed total.
    Raises FactError as `printed_gap`.
    """
    runs: list[Run] = []
    for heading, column in summed.items():
        gap = printed_gap(column, f"表“{caption}”的“{heading}”")
        if gap is not None:
            label = f"{caption}：{heading}因四舍五入的差额"
            fact = record(heading, gap[0], unit=gap[1], label=label, formula="打印的分项之和与打印的合计之差")
            opening = "，" if runs else "因四舍五入，"
            runs += [{"text": f"{opening}“{heading}”分项之和与合计相差"}, {"fact": fact.id, "display": fact.display}]
    return [[*runs, {"text": "。"}]] if runs else []


def _printed(fact: Fact) -> Decimal:
    return Decimal(format_value(fact.value, fact.unit, "cell"))
