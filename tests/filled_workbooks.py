"""Input workbooks of a new year, filled in as an office would, from the rows of an example year."""

import csv
from datetime import date
from decimal import Decimal

import yaml
from openpyxl import load_workbook

from conftest import ROOT
from helpers.intake.contracts import CONTRACTS
from helpers.new_year.workbooks import DATA_SHEET


def cells_of(contract, rows):
    """What a workbook is filled in with: amounts and dates as Excel keeps them, everything else as text."""
    makes = {"money": Decimal, "date": date.fromisoformat, "integer": int}
    for row in rows:
        texts = [(column, row[column.header]) for column in contract.columns]
        yield [makes.get(column.kind, str)(text) if text else None for column, text in texts]


def fill_in(folder, year, changed=lambda column, text: text):
    """Fill in the input workbooks of a folder with the rows of an example year, each cell as `changed` makes it; tables that it
    does not have are taken away.
    """
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
        columns = {column.header: column for column in contract.columns}
        with source.open(encoding="utf-8", newline="") as file:
            rows = [{own.get(key, key): value for key, value in row.items()} for row in csv.DictReader(file)]
        rows = [{key: changed(columns[key], value) for key, value in row.items() if key in columns} for row in rows]
        book = load_workbook(workbook)
        for cells in cells_of(contract, rows):
            book[DATA_SHEET].append(cells)
        book.save(workbook)
    (folder / "register.yml").write_text(yaml.safe_dump(entries, allow_unicode=True), "utf-8")
