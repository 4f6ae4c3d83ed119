"""Charts: vector, real text in the package's font, the same bytes each time, labels from the one formatter."""

from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest

from helpers import charts
from samples import fact

AMOUNTS = [fact("a.one", 385_900_000, "万元"), fact("a.two", 5_000, "万元")]
DRAWN = {
    "bars": lambda: charts.bars(["甲", "乙"], {"分配": AMOUNTS, "支付": AMOUNTS}, unit="万元"),
    "stacked_bar": lambda: charts.stacked_bar({"财政": [("人员", AMOUNTS[0]), ("公用", AMOUNTS[1])]}, unit="万元"),
    "schedule": lambda: charts.schedule([("调查", date(2022, 8, 1), date(2022, 10, 31), date(2022, 11, 2))], year=2022),
    "cumulative": lambda: charts.cumulative(
        {"资金": [(date(2022, 6, 1), 5)]}, {"资金": (date(2022, 5, 1), date(2022, 6, 30))}, year=2022, period="计划发放期"
    ),
    "cumulative of nothing": lambda: charts.cumulative(
        {"资金": []}, {"资金": (date(2022, 5, 1), date(2022, 6, 30))}, year=2022, period="计划支付期"
    ),
    "schedule of a deadline": lambda: charts.schedule([("事项", None, date(2022, 6, 30), None)], year=2022),
    "spread": lambda: charts.spread({"补助": [100_00, 200_00, 900_00]}),
}


@pytest.mark.parametrize("draw", DRAWN.values(), ids=DRAWN)
def test_a_chart_is_the_same_bytes_each_time(draw):
    assert charts.to_svg(draw()) == charts.to_svg(draw())


@pytest.mark.parametrize("draw", DRAWN.values(), ids=DRAWN)
def test_a_chart_is_vector_with_text_in_the_packages_font(draw):
    svg = charts.to_svg(draw())
    assert "GW Hei" in svg
    assert "<image" not in svg


def test_labels_print_what_tables_print():
    svg = charts.to_svg(DRAWN["bars"]())
    assert ">385.90<" in svg
    assert ">0.01<" in svg


@pytest.mark.parametrize(("value", "unit", "size"), [(385_900_000, "万元", 385.9), (Fraction(1, 2), "%", 50.0), (7, "人", 7.0)])
def test_values_are_drawn_in_their_unit(value, unit, size):
    assert charts.size(value, unit) == size


def test_what_is_no_number_cannot_be_drawn():
    with pytest.raises(TypeError, match="not a number"):
        charts.size(None, "人")


def labels_of(figure):
    (axes,) = figure.axes
    return [text.get_text() for text in axes.texts]


def test_a_part_that_is_too_narrow_for_its_label_has_it_beside():
    """Inside, name and figure stand on two lines; beside, on one."""
    assert labels_of(DRAWN["stacked_bar"]()) == ["人员\n385.90", "公用 0.01"]


def test_a_mark_at_the_end_of_the_year_is_not_cut_at_the_edge():
    figure = charts.schedule([("发放", date(2022, 12, 1), date(2022, 12, 20), date(2022, 12, 31))], year=2022)
    (axes,) = figure.axes
    assert all(not line.get_clip_on() for line in axes.lines if len(line.get_xdata()))


def test_each_of_many_series_has_a_colour_of_its_own():
    assert [len(set(charts.shades(count)[:count])) for count in range(1, 9)] == list(range(1, 9))


def test_bars_of_a_group_are_higher_than_their_labels():
    """Two labels of 7 points below each other do not touch."""
    figure = charts.bars(["甲"] * 14, {"分配": AMOUNTS[:1] * 14, "支付": AMOUNTS[:1] * 14}, unit="万元")
    figure.draw_without_rendering()
    (axes,) = figure.axes
    boxes = sorted((text.get_window_extent() for text in axes.texts), key=lambda box: box.y0)
    assert all(below.y1 <= above.y0 for below, above in pairwise(boxes))
