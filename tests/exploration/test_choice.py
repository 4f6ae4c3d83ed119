"""What can be chosen, and which rows that leaves."""

import shutil

import pytest
from exploration_samples import FIRST, HERE, SECOND, THERE, payments, records

from conftest import ROOT
from helpers.exploration.records import Choice, explorable_years, grant_types_of, load_records, projects_of, regions_of
from helpers.project import Project

ROWS = (
    {"project_code": FIRST, "region": HERE, "grant_type": "甲"},
    {"project_code": FIRST, "region": THERE, "grant_type": "乙"},
    {"project_code": SECOND, "region": THERE, "grant_type": "丙"},
    {"project_code": "其他", "region": "", "grant_type": ""},
)


@pytest.mark.parametrize(
    ("choice", "numbers"),
    [
        (Choice(), [1, 2, 3, 4]),
        (Choice(FIRST), [1, 2]),
        (Choice(region=THERE), [2, 3]),
        (Choice(FIRST, THERE, "乙"), [2]),
        (Choice(SECOND, HERE), []),
    ],
)
def test_the_rows_of_a_choice(choice, numbers):
    assert list(choice.rows(payments(*ROWS))["payment"]) == [f"P-{number}" for number in numbers]


def test_a_column_can_be_left_out_of_account():
    assert len(Choice(FIRST, HERE).rows(payments(*ROWS), but="region")) == 2


def test_projects_are_offered_in_the_order_of_parameters_and_budget():
    assert projects_of(records(*reversed(ROWS))) == [FIRST, SECOND, "其他"]


def test_regions_and_grant_types_are_those_of_the_project():
    assert regions_of(records(*ROWS), Choice(SECOND)) == [THERE]
    assert grant_types_of(records(*ROWS), Choice(FIRST)) == ["乙", "甲"]


def test_a_project_without_regions_and_grants_offers_none():
    assert (regions_of(records(*ROWS), Choice("其他")), grant_types_of(records(*ROWS), Choice("其他"))) == ([], [])


def test_a_project_is_named_by_parameters_budget_or_code():
    made = records()
    assert made.project_name(FIRST) == made.parameters.programmes[0].name
    assert (made.project_name("其他"), made.project_name("没有")) == ("三", "没有")


def test_years_need_parameters_and_data(tmp_path):
    shutil.copytree(ROOT / "params", tmp_path / "params")
    (tmp_path / "data/2022").mkdir(parents=True)
    (tmp_path / "params/2021.yml").write_text("fiscal_year: ？\n", "utf-8")
    assert explorable_years(Project(tmp_path)) == [2022, 2021]  # 2021 says what is wrong with it when it is chosen


def test_the_records_of_the_example_have_no_person():
    loaded = load_records(Project(ROOT), 2022)
    assert loaded.made_up
    assert {"姓名", "身份证号", "name"}.isdisjoint(loaded.payments.columns)
    assert int(loaded.payments["net"].sum()) == 1_580_730_000
