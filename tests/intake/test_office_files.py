"""Files as offices make them: read right, or told with place and mend, and never with a value of a person."""

from __future__ import annotations

from pathlib import Path

import pytest
from intake_files import FILES, example_parameters, person, register_text, write_folder
from office_files import READ, TOLD, Office, with_people
from pandas.testing import assert_frame_equal

from helpers.intake import Inputs, load_inputs


def loaded(folder: Path, office: Office) -> Inputs:
    write_folder(folder, **office.others)
    content = office.content() if callable(office.content) else office.content
    file = f"{office.table}.{'csv' if isinstance(content, str) else 'xlsx'}"
    (folder / f"{office.table}.csv").unlink()
    (folder / file).write_bytes(content.encode() if isinstance(content, str) else content)
    register = register_text(*sorted(path.name for path in folder.iterdir() if path.suffix != ".yml"))
    if office.declared:
        register = register.replace(f"file: {file},", f"file: {file}, {office.declared},")
    (folder / "register.yml").write_text(register, "utf-8")
    return load_inputs(folder, example_parameters(), published_only=False)


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    return load_inputs(write_folder(tmp_path_factory.mktemp("sound")), example_parameters(), published_only=False)


@pytest.mark.parametrize("name", READ)
def test_it_is_read_as_the_plain_file_is_and_nothing_is_told(tmp_path, sound, name):
    office = READ[name]
    inputs = loaded(tmp_path, office)
    frame, expected = (tables[office.table].frame.copy() for tables in (inputs.tables, sound.tables))
    frame.attrs = expected.attrs = {}
    key = list(expected)[:2]
    pieces = [part.sort_values(key).reset_index(drop=True) for part in (frame, expected)]
    assert (inputs.issues, len(frame)) == ([], len(expected))
    assert_frame_equal(*pieces)


@pytest.mark.parametrize("name", TOLD)
def test_it_is_told_at_its_place_and_how_to_mend_it(tmp_path, name):
    office = TOLD[name]
    issues = [issue for issue in loaded(tmp_path, office).issues if issue.severity != "提示"]
    issues.sort(key=lambda issue: not issue.file.startswith(office.table))
    assert [(issue.code, issue.row, issue.column) for issue in issues] == list(office.told)
    said = issues[0].message + issues[0].mend
    assert [word for word in office.words if word not in said] == []


@pytest.mark.parametrize("name", TOLD)
def test_no_message_shows_a_person(tmp_path, name):
    said = "".join(map(str, loaded(tmp_path, TOLD[name]).issues))
    values = {value for number in range(10) for value in person(number).values()}
    assert [value for value in values if value in said] == []


def test_there_are_forty_and_more():
    assert len(READ) + len(TOLD) >= 60


def messages(folder: Path, name: str, text: str, **others: str) -> str:
    return "".join(map(str, loaded(folder, Office(name, text, others=others)).issues))


ROSTER = with_people(FILES["beneficiaries"], "姓名", "手机号")
NAME = person(1)["姓名"]


def test_a_name_that_another_table_knows_is_not_quoted(tmp_path):
    """In the payments it stands as a region."""
    said = messages(tmp_path, "beneficiaries", ROSTER, payments=FILES["payments"].replace("H-1,甲市", f"H-1,{NAME}"))
    assert "E703 payments.csv，第 2 行，“地区”：（个人信息，不予显示）" in said
    assert NAME not in said


def test_a_name_of_a_table_with_errors_is_not_quoted_either(tmp_path):
    faulty = ROSTER.replace("困难,在册", "困难,正常", 1)
    said = messages(tmp_path, "beneficiaries", faulty, payments=FILES["payments"].replace("H-1,甲市", f"H-1,{NAME}"))
    assert "E218" in said
    assert NAME not in said


@pytest.mark.parametrize("value", [NAME, person(1)["手机号"]])
def test_a_personal_value_in_the_place_of_a_header_is_not_shown(tmp_path, value):
    said = messages(tmp_path, "beneficiaries", ROSTER.replace("暂停原因", value, 1))
    assert "W205" in said
    assert value not in said


def test_of_a_file_whose_columns_are_shifted_no_value_is_quoted(tmp_path):
    """A serial number without a header moves all cells of the rows: the names stand where the telephone numbers should."""
    header, *rows = ROSTER.splitlines()
    shifted = "\n".join([header, *(f"{number},{row.rpartition(',')[0]}" for number, row in enumerate(rows, start=1))])
    said = messages(tmp_path, "beneficiaries", shifted)
    assert "E412 beneficiaries.csv，第 2 行，“姓名”" in said
    assert not any(value in said for number in range(4) for value in person(number).values())
