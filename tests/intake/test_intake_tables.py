"""One table of a folder: what is told of it, where it is absent, and what keeps its lineage."""

from __future__ import annotations

import hashlib

import pandas as pd
import pytest
from intake_files import FILES, codes, register_text, write_folder, write_table

from helpers.intake import Table, load_table
from helpers.intake.contracts import CONTRACTS
from helpers.issue import InputsInvalid

ASSETS = "资产类别,数量,原值,净值,闲置数量\n车辆,2,300000.00,120000.00,0\n"


def test_a_table_tells_what_it_was_read_from(tmp_path):
    table = load_table(write_folder(tmp_path), "payments")
    digest = hashlib.sha256(FILES["payments"].encode()).hexdigest()
    assert table.frame.attrs["table"] == {
        "name": "payments",
        "file": "payments.csv",
        "sha256": digest,
        "rows_read": 5,
        "origin": "ledger",
        "absent": False,
    }
    assert (table.name, table.file, table.sha256, table.rows_read, table.origin, table.absent) == tuple(
        table.frame.attrs["table"].values()
    )


@pytest.mark.parametrize("name", CONTRACTS)
def test_columns_have_the_documented_types(tmp_path, name):
    frame = load_table(write_folder(tmp_path, assets=ASSETS), name).frame
    expected = {"money": "int64", "integer": "int64", "date": "datetime64[s]"}
    assert {column: str(dtype) for column, dtype in frame.dtypes.items()} == {
        column.name: expected.get(column.kind, "str") for column in CONTRACTS[name].columns
    }


def test_an_empty_text_is_empty_and_an_empty_date_is_no_time(tmp_path):
    frame = load_table(write_folder(tmp_path), "beneficiaries").frame
    assert frame["suspended_reason"].tolist() == ["", "", "失去联系"]
    assert frame["registered"].isna().tolist() == [False, True, False]


def test_the_index_is_the_row_number_in_the_file(tmp_path):
    header, *rows = FILES["allocations"].splitlines()
    table = load_table(write_table(tmp_path, "allocations.csv", "\n".join([header, rows[0], "", rows[1]])), "allocations")
    assert (table.frame.index.tolist(), table.frame.index.name, table.rows_read) == ([2, 4], "row", 2)


@pytest.mark.parametrize(
    "step",
    [
        lambda frame: frame[frame["kind"].eq("支付")],
        lambda frame: frame.loc[frame["amount"].gt(0), ["amount", "kind"]],
        lambda frame: frame.copy(),
        lambda frame: frame.sort_values("amount"),
        lambda frame: frame["amount"],
        lambda frame: frame.drop_duplicates("beneficiary"),
        lambda frame: frame.groupby("kind")["amount"].sum(),
    ],
    ids=["boolean", "loc", "copy", "sort_values", "column", "drop_duplicates", "groupby sum"],
)
def test_lineage_survives_filtering(tmp_path, step):
    frame = load_table(write_folder(tmp_path), "payments").frame
    assert step(frame).attrs["table"] == frame.attrs["table"]


@pytest.mark.parametrize(
    "step",
    [
        lambda frame: frame.merge(pd.DataFrame({"kind": ["支付"]}), on="kind"),
        lambda frame: pd.concat([frame, pd.DataFrame({"kind": ["支付"]})]),
        lambda frame: frame.groupby("kind").agg(total=("amount", "sum")),
        lambda frame: frame["kind"].value_counts(),
    ],
    ids=["merge", "concat", "groupby agg", "value_counts"],
)
def test_lineage_is_dropped_where_tables_mix_or_are_counted(tmp_path, step):
    """Where this changes, whoever records a fact from such a frame may rely on its lineage."""
    assert "table" not in step(load_table(write_folder(tmp_path), "payments").frame).attrs


def assert_absent(table: Table, file: str, origin: str) -> None:
    assert (table.file, table.sha256, table.rows_read, table.origin, table.absent) == (file, "", 0, origin, True)
    assert table.frame.attrs["table"]["absent"]
    assert (len(table.frame), list(table.frame)) == (0, [column.name for column in CONTRACTS[table.name].columns])


def test_a_missing_optional_table_is_absent_with_its_columns_and_types(tmp_path):
    table = load_table(write_folder(tmp_path), "assets")
    assert_absent(table, "assets.csv", "missing")
    assert str(table.frame["quantity"].dtype) == "int64"


def test_a_synthetic_table_is_absent_where_only_published_figures_count(tmp_path):
    folder = write_table(tmp_path, "payments.csv", FILES["payments"])
    (folder / "register.yml").write_text(register_text("payments.csv", payments="synthetic"), encoding="utf-8")
    assert_absent(load_table(folder, "payments", published_only=True), "payments.csv", "synthetic")
    assert load_table(folder, "payments").origin == "synthetic"


@pytest.mark.parametrize("origin", ["ledger", "published"])
def test_other_tables_are_read_where_only_published_figures_count(tmp_path, origin):
    folder = write_table(tmp_path, "payments.csv", FILES["payments"])
    (folder / "register.yml").write_text(register_text("payments.csv", payments=origin), encoding="utf-8")
    assert not load_table(folder, "payments", published_only=True).absent


def refusal(folder, name: str) -> list[str]:
    with pytest.raises(InputsInvalid) as raised:
        load_table(folder, name)
    return codes(raised.value.issues)


def test_a_missing_table_is_refused(tmp_path):
    folder = write_folder(tmp_path)
    (folder / "payments.csv").unlink()
    assert refusal(folder, "payments") == ["E117"]


def test_two_files_of_one_table_are_refused(tmp_path):
    folder = write_folder(tmp_path)
    (folder / "payments.xlsx").write_bytes(b"")
    assert refusal(folder, "payments") == ["E118"]


def test_a_table_that_is_not_registered_is_refused_with_its_other_mistakes(tmp_path):
    folder = write_table(tmp_path, "payments.csv", FILES["payments"].replace("600.00", "?"))
    (folder / "register.yml").write_text(register_text(), encoding="utf-8")
    assert refusal(folder, "payments") == ["E119", "E301"]


def test_an_unknown_table_is_refused_with_the_nearest_name(tmp_path):
    with pytest.raises(InputsInvalid, match=r"E120 payment：.*“payments”"):
        load_table(write_folder(tmp_path), "payment")
