"""Wall time of two ways of doing a thing, in turn, so that a machine that is slow for a while is slow for both."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Pair:
    """Medians of wall seconds, and of the ratio first ÷ second of each round."""

    first: float
    second: float
    ratio: float


def seconds(action: Callable[[], object]) -> float:
    """Wall seconds that a call takes."""
    begun = time.perf_counter()
    action()
    return time.perf_counter() - begun


def pair(first: Callable[[], object], second: Callable[[], object], rounds: int) -> Pair:
    """Measure both in turn, `rounds` times."""
    times = [(seconds(first), seconds(second)) for _ in range(rounds)]
    firsts, seconds_ = zip(*times, strict=True)
    return Pair(median(firsts), median(seconds_), median(a / b for a, b in times))
