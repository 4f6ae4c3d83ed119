"""Column maps under params/columns/: what they may say, and what is told of a mistake in one."""

from __future__ import annotations

from pathlib import Path

import pytest
from intake_files import FILES, codes, example_parameters, write_folder

from helpers.intake import load_inputs, load_table
from helpers.intake.column_maps import HEADER, ColumnMap
from helpers.intake.contracts import CONTRACTS
from helpers.issue import InputsInvalid, Issue

COLUMNS = Path(__file__).parents[2] / "params" / "columns"


def mistakes(folder: Path, *rows: str, table: str = "payments", header: str = ",".join(HEADER)) -> list[Issue]:
    (folder / f"{table}.csv").write_text("\n".join([header, *rows]) + "\n", "utf-8")
    with pytest.raises(InputsInvalid) as raised:
        ColumnMap(folder).aliases(CONTRACTS[table])
    return raised.value.issues


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ("支付金额,金 额数", "本表列名", ("没有列“金额数”", "“金额”")),
        ("支付日期,金额", "导出列名", ("本身就是本表的列名",)),
        ("金额(万元),金额", "导出列名", ("不以元为单位",)),
        ("支付金额,", None, ("两项",)),
        ("支付金额", None, ("两项",)),
    ],
)
def test_a_mistake_in_a_map_is_told_with_its_row(tmp_path, row, column, words):
    (issue,) = mistakes(tmp_path, "付款日期,支付日期", row)
    assert (issue.code, issue.file, issue.row, issue.column) == ("E123", f"{tmp_path.name}/payments.csv", 3, column)
    assert all(word in issue.message + issue.mend for word in words)


def test_a_name_that_stands_for_two_columns_is_refused(tmp_path):
    (issue,) = mistakes(tmp_path, "数额,金额", "数 额,支付编号")
    assert (issue.code, issue.row) == ("E123", 3)
    assert "“金额”" in issue.message


def test_all_mistakes_of_a_map_are_told(tmp_path):
    assert codes(mistakes(tmp_path, "甲,乙", "丙,丁")) == ["E123", "E123"]


def test_a_map_with_other_columns_is_refused(tmp_path):
    (issue,) = mistakes(tmp_path, "支付金额,金额", header="导出,本表")
    assert (issue.code, issue.row) == ("E123", 1)
    assert "导出列名、本表列名" in issue.message


def test_an_empty_map_is_refused_as_any_empty_file(tmp_path):
    assert codes(mistakes(tmp_path)) == ["E104"]


def test_without_a_map_no_header_has_another_name(tmp_path):
    assert ColumnMap(tmp_path).aliases(CONTRACTS["payments"]) == {}


@pytest.mark.parametrize("path", sorted(COLUMNS.glob("*.csv")), ids=lambda path: path.stem)
def test_the_maps_of_this_repository_are_sound(path):
    assert ColumnMap(COLUMNS).aliases(CONTRACTS[path.stem])


def project(root: Path, **maps: str) -> Path:
    """A sound data folder in a project with column maps."""
    data, columns = root / "data" / "2030", root / "params" / "columns"
    data.mkdir(parents=True)
    columns.mkdir(parents=True)
    (root / "params" / "2030.yml").write_text("", "utf-8")
    for name, text in maps.items():
        (columns / f"{name}.csv").write_text(f"{','.join(HEADER)}\n{text}\n", "utf-8")
    return write_folder(data)


def test_a_table_is_read_through_the_map_of_its_project(tmp_path):
    folder = project(tmp_path, payments="支付金额,金额\n付款日期,支付日期")
    text = FILES["payments"].replace("金额", "支付金额").replace("支付日期", "付款日期")
    (folder / "payments.csv").write_text(text, "utf-8")
    inputs = load_inputs(folder, example_parameters(), published_only=False)
    assert inputs.issues == []
    assert load_table(folder, "payments").frame["amount"].sum() == 210000


def test_two_columns_that_stand_for_one_are_refused_by_their_names(tmp_path):
    folder = project(tmp_path, payments="支付金额,补助类型")
    (folder / "payments.csv").write_text(FILES["payments"].replace("地区", "支付金额"), "utf-8")
    with pytest.raises(InputsInvalid) as raised:
        load_table(folder, "payments")
    repeated = next(issue for issue in raised.value.issues if issue.code == "E204")
    assert "“补助类型”、“支付金额”" in repeated.message


def test_a_map_named_after_no_table_is_told(tmp_path):
    folder = project(tmp_path, payment="支付金额,金额")
    (issue,) = load_inputs(folder, example_parameters(), published_only=False).issues
    assert (issue.code, issue.file) == ("E123", "columns/payment.csv")
    assert "“payments”" in issue.mend


def test_a_mistake_in_a_map_stops_its_table_alone(tmp_path):
    inputs = load_inputs(project(tmp_path, payments="支付金额,数额"), example_parameters(), published_only=False)
    assert [(issue.code, issue.file) for issue in inputs.issues] == [("E123", "columns/payments.csv")]
    assert "payments" not in inputs.tables
    assert "budget" in inputs.tables
