"""One formatter for prose, tables and charts."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from helpers.wording import chinese_number, format_value, month_part, unrounded_text, window


@pytest.mark.parametrize(
    ("value", "unit", "prose", "cell"),
    [
        (925_000_000, "万元", "925万元", "925.00"),
        (385_900_000, "万元", "385.9万元", "385.90"),
        (632_110_000, "万元", "632.11万元", "632.11"),
        (100_000, "元", "1000元", "1000.00"),
        (5_000, "万元", "0.01万元", "0.01"),
        (4016, "人", "4016人", "4016"),
        (Fraction(1), "%", "100%", "100.00"),
        (Fraction(80062, 77700), "%", "103.04%", "103.04"),
        (Fraction(7, 2), "天", "3.5天", "3.50"),
        (Decimal("8.50"), "分", "8.5分", "8.5"),
        (date(2022, 5, 17), "日期", "2022年5月17日", "2022-05-17"),
        ("100余人", "", "100余人", "100余人"),
        (None, "万元", "「待补」", "待补"),
    ],
)
def test_prose_and_cells_print_the_same_value(value, unit, prose, cell):
    assert (format_value(value, unit), format_value(value, unit, "cell")) == (prose, cell)


@pytest.mark.parametrize(("number", "text"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (99, "九十九")])
def test_chinese_numerals(number, text):
    assert chinese_number(number) == text


def test_chinese_numerals_outside_their_range_are_refused():
    with pytest.raises(ValueError, match="1 to 99"):
        chinese_number(100)


@pytest.mark.parametrize(
    ("day", "text"), [(1, "6月初"), (10, "6月初"), (11, "6月中旬"), (20, "6月中旬"), (21, "6月底"), (30, "6月底")]
)
def test_rough_dates(day, text):
    assert month_part(date(2022, 6, day)) == text


def test_a_period_within_one_part_of_a_month_is_named_once():
    assert window(date(2022, 5, 1), date(2022, 5, 9)) == "5月初"


def test_a_period_names_both_ends():
    assert window(date(2022, 11, 25), date(2022, 12, 5)) == "11月底至12月初"


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (46018512, "万元", "460185.12元"),
        (-5, "元", "-0.05元"),
        (Fraction(100, 3), "元", "1/3（约0.33元）"),
        (Fraction(359, 500), "%", "359/500（即71.8%）"),
        (Fraction(239, 241), "%", "239/241（约99.17%）"),
        (Fraction(1), "%", "100%"),
        (Fraction(12345, 7), "元/户", "12345/7（约1763.57元/户）"),
        (Fraction(19, 2), "分", "9.5分"),
        (3862, "人", "3862人"),
        (date(2022, 5, 17), "日期", "2022年5月17日"),
        ("100余人", "人", "100余人"),
    ],
)
def test_a_value_in_full(value, unit, text):
    assert unrounded_text(value, unit) == text
