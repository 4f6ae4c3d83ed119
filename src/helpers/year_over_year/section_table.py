"""The table of a section that sets this year's figures beside last year's, each figure in it a fact."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import pandas as pd

from helpers.blocks import Run, Table
from helpers.facts import Fact
from helpers.tables import Heading, table_block
from helpers.year_over_year.change import PREFIX, Change, compare_facts
from helpers.year_over_year.table import former_facts, row_of

SENTENCE = (
    "主要数字与上年度自评报告的比较见{{ next_table }}{% if charted %}和{{ next_chart }}{% endif %}；"
    "上年数取自上年度的报告，出处见附录“数据来源”。"
)
NOTE_OF_RATES = "注：比率的增减以百分点表示；比率和上年没有数额的项目不计同比。"
NOTE_OF_OTHERS = "注：上年度的报告没有可比数字、未列入表中的：{{ names }}。"
COLUMNS: dict[str, Heading] = {
    "name": "项目",
    "unit": "单位",
    "former": ("上年", ""),
    "current": ("本年", ""),
    "difference": ("增减", ""),
    "rate": ("同比", "%"),
}
WIDTHS = [3.4, 1.0, 1.4, 1.4, 1.4, 1.2]
NO_RATE = "—"


def changes_of(current: Sequence[Fact], frame: pd.DataFrame, record: Callable[..., Fact]) -> tuple[list[Change], list[Fact]]:
    """The facts beside those of the former year's table, which `record` makes facts of this report; and the facts without such.

    Raises FactError where a figure was recorded before.
    """
    found = compare_facts(former_facts(frame).values(), current)
    changes = [Change(_former(change, frame, record), change.current) for change in found.changes]
    return changes, list(found.only_current)


def change_table(
    changes: Sequence[Change],
    others: Iterable[Fact],
    record: Callable[..., Fact],
    runs: Callable[..., list[Run]],
    *,
    caption: str,
    names: Mapping[str, str],
) -> tuple[Table, list[Fact]]:
    """The table of the changes, and the facts that it shows and that were recorded for it."""
    rows: list[dict[str, object]] = []
    facts: dict[tuple[int, str], Fact] = {}
    for row, change in enumerate(changes):
        cells = {"former": change.former, "current": change.current, "difference": _difference(change, record)}
        if change.rate is not None:
            cells["rate"] = _rate(change, record)
        facts |= {(row, name): fact for name, fact in cells.items()}
        rows.append({"name": names.get(change.current.id, change.current.label), "unit": change.unit, "rate": NO_RATE, **cells})
    notes = [runs(NOTE_OF_RATES)] if any(change.rate is None for change in changes) else []
    missing = [names.get(fact.id, fact.label) for fact in others]
    notes += [runs(NOTE_OF_OTHERS, names="、".join(missing))] if missing else []
    block = table_block(pd.DataFrame(rows), COLUMNS, facts, caption=caption, notes=notes, widths=WIDTHS)
    return block, [fact for (_, name), fact in facts.items() if name != "current"]


def _former(change: Change, frame: pd.DataFrame, record: Callable[..., Fact]) -> Fact:
    own, fact = change.former, change.current
    return record(
        f"{PREFIX}.{fact.id}.former",
        own.value,
        unit=own.unit,
        label=f"{fact.label}（上年）",
        source=row_of(frame, own),
        where=f"事实编号为 {own.id}",
        formula="上年度自评报告的数字",
    )


def _difference(change: Change, record: Callable[..., Fact]) -> Fact:
    fact, points = change.current, change.unit == "%"
    return record(
        f"{PREFIX}.{fact.id}.difference",
        change.difference,
        unit=change.unit_of_difference,
        label=f"{fact.label}比上年增减",
        source=[fact, change.former],
        where="",
        formula=f"本年数 － 上年数{'，以百分点表示' if points else ''}",
    )


def _rate(change: Change, record: Callable[..., Fact]) -> Fact:
    fact = change.current
    return record(
        f"{PREFIX}.{fact.id}.rate",
        change.rate,
        unit="%",
        label=f"{fact.label}同比",
        source=[fact, change.former],
        where="",
        formula="（本年数 － 上年数）÷ 上年数",
    )
