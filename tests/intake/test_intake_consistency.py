"""Tables against each other and the parameters; the sound folder is the control of every rule."""

from __future__ import annotations

import pytest
from intake_files import FILES, codes, example_parameters, write_folder

from helpers.intake import load_inputs
from helpers.issue import Issue

REFUND = "P3,99T01,生活补助,H-2,乙县,财政拨款,400.00,2030-06-05,退回,P2"
TYPE, DAY, SOURCE = "生活补助", "2030-05-17", "财政拨款"


def found_with(folder, name: str, old: str, new: str) -> list[Issue]:
    assert old in FILES[name]
    changed = {name: FILES[name].replace(old, new)}
    return load_inputs(write_folder(folder, **changed), example_parameters(), published_only=False).issues


@pytest.mark.parametrize(
    ("name", "old", "new", "code", "row", "column", "words"),
    [
        ("allocations", "99T01,乙县", "99T02,乙县", "E701", 3, "项目编码", "“99T02”不在 budget.csv 中"),
        ("beneficiaries", "99T01,H-3", "99T02,H-3", "E701", 4, "项目编码", "99T02"),
        ("payments", "P5,99Y01", "P5,99Y02", "E701", 6, "项目编码", "99Y02"),
        (
            "milestones",
            "发放,2030-06-01,2030-06-30,",
            "发放,,2030-06-30,\n99Y02,其他,,2030-06-30,",
            "E701",
            4,
            "项目编码",
            "99Y02",
        ),
        ("allocations", "甲市", "甲 市", "E409", 2, "地区", "“甲 市”与已知的“甲市”看似相同"),
        ("allocations", "甲市", "甲十", "E703", 2, "地区", "“甲十”不在参数"),
        ("beneficiaries", "乙县", "乙", "E703", 3, "地区", "共 2 行"),
        ("payments", "H-1,甲市", "H-1,丙市", "E703", 2, "地区", "丙市"),
        ("payments", f"P1,99T01,{TYPE}", "P1,99T01,医疗补助", "E704", 2, "补助类型", "应为生活补助"),
        ("payments", f"P1,99T01,{TYPE}", "P1,99T01,", "E704", 2, "补助类型", "（空）"),
        (
            "allocations",
            "示例方案",
            "旧方案",
            "E706",
            2,
            "方案名称",
            "“旧方案”与参数中“示例补助”的方案“示例方案”不一致（共 2 行）",
        ),
        ("allocations", f"400.00,示例方案,{DAY}", "400.00,示例方案,2029-05-17", "E706", 3, "方案日期", "2029-05-17"),
        ("payments", f"H-1,甲市,{SOURCE}", "H-1,甲市,其他", "E707", 2, "资金来源", "只有财政拨款、部门预算"),
        ("payments", f"P5,99Y01,,,,{SOURCE}", "P5,99Y01,,,,部门预算", "E707", 6, "资金来源", "“部门预算”"),
        ("payments", "H-1", "H-9", "E709", 2, "对象编号", "“H-9”不在 beneficiaries.csv"),
        ("payments", "H-1", "", "E709", 2, "对象编号", "（空）"),
        ("payments", "P5,99Y01,,,", "P5,99Y01,,H-1,", "E709", 6, "对象编号", "99Y01"),
        ("payments", "2030-07-01", "2031-01-01", "E504", 6, "支付日期", "不在 2030 年度之内"),
        ("payments", "2030-07-01", "2029-12-31", "E504", 6, "支付日期", "2029-12-31"),
        ("payments", REFUND, REFUND.removesuffix("P2"), "E708", 4, "原支付编号", "没有填"),
        ("payments", REFUND, REFUND.replace("P2", "P9"), "E708", 4, "原支付编号", "“P9”不是本表中的一笔支付"),
        ("payments", REFUND, REFUND.replace("P2", "P3"), "E708", 4, "原支付编号", "不是本表中的一笔支付"),
        ("payments", REFUND, REFUND.replace("H-2", "H-1"), "E708", 4, "对象编号", "第 3 行"),
        ("payments", REFUND, f"P3,99Y01,,,,{SOURCE},1.00,2030-06-05,退回,P2", "E708", 4, "项目编码", "第 3 行"),
        ("payments", REFUND, REFUND.replace("400.00", "400.01"), "E708", 4, "金额", "退回 400.01 元"),
        ("payments", REFUND, f"{REFUND}\n{REFUND.replace('P3', 'P6')}", "E708", 5, "金额", "尚未退回的 0.00 元"),
        ("payments", "2030-06-09,支付,", "2030-06-09,支付,P2", "E708", 5, "原支付编号", "业务类型为支付"),
    ],
)
def test_a_disagreement_is_told_at_its_row(tmp_path, name, old, new, code, row, column, words):
    (issue,) = found_with(tmp_path, name, old, new)
    assert (issue.code, issue.severity, issue.file, issue.row, issue.column) == (code, "错误", f"{name}.csv", row, column)
    assert words in issue.message


def test_a_programme_that_has_no_budget_is_told_by_its_parameters(tmp_path):
    issues = found_with(tmp_path, "budget", "99T01", "99T02")
    assert codes(issues)[0] == "E702"
    assert (issues[0].file, issues[0].row) == ("budget.csv", None)
    assert "“示例补助”" in issues[0].message


def test_an_event_under_another_name_is_told_from_both_sides(tmp_path):
    unknown, missing = sorted(found_with(tmp_path, "milestones", "摸底", "摸查"), key=lambda issue: -(issue.row or 0))
    assert (unknown.code, unknown.row, "“摸查”" in unknown.message) == ("E705", 2, True)
    assert (missing.code, missing.row, "“摸底”" in missing.message) == ("E705", None, True)


def test_several_returns_up_to_the_amount_paid_are_no_issue(tmp_path):
    halves = [REFUND.replace("400.00", "200.00"), REFUND.replace("400.00", "200.00").replace("P3", "P6")]
    assert found_with(tmp_path, "payments", REFUND, "\n".join(halves)) == []


def test_a_wrong_value_in_many_rows_is_one_issue_with_their_number(tmp_path):
    (issue,) = found_with(tmp_path, "allocations", "99T01", "99T02")
    assert (issue.code, issue.row) == ("E701", 2)
    assert "共 2 行" in issue.message
