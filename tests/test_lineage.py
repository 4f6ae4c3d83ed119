"""A figure carries the rows it came from, and no float becomes one."""

import numpy as np
import pandas as pd
import pytest

from helpers.facts import FactError
from helpers.lineage import exact, make_fact
from samples import fact, frame


def made(value, *sources, **more):
    return make_fact("a.b", value, unit="人", label="x", sources=sources, where="全部", formula="", section=2, **more)


@pytest.mark.parametrize(("value", "expected"), [(np.int64(5), 5), (pd.NaT, None), (pd.NA, None), (float("nan"), None)])
def test_pandas_values_become_plain_ones(value, expected):
    assert exact(value) == expected


@pytest.mark.parametrize("value", [1.5, np.float64(2.0), True, [1]])
def test_floats_and_the_like_are_refused(value):
    with pytest.raises(FactError):
        exact(value)


def test_rows_kept_are_counted_after_filtering():
    table = frame({"kind": ["支付", "退回", "支付"]})
    source = made(2, table[table["kind"].eq("支付")]).sources[0]
    assert (source.rows_kept, source.rows_read, source.table) == (2, 3, "payments")


def test_a_frame_that_lost_its_lineage_is_refused():
    with pytest.raises(FactError, match="没有出处信息"):
        made(2, pd.DataFrame({"x": [1]}))


def test_absent_rows_make_a_figure_missing_whatever_was_computed():
    assert made(0, frame({"x": []}, absent=True)).origin == "missing"


def test_a_value_that_could_not_be_computed_is_missing():
    assert made(None, frame({"x": [1]})).origin == "missing"


def test_a_derived_figure_takes_the_weakest_origin():
    assert made(1, fact(origin="published"), frame({"x": [1]}, origin="synthetic")).origin == "synthetic"


def test_a_figure_without_source_is_the_departments_statement():
    assert made(5).origin == "parameter"


def test_a_derived_figure_inherits_the_rows_of_its_facts():
    first = make_fact("a.c", 1, unit="人", label="x", sources=[frame({"x": [1]})], where="全部", formula="", section=1)
    assert made(1, first, first).sources == first.sources
