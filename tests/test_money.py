"""Amounts are whole fen, and are rounded once, half up."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.money import LARGEST_FEN, parse_fen, ratio, round_half_up


@pytest.mark.parametrize(
    ("text", "unit", "fen"),
    [("0", "元", 0), ("1234.5", "元", 123450), ("-0.01", "元", -1), ("148", "万元", 148_000_000), ("23.62", "万元", 23_620_000)],
)
def test_plain_amounts_are_exact(text, unit, fen):
    assert parse_fen(text, unit) == fen


@pytest.mark.parametrize(
    "text", ["", "1,234", "1e3", "1_000", "１２", "12元", "(5)", "1.005", "nan", "inf", "+1", ".5", "5.", " 5"]
)
def test_anything_else_is_refused(text):
    with pytest.raises(ValueError, match=r"amount|fen"):
        parse_fen(text)


def test_an_amount_that_could_overflow_a_sum_is_refused():
    with pytest.raises(ValueError, match="bounds"):
        parse_fen(str(LARGEST_FEN))


@given(st.integers(-LARGEST_FEN, LARGEST_FEN))
def test_every_amount_of_fen_comes_back(fen):
    sign, whole, part = "-" if fen < 0 else "", abs(fen) // 100, abs(fen) % 100
    assert parse_fen(f"{sign}{whole}.{part:02d}") == fen


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (Fraction(5, 1000), 2, "0.01"),
        (Fraction(-5, 1000), 2, "-0.01"),
        (Fraction(285, 1000), 2, "0.29"),
        (Fraction(1, 3), 2, "0.33"),
    ],
)
def test_ties_go_away_from_zero(value, places, text):
    assert str(round_half_up(value, places)) == text


@given(st.integers(-(10**12), 10**12))
def test_rounding_is_never_off_by_more_than_half(number):
    value = Fraction(number, 1000)
    assert abs(Fraction(round_half_up(value, 2)) - value) <= Fraction(1, 200)


@pytest.mark.parametrize(("part", "whole"), [(None, 5), (5, None), (5, 0)])
def test_a_ratio_without_its_parts_is_missing(part, whole):
    assert ratio(part, whole) is None


def test_a_ratio_is_exact():
    assert ratio(1, 3) * 3 == 1
