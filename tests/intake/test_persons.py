"""Personal columns under whatever name: checked, dropped, and their values known to the scanner of what is published."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from intake_files import FILES, codes, example_parameters, person, write_folder
from test_column_maps import COLUMNS, project

from helpers.intake import Inputs, load_inputs
from helpers.intake.column_maps import ColumnMap
from helpers.intake.contracts import CONTRACTS, PERSONAL
from helpers.intake.headers import header_names

ROSTER = FILES["beneficiaries"].splitlines()
KINDS = {
    "姓名": ["户主", "户主姓名", "持卡人", "收款人", "领款人", "姓名（户主）"],
    "身份证号": ["身份证", "身份证号码", "证件号码", "有效证件号", "本人身份证件号"],
    "银行账号": ["银行卡号", "开户账号", "社保卡卡号", "一卡通帐号", "账号"],
    "手机号": ["手机", "手机号码", "联系电话", "电话号码", "联系方式"],
}
ALIASES = [
    (path.stem, row[0], row[1])
    for path in sorted(COLUMNS.glob("*.csv"))
    for row in csv.reader(path.read_text("utf-8").splitlines())
]


def roster(*columns: tuple[str, list[str]]) -> str:
    """The sound roster with further columns before its own."""
    rows = zip(*([header, *cells] for header, cells in columns), strict=True)
    return "\n".join(",".join([*cells, line]) for cells, line in zip(rows, ROSTER, strict=True))


def loaded(folder: Path, *columns: tuple[str, list[str]]) -> Inputs:
    return load_inputs(write_folder(folder, beneficiaries=roster(*columns)), example_parameters(), published_only=False)


def three(kind: str) -> list[str]:
    return [person(number)[kind] for number in range(3)]


@pytest.mark.parametrize(("kind", "header"), [(kind, header) for kind, headers in KINDS.items() for header in headers])
def test_a_column_under_an_offices_name_is_dropped_and_its_values_are_known(tmp_path, kind, header):
    inputs = loaded(tmp_path, (header, three(kind)))
    assert inputs.issues == []
    assert set(three(kind)) <= inputs.personal_values


@pytest.mark.parametrize(("table", "alias", "kind"), [alias for alias in ALIASES if alias[2] in PERSONAL])
def test_each_personal_column_of_this_repositorys_maps_is_checked(table, alias, kind):
    contract = CONTRACTS[table]
    assert header_names([alias], contract, ColumnMap(COLUMNS).aliases(contract)) == [kind]


def test_a_column_that_a_map_calls_personal_is_checked_and_told_by_its_own_name(tmp_path):
    folder = project(tmp_path, beneficiaries="公民代码,身份证号")
    wrong = [*three("身份证号")[:2], person(2)["身份证号"][:-1] + "Y"]
    (folder / "beneficiaries.csv").write_text(roster(("公民代码", wrong)), "utf-8")
    (issue,) = load_inputs(folder, example_parameters(), published_only=False).issues
    assert (issue.code, issue.row, issue.column) == ("E402", 4, "公民代码")


@pytest.mark.parametrize("header", ["项目名称", "事项", "计量单位", "出处", "资金来源", "名称", "方案名称", "支付编号"])
def test_columns_of_the_tables_are_no_personal_ones(header):
    assert header_names([header], CONTRACTS["budget"], {}) == [header]


def test_of_two_columns_of_names_both_are_known(tmp_path):
    others = ["欧阳示甲", "欧阳示乙", "欧阳示丙"]
    inputs = loaded(tmp_path, ("户主姓名", three("姓名")), ("收款人", others))
    assert {*three("姓名"), *others} <= inputs.personal_values


@pytest.mark.parametrize(
    ("kind", "form"),
    [
        ("银行账号", "'{}"),
        ("银行账号", '="{}"'),
        ("银行账号", "工行{}"),
        ("银行账号", "{}（工行）"),
        ("手机号", "{}/0991-1234567"),
        ("手机号", "本人 {}"),
    ],
)
def test_a_number_with_something_beside_it_is_known_by_its_digits(tmp_path, kind, form):
    cells = [form.format(value) for value in three(kind)]
    inputs = loaded(tmp_path, (kind, [f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in cells]))
    assert set(three(kind)) <= inputs.personal_values


def test_words_beside_a_number_are_no_names(tmp_path):
    inputs = loaded(tmp_path, ("银行账号", ["工商银行", "无", "农业银行 6228"]), ("手机号", ["空号", "", "无"]))
    assert inputs.personal_values == frozenset()


def test_numbers_that_are_none_are_not_told_as_one_persons(tmp_path):
    """无 twice is no identity number of two persons."""
    inputs = loaded(tmp_path, ("身份证号", ["无"] * 3), ("银行账号", ["无"] * 3))
    assert set(codes(inputs.issues)) == {"E402", "W408", "N801"}
