"""Points of rows and of the execution rate, each worked by hand from the rule in the comment or the docstring."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from scoring_samples import FEN_PER_WAN, NAMES, NATIONAL, RULES, rounding, row, stated

from helpers.scoring.engine import ExecutionRefused, score_execution, score_indicator
from helpers.scoring.model import Quantity

DEADLINE = date(2022, 12, 5)


def points(indicator, rules=NATIONAL):
    return score_indicator(rules, indicator)[0].points


def codes(indicator, rules=NATIONAL):
    return [found.code for found in score_indicator(rules, indicator)[1]]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("direction", "target", "actual", "expected"),
    [
        ("≥", 100, 100, "10.00"),  # met
        ("≥", 100, 80, "8.00"),  # 10 × 80 ÷ 100
        ("≥", 3, 1, "3.33"),  # 10 ÷ 3 = 3.333…
        ("≥", 3, 2, "6.67"),  # 20 ÷ 3 = 6.666…
        ("≥", 100, 250, "10.00"),  # never above the weight, and no cut
        ("≥", 100, 0, "0.00"),
        ("≥", 100, -5, "0.00"),  # a negative actual earns nothing
        (">", 100, 101, "10.00"),
        (">", 100, 99, "9.90"),
        (">", 100, 100, "10.00"),  # not exceeded, and 10 × 100 ÷ 100 all the same
        ("=", 14, 14, "10.00"),
        ("=", 14, 7, "5.00"),
        ("=", 14, 15, "10.00"),  # above a target > 0 is met, as with ≥
        ("≤", 100, 100, "10.00"),
        ("≤", 100, 40, "10.00"),
        ("<", 100, 99, "10.00"),
        ("≥", 0, 0, "10.00"),
        ("≥", 0, -1, "0.00"),
        (">", 0, 0, "0.00"),
        ("=", 0, 0, "10.00"),
        ("=", 0, -1, "10.00"),  # target 0: full where the actual is at most 0
        ("=", 0, 1, "0.00"),
        ("≤", 0, 0, "10.00"),
        ("≤", 0, -3, "10.00"),  # a cost that fell
        ("≤", 0, 1, "0.00"),
        ("<", 0, 0, "0.00"),
        ("≥", -3, -2, "10.00"),
        ("≥", -3, -4, "0.00"),  # no proportion of a negative target
        ("≤", -5, -4, "0.00"),
        ("=", -5, -5, "10.00"),
        ("=", -5, 0, "0.00"),
    ],
)
def test_numbers_that_every_set_scores_alike(name, direction, target, actual, expected):
    assert points(row(direction, target, actual), RULES[name]) == Decimal(expected)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "hubei"])
@pytest.mark.parametrize("direction", ["≤", "<"])
@pytest.mark.parametrize(
    ("actual", "expected"),
    [(101, "9.90"), (120, "8.00"), (150, "5.00"), (199, "0.10"), (200, "0.00"), (300, "0.00")],
)
def test_an_exceeded_limit_loses_all_at_twice_the_target(name, direction, actual, expected):
    """10 × (2 − actual ÷ 100), not below 0."""
    assert points(row(direction, 100, actual), RULES[name]) == Decimal(expected)


@pytest.mark.parametrize(("actual", "expected"), [(100, "10.00"), (125, "8.00"), (150, "6.67"), (200, "5.00"), (400, "2.50")])
def test_hubei_scores_an_exceeded_limit_by_target_over_actual(actual, expected):
    """10 × 100 ÷ actual: twice the target still earns half."""
    assert points(row("≤", 100, actual), RULES["hubei"]) == Decimal(expected)


@pytest.mark.parametrize("direction", ["≤", "<", "="])
@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2022, 1, 1), "10.00"), (DEADLINE, "10.00"), (date(2022, 12, 6), "0.00"), (date(2023, 1, 1), "0.00")],
)
def test_a_date_is_met_on_or_before_the_target(direction, day, expected):
    assert points(row(direction, DEADLINE, day, unit="日期")) == Decimal(expected)


@pytest.mark.parametrize("direction", ["≥", ">"])
def test_a_deadline_with_a_sign_the_wrong_way_is_not_turned_round(direction):
    indicator = row(direction, DEADLINE, DEADLINE, unit="日期")
    assert (points(indicator), codes(indicator)) == (None, ["S206"])


@pytest.mark.parametrize(
    ("name", "band", "percent", "expected"),
    [
        ("national-default", "达成", 100, "10.00"),
        ("national-default", "达成", 80, "8.00"),
        ("national-default", "部分达成", 79, "7.90"),
        ("national-default", "部分达成", 60, "6.00"),
        ("national-default", "未达成", 59, "5.90"),
        ("national-default", "未达成", 0, "0.00"),
        ("integrated-system", "部分达成", 60, "6.00"),
        ("ningxia-yinchuan", "达成", 95, "9.50"),
        ("fujian", "达成", 80, "8.00"),
        ("sichuan", "未达成", 30, "3.00"),
        ("hubei", "达成", 80, "8.00"),
        ("hubei", "部分达成", 50, "5.00"),
        ("hubei", "未达成", 49, "4.90"),
    ],
)
def test_a_band_earns_the_share_that_a_person_stated(name, band, percent, expected):
    assert points(stated(band, Fraction(percent, 100)), RULES[name]) == Decimal(expected)


@pytest.mark.parametrize(
    ("name", "band", "percent"),
    [
        ("national-default", "达成", 79),
        ("national-default", "达成", 101),
        ("national-default", "部分达成", 80),
        ("national-default", "部分达成", 59),
        ("national-default", "未达成", 60),
        ("national-default", "未达成", -1),
        ("hubei", "部分达成", 49),
        ("hubei", "未达成", 50),
    ],
)
def test_a_share_outside_its_band_is_not_scored(name, band, percent):
    indicator = stated(band, Fraction(percent, 100))
    assert (points(indicator, RULES[name]), codes(indicator, RULES[name])) == (None, ["S207"])


@pytest.mark.parametrize(("band", "share"), [("", None), ("达成", None), ("", Fraction(9, 10))])
def test_a_band_or_share_that_nobody_stated_is_pending_without_issue(band, share):
    score, issues = score_indicator(NATIONAL, stated(band, share))
    assert (score.points, score.status, score.derivation[:3], issues) == (None, "pending", "待补：", [])


@pytest.mark.parametrize("missing", [{"target": None}, {"actual": None}, {"actual": None, "actual_text": "—"}])
def test_a_value_that_is_not_given_is_pending_without_issue(missing):
    score, issues = score_indicator(NATIONAL, row(**missing))
    assert (score.points, score.status, issues) == (None, "pending", [])


@pytest.mark.parametrize(
    "text", ["≥95%", "＞95%", "=95%", "不低于95%", "95%以上", "95%左右", "约95%", "2022年12月底前", "至少95%", "基本完成"]
)
def test_a_text_is_no_measurement(text):
    indicator = row("≥", Fraction(95, 100), None, unit="%", actual_text=text)
    assert (points(indicator), codes(indicator)) == (None, ["S202"])


def test_a_sign_in_the_actual_column_is_no_measurement_even_where_a_number_was_read():
    indicator = row("≥", Fraction(95, 100), Fraction(95, 100), unit="%", actual_text="≥95%")
    assert (points(indicator), codes(indicator)) == (None, ["S202"])


@pytest.mark.parametrize("text", ["95%", "", "14个", "2022年12月5日"])
def test_a_plain_value_is_a_measurement(text):
    """The negative control of the texts above."""
    assert codes(row(actual_text=text)) == []


@pytest.mark.parametrize("value", ["完成", Decimal("NaN"), Decimal("Infinity"), True])
def test_what_is_no_number_is_no_measurement(value):
    indicator = row(actual=value)
    assert (points(indicator), codes(indicator)) == (None, ["S202"])


def test_a_text_as_target_of_a_number_row_is_refused():
    indicator = row(target="有效缓解", target_text="有效缓解")
    assert (points(indicator), codes(indicator)) == (None, ["S203"])


@pytest.mark.parametrize(("unit", "other"), [("人", "户"), ("%", ""), ("元", "人"), ("人", "万人")])
def test_units_must_match(unit, other):
    indicator = replace(row(), target=Quantity(Fraction(1), unit), actual=Quantity(Fraction(1), other))
    assert (points(indicator), codes(indicator)) == (None, ["S204"])


@pytest.mark.parametrize(("target", "actual"), [((100, "人"), (DEADLINE, "日期")), ((DEADLINE, "日期"), (100, "人"))])
def test_a_date_and_a_number_are_not_compared(target, actual):
    indicator = replace(row("≤"), target=Quantity(*target), actual=Quantity(*actual))
    assert (points(indicator), codes(indicator)) == (None, ["S205"])


def test_money_is_compared_over_its_units():
    """925万元 against 4,625,000元: 10 × 462.5 ÷ 925 = 5."""
    score, issues = score_indicator(NATIONAL, row("≥", 925 * FEN_PER_WAN, 462_500_000, unit="万元", actual_unit="元"))
    assert (score.points, issues) == (Decimal("5.00"), [])
    assert "10×462.5÷925＝5分" in score.derivation


@pytest.mark.parametrize("weight", [Fraction(0), Fraction(-5), Fraction(101), Fraction(1, 3)])
def test_a_weight_has_to_be_a_number_of_points(weight):
    indicator = replace(row(), weight=weight)
    assert (points(indicator), codes(indicator)) == (None, ["S201"])


@pytest.mark.parametrize(
    ("name", "actual", "expected"),
    [
        ("two_decimals_half_up", 25, "2.08"),  # 10 × 25 ÷ 120 = 2.0833…
        ("two_decimals_half_up", 30, "2.50"),
        ("whole_half_up", 30, "3"),  # 2.5 goes up
        ("whole_half_up", 29, "2"),  # 2.4166…
        ("whole_truncated", 30, "2"),
        ("whole_truncated", 119, "9"),  # 9.9166…
    ],
)
def test_points_are_rounded_as_the_set_says(name, actual, expected):
    assert str(points(row("≥", 120, actual), rounding(name))) == expected


def test_half_a_cent_goes_up():
    """1 × 1 ÷ 200 = 0.005."""
    assert points(row("≥", 200, 1, weight=1)) == Decimal("0.01")


def test_whole_points_do_not_lift_a_row_above_its_weight():
    """22.5 points rounded to whole points would be 23."""
    assert points(row(actual=100, weight=Fraction(45, 2)), rounding("whole_half_up")) == Decimal("22.5")


@pytest.mark.parametrize(
    ("name", "actual", "expected"),
    [
        ("integrated-system", 119, []),
        ("integrated-system", 120, ["S208"]),
        ("integrated-system", 129, ["S208"]),
        ("integrated-system", 130, ["S209"]),
        ("integrated-system", 289, ["S209"]),
        ("national-default", 289, []),
        ("hubei", 289, []),
    ],
)
def test_over_achievement_is_pointed_out_as_the_set_says_and_never_cut(name, actual, expected):
    indicator = row("≥", 100, actual)
    assert (codes(indicator, RULES[name]), points(indicator, RULES[name])) == (expected, Decimal("10.00"))


def test_a_stated_reason_settles_over_achievement():
    assert codes(row("≥", 100, 289, deviation="年中追加任务"), RULES["integrated-system"]) == []


def test_a_cost_far_below_its_limit_is_no_over_achievement():
    assert codes(row("≤", 100, 10), RULES["integrated-system"]) == []


@pytest.mark.parametrize(("actual", "expected"), [(29, []), (30, ["S210"])])
def test_a_target_of_zero_needs_a_reason_from_thirty(actual, expected):
    assert codes(row("≥", 0, actual), RULES["integrated-system"]) == expected


@pytest.mark.parametrize(
    ("name", "budget", "executed", "expected"),
    [
        ("national-default", 155711, 155711, "10.00"),
        ("national-default", 1000, 923, "9.23"),
        ("national-default", 3, 2, "6.67"),
        ("national-default", 1000, 0, "0.00"),
        ("national-default", 1000, 950, "9.50"),
        ("integrated-system", 1000, 950, "9.50"),
        ("ningxia-yinchuan", 1000, 950, "9.50"),
        ("sichuan", 1000, 950, "9.50"),
        ("hubei", 1000, 950, "19.00"),  # 20 × 0.95
        ("hubei", 1000, 923, "18.46"),
        ("fujian", 1000, 950, "10.00"),  # full from 95 %
        ("fujian", 100000, 94999, "9.50"),  # 9.4999
        ("fujian", 1000, 900, "9.00"),
    ],
)
def test_the_execution_rate_scores_by_its_set(name, budget, executed, expected):
    execution = score_execution(RULES[name], budget, executed)
    assert (execution.score.points, execution.rate) == (Decimal(expected), Fraction(executed, budget))


@pytest.mark.parametrize("name", NAMES)
def test_more_than_the_budget_is_capped_and_flagged(name):
    """800.62 of 777 万元."""
    execution = score_execution(RULES[name], 777 * FEN_PER_WAN, 800_620_000)
    assert execution.score.points == RULES[name].execution_weight.value
    assert [found.code for found in execution.issues] == ["S103"]


def test_exactly_the_budget_is_not_flagged():
    assert score_execution(NATIONAL, 100, 100).issues == ()


@pytest.mark.parametrize("budget", [0, -1])
def test_a_budget_of_nothing_is_refused(budget):
    with pytest.raises(ExecutionRefused, match=r"全年预算数为 .*应大于 0") as refused:
        score_execution(NATIONAL, budget, 100)
    assert refused.value.issue.code == "S101"


def test_a_negative_amount_spent_earns_nothing_and_is_flagged():
    execution = score_execution(NATIONAL, 100, -1)
    assert (execution.score.points, [found.code for found in execution.issues]) == (Decimal("0.00"), ["S104"])


@pytest.mark.parametrize(
    ("name", "executed", "expected"),
    [("sichuan", 899, ["S105"]), ("sichuan", 900, []), ("national-default", 10, []), ("fujian", 10, [])],
)
def test_a_low_rate_needs_an_explanation_only_where_the_set_says_so(name, executed, expected):
    assert [found.code for found in score_execution(RULES[name], 1000, executed).issues] == expected


def test_a_derivation_names_rule_inputs_formula_rounding_and_source():
    derivation = score_indicator(NATIONAL, row("≥", Fraction(95, 100), Fraction(9, 10), unit="%"))[0].derivation
    assert derivation == (
        "规则集 national-default（2022年度）。目标≥95%，实际90%，分值10分。"
        "未达到目标值，按完成比例计分：10×90÷95≈9.4737分；四舍五入保留两位小数，得9.47分。"
        "依据：《项目支出绩效评价管理办法》（财预〔2020〕10号）（规定，未核对原文，自2020年度起）；"
        "取整：项目支出绩效自评表通行表样的填表说明（表样，未核对原文，自2020年度起）。"
    )


@pytest.mark.parametrize(
    ("indicator", "rules", "words"),
    [
        (row("≤", 100, 120), NATIONAL, "10×（2－120÷100）＝8分"),
        (row("≤", 100, 250), NATIONAL, "实际值250不低于两倍目标值200，得0分"),
        (row("≤", 100, 150), RULES["hubei"], "10×100÷150≈6.6667分"),
        (row("≥", 0, -1), NATIONAL, "没有比例可算，未达到目标值得0分"),
        (row("≥", 100, -1), NATIONAL, "实际完成值为负数，得0分"),
        (row("≥", 3, Fraction(1, 3)), NATIONAL, "实际约0.3333人"),
        (row("≥", 3, Fraction(1, 3)), NATIONAL, "10×0.3333÷3≈1.1111分"),
        (row("≤", DEADLINE, DEADLINE, unit="日期"), NATIONAL, "目标不晚于2022年12月5日，实际2022年12月5日"),
        (stated("达成", Fraction(9, 10)), NATIONAL, "填报为达成，本档得分率 80%（含）至 100%（含），填报得分率90%"),
        (stated("部分达成", Fraction(1, 2)), RULES["hubei"], "50%（含）至 80%（不含）"),
        (row(actual=100, weight=Fraction(45, 2)), rounding("whole_half_up"), "四舍五入取整数，以分值为限，得22.5分"),
    ],
)
def test_a_derivation_shows_the_numbers_of_its_formula(indicator, rules, words):
    assert words in score_indicator(rules, indicator)[0].derivation


def test_the_derivation_of_the_execution_rate_names_the_rule_that_made_it_full():
    derivation = score_execution(RULES["fujian"], 1557_110_000, 1500_000_000).score.derivation
    assert "1500万元÷1557.11万元≈96.3323%" in derivation
    assert "执行率达到95%，得满分" in derivation
    assert "依据：福建省部门绩效自评表" in derivation


@pytest.mark.parametrize(
    ("name", "indicator", "expected"),
    [
        ("ningxia-yinchuan", row("≥", Fraction(90, 100), Fraction(81, 100), weight=35, unit="%"), "31.50"),  # 35 × 81 ÷ 90
        ("ningxia-yinchuan", row("≤", 100, 120, weight=25), "20.00"),  # 25 × 0.8
        ("sichuan", row("≥", 100, 90, weight=Fraction(45, 2)), "20.25"),  # 22.5 × 0.9
        ("fujian", row("≥", 3, 2, weight=15), "10.00"),  # 15 × 2 ÷ 3
    ],
)
def test_weights_of_other_sizes_are_divided_alike(name, indicator, expected):
    assert points(indicator, RULES[name]) == Decimal(expected)
