"""Clean tables say what the raw ones say, without persons."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.evidence.clean_tables import clean_csv, sealed_files
from helpers.intake.contracts import CONTRACTS
from helpers.intake.register import load_register
from helpers.intake.tables import load_table

PERSONS = ("姓名", "欧阳砚舟"), ("身份证号", "11010519491231002" + "X"), ("手机号", "13912345678")
REGISTER = """files:
- {file: payments.csv, title: 支付, origin: ledger, keeper: 财务处, as_of: "2022-12-31", note: 说明}
assumptions: []
"""


@pytest.fixture
def folder(tmp_path):
    """A folder with one table that has personal columns."""
    (tmp_path / "register.yml").write_text(REGISTER, "utf-8")
    headers = [column.header for column in CONTRACTS["payments"].columns] + [header for header, _ in PERSONS]
    row = ["Z1", "P1", "", "=1+1", '甲,"乙"', "财政拨款", "1234.5", "2022-05-17", "支付", "", *(value for _, value in PERSONS)]
    quoted = ['"' + cell.replace('"', '""') + '"' for cell in row]
    (tmp_path / "payments.csv").write_text(",".join(headers) + "\n" + ",".join(quoted) + "\n", "utf-8")
    return tmp_path


def test_personal_columns_are_named_and_empty(folder):
    table = load_table(folder, "payments")
    (entry,) = sealed_files([table], load_register(folder), folder)
    assert entry["personal_columns"] == [header for header, _ in PERSONS]
    assert (entry["keeper"], entry["rows"], entry["clean"]["rows"]) == ("财务处", 1, 1)
    assert not any(value in str(entry) + clean_csv(table).decode() for _, value in PERSONS)


def test_amounts_days_and_texts_as_they_are_read(folder):
    lines = clean_csv(load_table(folder, "payments")).decode().splitlines()
    assert lines[1] == 'Z1,P1,,=1+1,"甲,""乙""",财政拨款,1234.50,2022-05-17,支付,'


@pytest.mark.parametrize("name", CONTRACTS)
def test_read_back_the_same(name, examination, tmp_path):
    table = examination.inputs.tables[name]
    if table.absent:
        pytest.skip("no such table in 2022")
    (tmp_path / f"{name}.csv").write_bytes(clean_csv(table))
    text = REGISTER.replace("payments.csv", f"{name}.csv")
    (tmp_path / "register.yml").write_text(text, "utf-8")
    pd.testing.assert_frame_equal(load_table(tmp_path, name).frame.reset_index(drop=True), table.frame.reset_index(drop=True))
