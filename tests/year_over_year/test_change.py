"""Which figures of two years are the same one, and by how much it changed, exactly."""

from fractions import Fraction

import pytest

from helpers.year_over_year.change import Change, compare_facts, is_comparable
from samples import fact


def change(former, current, unit="万元"):
    return Change(fact(value=former, unit=unit), fact(value=current, unit=unit))


def test_an_amount_changes_by_fen_and_by_a_share_of_the_former_one():
    one = change(14_800_000_0, 15_600_000_0)
    assert (one.difference, one.rate) == (8_000_000, Fraction(2, 37))


def test_a_rate_changes_by_points_of_percent_and_has_no_rate_of_its_own():
    one = change(Fraction(9, 10), Fraction(19, 20), "%")
    assert (one.difference, one.unit_of_difference, one.rate) == (5, "个百分点", None)


@pytest.mark.parametrize("former", [0, -100])
def test_what_was_not_above_zero_has_no_rate(former):
    assert change(former, 100).rate is None


def test_the_same_id_is_the_same_figure():
    found = compare_facts([fact("a.people", 5)], [fact("a.people", 7)])
    assert [(one.former.value, one.current.value) for one in found.changes] == [(5, 7)]


def test_what_one_year_alone_has_is_listed():
    found = compare_facts([fact("a.people"), fact("b.people")], [fact("b.people"), fact("c.people")])
    assert [one.id for one in found.only_former] == ["a.people"]
    assert [one.id for one in found.only_current] == ["c.people"]


def test_another_unit_makes_another_figure():
    found = compare_facts([fact("a.people", unit="人")], [fact("a.people", unit="户")])
    assert (found.changes, len(found.only_former), len(found.only_current)) == ((), 1, 1)


def test_a_figure_that_is_missing_in_one_year_stands_with_the_other_year():
    found = compare_facts([fact("a.people")], [fact("a.people", None)])
    assert (found.changes, found.only_current) == ((), ())
    assert [one.id for one in found.only_former] == ["a.people"]


def test_rows_that_are_counted_are_the_same_by_their_name():
    former = [fact("indicator.n1.score", 4, label="人数得分"), fact("indicator.n2.score", 6, label="及时率得分")]
    current = [fact("indicator.n1.score", 5, label="及时率得分"), fact("indicator.n2.score", 9, label="满意度得分")]
    found = compare_facts(former, current)
    assert [(one.former.id, one.current.id) for one in found.changes] == [("indicator.n2.score", "indicator.n1.score")]
    assert [one.label for one in (*found.only_former, *found.only_current)] == ["人数得分", "满意度得分"]


@pytest.mark.parametrize(
    "other",
    [
        fact("report.year", 2023),
        fact("year_over_year.a.people.former"),
        fact("a.by_region.footing.amount"),
        fact("a.note", "约百人"),
        fact("a.people", None),
    ],
)
def test_what_is_no_figure_of_the_department_is_not_compared(other):
    assert not is_comparable(other)
