"""Payments through the year against what was planned: when, and how much."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pandas as pd

from helpers.exploration.records import PROGRAMME, Choice, Records, projects_of


@dataclass(frozen=True)
class Progress:
    """Cumulative payments of one project, or of several: (day, fen so far).

    `window` is when its payments were planned, `planned` how much (fen) and `plan` what states that; None and "" where
    nothing does.
    """

    name: str
    points: list[tuple[date, int]]
    window: tuple[date, date] | None = None
    planned: int | None = None
    plan: str = ""

    @property
    def paid(self) -> int:
        """Fen paid in the whole year."""
        return self.points[-1][1]

    @property
    def late(self) -> int:
        """Fen paid after the planned window; 0 where none is known."""
        if self.window is None:
            return 0
        return self.paid - next((fen for day, fen in reversed(self.points) if day <= self.window[1]), 0)


def progress(records: Records, choice: Choice) -> list[Progress]:
    """The chosen project, or each of the parameters' programmes and all other projects together; none without payments."""
    return list(_progress(records, choice))


def _progress(records: Records, choice: Choice) -> Iterator[Progress]:
    rows = choice.rows(records.payments)
    codes = [choice.project_code] if choice.project_code else [item.code for item in records.parameters.programmes]
    for code in codes:
        if points := _cumulative(rows[rows[PROGRAMME].eq(code)]):
            yield Progress(records.project_name(code), points, _window(records, code), *_planned(records, code, choice))
    if not choice.project_code and (points := _cumulative(rows[~rows[PROGRAMME].isin(codes)])):
        name = "其他项目" if codes else "全部项目"
        planned = sum(_full_year(records, code) for code in projects_of(records) if code not in codes)
        yield Progress(name, points, None, *_unless_partial(planned, choice))


def _cumulative(rows: pd.DataFrame) -> list[tuple[date, int]]:
    daily = rows.groupby("paid_on")["net"].sum().cumsum()
    return list(zip(pd.DatetimeIndex(daily.index).date, daily.tolist(), strict=True))


def _window(records: Records, code: str) -> tuple[date, date] | None:
    """Planned start and finish of the milestone that the parameters name for payment."""
    events = {
        event.name
        for programme in records.parameters.programmes
        if programme.code == code
        for event in programme.milestones
        if event.role == "payment"
    }
    plan = records.milestones[records.milestones["project_code"].eq(code) & records.milestones["event"].isin(events)]
    if plan.empty:
        return None
    finish = plan["planned_finish"].max()
    start = plan["planned_start"].min()
    return (finish if pd.isna(start) else start).date(), finish.date()


def _planned(records: Records, code: str, choice: Choice) -> tuple[int | None, str]:
    if choice.region and not choice.grant_type:
        rows = records.allocations
        rows = rows[rows["project_code"].eq(code) & rows["region"].eq(choice.region)]
        return (int(rows["amount"].sum()), "分配资金") if len(rows) else (None, "")
    return _unless_partial(_full_year(records, code), choice)


def _unless_partial(planned: int, choice: Choice) -> tuple[int | None, str]:
    """The budget is one of whole projects: a part of their payments cannot be held against it."""
    return (None, "") if choice.region or choice.grant_type or not planned else (planned, "全年预算")


def _full_year(records: Records, code: str) -> int:
    rows = records.budget[records.budget["project_code"].eq(code)]
    return int(rows["initial"].sum() + rows["increase"].sum() - rows["decrease"].sum() + rows["carry_over"].sum())
