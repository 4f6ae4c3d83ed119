"""Control totals and declared identities: they hold, differ, stay open, or cannot be checked."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pandas as pd
import pytest

from helpers.checks import AGREES, DIFFERS, OPEN, UNCHECKED, control_totals, reconcile
from helpers.facts import FactError
from helpers.params import Reconciliation
from helpers.published import published_figures
from samples import fact

PUBLISHED = published_figures(
    pd.DataFrame(
        [
            {
                "fact": "a.amount",
                "label": "金额",
                "value": "385.9",
                "unit": "万元",
                "sections": "二、五",
                "tolerance": "0",
                "reference": "原报告",
            }
        ]
    )
)


def identity(left, right, **more):
    return Reconciliation(id="sum", label="合计", left=left, right=right, **more)


RATE = {"kind": "ratio", "rate": "a.use.rate"}
PAID, BUDGET = fact("a.paid.amount", 8_006_200, "万元"), fact("a.budget.amount", 7_770_000, "万元")


def verdict(item, *facts):
    return reconcile([item], facts)[0].verdict


@pytest.mark.parametrize(("fen", "expected"), [(385_900_000, AGREES), (385_900_001, DIFFERS), (385_899_999, DIFFERS)])
def test_one_fen_makes_a_control_total_differ(fen, expected):
    assert control_totals(PUBLISHED, {"a.amount": fen}, "data")[0].verdict == expected


def test_a_failed_control_total_names_the_figure():
    check = control_totals(PUBLISHED, {"a.amount": 1}, "data")[0]
    assert check.facts == ("a.amount",)
    assert "a.amount" in check.message


def test_a_figure_that_the_records_do_not_give_is_not_compared():
    assert control_totals(PUBLISHED, {"a.amount": None}, "data") == []


def test_an_identity_with_a_subtraction_holds():
    facts = fact("a.all", 10), fact("a.out", 3), fact("a.paid", 7)
    assert verdict(identity(["a.all", "-a.out"], ["a.paid"]), *facts) == AGREES


def test_a_broken_identity_is_an_error():
    assert verdict(identity(["a.all"], ["a.paid"]), fact("a.all", 10), fact("a.paid", 7)) == DIFFERS


def test_an_unexplained_difference_is_a_finding():
    assert verdict(identity(["a.all"], ["a.paid"], open=True), fact("a.all", 10), fact("a.paid", 7)) == OPEN


@pytest.mark.parametrize("value", [None, "many"])
def test_an_identity_with_a_figure_missing_cannot_be_checked(value):
    assert verdict(identity(["a.all"], ["a.paid"]), fact("a.all", value), fact("a.paid", 7)) == UNCHECKED


def test_different_units_are_never_added():
    with pytest.raises(FactError, match="不同单位"):
        reconcile([identity(["a.all"], ["a.paid"])], [fact("a.all", 10), fact("a.paid", 7, "万元")])


def test_the_data_and_the_report_are_two_checks():
    checks = [control_totals(PUBLISHED, {"a.amount": 1}, side)[0] for side in ("data", "report")]
    assert [check.id for check in checks] == ["control.data.a.amount", "control.report.a.amount"]


@pytest.mark.parametrize(("value", "expected"), [(Fraction(80062, 77700), AGREES), (Fraction("1.0304"), DIFFERS)])
def test_a_ratio_is_the_exact_quotient_and_not_its_printed_form(value, expected):
    item = identity(["a.paid.amount"], ["a.budget.amount"], **RATE)
    assert verdict(item, PAID, BUDGET, fact("a.use.rate", value, "%")) == expected


def test_a_ratio_over_zero_cannot_be_checked():
    item = identity(["a.paid.amount"], ["a.budget.amount"], **RATE)
    check = reconcile([item], [PAID, fact("a.budget.amount", 0, "万元"), fact("a.use.rate", Fraction(1), "%")])[0]
    assert (check.verdict, check.message) == (UNCHECKED, "分母为零，无法核对。")


@pytest.mark.parametrize(("paid", "expected"), [(9, AGREES), (10, AGREES), (11, DIFFERS)])
def test_at_most_lets_the_left_side_be_smaller(paid, expected):
    assert verdict(identity(["a.paid"], ["a.all"], kind="at_most"), fact("a.paid", paid), fact("a.all", 10)) == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (date(2022, 5, 17), date(2022, 5, 17), AGREES),
        (date(2022, 5, 17), date(2022, 5, 18), DIFFERS),
        ("10月底", "11月底", DIFFERS),
        (7, 8, DIFFERS),
        (None, 8, UNCHECKED),
    ],
)
def test_equality_compares_dates_and_texts_too(left, right, expected):
    item = identity(["a.left"], ["a.right"], kind="equality")
    assert verdict(item, fact("a.left", left, ""), fact("a.right", right, "")) == expected


@pytest.mark.parametrize(("tolerance", "expected"), [("1", AGREES), ("0.5", DIFFERS), ("2/3", DIFFERS)])
def test_a_tolerance_is_exact(tolerance, expected):
    assert verdict(identity(["a.all"], ["a.paid"], tolerance=tolerance), fact("a.all", 10), fact("a.paid", 9)) == expected


def test_points_with_decimals_add_up_exactly():
    parts = fact("a.one", Decimal("0.1"), "分"), fact("a.two", Decimal("0.2"), "分"), fact("a.all", Decimal("0.3"), "分")
    assert verdict(identity(["a.one", "a.two"], ["a.all"]), *parts) == AGREES


def test_amounts_in_different_units_of_money_are_compared_in_fen():
    assert verdict(identity(["a.one"], ["a.two"]), fact("a.one", 100, "元"), fact("a.two", 100, "万元")) == AGREES


def test_one_fen_is_told_with_both_sides_difference_and_tolerance():
    check = reconcile([identity(["a.one"], ["a.two"])], [fact("a.one", 1_000_001, "万元"), fact("a.two", 1_000_000, "万元")])[0]
    assert check.message.startswith("左边10000.01元，右边1万元，相差0.01元，允差0万元。")


def test_a_difference_too_small_to_print_is_told_as_fraction():
    facts = fact("a.one", Fraction(1, 3), "%"), fact("a.two", Fraction(33333, 100_000), "%")
    assert "（精确值 1/300000）" in reconcile([identity(["a.one"], ["a.two"])], facts)[0].message


def test_the_entry_of_checks_json_holds_the_whole_comparison():
    item = identity(["a.all", "-a.out"], ["a.paid"], tolerance="1/2")
    entry = reconcile([item], [fact("a.all", 10), fact("a.out", 3), fact("a.paid", 7)])[0].to_json()
    assert entry["facts"] == ["a.all", "a.out", "a.paid"]
    assert (entry["kind"], entry["unit"], entry["left"], entry["right"], entry["difference"], entry["tolerance"]) == (
        "sum",
        "人",
        "7",
        "7",
        "0",
        "1/2",
    )
    assert entry["formula"] == "a.all － a.out = a.paid"


def test_only_the_side_without_value_is_told_as_missing():
    item = identity(["a.left"], ["a.right"], kind="equality")
    message = reconcile([item], [fact("a.left", "10月底", ""), fact("a.right", None, "")])[0].message
    assert message == "缺少a.right，无法核对。"
