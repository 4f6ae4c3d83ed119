"""Texts of targets and actual values → direction, number and unit, or one error that says why not."""

from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from helpers.scoring.cell_text import Unreadable
from helpers.scoring.model import Quantity
from helpers.scoring.quantities import Reading, parse_actual, parse_target

YEAR_END = Quantity(date(2022, 12, 31), "日期")


@pytest.mark.parametrize(
    ("text", "direction", "value", "unit"),
    [
        ("≥95%", "≥", Fraction(95, 100), "%"),
        ("＝14个", "=", 14, "个"),
        (">=3850人", "≥", 3850, "人"),
        ("不低于90%", "≥", Fraction(9, 10), "%"),
        ("＞ 99.5 ％", ">", Fraction(995, 1000), "%"),
        ("≤1,000.50元", "≤", 100_050, "元"),
        ("不超过1.5万元/公里", "≤", Decimal("1.5"), "万元/公里"),
        ("控制在100万元以内", "≤", 100_000_000, "万元"),
        ("95%以上", "≥", Fraction(95, 100), "%"),
        ("超过3次", ">", 3, "次"),
        ("小于0.5‰", "<", Decimal("0.5"), "‰"),
        ("≧-2℃", "≥", -2, "℃"),
        ("≥12月", "≥", 12, "月"),
    ],
)
def test_sign_number_and_unit(text, direction, value, unit):
    assert parse_target(text) == Reading(direction, Quantity(value, unit))


@pytest.mark.parametrize("text", ["100人次", "0", "5年"])
def test_a_number_without_sign_is_at_least_and_marked_as_assumed(text):
    reading = parse_target(text)
    assert (reading.direction, reading.assumed) == ("≥", True)


@pytest.mark.parametrize(
    "text",
    ["2022年12月底前", "2022年12月31日前完成", "2022年12月31日前", "2022-12-31", "2022/12/31", "≤2022.12.31", "2022年底前"],
)
def test_a_date_is_on_or_before_the_last_day_named(text):
    assert parse_target(text) == Reading("≤", YEAR_END)


@pytest.mark.parametrize("text", ["2022年12月", "2022年"])
def test_a_month_or_year_alone_is_its_last_day(text):
    assert parse_target(text) == Reading("≤", YEAR_END)


@pytest.mark.parametrize(
    ("text", "target", "day"),
    [
        ("2022年11月", "2022年12月15日前", date(2022, 11, 30)),
        ("2022年12月", "2022年12月31日前", date(2022, 12, 31)),
        ("2023年1月", "2022年12月15日前", date(2023, 1, 31)),
        ("2022年12月", "2022年12月15日前", None),
        ("2022年", "2022年6月底前", None),
        ("2022年12月底", "2022年12月15日前", date(2022, 12, 31)),
        ("2022年12月1日完成", "2022年12月15日前", date(2022, 12, 1)),
    ],
)
def test_a_month_as_date_of_completion_is_read_where_it_leaves_no_doubt(text, target, day):
    """Where the deadline falls inside the month, nobody can tell whether it was kept."""
    if day is None:
        with pytest.raises(Unreadable, match="没有写到日"):
            parse_actual(text, parse_target(target))
    else:
        assert parse_actual(text, parse_target(target)).quantity == Quantity(day, "日期")


@pytest.mark.parametrize(
    ("sign", "direction"),
    [("正向指标", "≥"), ("反向", "≤"), ("逆向指标", "≤"), ("定量指标", "≥"), ("定量", "≥"), ("大于等于", "≥"), ("≤", "≤")],
)
def test_what_a_column_of_its_own_says_of_the_direction(sign, direction):
    assert parse_target("10", "个", sign).direction == direction


@pytest.mark.parametrize("sign", ["定性", "定性指标"])
def test_a_column_of_its_own_says_that_there_is_no_number(sign):
    assert parse_target("10年内见效", "", sign).direction == "定性"


@pytest.mark.parametrize("actual", ["96", "0.98"])
def test_a_share_and_a_percentage_are_not_compared(actual):
    target = parse_target("0.95" if actual == "96" else "95", "%", "≥")
    with pytest.raises(Unreadable, match="一百倍"):
        parse_actual(actual, target)


@pytest.mark.parametrize(
    ("target", "actual"), [("≤1%", "2"), ("≥95%", "100"), ("≥0.5%", "0.6"), ("≥0.5%", "0.6%"), ("≥1%", "5%")]
)
def test_small_percentages_are_read(target, actual):
    """The negative control: none of these can be mistaken for a share."""
    assert parse_actual(actual, parse_target(target)).quantity.unit == "%"


