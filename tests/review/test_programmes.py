"""R401 to R408: what records and report say of a programme, each with a control where nothing is to be found."""

from datetime import date

import pytest
from review_samples import codes

from helpers.review import Reviewed, review
from helpers.review.model import Paragraph, ReviewedProgramme
from samples import fact

PROGRAMME = ReviewedProgramme(
    id="aid",
    name="慰问项目",
    beneficiary="慰问对象",
    unit_id="people",
    plan="慰问资金分配方案",
    base_grant=("base", "慰问金"),
    preparations=(("survey", "摸底调查"),),
    statement_date=date(2022, 12, 31),
)


def facts(**values):
    """Facts of the programme by the rest of their id, with `__` for the point: counts, amounts in fen, days."""
    made = {}
    for name, value in values.items():
        fact_id = name.replace("__", ".")
        unit = "日期" if isinstance(value, date) else "人" if fact_id.endswith("people") else "万元"
        made[fact_id] = fact(fact_id, value, unit)
    return made


def found(*paragraphs, programme=PROGRAMME, **values):
    """What is found of one programme with these facts; `statement_date` is left out where nothing is allocated."""
    return review(Reviewed(year=2022, programmes=(programme,), facts=facts(**values), paragraphs=paragraphs))


def paragraph(*pieces):
    """Ids of facts and plain text."""
    return Paragraph(
        "二、管理", tuple({"fact": piece, "display": "某值"} if "." in piece else {"text": piece} for piece in pieces)
    )


ALLOCATED = paragraph("按", "aid.roster.people", "分配", "aid.allocated.amount")


@pytest.mark.parametrize(("paid", "expected"), [(90, ["R401"]), (100, [])])
def test_an_allocation_over_the_whole_roster_where_fewer_were_paid(paid, expected):
    """Q01 of the example report."""
    given = {"aid__roster__people": 100, "aid__paid__people": paid, "aid__base__people": paid}
    assert codes(found(ALLOCATED, **given)) == expected


def test_an_allocation_that_is_not_stated_over_the_roster_raises_nothing():
    assert codes(found(paragraph("分配", "aid.allocated.amount"), aid__roster__people=100, aid__paid__people=90)) == []


@pytest.mark.parametrize(("own", "expected"), [(1, ["R402"]), (0, []), (None, [])])
def test_own_money_beside_fiscal_money(own, expected):
    """Q04."""
    assert codes(found(aid__paid__own=own, aid__paid__fiscal=100)) == expected


@pytest.mark.parametrize(("base", "expected"), [(97, ["R403"]), (100, []), (None, [])])
def test_beneficiaries_without_the_grant_that_each_should_get(base, expected):
    """Q05."""
    findings = found(aid__paid__people=100, aid__base__people=base)
    assert codes(findings) == expected
    assert all("3人没有领取" in finding.message for finding in findings)


@pytest.mark.parametrize(("paid", "expected"), [(None, ["R404"]), (99, ["R404"]), (100, [])])
def test_an_allocation_stated_as_use_needs_payments(paid, expected):
    """Q06."""
    assert codes(found(aid__allocated__amount=100, aid__paid__by_statement=paid)) == expected


@pytest.mark.parametrize(
    ("plan", "finish", "expected"),
    [
        (date(2022, 5, 1), date(2022, 10, 31), ["R405"]),
        (date(2022, 11, 1), date(2022, 10, 31), []),
        (date(2022, 5, 1), None, []),
        (date(2021, 8, 5), None, []),
    ],
)
def test_a_plan_comes_after_its_preparation(plan, finish, expected):
    """Q07."""
    assert codes(found(aid__plan__date=plan, milestones__by_event__aid_survey__actual_finish=finish)) == expected


def test_a_plan_of_an_earlier_year_is_before_any_deadline_of_this_one():
    assert codes(found(aid__plan__date=date(2021, 8, 5), aid__survey__deadline=date(2022, 10, 31))) == ["R405"]


@pytest.mark.parametrize(
    ("plan", "day", "expected"),
    [
        ("“三节”慰问方案", date(2022, 5, 17), ["R406"]),
        ("“三节”慰问方案", date(2022, 1, 10), []),
        ("中秋慰问方案", date(2022, 9, 1), []),
        ("帮扶方案", date(2022, 5, 17), []),
    ],
)
def test_a_plan_named_for_festivals_is_made_before_them(plan, day, expected):
    """Q09."""
    programme = ReviewedProgramme("aid", "慰问项目", "慰问对象", "people", plan)
    assert codes(found(programme=programme, aid__plan__date=day)) == expected


@pytest.mark.parametrize(("day", "expected"), [(date(2022, 5, 17), ["R407"]), (date(2022, 12, 31), [])])
def test_a_roster_is_of_the_end_of_the_year(day, expected):
    """Q10."""
    stated = paragraph("截至", "aid.roster.as_of", "在册", "aid.roster.people")
    assert codes(found(stated, aid__roster__people=100, aid__roster__as_of=day)) == expected


@pytest.mark.parametrize(("absent", "expected"), [({"assets", "survey"}, ["R408"]), ({"survey"}, [])])
def test_a_report_without_assets(absent, expected):
    """Q16."""
    assert codes(review(Reviewed(absent=frozenset(absent)))) == expected


def test_findings_are_ordered_by_code_and_row():
    findings = found(ALLOCATED, aid__roster__people=100, aid__paid__people=90, aid__paid__own=1, aid__paid__fiscal=1)
    assert codes(findings) == sorted(codes(findings))
