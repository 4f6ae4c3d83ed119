"""Control totals and declared identities: they hold, differ, stay open, or cannot be checked."""

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
