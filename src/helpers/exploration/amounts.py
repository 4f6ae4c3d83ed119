"""How large single payments are: how they spread, what each region got, and which stand out among their like."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.exploration.records import PROGRAMME

MOST_BINS = 24
"""Bars that can be told apart."""
_WIDE = 100
"""From how many times the smallest amount on the largest is too far away for bars of one width."""
_FEWEST = 8
"""Payments that a group must have before one of them can stand out."""


@dataclass(frozen=True)
class Distribution:
    """How many payments there are from each edge to the next (fen, the last edge included); `even` where all bars are as wide."""

    edges: list[int]
    counts: list[int]
    median: int
    even: bool


def distribution(rows: pd.DataFrame) -> Distribution | None:
    """How the amounts of payments (not of returns) spread; None where there are none. The median is one of them."""
    amounts = rows.loc[rows["kind"].eq("支付") & rows["amount"].gt(0), "amount"].to_numpy()
    if not len(amounts):
        return None
    low, high = int(amounts.min()), int(amounts.max())
    even = high < low * _WIDE
    edges = _even(low, high) if even else _growing(low, high)
    places = np.searchsorted(edges, amounts, side="right") - 1
    counts = np.bincount(np.minimum(places, len(edges) - 2), minlength=len(edges) - 1)
    middle = (len(amounts) - 1) // 2
    return Distribution(edges, counts.tolist(), int(np.partition(amounts, middle)[middle]), even)


def _even(low: int, high: int) -> list[int]:
    """Edges at round amounts, the next of 1, 2, 5, 10 … fen apart that makes no more bars than there is room for.

    Where all amounts are the same, no finer than a twentieth of it.
    """
    step = next(step for step in _round_steps() if high // step - low // step < MOST_BINS and (low < high or step * 20 >= high))
    first, last = low // step * step, -(-high // step) * step
    return list(range(first, max(last, first + step) + 1, step))


def _growing(low: int, high: int) -> list[int]:
    """Edges at 1, 2, 5, 10, 20 … fen, from the last not above `low` to the first not below `high`."""
    edges: list[int] = []
    for step in _round_steps():
        edges = [step] if step <= low else [*edges, step]
        if step >= high:
            return edges
    raise AssertionError("steps never end")


def _round_steps() -> Iterator[int]:
    power = 1
    while True:
        yield from (power, 2 * power, 5 * power)
        power *= 10


def by_region(rows: pd.DataFrame, regions: Sequence[str]) -> pd.Series:
    """Fen paid in each of the regions, the largest first."""
    sums = rows.groupby("region", observed=True)["net"].sum()
    return sums.reindex(list(regions)).fillna(0).astype("int64").sort_values(ascending=False, kind="stable")


def outliers(rows: pd.DataFrame) -> pd.DataFrame:
    """Payments far from others of the same project and grant type, the farthest from their median first.

    Far is below the lower quartile, or above the upper, by more than one and a half times the distance of the two
    (Tukey's rule, in whole fen). In place of `kind` there are `median` (fen) and `like` (payments of the group).
    """
    paid = rows[rows["kind"].eq("支付")]
    alike = [PROGRAMME, "grant_type"]
    ordered = paid.sort_values("amount", kind="stable")
    groups = ordered.groupby(alike, observed=True)["amount"]
    place, like = groups.cumcount(), groups.transform("size")
    # Of each group an amount that it has: nothing is interpolated.
    quarters = {"lower": 1, "median": 2, "upper": 3}
    parts = {name: ordered[place.eq((like - 1) * number // 4)].set_index(alike)["amount"] for name, number in quarters.items()}
    table = pd.DataFrame(parts).join(groups.size().rename("like"))
    table = table[table["like"].ge(_FEWEST)].reset_index()
    far = paid.reset_index(names="row").merge(table, on=alike).set_index("row")
    reach = 3 * (far["upper"] - far["lower"])
    far = far[(2 * (far["lower"] - far["amount"])).gt(reach) | (2 * (far["amount"] - far["upper"])).gt(reach)]
    distance = (far["amount"] - far["median"]).abs().sort_values(ascending=False, kind="stable")
    return far.loc[distance.index].drop(columns=["kind", "lower", "upper"])
