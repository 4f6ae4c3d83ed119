"""The register of a data folder."""

from __future__ import annotations

from datetime import date

import pytest
from intake_files import register_text

from helpers.intake import load_register
from helpers.issue import InputsInvalid

ENTRY = register_text("payments.csv")


def written(folder, text: str):
    (folder / "register.yml").write_text(text, encoding="utf-8")
    return folder


def test_a_register_tells_the_origin_of_files_and_what_was_assumed(tmp_path):
    register = load_register(written(tmp_path, ENTRY.replace("[]", "\n  - {id: A1, tables: [payments], text: 假设甲。}")))
    assert (register.files[0].origin, register.files[0].as_of) == ("ledger", date(2030, 12, 31))
    assert [(assumption.id, assumption.text) for assumption in register.assumptions] == [("A1", "假设甲。")]


def test_a_missing_register_is_told(tmp_path):
    with pytest.raises(InputsInvalid, match=r"E117 register\.yml：.*没有登记表"):
        load_register(tmp_path)


def test_a_missing_data_folder_is_told_as_that(tmp_path):
    with pytest.raises(InputsInvalid, match=r"E117 .*没有数据文件夹“2030”"):
        load_register(tmp_path / "2030")


@pytest.mark.parametrize(
    ("found", "put", "code", "word"),
    [
        ("ledger", "guessed", "E606", "ledger、published、synthetic"),
        ("note:", "notes:", "E603", "note"),
        (", note: 示例", "", "E604", "note"),
        ('"2030-12-31"', "2030-12-31", "E602", "引号"),
        ("assumptions: []", "", "E604", "assumptions"),
        ("files:", "files: [", "E609", ""),
        (
            "assumptions: []",
            "assumptions: [{id: A, tables: [budget], text: 甲}, {id: A, tables: [budget], text: 乙}]",
            "E607",
            "A",
        ),
        ("assumptions: []", "assumptions: [{id: A, tables: [payment], text: 甲}]", "E606", "payments"),
        ("assumptions: []", "assumptions: [{id: A, tables: [], text: 甲}]", "E606", "至少有 1 项"),
    ],
)
def test_a_mistake_in_the_register_is_told_in_chinese(tmp_path, found, put, code, word):
    with pytest.raises(InputsInvalid) as raised:
        load_register(written(tmp_path, ENTRY.replace(found, put)))
    assert any(issue.code == code and word in issue.message + issue.mend for issue in raised.value.issues)


def test_a_file_is_registered_once(tmp_path):
    with pytest.raises(InputsInvalid, match=r"E607.*第 3 行.*payments\.csv"):
        load_register(written(tmp_path, register_text("payments.csv", "payments.csv")))
