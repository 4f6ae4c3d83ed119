"""What became of one report of a batch."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

State = Literal["成功", "失败", "未运行"]
DONE: State = "成功"
FAILED: State = "失败"
NOT_RUN: State = "未运行"


@dataclass(frozen=True)
class Outcome:
    """The state of a report: what it says of itself where it was made, else why not.

    `params` is its parameter file; `score` and `grade` are as printed (待补 included); `findings` counts the findings of the
    re-check by code; `seconds` of wall time; `folder` holds the report.
    """

    params: str
    state: State
    code: str = ""
    department: str = ""
    year: int | None = None
    message: str = ""
    score: str = ""
    grade: str = ""
    findings: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    folder: Path | None = None


def printed_in(folder: Path) -> dict[str, Any]:
    """Score, grade and findings of a finished report, as fields of its outcome."""
    facts = json.loads((folder / "facts.json").read_text("utf-8"))["facts"]
    shown = {fact["id"]: fact["display"] for fact in facts}
    run = json.loads((folder / "run.json").read_text("utf-8"))
    return {
        "score": shown.get("scorecard.total.score", ""),
        "grade": shown.get("scorecard.total.grade", ""),
        "findings": run["findings"],
    }
