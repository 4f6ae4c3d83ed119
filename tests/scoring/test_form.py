"""The official form as a block: its head, funds, goals, indicators and total."""

from fractions import Fraction

import pytest

from helpers.blocks import plain_text
from helpers.facts import Fact
from helpers.scoring.form import goal_texts, scorecard_form

HEAD_OF_GOALS = 6
"""Place of the row that heads the goals: after the department and five rows of funds."""


def fact(fact_id, value, unit=""):
    return Fact(fact_id, "", value, unit, "待补" if value is None else f"{value}{unit}", "ledger", None, "", (), 8)


def form(goals=(), rows=(), notes=()):
    money = fact("test.funds", 100_000_000, "万元")
    whole = {"initial": money, "full_year": money, "paid": money, "rate": fact("test.rate", Fraction(1), "%")}
    points = {"weight": fact("test.weight", 10, "分"), "score": fact("test.score", 10, "分")}
    funds = {"total": whole} | dict.fromkeys(("fiscal", "carry_over", "other"), whole)
    year = fact("report.year", 2022, "年")
    return scorecard_form("某市图书馆", year, funds, points, goals, rows, points | {"grade": fact("test.grade", "优")}, notes)


def texts(form):
    return [[plain_text(cell["runs"]) for cell in row] for row in form["rows"]]


def goal(words):
    return [{"text": words}, {"fact": "aid.paid.people", "display": "12人"}]


GOALS = [(goal("发放到"), goal("已发放")), (goal("培训"), [{"fact": "goal", "display": "待补"}])]


def test_goals_stand_side_by_side_with_what_was_achieved():
    assert texts(form(GOALS))[HEAD_OF_GOALS : HEAD_OF_GOALS + 3] == [
        ["年度总体目标", "预期目标", "实际完成情况"],
        ["发放到12人", "已发放12人"],
        ["培训12人", "待补"],
    ]


def test_the_head_of_the_goals_spans_all_of_them():
    assert form(GOALS)["rows"][HEAD_OF_GOALS][0]["rowspan"] == 3


def test_every_row_of_goals_is_as_wide_as_the_form():
    made = form(GOALS)
    for row in made["rows"][HEAD_OF_GOALS + 1 : HEAD_OF_GOALS + 3]:
        assert sum(cell["colspan"] for cell in row) == len(made["columns"]) - 1


def test_the_texts_of_the_goals_are_read_back():
    assert [plain_text(runs) for runs in goal_texts(form(GOALS))] == ["发放到12人", "已发放12人", "培训12人", "待补"]


def test_the_points_of_the_execution_rate_stand_in_the_total_row_of_the_funds_alone():
    rows = texts(form(GOALS))[2:6]
    assert [(row[0], row[4], row[6]) for row in rows] == [
        ("年度资金总额", "10", "10"),
        ("其中：当年财政拨款", "—", "—"),
        ("上年结转资金", "—", "—"),
        ("其他资金", "—", "—"),
    ]


@pytest.mark.parametrize("notes", [[], [[{"text": "预期目标的来源：预算。"}]]])
def test_notes_stand_below_the_form(notes):
    assert form(GOALS, notes=notes)["notes"] == notes
