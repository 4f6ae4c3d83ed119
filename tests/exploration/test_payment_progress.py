"""Payments against what was planned."""

from datetime import date

from exploration_samples import FIRST, HERE, SECOND, records

from helpers.exploration.progress import progress
from helpers.exploration.records import Choice

ROWS = (
    {"paid_on": "2022-05-10"},
    {"paid_on": "2022-06-30", "amount": 50_00},
    {"paid_on": "2022-07-01", "amount": 30_00},
    {"paid_on": "2022-07-01", "amount": 20_00, "kind": "退回"},
    {"project_code": SECOND, "amount": 70_00},
    {"project_code": "其他", "amount": 7_00, "region": "", "grant_type": ""},
)


def test_payments_add_up_by_day_less_returns():
    (line,) = progress(records(*ROWS), Choice(FIRST))
    assert line.points == [(date(2022, 5, 10), 100_00), (date(2022, 6, 30), 150_00), (date(2022, 7, 1), 160_00)]


def test_what_was_paid_after_the_planned_window_is_late():
    (line,) = progress(records(*ROWS), Choice(FIRST))
    assert line.window == (date(2022, 5, 1), date(2022, 6, 30))
    assert line.late == 10_00


def test_without_a_plan_nothing_is_late():
    (line,) = progress(records(*ROWS), Choice(SECOND))
    assert (line.window, line.late) == (None, 0)


def test_a_project_is_held_against_its_budget_of_the_whole_year():
    (line,) = progress(records(*ROWS), Choice(FIRST))
    assert (line.planned, line.plan) == (500_00, "全年预算")


def test_a_region_is_held_against_what_was_allocated_to_it():
    (line,) = progress(records(*ROWS), Choice(FIRST, HERE))
    assert (line.planned, line.plan) == (300_00, "分配资金")


def test_a_grant_type_is_held_against_nothing():
    (line,) = progress(records(*ROWS), Choice(FIRST, HERE, "甲"))
    assert line.planned is None


def test_all_projects_are_the_programmes_and_the_others_together():
    lines = progress(records(*ROWS), Choice())
    assert [(line.paid, line.planned) for line in lines] == [(160_00, 500_00), (70_00, 500_00), (7_00, 500_00)]
    assert lines[-1].name == "其他项目"


def test_no_payments_no_lines():
    assert progress(records(), Choice()) == []
