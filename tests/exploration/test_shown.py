"""What the panel lists and draws: bounded, in 元, without beneficiaries, in the package's font."""

import pandas as pd
import pytest
from exploration_samples import FIRST, HERE, THERE, payments, records

from helpers.exploration import pictures
from helpers.exploration.amounts import by_region, distribution, outliers
from helpers.exploration.listing import MOST_ROWS, combinations_listed, largest, listed
from helpers.exploration.progress import progress
from helpers.exploration.records import Choice
from helpers.exploration.several import by_kinds, combinations, hidden_counts

PNG = b"\x89PNG"


def test_a_row_is_listed_in_words_of_the_office():
    made = records({"amount": 1_234_50, "beneficiary": "H-1"})
    (row,) = listed(made.payments, made).to_dict("records")
    assert row["金额（元）"] == "1234.50"
    assert row["支付日期"] == "2022-06-01"
    assert row["项目"] == made.project_name(FIRST)
    assert "H-1" not in row.values()


def test_columns_that_a_department_leaves_empty_are_left_out():
    made = records({"region": "", "grant_type": ""})
    assert {"地区", "补助类型"}.isdisjoint(listed(made.payments, made).columns)


def test_the_largest_are_listed_and_no_more_than_a_browser_bears():
    made = records(*({"amount": amount} for amount in range(1, MOST_ROWS + 3)))
    frame = listed(largest(made.payments), made)
    assert len(frame) == MOST_ROWS
    assert frame["金额（元）"].iloc[0] == "10.02"


def test_outliers_are_listed_with_what_they_are_held_against():
    made = records(*({} for _ in range(9)), {"amount": 900_00})
    (row,) = listed(outliers(made.payments), made).to_dict("records")
    assert (row["行号"], row["同类中位数（元）"], row["同类笔数"]) == (9, "100.00", 10)


def test_a_hidden_count_and_its_amount_are_listed_as_stars():
    made = records(*({"beneficiary": f"H-{number}"} for number in range(3)))
    combined = combinations(made.payments)
    (row,) = combinations_listed(combined, hidden_counts(combined, 5)[0], made).to_dict("records")
    assert (row["对象数"], row["金额（元）"]) == ("＊", "＊")


@pytest.fixture
def drawn():
    made = records({"beneficiary": "H-1"}, {"region": THERE, "amount": 700_00}, {"project_code": "其他", "amount": 9})
    combined = combinations(made.payments)
    allocated = pd.Series({HERE: 300_00})
    return {
        "progress": pictures.progress_picture(progress(made, Choice()), year=2022),
        "distribution": pictures.distribution_picture(distribution(made.payments)),
        "regions": pictures.region_picture(by_region(made.payments, [HERE, THERE]), allocated, chosen=HERE),
        "kinds": pictures.kinds_picture(by_kinds(combined), hidden_counts(combined, 5)[1]),
    }


def test_each_picture_has_a_text_that_tells_what_it_shows(drawn):
    """A letter that the font lacks would be a warning, and a warning fails a test."""
    assert all(picture.png.startswith(PNG) for picture in drawn.values())
    assert "支付0.08万元，全年预算0.05万元" in drawn["progress"].text
    assert "共3笔，中位数100元" in drawn["distribution"].text
    assert f"{THERE}0.07万元，{HERE}0.01万元" in drawn["regions"].text
    assert "1种＊" in drawn["kinds"].text


def test_many_regions_are_cut_in_words():
    paid = pd.Series({f"地区{number}": 100_00 for number in range(25)})
    text = pictures.region_picture(paid, pd.Series(dtype="int64"), chosen="").text
    assert "另有5个地区未画" in text


def test_a_letter_that_stands_for_a_formula_elsewhere_is_drawn_as_typed():
    assert pictures.region_picture(pd.Series({"$甲_乙$": 1}), pd.Series(dtype="int64"), chosen="").png.startswith(PNG)


def test_an_empty_choice_lists_nothing():
    made = records()
    assert listed(payments(), made).empty
