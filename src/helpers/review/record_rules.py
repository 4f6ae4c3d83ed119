"""Rules over the facts of our own report: what records and statements say of each programme, and what is not there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from helpers.facts import Fact
from helpers.review.codes import finding
from helpers.review.model import Finding, Paragraph, Reviewed, ReviewedProgramme
from helpers.review.words import FESTIVALS
from helpers.wording import format_value


def allocated_for_more_than_paid(reviewed: Reviewed) -> Iterator[Finding]:
    """R401. A paragraph states the allocation over the whole roster, and fewer were paid."""
    for programme in reviewed.programmes:
        roster, paid = _count(reviewed, programme, "roster"), _count(reviewed, programme, "paid")
        stated = {f"{programme.id}.allocated.amount", f"{programme.id}.roster.{programme.unit_id}"}
        place = next((paragraph for paragraph in reviewed.paragraphs if stated <= set(paragraph.facts)), None)
        if place and roster and paid and _number(roster) > _number(paid):
            fewer = format_value(_number(roster) - _number(paid), roster.unit)
            shown = {"roster": roster.display, "paid": paid.display, "fewer": fewer}
            yield finding("R401", [], place.section, name=programme.name, **shown)


def own_funds_beside_fiscal(reviewed: Reviewed) -> Iterator[Finding]:
    """R402."""
    for programme in reviewed.programmes:
        own, fiscal = (_known(reviewed, f"{programme.id}.paid.{kind}") for kind in ("own", "fiscal"))
        if own and fiscal and _number(own) > 0:
            yield finding("R402", name=programme.name, own=own.display, fiscal=fiscal.display)


def paid_without_base_grant(reviewed: Reviewed) -> Iterator[Finding]:
    """R403. Who got the base grant is among those who were paid, so the difference of the counts is exact."""
    for programme in reviewed.programmes:
        if programme.base_grant is None:
            continue
        grant_id, grant = programme.base_grant
        paid, base = _count(reviewed, programme, "paid"), _count(reviewed, programme, grant_id)
        if paid and base and _number(paid) > _number(base):
            without = format_value(_number(paid) - _number(base), paid.unit)
            given = {"paid": paid.display, "grant": grant, "base": base.display, "without": without}
            yield finding("R403", [], name=programme.name, **given)


def allocation_as_use(reviewed: Reviewed) -> Iterator[Finding]:
    """R404. Where payments are not recorded at all, nothing proves that the money was used."""
    for programme in reviewed.programmes:
        allocated = _known(reviewed, f"{programme.id}.allocated.amount")
        if programme.statement_date is None or allocated is None:
            continue
        paid = _known(reviewed, f"{programme.id}.paid.by_statement")
        if paid is None or _number(paid) < _number(allocated):
            shown = f"实际支付 {paid.display}" if paid else "没有支付记录"
            day = format_value(programme.statement_date, "日期")
            receiver = programme.beneficiary or "收款单位"
            given = {"allocated": allocated.display, "day": day, "paid": shown, "beneficiary": receiver}
            yield finding("R404", [], name=programme.name, **given)


def plan_before_preparation(reviewed: Reviewed) -> Iterator[Finding]:
    """R405. Each preparation is finished, or was to be, before the plan that rests on it."""
    for programme in reviewed.programmes:
        plan = _day(reviewed, f"{programme.id}.plan.date")
        for milestone, event in programme.preparations:
            finish = _finish_after(reviewed, f"{programme.id}_{milestone}", plan) if plan else None
            # A plan of an earlier year is before any month of this one, whatever day the month's words stand for.
            deadline = _known(reviewed, f"{programme.id}.{milestone}.deadline")
            if plan and finish is None and deadline and reviewed.year and plan.year < reviewed.year:
                finish = f"{reviewed.year}年{deadline.display}计划完成"
            if plan and finish:
                yield finding("R405", plan=programme.plan, day=format_value(plan, "日期"), event=event, finish=finish)


def plan_after_occasion(reviewed: Reviewed) -> Iterator[Finding]:
    """R406. A plan named for festivals, dated after the last of them that its name means for certain."""
    for programme in reviewed.programmes:
        plan = _day(reviewed, f"{programme.id}.plan.date")
        occasion = next((word for word in FESTIVALS if word in programme.plan), None)
        if plan is None or occasion is None:
            continue
        passed, (month, day) = FESTIVALS[occasion]
        if plan > date(plan.year, month, day):
            yield finding("R406", name=programme.plan, occasion=occasion, day=format_value(plan, "日期"), passed=passed)


def roster_before_year_end(reviewed: Reviewed) -> Iterator[Finding]:
    """R407. A paragraph prints the roster 截至 a day before 31 December of the fiscal year."""
    for programme in reviewed.programmes:
        roster = _count(reviewed, programme, "roster")
        for paragraph in reviewed.paragraphs:
            if roster is None or roster.id not in paragraph.facts or reviewed.year is None:
                continue
            days = [day for fact_id in _as_of(paragraph) if (day := _day(reviewed, fact_id))]
            if days and max(days) < date(reviewed.year, 12, 31):
                shown = format_value(max(days), "日期")
                yield finding("R407", section=paragraph.section, name=programme.name, roster=roster.display, day=shown)


def no_assets(reviewed: Reviewed) -> Iterator[Finding]:
    """R408."""
    if "assets" in reviewed.absent:
        yield finding("R408")


def _finish_after(reviewed: Reviewed, event: str, plan: date) -> str | None:
    """When an event was finished, or was to be, in words, where that is after the plan."""
    done, planned = (_day(reviewed, f"milestones.by_event.{event}.{name}") for name in ("actual_finish", "planned_finish"))
    finish = done or planned
    if finish is None or finish <= plan:
        return None
    return f"{format_value(finish, '日期')}{'完成' if done else '计划完成'}"


def _known(reviewed: Reviewed, fact_id: str) -> Fact | None:
    fact = reviewed.facts.get(fact_id)
    return fact if fact and fact.value is not None else None


def _count(reviewed: Reviewed, programme: ReviewedProgramme, what: str) -> Fact | None:
    return _known(reviewed, f"{programme.id}.{what}.{programme.unit_id}")


def _number(fact: Fact) -> int:
    """Fen or a count: these facts are whole."""
    assert isinstance(fact.value, int)
    return fact.value


def _day(reviewed: Reviewed, fact_id: str) -> date | None:
    fact = _known(reviewed, fact_id)
    return fact.value if fact and isinstance(fact.value, date) else None


def _as_of(paragraph: Paragraph) -> Iterator[str]:
    """Ids of the facts that directly follow 截至."""
    for before, run in zip(paragraph.runs, paragraph.runs[1:], strict=False):
        if "fact" in run and before.get("text", "").endswith("截至"):
            yield run["fact"]
