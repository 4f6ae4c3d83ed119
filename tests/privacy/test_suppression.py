"""No hidden count can be derived from what is printed: checked against every table that a reader could think of."""

import itertools

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.privacy import hidden_cells, hide
from helpers.privacy.suppression import Cell, derivable, secrets, suppress
from helpers.wording import SUPPRESSED

THRESHOLD = 5


def two_way(rows, *, sums=True):
    """Cells of a two-way table and of its row sums; column sums and the total are always printed."""
    cells = [Cell(f"r{row}", f"c{column}", value) for row, values in enumerate(rows) for column, value in enumerate(values)]
    return cells + [Cell("total", f"r{row}", sum(values)) for row, values in enumerate(rows)] if sums else cells


def possible_values(cells, hidden):
    """By number, all values that each free cell has in any table of whole counts with the same sums and printed cells."""
    free = [number for number, cell in enumerate(cells) if number in hidden or not cell.figures]
    found = {number: set() for number in free}
    left = dict.fromkeys({place for cell in cells for place in (cell.tail, cell.head)}, 0)
    for number in free:
        left[cells[number].tail] += cells[number].value
        left[cells[number].head] -= cells[number].value
    limit = sum(cell.value for cell in cells)
    last = {
        place: max(i for i, number in enumerate(free) if place in (cells[number].tail, cells[number].head))
        for place in {place for number in free for place in (cells[number].tail, cells[number].head)}
    }

    def fill(index, given):
        if index == len(free):
            for number, value in zip(free, given, strict=True):
                found[number].add(value)
            return
        cell = cells[free[index]]
        closing = [place for place in (cell.tail, cell.head) if last[place] == index]
        needed = {left[place] if place == cell.tail else -left[place] for place in closing}
        candidates = needed if closing else range(limit + 1)
        for value in candidates:
            if len(needed) > 1 or not 0 <= value <= limit:
                continue
            left[cell.tail] -= value
            left[cell.head] += value
            fill(index + 1, [*given, value])
            left[cell.tail] += value
            left[cell.head] -= value

    fill(0, [])
    return found


def told_exactly(cells, hidden):
    return {number for number, values in possible_values(cells, hidden).items() if len(values) == 1}


SMALL_TABLES = st.integers(2, 3).flatmap(
    lambda columns: st.lists(st.lists(st.integers(0, 3), min_size=columns, max_size=columns), min_size=2, max_size=3)
)


@settings(max_examples=60, deadline=None)
@given(SMALL_TABLES, st.data())
def test_the_audit_agrees_with_trying_every_table(rows, data):
    cells = two_way(rows, sums=False)
    hidden = data.draw(st.sets(st.integers(0, len(cells) - 1)))
    assert derivable(cells, hidden, hidden) == told_exactly(cells, hidden) & hidden


@settings(max_examples=60, deadline=None)
@given(SMALL_TABLES)
def test_no_suppressed_cell_of_a_small_table_can_be_derived(rows):
    """Except what stays derivable though everything is hidden, since the printed totals give it away."""
    cells = two_way(rows, sums=False)
    hidden = suppress(cells, 3)
    given_away = derivable(cells, set(range(len(cells))), set(range(len(cells))))
    assert told_exactly(cells, hidden) & hidden <= given_away


LARGE_TABLES = st.integers(2, 5).flatmap(
    lambda columns: st.lists(st.lists(st.integers(0, 60), min_size=columns, max_size=columns), min_size=2, max_size=14)
)


@settings(max_examples=150, deadline=None)
@given(LARGE_TABLES)
def test_no_suppressed_cell_or_row_sum_of_a_large_table_can_be_derived(rows):
    cells = two_way(rows)
    hidden = suppress(cells, THRESHOLD)
    everything = set(range(len(cells)))
    assert derivable(cells, hidden, hidden) <= derivable(cells, everything, everything)


