"""Hostile files: register and score table are plain files of a size that such a file has, and nothing in them is unpacked."""

import io
import os
import zipfile

import openpyxl
import pytest
from typer.testing import CliRunner

from helpers.cli import app
from helpers.intake import load_register
from helpers.issue import InputsInvalid
from helpers.params.characters import MAX_BYTES
from helpers.scoring.table import read_indicators
from helpers.scoring.table_file import MOST_BYTES, MOST_ROWS
from hostile.test_hostile_parameters import NO_FILES

HEAD = "三级指标,年度指标值,实际完成值,分值"
ROW = "人数,≥10人,12人,90"
SECRET = "甲乙丙丁戊己"


def refusal(path):
    with pytest.raises(InputsInvalid) as caught:
        read_indicators(path)
    (issue,) = caught.value.issues
    return issue


def workbook(**parts):
    """A score table as XLSX; `parts` replaces or adds members by name, a function of the former content."""
    book, plain, changed = openpyxl.Workbook(), io.BytesIO(), io.BytesIO()
    for line in (HEAD, ROW):
        book.active.append(line.split(","))
    book.save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as target:
        members = {name: source.read(name) for name in source.namelist()}
        for name, change in parts.items():
            members[name] = change(members.get(name, b""))
        for name, content in members.items():
            target.writestr(name, content)
    return changed.getvalue()


def with_entities(declarations, used):
    """The work sheet with a document type of its own, 人数 replaced by an entity."""

    def change(content):
        text = content.decode().replace("人数".encode("ascii", "xmlcharrefreplace").decode(), used)
        assert used in text
        return f"<!DOCTYPE worksheet [{declarations}]>{text[text.index('<worksheet') :]}".encode()

    return {"xl/worksheets/sheet1.xml": change}


# --- what is no plain file ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@pytest.mark.parametrize("make", NO_FILES.values(), ids=NO_FILES)
def test_a_score_table_is_read_from_a_plain_file(tmp_path, make, suffix):
    """Neither a pipe, which nobody may ever write to, nor a device, which has no end."""
    path = tmp_path / f"table{suffix}"
    make(path)
    assert (refusal(path).code, refusal(path).file) == ("E117", path.name)


@pytest.mark.parametrize("make", NO_FILES.values(), ids=NO_FILES)
def test_the_register_is_read_from_a_plain_file(tmp_path, make):
    make(tmp_path / "register.yml")
    with pytest.raises(InputsInvalid, match="E117"):
        load_register(tmp_path)


def test_a_data_folder_that_leads_elsewhere_tells_nothing_of_it(tmp_path):
    (tmp_path / "2030").symlink_to("/etc")
    with pytest.raises(InputsInvalid) as caught:
        load_register(tmp_path / "2030")
    assert "passwd" not in str(caught.value)


# --- size ---------------------------------------------------------------------------------------------------------------


def test_a_register_is_no_larger_than_any_parameter_file(tmp_path):
    (tmp_path / "register.yml").write_text("#" * (MAX_BYTES + 1))
    with pytest.raises(InputsInvalid, match="E600"):
        load_register(tmp_path)


def test_a_huge_score_table_is_not_read_to_its_end(tmp_path):
    """A sparse file: it has the size and takes no room."""
    path = tmp_path / "table.csv"
    with path.open("wb") as file:
        file.truncate(1 << 40)
    assert (refusal(path).code, "超过 10 MB" in refusal(path).message) == ("E109", True)


def test_a_score_table_of_a_million_rows_is_not_scored(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text(f"{HEAD}\n{ROW}\n" + "x,\n" * 1_000_000, "utf-8")
    assert path.stat().st_size < MOST_BYTES
    assert refusal(path).code == "E109"


def test_many_rows_are_scored(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("\n".join([HEAD, *[ROW] * (MOST_ROWS // 10)]), "utf-8")
    assert len(read_indicators(path).indicators) == MOST_ROWS // 10


# --- what a workbook may hold -------------------------------------------------------------------------------------------

LAUGHS = '<!ENTITY a0 "哈">' + "".join(f'<!ENTITY a{level} "{f"&a{level - 1};" * 10}">' for level in range(1, 10))


@pytest.mark.parametrize("name", ["billion laughs", "file from outside"])
def test_entities_of_a_workbook_are_not_followed(tmp_path, name):
    (tmp_path / "secret").write_text(SECRET, "utf-8")
    outside = f'<!ENTITY x SYSTEM "{(tmp_path / "secret").as_uri()}">'
    parts = with_entities(LAUGHS, "&a9;") if name == "billion laughs" else with_entities(outside, "&x;")
    path = tmp_path / "table.xlsx"
    path.write_bytes(workbook(**parts))
    try:
        names = [indicator.level3 for indicator in read_indicators(path).indicators]
    except InputsInvalid as refused:
        names = [str(refused)]
    assert all(SECRET not in text and len(text) < 1000 for text in names)


@pytest.mark.parametrize("name", ["../../slipped", "/tmp/slipped", "xl/../../slipped", "C:\\slipped", "a\nb", "100%"])
def test_nothing_of_a_workbook_is_unpacked(tmp_path, name):
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    (folder / "table.xlsx").write_bytes(workbook(**{name: lambda content: b"slipped"}))
    assert [indicator.level3 for indicator in read_indicators(folder / "table.xlsx").indicators] == ["人数"]
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["table.xlsx"]


@pytest.mark.parametrize("title", ["<script>", "=1+1", "{{7}}", "$frac$"])
def test_a_work_sheet_may_have_a_hostile_name(tmp_path, title):
    book = openpyxl.Workbook()
    book.active.title = title
    for sheet in (book.active, book.copy_worksheet(book.active)):
        for line in (HEAD, ROW):
            sheet.append(line.split(","))
    book.save(tmp_path / "table.xlsx")
    assert (refusal(tmp_path / "table.xlsx").code, f"“{title}”" in refusal(tmp_path / "table.xlsx").message) == ("E209", True)


# --- names of files -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["甲\n乙.csv", "100%.csv", "<script>.csv", "=1+1.csv", "{p.__class__}.csv", "-甲.csv"])
def test_a_score_table_may_have_any_name(tmp_path, name):
    (tmp_path / name).write_text(f"{HEAD}\n{ROW}\n", "utf-8")
    assert read_indicators(tmp_path / name).file == name


def test_a_name_that_is_no_text_is_told_by_its_bytes(tmp_path):
    path = tmp_path / os.fsdecode(b"\xff.csv")
    result = CliRunner().invoke(app, ["score", str(path)])
    assert (result.exit_code, r"E117 \udcff.csv" in result.stderr) == (1, True)
