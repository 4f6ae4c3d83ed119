"""Who is on the rosters. Numbers are given in random order: they tell neither region nor age."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from synthetic.draw import shuffled_parts, working_days
from synthetic.figures import HardshipAid, ModelWorkers, Region


@dataclass(frozen=True)
class Beneficiary:
    """A household or a person on file; `reason` is empty unless suspended."""

    code: str
    number: str
    region: str
    category: str
    reason: str
    registered: date


def households(rng: Random, aid: HardshipAid, regions: tuple[Region, ...]) -> list[Beneficiary]:
    """Those on file, H-00001 onwards, none suspended."""
    places = shuffled_parts(rng, aid.households, {region.name: region.households for region in regions})
    return _roster(rng, aid, aid.letter, places, [""] * aid.households)


def workers(rng: Random, programme: ModelWorkers, regions: tuple[Region, ...]) -> list[Beneficiary]:
    """The model workers on file, L-00001 onwards, some suspended."""
    places = shuffled_parts(rng, programme.people, {region.name: region.workers for region in regions})
    reasons = [""] * programme.people
    suspended = rng.sample(range(programme.people), programme.suspended)
    stated = shuffled_parts(rng, programme.suspended, programme.suspended_reasons)
    for index, reason in zip(suspended, stated, strict=True):
        reasons[index] = reason
    return _roster(rng, programme, "L", places, reasons)


def _roster(
    rng: Random, programme: HardshipAid | ModelWorkers, letter: str, places: list[str], reasons: list[str]
) -> list[Beneficiary]:
    on_roster = {name: weight for name, (weight, _) in programme.categories.items()}
    categories = shuffled_parts(rng, len(places), on_roster)
    days = working_days(*programme.registered)
    return [
        Beneficiary(programme.code, f"{letter}-{index:05d}", place, category, reason, rng.choice(days))
        for index, (place, category, reason) in enumerate(zip(places, categories, reasons, strict=True), start=1)
    ]
