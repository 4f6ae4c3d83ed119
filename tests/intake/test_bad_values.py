"""Each folder of tests/bad_inputs/values holds one mistake in a value; the rest of the data is the sound folder."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

import pytest
from intake_files import FILES, example_parameters, person, register_text, write_folder

from helpers.intake import Inputs, load_inputs
from helpers.intake.contracts import PERSONAL
from helpers.intake.csv_file import read_csv

BAD = Path(__file__).parents[1] / "bad_inputs" / "values"
HOW_TO_ACKNOWLEDGE = "N801"

# folder: code, file without suffix, row, column, words
CASES = {
    "41_thousands_separator": ("E301", "payments", 2, "金额", "“1,234.50”含分隔符"),
    "42_full_width_digits": ("W302", "payments", 2, "金额", "读作 600。"),
    "43_full_width_point": ("W302", "payments", 2, "金额", "读作 600.00。"),
    "43_full_width_separator": ("E301", "payments", 2, "金额", "“１，２３４”含分隔符"),
    "44_underscore": ("E301", "payments", 2, "金额", "“1_000”含分隔符"),
    "45_exponent": ("E301", "payments", 2, "金额", "科学计数法"),
    "45_hexadecimal": ("E301", "payments", 2, "金额", "不是普通数字"),
    "46_currency_sign": ("E303", "payments", 2, "金额", "货币符号"),
    "46_unit_wan": ("E303", "payments", 2, "金额", "以元为单位"),
    "46_unit_yuan": ("E303", "payments", 2, "金额", "含单位"),
    "47_allocations_in_wan": ("E304", "allocations", 2, "金额", "合计 0.10 元（中位数 0.06 元），约为 budget.csv 中"),
    "47_one_row_in_wan": ("W304", "payments", 4, "金额", "0.01 元与同类各行（中位数 100.00 元）相差约一万倍，疑以万元填写"),
    "47_one_row_times_ten_thousand": ("W304", "payments", 5, "金额", "疑多乘了一万"),
    "48_blank_for_zero": ("E305", "payments", 2, "金额", "是否表示零"),
    "48_dash_for_zero": ("E305", "payments", 2, "金额", "是否表示零"),
    "48_hyphen_for_zero": ("E305", "payments", 2, "金额", "是否表示零"),
    "49_accounting_negative": ("E301", "payments", 2, "金额", "以括号表示负数"),
    "51_negative": ("E306", "payments", 2, "金额", "“-600.00”为负数"),
    "51_return_without_original": ("E708", "payments", 4, "原支付编号", "退回没有填原支付编号"),
    "52_three_decimals": ("E307", "payments", 2, "金额", "超过两位小数"),
    "53_huge_exponent": ("E301", "payments", 2, "金额", "科学计数法"),
    "53_infinity": ("E308", "payments", 2, "金额", "不是有限的数字"),
    "53_nan": ("E308", "payments", 2, "金额", "不是有限的数字"),
    "54_zero": ("W309", "payments", 2, "金额", "金额为零"),
    "55_more_than_budget": ("E310", "payments", 2, "金额", "支付净额 1600.51 元，超过 budget.csv 中的全年预算数 1600.50 元"),
    "57_overflow": ("E311", "payments", 2, "金额", "超过单笔上限"),
    "58_continental": ("E301", "payments", 2, "金额", "“1.234,50”含分隔符"),
    "59_total_row": ("E207", "allocations", 4, "地区", "合计行"),
    "60_identity_as_number": ("E401", "beneficiaries", 3, "身份证号", "末位已丢失"),
    "60_identity_in_scientific_notation": ("E401", "beneficiaries", 3, "身份证号", "从源头重新导出"),
    "60_identity_rounded": ("E401", "beneficiaries", 3, "身份证号", "（990105…）被存为数字"),
    "61_account_in_scientific_notation": ("E401", "beneficiaries", 3, "银行账号", "末位已丢失"),
    "61_account_rounded": ("E401", "beneficiaries", 3, "银行账号", "第 16 位起全为 0"),
    "61_mobile_in_scientific_notation": ("E401", "beneficiaries", 3, "手机号", "末位已丢失"),
    "62_leading_zeros_lost": ("E709", "payments", 2, "对象编号", "“123”不在 beneficiaries.csv"),
    "63_check_digit": ("E402", "beneficiaries", 3, "身份证号", "（990105…）的校验位不符"),
    "63_letters_in_identity": ("E402", "beneficiaries", 3, "身份证号", "不是 17 位数字加一位校验码"),
    "64_birth_impossible": ("E403", "beneficiaries", 3, "身份证号", "出生日期不存在"),
    "64_birth_in_future": ("E403", "beneficiaries", 3, "身份证号", "晚于登记表所记的时点 2030-12-31"),
    "65_lower_case_x": ("W404", "beneficiaries", 3, "身份证号", "小写的 x"),
    "65_spaces_in_identity": ("W404", "beneficiaries", 3, "身份证号", "含空格"),
    "66_full_width_identity": ("W302", "beneficiaries", 3, "身份证号", "全角"),
    "67_fifteen_digits": ("E405", "beneficiaries", 3, "身份证号", "15 位的旧号码"),
    "68_same_identity_two_beneficiaries": ("E406", "beneficiaries", 4, "身份证号", "与第 3 行的身份证号相同，对象编号不同"),
    "68_same_identity_two_names": ("E406", "payments", 5, "身份证号", "与第 3 行的身份证号相同，姓名不同"),
    "68_same_payment_twice": ("W406", "payments", 7, "支付编号", "与第 2 行的对象、补助类型、资金来源、金额和日期都相同"),
    "69_same_account": ("W407", "beneficiaries", 4, "银行账号", "与第 2 行的银行账号相同"),
    "70_luhn": ("W408", "beneficiaries", 3, "银行账号", "校验位不符"),
    "71_full_width_beneficiary": ("E409", "payments", 2, "对象编号", "“Ｈ-1”与已知的“H-1”看似相同"),
    "71_invisible_in_name": ("W409", "beneficiaries", 3, "姓名", "不可见的字符"),
    "71_radical_in_name": ("W409", "beneficiaries", 3, "姓名", "形近"),
    "71_radical_in_region": ("E409", "allocations", 3, "地区", "与已知的“乙县”看似相同"),
    "71_two_keys_alike": ("E409", "beneficiaries", 5, "项目编码+对象编号", "与第 2 行看似相同"),
    "72_empty_beneficiary": ("E709", "payments", 2, "对象编号", "（空）"),
    "72_empty_key": ("E410", "beneficiaries", 3, "项目编码", "必填的单元格为空"),
    "73_budget_twice": ("E406", "budget", 5, "项目编码+资金来源", "与第 2 行重复"),
    "73_empty_region": ("E410", "payments", 2, "地区", "没有填地区"),
    "73_roster_twice": ("E406", "beneficiaries", 5, "项目编码+对象编号", "与第 2 行重复"),
    "73_unknown_project": ("E701", "payments", 6, "项目编码", "“99Y02”不在 budget.csv 中"),
    "73_unknown_region": ("E703", "payments", 2, "地区", "“丙市”不在参数的地区名称之内"),
    "74_impossible_day": ("E501", "payments", 6, "支付日期", "不存在"),
    "75_ambiguous_day": ("E502", "payments", 6, "支付日期", "日、月次序不明"),
    "76_serial_number": ("E503", "payments", 6, "支付日期", "Excel 日期序号"),
    "77_chinese_date": ("E502", "payments", 6, "支付日期", "不是 YYYY-MM-DD 格式"),
    "78_milestones_of_another_year": ("E116", "milestones", 2, "计划完成", "文件内年度为 2029，参数为 2030"),
    "78_next_year": ("E504", "payments", 6, "支付日期", "2031-01-01 不在 2030 年度之内"),
    "79_time_of_another_zone": ("E505", "payments", 6, "支付日期", "所在时区不明"),
    "80_paid_before_plan": ("W506", "payments", 2, "支付日期", "早于 allocations.csv 中该项目的方案日期 2030-05-17"),
    "80_paid_before_registered": ("W506", "payments", 2, "支付日期", "早于 beneficiaries.csv 中该对象的登记日期"),
}

# One mistake that shows in several ways: all issues.
SEVERAL = {
    "47_budget_in_wan": [
        ("E304", "payments", 2, "金额", "约为 budget.csv 中全年预算数 0.16 元的一万倍"),
        ("E304", "payments", 6, "金额", "项目“99Y01”"),
        ("E304", "allocations", 2, "金额", "疑有一表以万元为单位"),
    ],
    "47_payments_in_wan": [
        ("E304", "payments", 2, "金额", "合计 0.10 元（中位数 0.04 元），约为 budget.csv 中"),
        ("E304", "payments", 6, "金额", "万分之一"),
    ],
    "50_minus_sign": [
        ("E306", "payments", 2, "金额", "“-5.00”为负数"),
        ("W302", "payments", 2, "金额", "读作 -5.00。"),
    ],
    "68_same_identity_two_beneficiaries_paid": [
        ("E406", "payments", 5, "身份证号", "与第 2 行的身份证号相同，对象编号不同"),
        ("W407", "payments", 5, "银行账号", "与第 3 行的银行账号相同，而不是同一人"),
    ],
    "78_file_of_another_year": [
        ("E116", "payments", 2, "支付日期", "文件内年度为 2029，参数为 2030，疑放错了文件（共 5 行）"),
        ("W506", "payments", 2, "支付日期", "早于 allocations.csv"),
        ("W506", "payments", 2, "支付日期", "早于 beneficiaries.csv"),
    ],
}
ALL = {case: [told] for case, told in CASES.items()} | SEVERAL


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """Reads, once for each case, the sound folder with the files of the case in the place of its own."""

    @cache
    def inputs_of(case: str) -> Inputs:
        folder = write_folder(tmp_path_factory.mktemp("case"))
        for file in (BAD / case).iterdir():
            (folder / f"{file.stem}.csv").unlink()
            shutil.copy(file, folder)
        files = sorted(path.name for path in folder.iterdir() if path.suffix != ".yml")
        (folder / "register.yml").write_text(register_text(*files), encoding="utf-8")
        return load_inputs(folder, example_parameters(), published_only=False)

    return inputs_of


def test_every_folder_is_tested() -> None:
    assert {path.name for path in BAD.iterdir()} == ALL.keys()


@pytest.mark.parametrize("case", ALL)
def test_a_mistake_is_told_at_its_place_and_nothing_else(case, read):
    issues = [issue for issue in read(case).issues if issue.code != HOW_TO_ACKNOWLEDGE]
    for issue, (code, file, row, column, words) in zip(issues, ALL[case], strict=True):
        assert (issue.code, Path(issue.file).stem, issue.row, issue.column) == (code, file, row, column)
        assert issue.severity == ("警告" if code.startswith("W") else "错误")
        assert words in issue.message + issue.mend


@pytest.mark.parametrize("case", [case for case in ALL if 60 <= int(case[:2]) <= 71])
def test_no_message_shows_a_personal_value(case, read):
    """Of an identity number at most the first six digits, of all else nothing."""
    said = "".join(map(str, read(case).issues))
    values = [value for file in (BAD / case).glob("*.csv") for value in personal_cells_of(file)]
    assert not [value for value in values if value in said or (value[:7].isdigit() and value[:7] in said)]


def personal_cells_of(file: Path) -> list[str]:
    grid = read_csv(file.name, file.read_bytes())
    places = [place for place, header in enumerate(grid.header) if header in PERSONAL]
    return [cells[place] for _, cells in grid.rows for place in places]


def roster_of(count: int) -> str:
    first, *rows = FILES["beneficiaries"].splitlines()
    people = [person(number) for number in range(len(rows))]
    lines = [",".join([*one.values(), row]) for one, row in zip(people, rows, strict=True)]
    return "\n".join([",".join([*people[0], first]), *lines[:count]])


def test_personal_values_are_kept_for_the_scanner_and_shown_nowhere(tmp_path):
    inputs = load_inputs(write_folder(tmp_path, beneficiaries=roster_of(3)), example_parameters(), published_only=False)
    expected = {value for number in range(3) for value in person(number).values()}
    assert expected <= inputs.personal_values
    assert not any(value in repr(inputs) or value in inputs.tables["beneficiaries"].frame.to_csv() for value in expected)


def test_a_personal_value_is_kept_as_typed_and_in_plain_form(tmp_path):
    text = roster_of(3).replace("欧阳示例", "欧阳\u3000示例")
    inputs = load_inputs(write_folder(tmp_path, beneficiaries=text), example_parameters(), published_only=False)
    name = person(0)["姓名"]
    assert {name, name.replace("欧阳", "欧阳\u3000")} <= inputs.personal_values


def test_one_person_in_two_projects_is_no_duplicate(tmp_path):
    """A beneficiary number counts within its project."""
    text = roster_of(3)
    again = ",".join([*person(0).values(), "99Y01,L-1,甲市,困难,在册,,"])
    inputs = load_inputs(write_folder(tmp_path, beneficiaries=f"{text}\n{again}"), example_parameters(), published_only=False)
    assert inputs.issues == []


def test_a_valid_identity_number_that_ends_in_zeros_is_accepted(tmp_path):
    """One in a thousand does; only with a wrong check digit was it cut by a spreadsheet."""
    number = next(
        digits
        for day in range(1, 29)
        for hundred in range(10)
        if (digits := f"990105194912{day:02}{hundred}00") and weighted(digits) % 11 == 1
    )
    text = roster_of(3).replace(person(1)["身份证号"], f"{number}0")
    inputs = load_inputs(write_folder(tmp_path, beneficiaries=text), example_parameters(), published_only=False)
    assert inputs.issues == []


def weighted(digits: str) -> int:
    return sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(digits))
