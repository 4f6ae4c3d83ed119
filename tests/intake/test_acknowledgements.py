"""Warnings stop a run until the parameters say why they are no mistake."""

from __future__ import annotations

import pytest
from intake_files import FILES, codes, example_parameters, register_text, write_folder

from helpers.intake import Inputs, load_inputs
from helpers.issue import Issue
from helpers.params import Acknowledgement
from helpers.publishing.appendix import appendices

ZERO = FILES["payments"].replace("600.00", "0.00")
REASON = "银行退票后补记的零额记录。"


def loaded(folder, *acknowledged: tuple[str, str], published_only: bool = False, **changed: str) -> Inputs:
    known = [Acknowledgement(code=code, table=table, reason=REASON) for code, table in acknowledged]
    parameters = example_parameters().model_copy(update={"acknowledged": known})
    if not (folder / "register.yml").exists():
        write_folder(folder, **changed)
    return load_inputs(folder, parameters, published_only=published_only)


def stopping(inputs: Inputs) -> list[Issue]:
    return [issue for issue in inputs.issues if issue.stops]


def test_a_warning_stops_and_a_note_tells_how_to_acknowledge_it(tmp_path):
    inputs = loaded(tmp_path, payments=ZERO)
    assert codes(stopping(inputs)) == ["W309"]
    (note,) = (issue for issue in inputs.issues if issue.severity == "提示")
    assert "- {code: W309, table: payments, reason: 理由}" in note.mend


def test_an_acknowledged_warning_stops_nothing_and_keeps_its_reason(tmp_path):
    (issue,) = loaded(tmp_path, ("W309", "payments"), payments=ZERO).issues
    assert (issue.code, issue.stops, issue.acknowledged) == ("W309", False, REASON)
    assert f"（已确认：{REASON}）" in str(issue)
    assert issue.to_json()["acknowledged"] == REASON


@pytest.mark.parametrize("other", [("W309", "budget"), ("W302", "payments")])
def test_an_acknowledgement_is_for_its_code_and_table_alone(tmp_path, other):
    assert codes(stopping(loaded(tmp_path, other, payments=ZERO))) == ["W309"]


def test_an_acknowledgement_that_no_warning_needs_is_told_and_stops_nothing(tmp_path):
    (issue,) = loaded(tmp_path, ("W309", "payments")).issues
    assert (issue.code, issue.severity, issue.stops) == ("N802", "提示", False)
    assert "payments 的 W309" in issue.message


def test_an_acknowledgement_of_a_table_that_is_left_out_is_no_issue(tmp_path):
    folder = write_folder(tmp_path)
    files = [f"{name}.csv" for name in FILES]
    (folder / "register.yml").write_text(register_text(*files, payments="synthetic"), encoding="utf-8")
    assert loaded(folder, ("W309", "payments"), published_only=True).issues == []


def test_acknowledged_warnings_of_one_kind_are_one_issue_with_their_number(tmp_path):
    text = ZERO.replace("300.00", "0.00")
    (issue,) = loaded(tmp_path, ("W309", "payments"), payments=text).issues
    assert (issue.row, issue.message) == (2, "金额为零。（同类共 2 处）")


def test_an_error_cannot_be_acknowledged():
    with pytest.raises(ValueError, match="警告代码"):
        Acknowledgement(code="E310", table="payments", reason=REASON)


def test_the_appendix_prints_code_file_message_and_reason(tmp_path):
    inputs = loaded(tmp_path, ("W309", "payments"), payments=ZERO)
    parts = appendices(inputs.register, inputs.tables.values(), inputs.issues, [], [], [], [])
    (part,) = (part for part in parts if part["title"] == "已确认的警告")
    assert all(words in str(part) for words in ("W309", "payments.csv", "第 2 行“金额”列：金额为零。", REASON))


def test_the_appendix_prints_assumptions_of_tables_that_are_used(tmp_path):
    write_folder(tmp_path)
    assumed = [("A1", "budget"), ("A2", "payments"), ("A3", "payments, budget"), ("A4", "assets")]
    lines = "".join(f"\n  - {{id: {name}, tables: [{tables}], text: 假设}}" for name, tables in assumed)
    register = register_text(*(f"{name}.csv" for name in FILES), budget="synthetic")
    (tmp_path / "register.yml").write_text(register.replace("assumptions: []", f"assumptions:{lines}"), "utf-8")
    inputs = loaded(tmp_path, published_only=True)
    parts = appendices(inputs.register, inputs.tables.values(), [], [], [], [], [])
    (part,) = (part for part in parts if part["title"] == "编制假设")
    assert [block["runs"][0]["text"] for block in part["blocks"]] == ["A2 假设", "A3 假设"]


def test_without_acknowledged_warnings_there_is_no_such_part(tmp_path):
    inputs = loaded(tmp_path)
    parts = appendices(inputs.register, inputs.tables.values(), [], [], [], [], [])
    assert "已确认的警告" not in [part["title"] for part in parts]
