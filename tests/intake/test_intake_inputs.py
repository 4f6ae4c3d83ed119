"""All tables together: everything that is wrong in a folder, at once and in one list."""

from __future__ import annotations

import json
import os

import pytest
from intake_files import FILES, codes, example_parameters, register_text, write_folder

from helpers.intake import Inputs, load_inputs
from helpers.intake.contracts import CONTRACTS


def loaded(folder, *, published_only: bool = False) -> Inputs:
    return load_inputs(folder, example_parameters(), published_only=published_only)


def test_a_sound_folder_gives_every_table_and_no_issue(tmp_path):
    inputs = loaded(write_folder(tmp_path))
    assert inputs.issues == []
    assert inputs.tables.keys() == CONTRACTS.keys()
    assert inputs.register.entry("payments.csv").keeper == "示例处"


def test_a_table_with_an_error_is_left_out_and_the_others_are_still_compared(tmp_path):
    inputs = loaded(
        write_folder(
            tmp_path,
            budget=FILES["budget"].replace("1000.00", "1,000"),
            allocations=FILES["allocations"].replace("甲市", "丙市"),
        )
    )
    assert codes(inputs.issues) == ["E106", "E703"]
    assert "budget" not in inputs.tables
    assert "allocations" in inputs.tables


def test_without_a_register_no_table_is_read(tmp_path):
    folder = write_folder(tmp_path)
    (folder / "register.yml").unlink()
    inputs = loaded(folder)
    assert (codes(inputs.issues), inputs.tables) == (["E117"], {})


def test_a_table_that_is_not_registered_is_told_once(tmp_path):
    folder = write_folder(tmp_path)
    (folder / "register.yml").write_text(
        register_text(*(f"{name}.csv" for name in FILES if name != "payments")), encoding="utf-8"
    )
    assert codes(loaded(folder).issues) == ["E119"]


def test_a_table_under_an_unknown_name_is_told(tmp_path):
    folder = write_folder(tmp_path)
    (folder / "payment.xlsx").write_bytes(b"")
    (issue,) = loaded(folder).issues
    assert (issue.code, issue.file) == ("E119", "payment.xlsx")
    assert "payments.csv" in issue.mend


def test_a_table_under_a_name_like_no_other_is_not_likened_to_one_for_its_suffix(tmp_path):
    folder = write_folder(tmp_path)
    (folder / "支付.csv").write_bytes(b"")
    (issue,) = loaded(folder).issues
    assert (issue.code, "是否应为" in issue.mend) == ("E119", False)


def test_files_of_other_kinds_and_of_an_open_excel_need_no_registration(tmp_path):
    folder = write_folder(tmp_path)
    for name in ("说明.txt", "~$budget.xlsx", ".hidden.csv"):
        (folder / name).write_bytes(b"")
    assert loaded(folder).issues == []


def test_a_registered_file_that_is_missing_is_told_once(tmp_path):
    folder = write_folder(tmp_path)
    (folder / "payments.csv").unlink()
    (issue,) = loaded(folder).issues
    assert (issue.code, issue.file) == ("E117", "payments.csv")


def test_with_published_figures_alone_absent_tables_are_not_compared(tmp_path):
    """The budget is synthetic, so nothing can be missing from it."""
    folder = write_folder(tmp_path, allocations=FILES["allocations"].replace("99T01", "99T09"))
    files = [f"{name}.csv" for name in FILES]
    (folder / "register.yml").write_text(register_text(*files, budget="synthetic"), encoding="utf-8")
    inputs = loaded(folder, published_only=True)
    assert inputs.tables["budget"].absent
    assert inputs.issues == []


def test_issues_of_one_file_are_capped_together_and_can_be_written_as_json(tmp_path):
    rows = "".join(f"Q{number},99T09,,,,财政拨款,1,2031-01-01,退回,\n" for number in range(300))
    issues = loaded(write_folder(tmp_path, payments=FILES["payments"] + rows)).issues
    assert len(issues) == 201
    assert "302" in issues[-1].message
    assert json.loads(json.dumps([issue.to_json() for issue in issues]))[0]["file"] == "payments.csv"


def test_a_pipe_in_the_folder_is_told_and_never_waited_for(tmp_path):
    folder = write_folder(tmp_path)
    (folder / "payments.csv").unlink()
    os.mkfifo(folder / "payments.csv")
    (issue,) = loaded(folder).issues
    assert (issue.code, issue.file) == ("E121", "payments.csv")


@pytest.mark.parametrize("name", [b"a\nb.csv", "支付.csv".encode("gb18030")])
def test_a_strange_file_name_is_told_on_one_line_that_can_be_printed(tmp_path, name):
    folder = write_folder(tmp_path)
    (folder / os.fsdecode(name)).write_bytes(b"")
    (issue,) = loaded(folder).issues
    assert issue.code == "E119"
    assert str(issue).encode().count(b"\n") == 0


def test_a_file_of_another_year_is_told(tmp_path):
    text = "\n".join(
        f"{year},{line}" for year, line in zip(["年度", "2029", "2029"], FILES["allocations"].splitlines(), strict=True)
    )
    (issue,) = loaded(write_folder(tmp_path, allocations=text)).issues
    assert (issue.code, issue.row, issue.column) == ("E116", 2, "年度")
