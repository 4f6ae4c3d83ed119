"""How amounts spread, by region, and which stand out."""

import pytest
from exploration_samples import FIRST, HERE, SECOND, THERE, payments

from helpers.exploration.amounts import MOST_BINS, by_region, distribution, outliers


def spread(*amounts):
    return distribution(payments(*({"amount": amount} for amount in amounts)))


def test_bars_of_one_width_hold_every_payment():
    found = spread(100_00, 150_00, 150_00, 320_00)
    assert found.even
    assert len({high - low for low, high in zip(found.edges, found.edges[1:], strict=False)}) == 1
    assert sum(found.counts) == 4
    assert found.counts[(150_00 - found.edges[0]) // (found.edges[1] - found.edges[0])] == 2


def test_far_apart_amounts_have_growing_bars():
    found = spread(1_00, 3_00, 9_999_00)
    assert not found.even
    assert (found.edges[:3], found.edges[-1]) == ([1_00, 2_00, 5_00], 10_000_00)
    assert (found.counts[0], found.counts[1], found.counts[-1]) == (1, 1, 1)


@pytest.mark.parametrize("amounts", [(1_500_00,), (1, 2), (1, 10**13), (99_99, 100_00, 9_998_99)])
def test_there_are_never_more_bars_than_can_be_told_apart(amounts):
    found = spread(*amounts)
    assert found.edges[0] <= min(amounts)
    assert found.edges[-1] >= max(amounts)
    assert 1 <= len(found.counts) == len(found.edges) - 1 <= (MOST_BINS if found.even else 60)
    assert sum(found.counts) == len(amounts)


def test_the_median_is_an_amount_that_was_paid():
    assert spread(100, 200, 300, 900).median == 200


def test_returns_are_no_payments():
    assert distribution(payments({"kind": "退回"})) is None


def test_regions_are_sorted_by_what_they_got():
    rows = payments({"region": HERE}, {"region": THERE, "amount": 300_00}, {"region": HERE, "kind": "退回", "amount": 20_00})
    assert by_region(rows, [HERE, THERE, "没有"]).to_dict() == {THERE: 300_00, HERE: 80_00, "没有": 0}


def alike(code, amounts):
    return [{"project_code": code, "amount": amount} for amount in amounts]


def test_a_payment_far_from_its_like_stands_out():
    rows = payments(*alike(FIRST, [1000, 1010, 1020, 1030, 1040, 1050, 1060, 1070, 1200]))
    found = outliers(rows)
    assert list(found["amount"]) == [1200]
    assert (int(found["median"].iloc[0]), int(found["like"].iloc[0])) == (1040, 9)


def test_at_the_fence_it_does_not():
    """Quartiles 1020 and 1060: the fence is at 1060 + 60."""
    of = [1000, 1010, 1020, 1030, 1040, 1050, 1060, 1070]
    assert outliers(payments(*alike(FIRST, [*of, 1120]))).empty
    assert list(outliers(payments(*alike(FIRST, [*of, 1121])))["amount"]) == [1121]


def test_payments_are_held_against_their_own_project_alone():
    assert outliers(payments(*alike(FIRST, range(100, 109)), *alike(SECOND, range(9000, 9009)))).empty


def test_of_a_few_payments_none_stands_out():
    assert outliers(payments(*alike(FIRST, [1, 1, 1, 1, 1, 1, 900]))).empty


def test_the_row_in_the_file_is_kept_and_the_farthest_comes_first():
    rows = payments(*alike(FIRST, [100] * 9), {"amount": 50}, {"amount": 500})
    assert list(outliers(rows).index) == [rows.index[-1], rows.index[-2]]


def test_no_payments_no_outliers():
    assert outliers(payments()).empty
