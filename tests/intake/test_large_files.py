"""A large file is told of in the words, rows and codes in which the same file would be told of if it were small."""

from __future__ import annotations

import stat

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from intake_files import FILES, example_parameters, person, write_folder

from helpers.intake import large_file, load_inputs, load_table
from helpers.intake.column_maps import ColumnMap
from helpers.intake.contracts import CONTRACTS
from helpers.intake.large_table import read_large
from helpers.intake.register import load_register

pyarrow = pytest.importorskip("pyarrow")

PERSONS = ("姓名", "身份证号", "银行账号")
HEADER = [*FILES["payments"].splitlines()[0].split(","), *PERSONS]
ODD = (
    "", " ", "0", "0.00", "-5.00", "1,5", "１２", "9999999999999.00", "abc", "合计", "生计补助", "#REF!", "H-1 ", "Ｈ-1",
    "P1", "p1", "P\u200b1", "2030-02-30", "2031-01-01", "2030-01-01", "2030/1/1", "44698", "支付编号", "退回", "其他",
    "99T02", "丙市", "6.5E+20", "123456", "13800000000", "甲乙", "注：说明", "110101199003070001",
    "4111111111111112", "乙 丙", "'6222020000000000000",
)  # fmt: skip


def rows_of(count: int) -> list[list[str]]:
    """Sound payments with persons; the first four belong to one."""
    rows = []
    for number in range(1, count + 1):
        known = person(max(1, number - 3))
        who = [known[name] for name in PERSONS]
        paid, one = f"2030-06-{number:02}", "H-1" if number < 5 else "H-2"
        rows.append(
            [
                f"P{number}",
                "99T01",
                "生活补助",
                one,
                "甲市",
                "财政拨款",
                "30.00",
                paid,
                "支付",
                "",
                *who,
            ]
        )
    return rows


def text_of(rows: list[list[str]]) -> str:
    return "".join(",".join(row) + "\n" for row in [HEADER, *rows])


@pytest.fixture
def project(tmp_path):
    """A folder of data in a project."""
    (tmp_path / "params").mkdir()
    (tmp_path / "params" / "2030.yml").write_text("fiscal_year: 2030\n", "utf-8")
    (tmp_path / "data").mkdir()
    return write_folder(tmp_path / "data", payments=text_of(rows_of(12)))


def read_as(folder, large, monkeypatch):
    monkeypatch.setattr(large_file, "LARGE", 0 if large else 10**12)
    inputs = load_inputs(folder, example_parameters(), published_only=False)
    frames = {name: table.frame.astype("object") for name, table in inputs.tables.items()}
    return inputs.issues, frames, inputs.personal_values


def assert_read_alike(folder, monkeypatch):
    issues, frames, persons = read_as(folder, False, monkeypatch)
    again, large_frames, large_persons = read_as(folder, True, monkeypatch)
    assert (again, large_persons) == (issues, persons)
    assert large_frames.keys() == frames.keys()
    assert all(large_frames[name].equals(frame) for name, frame in frames.items())


changes = st.lists(st.tuples(st.integers(0, 11), st.integers(0, len(HEADER) - 1), st.sampled_from(ODD)), max_size=4)
copies = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11), st.integers(0, len(HEADER) - 1)), max_size=3)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=changes, copies=copies)
def test_a_large_file_is_read_as_a_small_one(changes, copies, project, monkeypatch):
    rows = rows_of(12)
    for row, place, text in changes:
        rows[row][place] = text
    for row, other, place in copies:
        rows[row][place] = rows[other][place]
    (project / "payments.csv").write_text(text_of(rows), "utf-8")
    assert_read_alike(project, monkeypatch)


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda text: text.replace("\n", "\r\n"), id="line ends of Windows"),
        pytest.param(lambda text: "\ufeff" + text, id="byte order mark"),
        pytest.param(lambda text: text.replace("生活补助", '"生活补助"'), id="quotes"),
        pytest.param(lambda text: text.replace("甲市", "甲,市", 1), id="a field too many"),
        pytest.param(lambda text: text.replace("\nP5", "\n\nP5"), id="a blank row"),
        pytest.param(lambda text: text + "," * (len(HEADER) - 1) + "\n", id="a row of commas"),
        pytest.param(lambda text: text + "制表人：示例\n", id="a note below"),
        pytest.param(lambda text: text + text, id="pasted twice"),
        pytest.param(lambda text: text.replace("金额", "金额（万元）", 1), id="another unit"),
        pytest.param(lambda text: text.replace("支付编号", "支付 编号", 1), id="an oddly written header"),
    ],
)
def test_a_large_file_of_another_form_is_read_as_a_small_one(spoil, project, monkeypatch):
    (project / "payments.csv").write_text(spoil(text_of(rows_of(12))), "utf-8", newline="")
    assert_read_alike(project, monkeypatch)


def large_payments(folder):
    entry = load_register(folder).entry("payments.csv")
    aliases = ColumnMap(None).aliases(CONTRACTS["payments"])
    return read_large(folder / "payments.csv", CONTRACTS["payments"], aliases, entry)


def test_of_a_sound_file_only_the_ends_are_explained(project):
    assert [row for row, _ in large_payments(project).excerpt.rows] == [2, 13]


def test_a_row_in_doubt_is_explained_beside_the_ends(project):
    rows = rows_of(12)
    rows[6][6] = "abc"
    (project / "payments.csv").write_text(text_of(rows), "utf-8")
    assert [row for row, _ in large_payments(project).excerpt.rows] == [2, 8, 13]


def stored(project):
    return list(project.parent.glob("build/.cache/tables/*payments*.parquet"))


def test_what_is_stored_is_its_owners_alone_and_holds_no_person(project, monkeypatch):
    _, _, persons = read_as(project, True, monkeypatch)
    [path] = stored(project)
    from pyarrow import parquet

    table = parquet.read_table(path)
    cells = {str(cell) for column in table.columns for cell in column.to_pylist()}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert persons
    assert not cells & persons


def test_a_file_that_was_read_before_is_not_parsed_again(project, monkeypatch):
    read_as(project, True, monkeypatch)
    monkeypatch.setattr(large_file, "read_large", None)
    assert len(load_table(project, "payments", columns=["amount"]).frame.columns) == 1


def test_a_file_that_was_changed_is_read_anew(project, monkeypatch):
    read_as(project, True, monkeypatch)
    (project / "payments.csv").write_text(text_of(rows_of(11)), "utf-8")
    assert len(load_table(project, "payments").frame) == 11
    assert len(stored(project)) == 1
