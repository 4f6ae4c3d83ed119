"""Which cells of a table of persons are not printed, so that neither they nor a subtraction tell of a few persons.

A table with its sums is a flow: each sum is a place, each count flows from one sum to another. In a two-way table the count of
row r and column c flows from r to c, and the sum of row r flows from the table's total into r. Sums that are always printed
(column sums, totals of a programme or of the department) are fixed at both ends and are no cells.

Who reads the table knows that counts are whole and not below zero, and knows all sums. A hidden count can be told exactly
unless hidden counts can change together along a ring and leave every sum as it is: that is what `derivable` looks for, and
what `suppress` adds cells for. Such rings are exact for whole numbers, since a flow with whole bounds has whole vertices.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from heapq import heappop, heappush

Cost = tuple[int, int]
"""How many printed figures are lost, and how many persons they count."""


@dataclass(frozen=True)
class Cell:
    """A count (at least 0) that is part of the sum `tail` and of the sum `head`.

    `figures` is how many printed figures vanish with it (its amount and its average go with a count); 0 for a count
    that is not printed but is the difference of two that are.
    """

    tail: str
    head: str
    value: int
    figures: int = 1


def suppress(cells: Sequence[Cell], threshold: int) -> set[int]:
    """Numbers of the printed cells to leave out: those below `threshold`, and the cheapest further ones that protect them.

    A zero is printed, since no person stands behind it, but may be chosen as a further cell; so a hidden cell may be zero.
    A count that the printed totals alone give away (all persons live in one region) stays derivable whatever is hidden.
    """
    hidden = {number for number, cell in enumerate(cells) if cell.figures and is_small(cell.value, threshold)}
    given_away: set[int] = set()
    while exposed := derivable(cells, hidden, secrets(cells, hidden, threshold)) - given_away:
        cell = min(exposed)
        ring = _cheapest_ring(cells, hidden, cell)
        if ring is None:
            given_away.add(cell)
        else:
            hidden |= {number for number in (*ring, cell) if cells[number].figures}
    return hidden


def is_small(value: int, threshold: int) -> bool:
    """Whether a count tells of too few persons."""
    return 0 < value < threshold


def secrets(cells: Sequence[Cell], hidden: AbstractSet[int], threshold: int) -> set[int]:
    """What nobody may be able to derive: each hidden cell, and each small difference of printed ones."""
    return set(hidden) | {number for number, cell in enumerate(cells) if not cell.figures and is_small(cell.value, threshold)}


def derivable(cells: Sequence[Cell], hidden: AbstractSet[int], secret: AbstractSet[int]) -> set[int]:
    """The audit: which `secret` cells have one possible value only, given all sums and all cells that are printed."""
    return {number for number in secret if not _is_open(cells, hidden, number)}


def _is_open(cells: Sequence[Cell], hidden: AbstractSet[int], number: int) -> bool:
    free = [other for other, cell in enumerate(cells) if (other in hidden or not cell.figures) and other != number]
    return any(_way(cells, free, start, end, lambda _: (0, 0)) is not None for start, end in _changes(cells[number]))


def _changes(cell: Cell) -> Iterator[tuple[str, str]]:
    """From where to where a ring must close when the cell grows, and when it shrinks (which a zero cannot)."""
    yield cell.head, cell.tail
    if cell.value:
        yield cell.tail, cell.head


def _cheapest_ring(cells: Sequence[Cell], hidden: AbstractSet[int], number: int) -> list[int] | None:
    def cost(other: int) -> Cost:
        free = other in hidden or not cells[other].figures
        return (0, 0) if free else (cells[other].figures, cells[other].value)

    others = [other for other in range(len(cells)) if other != number]
    ways = [_way(cells, others, start, end, cost) for start, end in _changes(cells[number])]
    found = [way for way in ways if way is not None]
    return min(found)[1] if found else None


def _way(
    cells: Sequence[Cell], usable: Iterable[int], start: str, end: str, cost: Callable[[int], Cost]
) -> tuple[Cost, list[int]] | None:
    """The cheapest way from sum to sum: along a cell that grows, or against one that shrinks."""
    steps: dict[str, list[tuple[str, int]]] = {}
    for number in usable:
        cell = cells[number]
        steps.setdefault(cell.tail, []).append((cell.head, number))
        if cell.value:
            steps.setdefault(cell.head, []).append((cell.tail, number))
    queue: list[tuple[Cost, list[int], str]] = [((0, 0), [], start)]
    seen = set()
    while queue:
        spent, way, place = heappop(queue)
        if place == end:
            return spent, way
        if place in seen:
            continue
        seen.add(place)
        for after, number in steps.get(place, []):
            if after not in seen:
                more = cost(number)
                heappush(queue, ((spent[0] + more[0], spent[1] + more[1]), [*way, number], after))
    return None
