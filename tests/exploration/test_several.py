"""Who got several grants, as counts that tell of no few persons."""

import pandas as pd
import pytest
from exploration_samples import FIRST, SECOND, payments

from helpers.exploration.several import NO_TYPE, by_kinds, combinations, hidden_counts


def grants(*given, **more):
    return [{"beneficiary": person, "grant_type": grant} | more for person, grant in given]


def counted(rows):
    return [tuple(row) for row in combinations(payments(*rows))[["grant_types", "kinds", "beneficiaries", "amount"]].values]


def test_beneficiaries_are_counted_by_what_they_got_together():
    rows = grants(("A", "甲"), ("A", "乙"), ("B", "甲"), ("C", "甲"), ("C", "甲"))
    assert counted(rows) == [("乙＋甲", 2, 1, 200_00), ("甲", 1, 2, 300_00)]


def test_a_grant_that_was_returned_whole_was_not_given():
    rows = [*grants(("A", "甲"), ("A", "乙")), *grants(("A", "乙"), kind="退回")]
    assert counted(rows) == [("甲", 1, 1, 100_00)]


def test_payments_to_nobody_do_not_count():
    assert combinations(payments({"beneficiary": ""})).empty


def test_the_same_number_in_two_projects_is_two_beneficiaries():
    rows = [*grants(("A", "甲")), *grants(("A", "乙"), project_code=SECOND)]
    combined = combinations(payments(*rows))
    assert set(zip(combined["project_code"], combined["kinds"], strict=True)) == {(FIRST, 1), (SECOND, 1)}


def test_a_grant_without_a_type_is_named():
    assert counted(grants(("A", ""))) == [(NO_TYPE, 1, 1, 100_00)]


def test_there_may_be_more_types_than_an_integer_has_bits():
    assert counted(grants(*(("A", f"类{number:03}") for number in range(70))))[0][1:] == (70, 1, 7000_00)


def test_categories_count_as_texts_do():
    rows = payments(*grants(("A", "甲"), ("A", "乙"), ("B", "甲")))
    categorical = rows.astype({"beneficiary": "category", "grant_type": "category"})
    assert combinations(categorical).equals(combinations(rows))


def of(**counts):
    kinds = [name.count("与") + 1 for name in counts]
    return pd.DataFrame(
        {
            "project_code": FIRST,
            "grant_types": list(counts),
            "kinds": kinds,
            "beneficiaries": list(counts.values()),
            "amount": 1,
        }
    )


def test_a_small_count_is_hidden_with_another_that_protects_it():
    hidden, _ = hidden_counts(of(甲=50, 乙=30, 丙=2), 5)
    assert list(hidden) == [False, True, True]


def test_a_sum_that_would_tell_is_hidden_too():
    """Of two kinds there is one combination, so its sum is as small; that of one kind would give it away."""
    combined = of(甲=50, 乙=30, 甲与乙=2)
    hidden, sums = hidden_counts(combined, 5)
    assert sums[2]
    assert hidden.iloc[2]
    assert sums[1]


@pytest.mark.parametrize("threshold", [0, 1])
def test_nothing_is_hidden_where_the_department_hides_nothing(threshold):
    hidden, sums = hidden_counts(of(甲=1, 乙=2), threshold)
    assert not hidden.any()
    assert not sums.any()


def test_sums_are_by_number_of_kinds():
    assert by_kinds(of(甲=50, 乙=30, 甲与乙=2)).to_dict() == {1: 80, 2: 2}


def test_nothing_given_nothing_hidden():
    hidden, sums = hidden_counts(combinations(payments()), 5)
    assert (len(hidden), len(sums)) == (0, 0)
