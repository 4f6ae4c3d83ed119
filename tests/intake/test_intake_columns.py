"""Headers, personal columns, total rows, keys, and the cap on issues."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from intake_files import FILES, PAYMENT_HEADER, codes, example_parameters, issues_of, person, write_folder, write_table

from helpers.intake import load_inputs, load_table
from helpers.intake.contracts import CONTRACTS

ARCHITECTURE = Path(__file__).parents[2] / "docs" / "architecture.md"


@pytest.mark.parametrize("name", CONTRACTS)
def test_a_frame_has_the_documented_columns(name):
    (row,) = re.findall(rf"^\| `{name}` \| (.*) \|$", ARCHITECTURE.read_text(encoding="utf-8"), re.MULTILINE)
    documented = re.sub(r" \([^)]*\)", "", row).split(", ")
    assert [column.name for column in CONTRACTS[name].columns] == documented


def test_headers_match_in_any_order_without_regard_to_width_and_white_space(tmp_path):
    header, *rows = (line.split(",") for line in FILES["allocations"].splitlines())
    header = ["项目 编码", "地\u200b区", "\u3000金额 ", '"方案\n名称"', "方案日期"]
    text = "\n".join(",".join(reversed(cells)) for cells in (header, *rows))
    assert load_table(write_table(tmp_path, "allocations.csv", text), "allocations").frame["amount"].tolist() == [60000, 40000]


def test_a_missing_column_is_told_with_the_nearest_that_is_there(tmp_path):
    (issue,) = issues_of(tmp_path, "payments.csv", FILES["payments"].replace("支付日期", "付款日期"))
    assert (issue.code, issue.column) == ("E203", "支付日期")
    assert "付款日期" in issue.mend


def test_a_repeated_column_is_refused(tmp_path):
    issues = issues_of(tmp_path, "payments.csv", FILES["payments"].replace("补助类型", "金额"))
    assert [(issue.code, issue.column) for issue in issues] == [("E203", "补助类型"), ("E204", "金额")]


def with_column(name: str, header: str, value: str) -> str:
    first, *others = FILES[name].splitlines()
    return "\n".join([f"{header},{first}", *(f"{value},{line}" for line in others)])


def test_an_unknown_column_is_a_warning_with_the_nearest_name_and_is_not_read(tmp_path):
    folder = write_folder(tmp_path, budget=with_column("budget", "备注", "x"))
    inputs = load_inputs(folder, example_parameters(), published_only=False)
    issue, _ = inputs.issues
    assert (issue.code, issue.severity, issue.column) == ("W205", "警告", "备注")
    assert list(inputs.tables["budget"].frame) == [column.name for column in CONTRACTS["budget"].columns]


def test_a_filled_column_without_a_name_is_a_warning(tmp_path):
    inputs = load_inputs(
        write_folder(tmp_path, budget=with_column("budget", "", "x")), example_parameters(), published_only=False
    )
    assert codes(inputs.issues) == ["W205", "N801"]


def test_an_empty_column_without_a_name_is_no_issue(tmp_path):
    inputs = load_inputs(write_folder(tmp_path, budget=with_column("budget", "", "")), example_parameters(), published_only=False)
    assert inputs.issues == []


def test_a_title_row_above_the_header_is_refused_once(tmp_path):
    (issue,) = issues_of(tmp_path, "budget.csv", "2030年度预算表,,,,,,,\n" + FILES["budget"])
    assert issue.code == "E201"


def with_people(text: str) -> tuple[str, list[str]]:
    """A table with a person before each row, and all that must not be seen of them."""
    first, *others = text.splitlines()
    people = [person(number) for number in range(len(others))]
    lines = [",".join([*people[0], first]), *(",".join([*one.values(), line]) for one, line in zip(people, others, strict=True))]
    return "\n".join(lines), [value for one in people for value in one.values()]


@pytest.mark.parametrize("name", FILES)
def test_personal_columns_are_accepted_and_dropped(tmp_path, name):
    text, values = with_people(FILES[name])
    frame = load_table(write_table(tmp_path, f"{name}.csv", text), name).frame
    assert not any(value in frame.to_csv() or value in repr(frame.attrs) for value in (*person(0), *values))


def test_no_message_quotes_a_personal_column(tmp_path):
    """Every other cell of the row is wrong, so that every column speaks."""
    text, values = with_people("\n".join([PAYMENT_HEADER, ",".join(["x\u200b"] * 10), "1,2"]))
    issues = issues_of(tmp_path, "payments.csv", text)
    assert len(issues) > 8
    assert not any(value in str(issue) for issue in issues for value in values)


@pytest.mark.parametrize("value", ["110105194912310021", "11010519491231002X", "6222 0212 3456 7890 123", "张三13800138000"])
def test_a_personal_number_in_another_column_is_not_quoted(tmp_path, value):
    (issue,) = issues_of(tmp_path, "payments.csv", FILES["payments"].replace("600.00", value))
    assert value not in str(issue)
    assert "不予显示" in issue.message


def test_a_quoted_value_is_cut_to_thirty_characters(tmp_path):
    (issue,) = issues_of(tmp_path, "payments.csv", FILES["payments"].replace("600.00", "长" * 31))
    assert f"“{'长' * 30}…”" in issue.message


@pytest.mark.parametrize("total", ["合计", "小 计", "总计：", "合计（元）", "甲市小计"])
def test_a_total_row_is_refused(tmp_path, total):
    (issue,) = issues_of(tmp_path, "allocations.csv", FILES["allocations"] + f",{total},1000.00,,\n")
    assert (issue.code, issue.row, issue.column) == ("E207", 4, "地区")


def test_a_name_that_only_holds_the_letters_of_a_total_is_no_total(tmp_path):
    text = FILES["allocations"].replace("乙县", "综合计划区")
    assert load_table(write_table(tmp_path, "allocations.csv", text), "allocations").rows_read == 2


@pytest.mark.parametrize(
    ("name", "row", "column"),
    [
        ("payments", "P1,99Y01,,,,财政拨款,1,2030-06-01,支付,", "支付编号"),
        ("budget", "99T01,另名,公用,财政拨款,1,0,0,0", "项目编码+资金来源"),
        ("beneficiaries", "99T01,H-1,乙县,困难,在册,,", "项目编码+对象编号"),
        ("published", "aid.budget.amount,另名,1,户,二,0,x", "事实编号"),
        ("profile", "department.staff,另名,1,人,2030-12-31", "事实编号"),
    ],
)
def test_a_key_stands_once(tmp_path, name, row, column):
    (issue,) = issues_of(tmp_path, f"{name}.csv", FILES[name] + row)
    assert (issue.code, issue.column) == ("E406", column)
    assert "第 2 行" in issue.message


@pytest.mark.parametrize(
    ("name", "row"),
    [("budget", "99Y01,日常公用,公用,其他,1,0,0,0"), ("beneficiaries", "99Y01,H-1,甲市,困难,在册,,")],
)
def test_half_a_key_may_stand_twice(tmp_path, name, row):
    assert load_table(write_table(tmp_path, f"{name}.csv", FILES[name] + row), name).rows_read == 4


def test_all_mistakes_of_a_file_are_told_at_once_by_row(tmp_path):
    text = FILES["payments"].replace("2030-06-09", "2030-02-30").replace("600.00", "0x10").replace("P5", "P4")
    assert [(issue.code, issue.row) for issue in issues_of(tmp_path, "payments.csv", text)] == [
        ("E301", 2),
        ("E501", 5),
        ("E406", 6),
    ]


@pytest.mark.parametrize(("mistakes", "kept"), [(200, 200), (201, 201)])
def test_two_hundred_issues_are_kept_and_the_last_tells_the_total(tmp_path, mistakes, kept):
    rows = [f"Q{number},99Y01,,,,财政拨款,?,2030-06-01,支付," for number in range(mistakes)]
    issues = issues_of(tmp_path, "payments.csv", "\n".join([PAYMENT_HEADER, *rows]))
    assert len(issues) == kept
    assert ("共发现 201 处" in issues[-1].message) == (mistakes > 200)
