"""Small facts and tables for tests."""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers.facts import Fact, Value
from helpers.wording import format_value


def fact(fact_id: str = "a.people", value: Value = 3862, unit: str = "人", origin: str = "ledger", **more: Any) -> Fact:
    """A fact of section 1 with plain lineage."""
    given: dict[str, Any] = {
        "id": fact_id,
        "label": "人数",
        "value": value,
        "unit": unit,
        "display": format_value(value, unit),
        "origin": origin,
        "recomputed_from": None,
        "formula": "计数",
        "sources": (),
        "section": 1,
    }
    return Fact(**(given | more))


def frame(rows: dict[str, list[Any]], *, origin: str = "ledger", absent: bool = False) -> pd.DataFrame:
    """A frame as the intake gives it, with its lineage."""
    data = pd.DataFrame(rows)
    data.attrs["table"] = {
        "name": "payments",
        "file": "payments.csv",
        "sha256": "ab" * 32,
        "rows_read": len(data),
        "origin": origin,
        "absent": absent,
    }
    return data
