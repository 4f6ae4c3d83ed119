"""How many got which grants together: counts of beneficiaries, never one of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from helpers.exploration.records import PROGRAMME
from helpers.privacy.suppression import Cell, suppress

NO_TYPE = "（未写补助类型）"


def combinations(payments: pd.DataFrame) -> pd.DataFrame:
    """For each combination of grant types that beneficiaries of a project got: project_code, grant_types (joined by ＋), kinds
    (how many types), beneficiaries, amount (fen).

    As in the report a grant is all payments of a type to a beneficiary, less returns, where something is left. Most kinds
    first, then most beneficiaries.
    """
    given = payments[payments["beneficiary"].ne("")]
    kept = given.groupby([PROGRAMME, "beneficiary", "grant_type"], observed=True)["net"].sum()
    grants = kept[kept.gt(0)].reset_index()
    columns = [PROGRAMME, "grant_types", "kinds", "beneficiaries", "amount"]
    if grants.empty:
        return pd.DataFrame({name: pd.Series(dtype="int64" if name in columns[2:] else "str") for name in columns})
    person = grants.groupby([PROGRAMME, "beneficiary"], observed=True).ngroup().to_numpy()
    pair = grants.groupby([PROGRAMME, "grant_type"], observed=True).ngroup().to_numpy()
    named = grants[[PROGRAMME, "grant_type"]].assign(pair=pair).drop_duplicates().sort_values("pair")
    names = [(str(row.project_code), str(row.grant_type) or NO_TYPE) for row in named.itertuples()]
    got = np.zeros((person.max() + 1, len(names)), dtype=bool)
    got[person, pair] = True
    # Rows of bits are compared as bytes: the same for a million beneficiaries and for more types than an integer has bits.
    bits = np.packbits(got, axis=1)
    _, first, which, counts = np.unique(bits, axis=0, return_index=True, return_inverse=True, return_counts=True)
    amounts = np.zeros(len(counts), dtype="int64")
    np.add.at(amounts, which.ravel()[person], grants["net"].to_numpy())
    rows: list[dict[str, Any]] = []
    for place, count, amount in zip(first, counts, amounts, strict=True):
        types = [names[number] for number in np.flatnonzero(got[place])]
        joined = "＋".join(name for _, name in types)
        rows.append(dict(zip(columns, (types[0][0], joined, len(types), int(count), int(amount)), strict=True)))
    return pd.DataFrame(rows, columns=columns).sort_values(["kinds", "beneficiaries"], ascending=False, ignore_index=True)


def by_kinds(combined: pd.DataFrame) -> pd.Series:
    """Beneficiaries by how many types of grants they got, from one up."""
    return combined.groupby("kinds")["beneficiaries"].sum()


def hidden_counts(combined: pd.DataFrame, threshold: int) -> tuple[pd.Series, pd.Series]:
    """Where the counts of `combinations` and of `by_kinds` tell of fewer beneficiaries than `threshold`, or let it be reckoned.

    All counts of a number of kinds make its sum, and all these sums the number of beneficiaries, which is printed.
    """
    sums = by_kinds(combined)
    cells = [Cell("all", f"kinds {kinds}", int(count), figures=1) for kinds, count in sums.items()]
    parts = zip(combined["kinds"], combined["beneficiaries"], strict=True)
    # The amount of a hidden count goes with it.
    cells += [Cell(f"kinds {kinds}", "combinations", int(count), figures=2) for kinds, count in parts]
    hidden = suppress(cells, threshold)
    marks = [number in hidden for number in range(len(cells))]
    return (
        pd.Series(marks[len(sums) :], index=combined.index, dtype=bool),
        pd.Series(marks[: len(sums)], index=sums.index, dtype=bool),
    )