@settings(max_examples=150, deadline=None)
@given(LARGE_TABLES)
def test_every_small_count_is_suppressed(rows):
    cells = two_way(rows)
    hidden = suppress(cells, THRESHOLD)
    assert {number for number, cell in enumerate(cells) if 0 < cell.value < THRESHOLD} <= hidden


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3)), min_size=2, max_size=3))
def test_neither_count_nor_difference_of_roster_and_paid_can_be_derived(regions):
    """A region has (paid, not paid) persons; the difference is not printed, but 名册登记 and 实际发放 are."""
    cells = []
    for number, (paid, rest) in enumerate(regions):
        cells += [
            Cell("whole", f"{number}", paid + rest),
            Cell(f"{number}", "part", paid, figures=3),
            Cell(f"{number}", "rest", rest, figures=0),
        ]
    hidden = suppress(cells, 3)
    everything = set(range(len(cells)))
    secret = secrets(cells, hidden, 3)
    assert told_exactly(cells, hidden) & secret <= derivable(cells, everything, everything)


def test_a_single_hidden_cell_is_found_derivable():
    """The negative control of the audit: subtract the others from the total."""
    cells = two_way([[3, 20], [30, 40]], sums=False)
    assert derivable(cells, {0}, {0}) == {0}


def test_two_hidden_cells_of_one_row_are_not_enough_where_column_sums_are_printed():
    cells = two_way([[3, 20], [30, 40]], sums=False)
    assert derivable(cells, {0, 1}, {0, 1}) == {0, 1}


def test_hidden_cells_whose_sum_is_zero_are_derivable():
    """Counts are not negative, so that nothing is left to doubt."""
    cells = two_way([[0, 0], [0, 0]], sums=False)
    assert derivable(cells, {0, 1, 2, 3}, {0, 1, 2, 3}) == {0, 1, 2, 3}


def counts(**columns):
    return pd.DataFrame(columns, index=["甲", "乙", "丙"][: len(next(iter(columns.values())))])


def hidden_names(mask):
    return {column: list(mask.index[mask[column]]) for column in mask}


def hidden_in(roster, paid, threshold=THRESHOLD):
    return hidden_names(hidden_cells(counts(roster=roster, paid=paid), whole="roster", part="paid", threshold=threshold))


def test_nothing_is_hidden_where_all_groups_are_large():
    assert hidden_in([100, 90, 80], [80, 70, 60]) == {"roster": [], "paid": []}


def test_a_small_count_takes_a_second_region_with_it():
    hidden = hidden_in([30, 90, 80], [3, 60, 50])
    assert "甲" in hidden["paid"]
    assert len(hidden["paid"]) == 2


def test_a_small_difference_hides_the_cheaper_roster_and_keeps_the_money():
    """One person in 甲 was not paid; 121 - 120 must not say so."""
    assert hidden_in([121, 100, 80], [120, 90, 60]) == {"roster": ["甲", "丙"], "paid": []}


def test_a_small_roster_hides_what_was_paid_too():
    hidden = hidden_in([3, 90, 80], [3, 60, 50])
    assert "甲" in hidden["roster"]
    assert "甲" in hidden["paid"]


def test_zeros_are_printed():
    assert hidden_in([0, 90, 80], [0, 60, 50]) == {"roster": [], "paid": []}


@pytest.mark.parametrize("threshold", [0, 1])
def test_a_threshold_of_one_suppresses_nothing(threshold):
    assert hidden_in([1, 2, 80], [1, 1, 50], threshold) == {"roster": [], "paid": []}


def test_more_paid_than_registered_is_a_difference_too():
    assert "甲" in hidden_in([30, 90, 80], [31, 60, 50])["roster"]


def test_hidden_cells_become_marks_and_other_rows_stay():
    frame = counts(paid=[3, 60, 50])
    frame.loc["合计"] = 113
    shown = hide(frame, {"paid": pd.Series([True, False, False], index=["甲", "乙", "丙"])})
    assert list(shown["paid"]) == [SUPPRESSED, 60, 50, 113]


def test_every_pattern_of_three_regions_keeps_two_regions_hidden_or_none():
    for paid in itertools.product([0, 3, 40], repeat=3):
        hidden = hidden_in([value + 20 for value in paid], list(paid))["paid"]
        assert len(hidden) != 1, paid
