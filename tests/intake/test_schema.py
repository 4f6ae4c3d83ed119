"""The pandera schema of each table follows from its contract; what it finds is told in our words."""

from __future__ import annotations

import subprocess
import sys

import pytest
from intake_files import FILES, issues_of, write_folder

from helpers.intake import load_table
from helpers.intake.contracts import CONTRACTS
from helpers.intake.grid import Grid
from helpers.intake.schema import contract_issues, schema_of


@pytest.mark.parametrize("name", FILES)
def test_a_sound_frame_passes_the_schema_of_its_table(tmp_path, name):
    frame = load_table(write_folder(tmp_path), name).frame
    assert len(schema_of(CONTRACTS[name]).validate(frame, lazy=True)) == len(frame)


@pytest.mark.parametrize("contract", CONTRACTS.values(), ids=CONTRACTS.keys())
def test_a_schema_has_the_columns_and_the_key_of_the_contract(contract):
    schema = schema_of(contract)
    assert list(schema.columns) == [column.name for column in contract.columns]
    assert tuple(schema.unique or ()) == contract.unique
    assert schema.strict


def test_a_frame_of_another_type_is_never_taken_for_sound(tmp_path):
    """Money in floats is a mistake of the program, which no file can mend."""
    frame = load_table(write_folder(tmp_path), "payments").frame
    with pytest.raises(TypeError, match="payments"):
        contract_issues(frame.assign(amount=frame["amount"].astype("float64")), CONTRACTS["payments"], Grid("", None, [], []))


@pytest.mark.parametrize(
    ("name", "old", "new", "code", "row", "column", "words"),
    [
        ("beneficiaries", "乙县,困难,暂停", "乙县,困难,停", "E218", 4, "状态", "“停”不在允许的取值之内，应为在册、暂停"),
        ("indicators", ",,,,支付记录,", ",,完成,,支付记录,", "E218", 2, "达成档次", "达成、部分达成、未达成"),
        ("budget", "1000.00", "-1000.00", "E306", 2, "年初预算数", "“-1000.00”为负数"),
        ("allocations", "2030-05-17\n99T01,乙县", "\n99T01,乙县", "E410", 2, "方案日期", "为空"),
        ("milestones", "99T01,发放", "99T01,摸底", "E406", 3, "项目编码+事项", "与第 2 行重复"),
    ],
)
def test_a_value_that_the_contract_forbids_is_told_at_its_row(tmp_path, name, old, new, code, row, column, words):
    assert old in FILES[name]
    (issue,) = issues_of(tmp_path, f"{name}.csv", FILES[name].replace(old, new))
    assert (issue.code, issue.row, issue.column) == (code, row, column)
    assert words in issue.message


def test_cells_that_cannot_be_read_do_not_hide_what_is_wrong_with_others(tmp_path):
    text = FILES["payments"].replace("600.00", "?").replace("P5", "P4").replace("退回", "退")
    assert [(issue.code, issue.row) for issue in issues_of(tmp_path, "payments.csv", text)] == [
        ("E301", 2),
        ("E218", 4),
        ("E406", 6),
    ]


HELP = """
import sys
from helpers.cli import app
try:
    app(["--help"])
except SystemExit:
    assert "pandera" not in sys.modules
"""


def test_help_is_shown_without_importing_pandera():
    done = subprocess.run([sys.executable, "-c", HELP], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