@pytest.mark.parametrize("text", ["有效缓解", "达到国家标准", "不超过预算"])
def test_words_without_digits_are_qualitative(text):
    assert parse_target(text) == Reading("定性", Quantity(text, ""))


def test_unit_and_sign_from_columns_of_their_own():
    assert parse_target("95", "%", "≥") == Reading("≥", Quantity(Fraction(95, 100), "%"))
    assert parse_target("有效缓解", "", "定性") == Reading("定性", Quantity("有效缓解", ""))


@pytest.mark.parametrize(
    ("text", "unit", "sign"),
    [
        ("12月底前", "", ""),  # no year
        ("2022年12月前", "", ""),  # before the first or the last day?
        ("2022年13月底前", "", ""),
        ("12月", "", ""),  # December or twelve months?
        ("90%-95%", "", ""),
        ("约100人", "", ""),
        ("100余人", "", ""),
        ("100人左右", "", ""),
        ("3万", "", ""),
        ("10²", "", ""),
        ("95 98", "", ""),
        ("≥九成", "", ""),
        ("百分之九十五", "", ""),
        ("超过90%以下", "", ""),
        ("≥95%", "", "≤"),
        ("100人次", "人", ""),
        ("有效缓解", "", "≥"),
        ("95", "%", "大约"),
        ("≥0.001元", "", ""),  # less than a fen
        ("控制在100万元", "", ""),
        ("完成5场培训", "", ""),
        ("/", "", ""),
        ("", "", ""),
        ("9" * 5000, "", ""),
    ],
)
def test_what_can_mean_two_things_or_none_is_refused(text, unit, sign):
    with pytest.raises(Unreadable, match="。"):
        parse_target(text, unit, sign)


@given(st.text(), st.text(max_size=5), st.sampled_from(["", "≥", "定性", "大约"]))
@example("2022年00月", "", "")
@example("0000-01-01", "", "")
@example("٣٤", "", "")
def test_any_text_is_read_or_refused(text, unit, sign):
    with suppress(Unreadable):
        parse_target(text, unit, sign)


@given(st.text(), st.sampled_from(["≥95%", "≤3次", "2022年底前", "有效缓解", ""]))
def test_any_actual_text_is_read_or_refused(text, target):
    with suppress(Unreadable):
        parse_actual(text, parse_target(target) if target else None)


@given(
    st.sampled_from(["≥", ">", "=", "≤", "<"]),
    st.decimals(0, 10**9, places=2, allow_nan=False),
    st.sampled_from(["%", "人次", "个", "元", "万元", "元/人", ""]),
)
def test_a_written_target_is_read_back(sign, number, unit):
    scale = {"%": Fraction(1, 100), "元": 100, "万元": 1_000_000}.get(unit, 1)
    reading = parse_target(f"{sign}{number}{unit}")
    assert reading.direction == sign
    assert reading.quantity.unit == unit
    assert Fraction(reading.quantity.value) == Fraction(number) * scale


@given(st.integers(0, 10_000))
def test_a_written_date_is_read_back(days):
    day = date(2000, 1, 1) + timedelta(days)
    assert parse_target(f"{day.year}年{day.month}月{day.day}日前").quantity == Quantity(day, "日期")


def test_an_actual_value_takes_the_unit_of_its_target():
    assert parse_actual("96", parse_target("≥95%")).quantity == Quantity(Fraction(96, 100), "%")


def test_an_actual_value_keeps_its_own_unit():
    assert parse_actual("13场", parse_target("≥14个")).quantity == Quantity(13, "场")


@pytest.mark.parametrize("text", ["", "—", "待补"])
def test_a_blank_actual_value_is_none(text):
    assert parse_actual(text, parse_target("≥95%")) is None


@pytest.mark.parametrize("text", ["≥95%", "95%以上", "已完成", "不低于96%"])
def test_a_text_that_was_not_measured_is_no_actual_value(text):
    with pytest.raises(Unreadable):
        parse_actual(text, parse_target("≥95%"))


def test_a_share_for_a_percentage_is_refused_as_it_may_be_a_formatted_cell():
    with pytest.raises(Unreadable, match="百分"):
        parse_actual("0.98", parse_target("≥95%"))


def test_a_deadline_is_no_date_of_completion():
    with pytest.raises(Unreadable, match="期限"):
        parse_actual("2022年12月底前", parse_target("2022年12月底前"))
