"""Facts: one home each, exact in JSON, and the origin that the design gives them."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from helpers.facts import Fact, FactError, Ledger, Source, agrees, confirm, decode, encode, weakest
from samples import fact


@pytest.mark.parametrize(
    "value", [0, -5, 10**15, Fraction(1, 3), Fraction(1), Decimal("8.50"), date(2022, 5, 17), "100余人", "10月底", None]
)
def test_values_survive_as_text(value):
    assert decode(encode(value)) == value
    assert type(decode(encode(value))) is type(value)


def test_a_fact_survives_as_json():
    original = fact(sources=(Source("payments", "ab", 1, 2, "全部"),))
    assert Fact.from_json(original.to_json() | {"cell": "x", "printed_in": []}) == original


@pytest.mark.parametrize("fact_id", ["people", "A.b", "a..b", "a.b ", "a.人"])
def test_an_id_out_of_form_is_refused(fact_id):
    with pytest.raises(FactError, match="不合规则"):
        fact(fact_id)


def test_an_id_is_recorded_once():
    with pytest.raises(FactError, match=r"a\.people.*记录过一次"):
        Ledger([fact(), fact()])


@pytest.mark.parametrize("other", ["a.people.men", "a"])
def test_no_id_is_a_prefix_of_another(other):
    with pytest.raises(FactError):
        Ledger([fact(), fact(other)])


def test_ids_that_only_begin_alike_are_fine():
    assert len(Ledger([fact("a.people"), fact("a.people_paid")])) == 2


def test_a_missing_fact_is_named_with_the_nearest():
    with pytest.raises(FactError, match=r"a\.peple.*a\.people"):
        Ledger([fact()])["a.peple"]


@pytest.mark.parametrize(
    ("origins", "expected"),
    [
        (["ledger", "synthetic"], "synthetic"),
        (["published", "parameter"], "parameter"),
        (["ledger", "missing"], "missing"),
        ([], "parameter"),
    ],
)
def test_the_weakest_origin_wins(origins, expected):
    assert weakest(origins) == expected


def test_a_recomputed_figure_that_equals_the_published_one_prints_as_published():
    confirmed = confirm(fact(origin="synthetic"), fact(origin="published"), 0)
    assert (confirmed.origin, confirmed.recomputed_from) == ("published", "synthetic")


def test_a_recomputed_figure_that_differs_stays_what_it_is():
    confirmed = confirm(fact(value=3861, origin="synthetic"), fact(origin="published"), 0)
    assert (confirmed.value, confirmed.origin) == (3861, "synthetic")


def test_a_figure_without_records_takes_the_published_value():
    confirmed = confirm(fact(value=None, origin="missing"), fact(origin="published"), 0)
    assert (confirmed.value, confirmed.origin, confirmed.display) == (3862, "published", "3862人")


def test_a_figure_without_records_or_publication_stays_missing():
    assert confirm(fact(value=None, origin="missing"), None, 0).origin == "missing"


@pytest.mark.parametrize(
    ("left", "right", "tolerance", "expected"),
    [(100, 100, 0, True), (100, 101, 0, False), (100, 101, 1, True), (Fraction(1), 1, 0, True), ("10月底", "10月初", 0, False)],
)
def test_agreement_within_tolerance(left, right, tolerance, expected):
    assert agrees(left, right, tolerance) is expected
