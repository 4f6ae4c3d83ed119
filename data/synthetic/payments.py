"""Who was paid what, when and from which money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from synthetic.draw import amounts, apportion, lottery, payment_days, shuffled_parts, working_days
from synthetic.figures import FISCAL, OWN, GeneralProject, HardshipAid, NeedGrant, Schedule, Year
from synthetic.rosters import Beneficiary


@dataclass(frozen=True, eq=False)
class Payment:
    """A row of the payment records; `fen` is positive, `original` is the payment that a return sends back."""

    code: str
    grant: str
    beneficiary: str
    region: str
    source: str
    fen: int
    day: date
    original: Payment | None = None


@dataclass(frozen=True)
class Grant:
    """What one beneficiary is granted, in whole yuan, before a day is set for it."""

    beneficiary: Beneficiary
    name: str
    source: str
    yuan: int


def hardship_payments(
    rng: Random, year: Year, aid: HardshipAid, roster: list[Beneficiary], allocated: Mapping[str, int]
) -> list[Payment]:
    """Grants to households, some of them two of different kinds; each region pays out what was `allocated` to it (yuan)."""
    chosen = _drawn(rng, roster, {name: need for name, (_, need) in aid.categories.items()}, aid.paid_households)
    ranges = {kind.name: (kind.low, kind.high) for kind in aid.grants}
    kinds = shuffled_parts(rng, len(chosen), {kind.name: kind.share for kind in aid.grants})
    first = list(zip(chosen, kinds, strict=True))
    again = rng.sample(first, aid.second_grants)
    second = [(household, rng.choice([name for name in ranges if name != had])) for household, had in again]
    grants = []
    for region, total in allocated.items():
        local = [(household, name) for household, name in first + second if household.region == region]
        yuan = amounts(rng, [ranges[name] for _, name in local], total)
        grants += [Grant(household, name, FISCAL, part) for (household, name), part in zip(local, yuan, strict=True)]
    return _paid(rng, grants, aid.schedule, year)


def worker_payments(rng: Random, year: Year, roster: list[Beneficiary]) -> list[Payment]:
    """Grants to model workers on file: the base grant to all but a few, and grants to those in need, who include these few."""
    programme = year.model_workers
    entitled = [person for person in roster if not person.reason]
    need = {name: weight for name, (_, weight) in programme.categories.items()}
    living = _drawn(rng, entitled, need, programme.living.people)
    special = _drawn(rng, entitled, need, programme.special.people)
    without_base = _only(living, special, programme.living) + _only(special, living, programme.special)
    base = [person for person in entitled if person not in without_base]
    grants = [Grant(person, programme.base_grant, FISCAL, programme.base_amount) for person in base]
    grants += _need_grants(rng, programme.living, FISCAL, living, programme.living.total)
    own = special[-programme.own_grants :]
    grants += _need_grants(rng, programme.special, OWN, own, programme.own_budget)
    rest = special[: -programme.own_grants]
    grants += _need_grants(rng, programme.special, FISCAL, rest, programme.special.total - programme.own_budget)
    return _paid(rng, grants, programme.schedule, year)


def general_payments(rng: Random, year: Year) -> list[Payment]:
    """Twelve monthly payments of each general project, adding up to its budget."""
    return [payment for project in year.general for payment in _monthly(rng, project, year)]


def net_by_region(payments: list[Payment], source: str) -> dict[str, int]:
    """Fen paid from `source` in each region, less returns."""
    net: dict[str, int] = {}
    for payment in payments:
        if payment.source == source:
            net[payment.region] = net.get(payment.region, 0) + (payment.fen if payment.original is None else -payment.fen)
    return net


def _drawn(rng: Random, roster: list[Beneficiary], need: Mapping[str, int], count: int) -> list[Beneficiary]:
    by_number = {beneficiary.number: beneficiary for beneficiary in roster}
    return [by_number[number] for number in lottery(rng, {b.number: need[b.category] for b in roster}, count)]


def _only(people: list[Beneficiary], others: list[Beneficiary], grant: NeedGrant) -> list[Beneficiary]:
    return [person for person in people if person not in others][: grant.without_base]


def _need_grants(rng: Random, grant: NeedGrant, source: str, people: list[Beneficiary], total: int) -> list[Grant]:
    parts = amounts(rng, [(grant.low, grant.high)] * len(people), total)
    return [Grant(person, grant.name, source, yuan) for person, yuan in zip(people, parts, strict=True)]


def _paid(rng: Random, grants: list[Grant], schedule: Schedule, year: Year) -> list[Payment]:
    days = payment_days(rng, schedule, year.holidays, [grant.beneficiary.region for grant in grants])
    payments = [
        Payment(who.code, grant.name, who.number, who.region, grant.source, grant.yuan * 100, day)
        for grant, day in zip(grants, days, strict=True)
        for who in [grant.beneficiary]
    ]
    return payments + _returned(rng, payments, schedule, year)


def _returned(rng: Random, payments: list[Payment], schedule: Schedule, year: Year) -> list[Payment]:
    """For some timely payments the return by the bank and, days later, the same payment again."""
    days = working_days(schedule.first, schedule.last, year.holidays)
    timely = [payment for payment in payments if payment.day <= schedule.due]
    rows = []
    for payment in rng.sample(timely, schedule.returns):
        back = days.index(payment.day) + rng.randint(3, 6)
        again = back + rng.randint(3, 6)
        rows += [replace(payment, day=days[back], original=payment), replace(payment, day=days[again])]
    return rows


def _monthly(rng: Random, project: GeneralProject, year: Year) -> list[Payment]:
    weights = [1] * 12 if project.equal else [rng.randint(80, 120) for _ in range(12)]
    parts = apportion(project.budget * 100, weights)
    return [
        Payment(project.code, "", "", "", FISCAL, fen, _from(date(year.year, month, project.day), year))
        for month, fen in enumerate(parts, start=1)
    ]


def _from(day: date, year: Year) -> date:
    return working_days(day, date(year.year, 12, 31), year.holidays)[0]
