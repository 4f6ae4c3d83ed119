"""A whole table: sum of weights, total, grade, and what holds for any table."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scoring_samples import FEN_PER_WAN, NAMES, NATIONAL, RULES, rounding, row, stated

from helpers.scoring.engine import ROUNDINGS, grade_of, score_execution, score_indicator, score_table
from helpers.scoring.model import Quantity

FULL_BUDGET = (100, 100)
NINETY_PERCENT = row("≥", Fraction(9, 10), Fraction(6, 10), unit="%", weight=20)
"""60 % of 90 %."""


def table():
    """90 points: 50 + 20 × 0.8 + 10 × 0.9 + 10 × 2/3 = 50 + 16 + 9 + 6.67 = 81.67."""
    return [
        row("≥", 100, 120, weight=50, row=4),
        row("≤", 100, 120, weight=20, row=5),
        replace(stated("达成", Fraction(9, 10)), row=6),
        row("≥", Fraction(9, 10), Fraction(6, 10), unit="%", row=7),
    ]


def codes(card):
    return [(found.code, found.row) for found in card.issues]


def test_a_table_worked_by_hand():
    """Execution 10 × 95 ÷ 100 = 9.50; 81.67 + 9.50 = 91.17."""
    card = score_table(NATIONAL, table(), 100, 95)
    assert [score.points for _, score in card.rows] == [Decimal(text) for text in ("50.00", "16.00", "9.00", "6.67")]
    assert (card.rules, card.year, card.total, card.grade, card.issues) == ("national-default", 2022, Decimal("91.17"), "优", [])


WORKED = {
    # 30 × 0.8; 20 × 100 ÷ 125; 10 × 0.5; 20 × 60 ÷ 90; execution 20 × 0.923
    "hubei": (
        [row("≥", 100, 80, weight=30), row("≤", 100, 125, weight=20), stated("部分达成", Fraction(1, 2)), NINETY_PERCENT],
        (1000, 923),
        ["24.00", "16.00", "5.00", "13.33"],
        "18.46",
        ("76.79", "中", []),
    ),
    # 40, with a reminder from 120 % on; 20 × (2 − 1.2); 20 × 0.9; 10 × 60 ÷ 90; execution 10 × 0.95
    "integrated-system": (
        [
            row("≥", 100, 125, weight=40),
            row("≤", 100, 120, weight=20),
            stated("达成", Fraction(9, 10), weight=20),
            replace(NINETY_PERCENT, weight=Fraction(10)),
        ],
        (1000, 950),
        ["40.00", "16.00", "18.00", "6.67"],
        "9.50",
        ("90.17", "优", ["S208"]),
    ),
    # 25 × 0.9; 30 × (2 − 1.2); 35 × 81 ÷ 90
    "ningxia-yinchuan": (
        [
            row("≥", 100, 90, weight=25),
            row("≤", 100, 120, weight=30),
            row("≥", Fraction(9, 10), Fraction(81, 100), unit="%", weight=35),
        ],
        (1000, 950),
        ["22.50", "24.00", "31.50"],
        "9.50",
        ("87.50", "良", []),
    ),
    # 45 × 2 ÷ 3; 45 × (2 − 1.5); execution full from 95 % on
    "fujian": (
        [row("≥", 3, 2, weight=45), row("≤", 100, 150, weight=45)],
        (1000, 950),
        ["30.00", "22.50"],
        "10.00",
        ("62.50", "中", []),
    ),
    # 22.5 × 0.9; 22.5; 22.5 × 0.8 twice; execution 10 × 0.899, below 90 % with an explanation
    "sichuan": (
        [
            row("≥", 100, 90, weight=Fraction(45, 2)),
            row("=", 14, 14, weight=Fraction(45, 2)),
            row("≤", 100, 120, weight=Fraction(45, 2)),
            stated("达成", Fraction(8, 10), weight=Fraction(45, 2)),
        ],
        (1000, 899),
        ["20.25", "22.50", "18.00", "18.00"],
        "8.99",
        ("87.74", "良", ["S105"]),
    ),
}
"""Rows, budget and executed amount, points by hand, and total, grade and issues."""


def test_each_set_has_a_table_worked_by_hand():
    assert WORKED.keys() == set(NAMES) - {"national-default"}


@pytest.mark.parametrize("name", WORKED)
def test_a_table_worked_by_hand_in_each_set(name):
    rows, (budget, executed), points, execution, (total, grade, issues) = WORKED[name]
    card = score_table(RULES[name], rows, budget, executed)
    assert [str(score.points) for _, score in card.rows] == points
    assert str(card.execution.score.points) == execution
    assert (str(card.total), card.grade, [found.code for found in card.issues]) == (total, grade, issues)


def test_the_total_adds_rounded_rows():
    """Three thirds of 10 points are 3 × 3.33 = 9.99, not 10."""
    rows = [row("≥", 3, 1), row("≥", 3, 1), row("≥", 3, 1), row(actual=0, weight=60)]
    assert score_table(NATIONAL, rows, *FULL_BUDGET).total == Decimal("19.99")


def test_the_weights_of_a_set_with_twenty_points_of_execution_add_to_a_hundred():
    card = score_table(RULES["hubei"], [row(weight=80)], *FULL_BUDGET)
    assert (card.total, card.grade, card.issues) == (Decimal("84.00"), "良", [])


@pytest.mark.parametrize(("weight", "total"), [(89, "99"), (91, "101"), (Fraction(899, 10), "99.9")])
def test_weights_that_do_not_add_to_a_hundred_are_told_and_still_scored(weight, total):
    card = score_table(NATIONAL, [row(actual=100, weight=weight)], *FULL_BUDGET)
    assert codes(card) == [("S106", None)]
    assert card.total == Decimal(total)


def test_one_pending_row_leaves_total_and_grade_open_and_the_rest_scored():
    card = score_table(NATIONAL, [*table()[:3], row(actual=None)], *FULL_BUDGET)
    assert (card.total, card.grade, card.issues) == (None, None, [])
    assert [score.status for _, score in card.rows] == ["scored", "scored", "scored", "pending"]


def test_without_budget_there_is_no_total_and_no_issue():
    card = score_table(NATIONAL, table(), None, None)
    assert (card.execution, card.total, card.grade, card.issues) == (None, None, None, [])


@pytest.mark.parametrize(
    ("budget", "executed", "words"), [(100, None, "没有全年执行数（B）"), (None, 100, "没有全年预算数（A）")]
)
def test_half_of_the_execution_is_an_issue(budget, executed, words):
    (found,) = score_table(NATIONAL, table(), budget, executed).issues
    assert (found.code, words in found.message) == ("S102", True)


def test_a_budget_of_nothing_is_an_issue_of_the_table():
    card = score_table(NATIONAL, table(), 0, 100)
    assert (card.execution, card.total, codes(card)) == (None, None, [("S101", None)])


def test_issues_of_rows_and_of_the_execution_are_gathered():
    rows = table()
    rows[0] = replace(rows[0], actual=Quantity(100, "户"))
    assert codes(score_table(NATIONAL, rows, 100, 101)) == [("S103", None), ("S204", 4)]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("total", "grade"),
    [
        ("100", "优"),
        ("90.00", "优"),
        ("89.99", "良"),
        ("89.6", "良"),
        ("89.9999", "良"),
        ("80", "良"),
        ("79.99", "中"),
        ("60", "中"),
        ("59.99", "差"),
        ("0", "差"),
    ],
)
def test_grades_are_half_open_and_compared_unrounded(name, total, grade):
    assert grade_of(RULES[name], Decimal(total)) == grade


rules = st.sampled_from([*RULES.values(), *(rounding(name) for name in ROUNDINGS)])
directions = st.sampled_from(["≥", ">", "=", "≤", "<"])
amounts = st.integers(-300, 300) | st.fractions(-300, 300, max_denominator=997) | st.decimals(-300, 300, places=3)
targets = st.integers(0, 200) | st.fractions(0, 200, max_denominator=997) | st.decimals(0, 200, places=3)
weights = st.integers(1, 100_000).map(lambda thousandths: Fraction(thousandths, 1000))
shares = st.fractions(0, 1, max_denominator=1000)


def band_of(rules, share):
    return next(name for name, (low, high) in rules.bands.value.items() if low <= share < high or share == high == 1)


@st.composite
def scorable(draw, rules):
    """A row that gives everything: a number, a date or a band."""
    weight = draw(weights)
    kind = draw(st.sampled_from(["number", "date", "band"]))
    if kind == "band":
        share = draw(shares)
        return stated(band_of(rules, share), share, weight=weight)
    if kind == "date":
        return row("≤", date(2022, 6, 30), draw(st.dates(date(2022, 1, 1), date(2022, 12, 31))), unit="日期", weight=weight)
    return row(draw(directions), draw(amounts), draw(amounts), weight=weight)


@given(st.data(), rules)
def test_points_lie_between_nothing_and_the_weight(data, rules):
    indicator = data.draw(scorable(rules))
    score, _ = score_indicator(rules, indicator)
    assert score.status == "scored"
    assert 0 <= score.points <= indicator.weight


@given(rules, directions, targets, st.tuples(amounts, amounts), weights)
def test_points_rise_with_what_is_wanted_and_fall_with_what_is_limited(rules, direction, target, actuals, weight):
    """A target of exactly 0 wants no more than 0."""
    low, high = sorted(actuals)
    falls = direction in ("≤", "<") or (direction == "=" and target == 0)
    at_low, at_high = (score_indicator(rules, row(direction, target, actual, weight=weight))[0].points for actual in (low, high))
    assert at_low >= at_high if falls else at_low <= at_high


@given(rules, st.tuples(shares, shares), weights)
def test_points_rise_with_the_stated_share(rules, pair, weight):
    low, high = (score_indicator(rules, stated(band_of(rules, share), share, weight=weight))[0].points for share in sorted(pair))
    assert low <= high


@given(rules, st.integers(1, 10**15), st.tuples(st.integers(-(10**15), 10**15), st.integers(-(10**15), 10**15)))
def test_the_execution_rate_never_loses_by_more_money_spent(rules, budget, spent):
    low, high = (score_execution(rules, budget, executed).score.points for executed in sorted(spent))
    assert 0 <= low <= high <= rules.execution_weight.value


@given(rules, directions, st.integers(-(10**12), 10**12), st.integers(-(10**12), 10**12), weights)
def test_points_do_not_depend_on_the_unit_of_money(rules, direction, target, actual, weight):
    """An amount is the same fen, whether its cell says 元, 万元 or 亿元."""
    pairs = [("元", "元"), ("万元", "元"), ("元", "万元"), ("亿元", "万元")]
    found = {
        score_indicator(rules, row(direction, target, actual, unit=unit, actual_unit=other, weight=weight))[0].points
        for unit, other in pairs
    }
    assert len(found) == 1


@given(rules, directions, amounts, amounts, weights)
def test_points_do_not_depend_on_the_type_of_a_number(rules, direction, target, actual, weight):
    plain = row(direction, target, actual, weight=weight)
    assert (
        score_indicator(rules, plain)[0]
        == score_indicator(rules, row(direction, Fraction(target), Fraction(actual), weight=weight))[0]
    )


@given(st.data(), rules, st.integers(1, 10**9), st.integers(0, 10**9))
def test_the_total_is_the_sum_of_rows_and_execution_in_any_order(data, rules, budget, executed):
    rows = data.draw(st.lists(scorable(rules), min_size=1, max_size=6))
    card = score_table(rules, rows, budget, executed)
    assert card.total == card.execution.score.points + sum(score.points for _, score in card.rows)
    shuffled = rows.copy()
    random.Random(0).shuffle(shuffled)
    again = score_table(rules, shuffled, budget, executed)
    assert (again.total, again.grade) == (card.total, card.grade)
    assert sorted(map(str, again.issues)) == sorted(map(str, card.issues))


@given(st.data(), rules)
def test_scoring_twice_gives_the_same(data, rules):
    rows = [data.draw(scorable(rules))]
    assert score_table(rules, rows, 3 * FEN_PER_WAN, 2 * FEN_PER_WAN) == score_table(
        rules, rows, 3 * FEN_PER_WAN, 2 * FEN_PER_WAN
    )
