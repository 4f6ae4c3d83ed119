"""Seeded draws in integers: no float decides anything, so every platform makes the same bytes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from random import Random

from synthetic.figures import Schedule


def apportion(total: int, weights: Sequence[int]) -> list[int]:
    """`total` in whole parts in proportion to `weights`, adding up exactly: largest remainder, ties to the first."""
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda index: -(total * weights[index] % whole))
    for index in by_remainder[: total - sum(parts)]:
        parts[index] += 1
    return parts


def lottery(rng: Random, tickets: Mapping[str, int], count: int) -> list[str]:
    """`count` distinct names, drawn with as many tickets as each has."""
    drum = [name for name, number in tickets.items() for _ in range(number)]
    rng.shuffle(drum)
    return list(dict.fromkeys(drum))[:count]


def shuffled_parts(rng: Random, total: int, weights: Mapping[str, int]) -> list[str]:
    """`total` names in random order, each as often as its weight asks."""
    parts = apportion(total, list(weights.values()))
    names = [name for name, part in zip(weights, parts, strict=True) for _ in range(part)]
    rng.shuffle(names)
    return names


def amounts(rng: Random, ranges: Sequence[tuple[int, int]], total: int) -> list[int]:
    """One amount for each range of first drafts, scaled to add up to `total`: hundreds of yuan, one in ten uneven.

    Drafts lean to the low end, as grants do. Uneven yuan are moved between two amounts, so the sum stays.
    """
    drafts = [min(rng.randint(low, high), rng.randint(low, high)) for low, high in ranges]
    fitted = [100 * part for part in apportion(total // 100, drafts)]
    uneven = rng.sample(range(len(fitted)), len(fitted) // 10 // 2 * 2)
    for giver, taker in zip(uneven[::2], uneven[1::2], strict=True):
        moved = rng.randint(1, 99)
        fitted[giver] -= moved
        fitted[taker] += moved
    return fitted


def working_days(first: date, last: date, holidays: Collection[date] = ()) -> list[date]:
    """Weekdays from `first` to `last` that are no holidays."""
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [day for day in days if day.weekday() < 5 and day not in holidays]


def payment_days(rng: Random, schedule: Schedule, holidays: Collection[date], regions: Sequence[str]) -> list[date]:
    """The day of payment of each grant, given the region of each."""
    timely = working_days(schedule.first, schedule.due, holidays)
    late = working_days(schedule.due + timedelta(days=1), schedule.last, holidays)
    batches = {region: rng.sample(timely, schedule.batches) for region in dict.fromkeys(regions)}
    late_grants = set(rng.sample(range(len(regions)), len(regions) * schedule.late_percent // 100))
    return [rng.choice(late if number in late_grants else batches[region]) for number, region in enumerate(regions)]
