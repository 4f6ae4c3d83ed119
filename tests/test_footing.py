"""Printed parts that miss their printed total are told and never adjusted."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.blocks import plain_text
from helpers.facts import FactError, total
from helpers.footing import footing_notes, printed_gap
from helpers.wording import format_value
from samples import fact

FEN = st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=30)


def column(values, unit="万元"):
    facts = [fact(f"a.row{number}", value, unit) for number, value in enumerate(values)]
    return [*facts, fact("a.total", total(facts), unit)]


def recorded(heading, value, *, unit, label, formula):
    return fact("t.footing", value, unit, label=label)


@given(FEN)
def test_printed_parts_minus_printed_total_is_the_gap(values):
    facts = column(values)
    *parts, whole = [Decimal(format_value(item.value, item.unit, "cell")) for item in facts]
    gap = printed_gap(facts, "")
    assert abs(sum(parts) - whole) * 1_000_000 == (gap[0] if gap else 0)


@given(FEN)
def test_a_gap_is_at_most_half_a_last_digit_for_each_figure(values):
    gap = printed_gap(column(values), "")
    assert gap is None or gap[0] <= 5_000 * (len(values) + 1)


@given(st.lists(st.integers(0, 10**9).map(lambda number: number * 10_000), min_size=1, max_size=30))
def test_amounts_that_print_exactly_always_foot(values):
    assert printed_gap(column(values), "") is None


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=30))
def test_exact_shares_always_pass_the_exact_sum(amounts):
    printed_gap(column([Fraction(amount, sum(amounts)) for amount in amounts], "%"), "")


@given(FEN, st.integers(1, 10**6))
def test_exact_parts_that_miss_the_total_are_refused(values, missing):
    facts = column(values)
    with pytest.raises(FactError, match="各行之和与合计行相差"):
        printed_gap([*facts[:-1], fact("a.total", facts[-1].value + missing, "万元")], "表“某表”的“金额”")


def test_a_missing_figure_leaves_nothing_to_compare():
    assert printed_gap([fact("a.one", None, "万元"), fact("a.total", 5, "万元")], "") is None


def test_thirds_miss_a_hundred_per_cent_by_a_hundredth_point():
    assert printed_gap(column([Fraction(1, 3)] * 3, "%"), "") == (Decimal("0.01"), "个百分点")


def test_the_note_names_each_column_that_does_not_foot_and_prints_facts():
    columns = {"金额": column([5_000, 5_000]), "对象": column([1, 2], "人"), "占比": column([Fraction(1, 3)] * 3, "%")}
    note = footing_notes(columns, "某表", recorded)[0]
    assert plain_text(note) == "因四舍五入，“金额”分项之和与合计相差0.01万元，“占比”分项之和与合计相差0.01个百分点。"
    assert [run["fact"] for run in note if "fact" in run] == ["t.footing", "t.footing"]


def test_a_table_that_foots_has_no_note():
    assert footing_notes({"金额": column([10_000, 20_000])}, "某表", recorded) == []
