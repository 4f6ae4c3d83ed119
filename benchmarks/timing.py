"""Wall time of several ways of doing a thing, in turn, so that a machine that is slow for a while is slow for all."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Times:
    """Wall seconds of each way by round."""

    by_way: Mapping[str, list[float]]

    def seconds(self, way: str) -> float:
        """The median of a way."""
        return median(self.by_way[way])

    def ratio(self, first: str, second: str) -> float:
        """The median of first ÷ second over the rounds."""
        return median(a / b for a, b in zip(self.by_way[first], self.by_way[second], strict=True))


def seconds(action: Callable[[], object]) -> float:
    """Wall seconds that a call takes."""
    begun = time.perf_counter()
    action()
    return time.perf_counter() - begun


def in_turn(ways: Mapping[str, Callable[[], object]], rounds: int) -> Times:
    """Measure all ways one after the other, `rounds` times."""
    measured: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, action in ways.items():
            measured[name].append(seconds(action))
    return Times(measured)
