"""R101 to R107: what counts as rounding, and which sums a table need not print."""

from fractions import Fraction

import pytest
from review_samples import codes, funds, scored, with_funds

from helpers.review import review


@pytest.mark.parametrize("total", ["89.46", "89.5", "89", "94.3", "99.46"])
def test_a_total_may_be_rounded_and_may_hold_any_score_of_an_execution_rate_that_is_not_printed(total):
    reviewed = scored("40.5", "29.75", "19.21", total=total)
    assert "R102" not in codes(review(reviewed))


@pytest.mark.parametrize("total", ["89.45", "88", "100.55"])
def test_a_total_outside_of_what_rows_and_execution_allow_is_found(total):
    assert "R102" in codes(review(scored("40.5", "29.75", "19.21", total=total)))


@pytest.mark.parametrize(("execution", "total", "found"), [("9.5", "98.96", False), ("9.5", "99", False), ("9.5", "98.46", True)])
def test_a_total_with_a_printed_execution_score_is_exact_but_for_rounding(execution, total, found):
    reviewed = scored("40.5", "29.75", "19.21", weight=30, total=total, execution=execution)
    assert ("R102" in codes(review(reviewed))) is found


@pytest.mark.parametrize(
    ("full_year", "executed", "rate", "found"),
    [
        ("3.48", "3.31", "0.9523", False),  # 34,780 and 33,122 yuan, rounded to a hundredth of 万元
        ("3.48", "3.31", "0.9623", True),
        ("736.5", "701.33", "0.95", False),  # printed as a whole percent
        ("736.5", "701.33", "0.952", False),
        ("736.5", "701.33", "0.96", True),
        ("9012.45005", "8876.023118", "0.9849", False),  # exact to the fen: no room
        ("9012.45005", "8876.023118", "0.9848", True),
        ("100", "100", "1", False),
        ("100", "0", "0", False),
        ("0", "0", "0", False),
        ("0", "0", "1", True),
        ("100", "104", "1.04", False),
    ],
)
def test_a_rate_is_compared_in_its_own_decimals_and_with_the_rounding_of_its_amounts(full_year, executed, rate, found):
    reviewed = with_funds(funds(full_year=full_year, executed=executed, rate=Fraction(rate)))
    assert codes(review(reviewed)) == (["R103"] if found else [])


def test_points_of_a_block_without_a_total_row_are_counted_once():
    assert codes(review(with_funds(funds("部门整体支出", points=10, score=9)))) == []


@pytest.mark.parametrize("total", ["年度资金总额", "年度资金总额：", "资金总额（万元）:", "部门整体支出"])
def test_points_of_a_part_beside_the_total_are_counted_twice(total):
    reviewed = with_funds(funds(total, points=10, score=9), funds("其中：当年财政拨款", row=5, points=10))
    assert [(finding.code, finding.rows) for finding in review(reviewed)] == [("R104", (5,))]


@pytest.mark.parametrize(
    ("carried", "found"), [("10", False), ("10.02", False), ("9.97", False), (None, True), ("10.04", True), ("9.9", True)]
)
def test_the_three_kinds_of_money_add_to_the_total_but_for_rounding_and_a_blank_kind_is_nothing(carried, found):
    parts = [("其中：当年财政拨款", "85"), ("上年结转资金", carried), ("其他资金", "5")]
    rows = [funds(full_year="100", executed=None), *(funds(label, full_year=amount, executed=None) for label, amount in parts)]
    assert codes(review(with_funds(*rows))) == (["R106"] if found else [])


def test_a_block_that_does_not_show_every_kind_of_money_need_not_add_up():
    rows = [funds(), funds("其中：基本支出", "60", "55"), funds("项目支出", "20", "20")]
    assert codes(review(with_funds(*rows))) == []


def test_full_marks_in_a_few_rows_are_no_pattern():
    assert "R105" not in codes(review(scored(25, 25, 25, 25)))
    assert "R105" in codes(review(scored(20, 20, 20, 20, 20)))
