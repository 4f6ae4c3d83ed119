"""The second example year: made up as a whole, other amounts, one programme more, another export layout, and no code for it."""

import csv
import shutil
from datetime import date
from decimal import Decimal

import pytest
import yaml
from openpyxl import load_workbook

from conftest import ROOT
from helpers.examination import examine, open_year
from helpers.executed import read_notebook, read_records
from helpers.intake.contracts import CONTRACTS
from helpers.new_year.start import start_year
from helpers.new_year.workbooks import DATA_SHEET

PARAMS = ROOT / "params/2023.yml"


@pytest.fixture(scope="module")
def examination():
    return examine(open_year(2023, PARAMS), published_only=False)


def test_parameters_and_tables_hold(examination):
    assert examination.sound
    assert examination.inputs.issues == []


def test_every_record_is_marked_as_made_up(examination):
    assert {table.origin for table in examination.inputs.tables.values() if not table.absent} == {"synthetic"}


def test_it_has_one_programme_more(examination):
    former = open_year(2022, ROOT / "params/2022.yml").parameters
    assert len(open_year(2023, PARAMS).parameters.programmes) == len(former.programmes) + 1


def test_payments_come_in_another_layout_than_last_year():
    headers = [(ROOT / f"data/{year}/payments.csv").read_text("utf-8").partition("\n")[0] for year in (2022, 2023)]
    assert headers[0] != headers[1]
    assert headers[0].startswith("支付编号,")
    assert "补助对象编码" in headers[1]


def cells_of(contract, rows):
    """What a workbook is filled in with: amounts and dates as Excel keeps them, everything else as text."""
    makes = {"money": Decimal, "date": date.fromisoformat, "integer": int}
    for row in rows:
        texts = [(column, row[column.header]) for column in contract.columns]
        yield [makes.get(column.kind, str)(text) if text else None for column, text in texts]


def fill_in(folder, year):
    """Fill in the input workbooks of a folder with the rows of an example year; tables that it does not have are taken away."""
    maps = ROOT / "params/columns/payments.csv"
    with maps.open(encoding="utf-8") as file:
        own = dict(list(csv.reader(file))[1:]) | {"支付金额（元）": "金额"}
    register = (
        (folder / "register.yml").read_text("utf-8").replace('note: ""', 'note: "试填"').replace('keeper: ""', 'keeper: "办公室"')
    )
    entries = yaml.safe_load(register)
    for contract in CONTRACTS.values():
        source, workbook = ROOT / f"data/{year}/{contract.name}.csv", folder / f"{contract.name}.xlsx"
        if not source.exists():
            workbook.unlink()
            entries["files"] = [entry for entry in entries["files"] if entry["file"] != workbook.name]
            continue
        with source.open(encoding="utf-8", newline="") as file:
            rows = [{own.get(key, key): value for key, value in row.items()} for row in csv.DictReader(file)]
        book = load_workbook(workbook)
        for cells in cells_of(contract, rows):
            book[DATA_SHEET].append(cells)
        book.save(workbook)
    (folder / "register.yml").write_text(yaml.safe_dump(entries, allow_unicode=True), "utf-8")


def started(root):
    """A project whose 2023 was started from 2022 and then filled in with the example's parameters and rows."""
    (root / "params").mkdir()
    shutil.copytree(ROOT / "notebooks", root / "notebooks")
    shutil.copytree(ROOT / "data/2022", root / "data/2022")
    shutil.copy(ROOT / "params/2022.yml", root / "params")
    begun = start_year(open_year(2022, root / "params/2022.yml"), 2023)
    fill_in(begun.data_dir, 2023)
    shutil.copy(PARAMS, begun.params_file)
    return open_year(2023, begun.params_file)


@pytest.mark.long
def test_the_workbooks_of_a_new_year_are_read_as_they_are_filled_in(tmp_path, examination):
    """No column map, no code: the same rows in the input workbooks give the same sums."""
    filled = examine(started(tmp_path), published_only=False)
    assert filled.inputs.issues == []
    assert filled.sound
    assert filled.rows == examination.rows


@pytest.mark.run
def test_the_report_of_the_second_year_is_whole(reported):
    folder = reported("second_year", PARAMS)
    blocks = read_records("02_spending", read_notebook(folder / "notebooks/02_spending.ipynb")).blocks
    headings = [block["text"] for block in blocks if block["kind"] == "heading"]
    assert {"“三公”经费", "结转结余", "职工技能提升补助资金"} <= set(headings)
    assert (folder / "report.pdf").exists()
