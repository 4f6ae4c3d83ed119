"""R201 to R211 where a row has several readings."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from review_samples import codes, indicator, reviewed_file

from helpers.review import Reviewed, review
from helpers.scoring.model import Quantity

HEAD = "一级指标,二级指标,三级指标,年度指标值,实际完成值,分值,得分,佐证材料,偏差原因分析及改进措施\n"


def found(**row):
    return codes(review(Reviewed(indicators=(indicator(**({"weight": 90, "score": 80} | row)),))))


def test_nothing_done_against_an_upper_limit_is_an_achievement():
    assert found(target=5, actual=0, direction="≤") == []


def test_no_points_for_nothing_done_are_right():
    assert found(target=5, actual=0, score=0, deviation="项目取消") == []


@pytest.mark.parametrize("deviation", ["", "无偏差", "没有偏差。", "已完成", "不涉及"])
def test_words_without_a_reason_explain_nothing(deviation):
    assert found(target=100, actual=90, deviation=deviation) == ["R202"]


def test_a_reason_explains_a_miss_and_an_excess():
    assert found(target=100, actual=90, deviation="两期培训班改在次年举办") == []
    assert found(target=100, actual=190, deviation="需求增加，年中追加培训") == []


@pytest.mark.parametrize(("actual", "expected"), [(129, []), (130, ["R203"])])
def test_a_reason_is_due_from_130_percent(actual, expected):
    assert found(target=100, actual=actual) == expected


def test_far_below_an_upper_limit_is_no_excess():
    assert found(target=100, actual=10, direction="≤") == []


@pytest.mark.parametrize(
    ("direction", "actual", "missed"),
    [
        ("≤", 100, False),
        ("≤", 101, True),
        ("<", 100, True),
        (">", 100, True),
        (">", 101, False),
        ("=", 99, True),
        ("=", 101, False),
    ],
)
def test_what_is_missed_depends_on_the_direction(direction, actual, missed):
    assert found(target=100, actual=actual, direction=direction) == (["R202"] if missed else [])


@pytest.mark.parametrize(("actual", "expected"), [(10_000_001, ["R202"]), (9_999_999, [])])
def test_amounts_in_different_units_of_money_are_compared(actual, expected):
    """A fen more and a fen less than 10 万元."""
    row = indicator("设备采购成本", 10_000_000, None, unit="万元", direction="≤", level2="成本指标", weight=90, score=80)
    reviewed = Reviewed(indicators=(replace(row, actual=Quantity(actual, "元")),))
    assert codes(review(reviewed)) == expected


@pytest.mark.parametrize(
    ("level2", "expected"), [("时效指标", []), ("数量指标", ["R205"]), ("社会效益指标", ["R205"]), ("履职效能", [])]
)
def test_a_deadline_under_a_kind_that_is_not_of_time_is_told(level2, expected):
    given = {"target": date(2023, 12, 31), "actual": date(2023, 12, 1), "unit": "日期", "direction": "≤"}
    assert found(level3="规划编制", level2=level2, **given) == expected


def test_two_programmes_may_have_like_named_indicators_under_one_level_2():
    programmes = ("甲项目", "乙项目", "甲项目")
    rows = tuple(indicator(row=number, level1=name, weight=30, score=20) for number, name in enumerate(programmes))
    assert codes(review(Reviewed(indicators=rows))) == []


def test_a_qualitative_result_with_evidence_may_repeat_its_target():
    given = {
        "target": None,
        "actual": None,
        "direction": "定性",
        "target_text": "健全",
        "actual_text": "健全",
        "level2": "可持续影响",
    }
    assert found(level3="管理制度", **given) == ["R210"]
    assert found(level3="管理制度", evidence="制度汇编", **given) == []


@pytest.mark.parametrize("place", ["evidence", "deviation", "actual_text"])
def test_a_survey_may_be_named_wherever_the_table_has_room(place):
    given = {
        "level2": "服务对象满意度指标",
        "level3": "学员满意度",
        "target": Fraction(9, 10),
        "actual": Fraction(19, 20),
        "unit": "%",
    }
    assert found(**given) == ["R211"]
    assert found(**given, **{place: "问卷 200 份"}) == []


def test_a_satisfaction_that_nobody_claims_needs_no_survey():
    given = {"level2": "服务对象满意度指标", "level3": "学员满意度", "target": Fraction(9, 10), "actual": None, "unit": "%"}
    assert found(score=None, **given) == []


def test_a_cost_target_without_sign_is_not_reproached_for_a_direction_that_nobody_wrote(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text(HEAD + "产出,成本指标,设备采购成本,120万元,110万元,90,80,合同,\n", "utf-8")
    assert codes(reviewed_file(path)) == ["T102"]


def test_a_cost_target_that_nobody_can_read_is_not_reproached_for_its_direction(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text(HEAD + "产出,成本指标,设备采购成本,比上年节约10万元,12万元,90,80,合同,\n", "utf-8")
    assert codes(reviewed_file(path)) == ["T101"]


def test_an_actual_value_that_copies_the_target_is_told_once(tmp_path):
    """The reading of the table objects too; R209 says more."""
    path = tmp_path / "table.csv"
    path.write_text(HEAD + "产出,质量指标,验收合格率,≥95%,≥95%,90,80,验收单,\n", "utf-8")
    assert codes(reviewed_file(path)) == ["R209"]
