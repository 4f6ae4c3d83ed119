"""One table of a data folder, with what it was read from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

import pandas as pd

from helpers.intake.contracts import CONTRACTS, Contract
from helpers.intake.convert import convert, frame_of
from helpers.intake.csv_file import read_csv
from helpers.intake.findings import capped, errors, finding, nearest
from helpers.intake.persons import cell_issues, personal_cells, personal_values, shared_issues
from helpers.intake.register import REGISTER, TABLE_SUFFIXES, Origin, Register, load_register, missing_file, unregistered_file
from helpers.intake.xlsx_file import read_xlsx
from helpers.issue import InputsInvalid, Issue


@dataclass(frozen=True, eq=False)
class Table:
    """A table as read: `file` is the file's name (or the expected one), `rows_read` its rows without header and blank rows.

    `frame` has the columns of docs/architecture.md, the row number in the file as its index, and all other fields as a
    plain dict under `attrs["table"]`, which filtering, sorting and grouping keep. `origin` is the registered one,
    "missing" where there is no file. An absent table has an empty frame, no rows read and "" as its hash.
    """

    name: str
    file: str
    sha256: str
    rows_read: int
    frame: pd.DataFrame
    origin: Origin | Literal["missing"]
    absent: bool

    def __post_init__(self) -> None:
        self.frame.attrs["table"] = {
            "name": self.name,
            "file": self.file,
            "sha256": self.sha256,
            "rows_read": self.rows_read,
            "origin": self.origin,
            "absent": self.absent,
        }

    def summary(self) -> dict[str, object]:
        """Rows read and kept, and the sum of the amounts (fen) where the table has any, to prove that nothing was dropped."""
        amounts = self.frame.get("amount")
        total = None if amounts is None else int(amounts.sum())
        return {"file": self.file, "rows_read": self.rows_read, "rows_kept": len(self.frame), "sum": total}


@dataclass(frozen=True)
class Reading:
    """A table, the warnings about its file, and the values of its personal columns, which go no further than a scanner."""

    table: Table
    warnings: list[Issue]
    personal_values: frozenset[str] = field(default=frozenset(), repr=False)


def load_table(data_dir: Path, name: str, *, published_only: bool = False) -> Table:
    """The table `name` of a folder, from `<name>.csv` or `<name>.xlsx`.

    With `published_only` a table registered as synthetic is absent. Raises InputsInvalid with the errors of the file
    (at most 200) or of the register; warnings are told by `load_inputs` alone.
    """
    if name not in CONTRACTS:
        mend = nearest(name, CONTRACTS) or f"可用的表：{'、'.join(CONTRACTS)}。"
        raise InputsInvalid([finding("E120", name, "没有这个名称的表。", mend)])
    try:
        return read_table(data_dir, CONTRACTS[name], load_register(data_dir), published_only=published_only).table
    except InputsInvalid as invalid:
        raise InputsInvalid(capped(errors(invalid.issues))) from None


def read_table(data_dir: Path, contract: Contract, register: Register, *, published_only: bool) -> Reading:
    """A table of the folder. Raises InputsInvalid with every issue of its file where one is an error."""
    names = [contract.name + suffix for suffix in TABLE_SUFFIXES]
    entry = next((entry for entry in register.files if entry.file in names), None)
    if entry and published_only and entry.origin == "synthetic":
        return Reading(_absent(contract, entry.file, entry.origin), [])
    present = [name for name in names if (data_dir / name).is_file()]
    if len(present) > 1:
        mend = f"请只保留一个，并使其与 {REGISTER} 一致。"
        raise InputsInvalid([finding("E118", names[0], f"{'和'.join(present)}同时存在，不知应读哪一个。", mend)])
    if not present:
        if contract.optional:
            return Reading(_absent(contract, names[0], "missing"), [])
        raise InputsInvalid([missing_file(entry.file if entry else names[0])])
    return _read(data_dir / present[0], contract, register)


def _read(path: Path, contract: Contract, register: Register) -> Reading:
    entry = register.entry(path.name)
    issues = [] if entry else [unregistered_file(path.name, register)]
    read = read_xlsx if path.suffix == ".xlsx" else read_csv
    try:
        data = _bytes(path)
        grid = read(path.name, data)
        persons = personal_cells(grid)
        issues += cell_issues(grid, persons, entry.as_of if entry else date.max)
        frame, found = convert(grid, contract)
    except InputsInvalid as invalid:
        raise InputsInvalid(issues + invalid.issues) from None
    issues += [*found, *shared_issues(grid, persons, _beneficiaries(frame))]
    if entry is None or errors(issues):
        raise InputsInvalid(issues)
    sha256 = hashlib.sha256(data).hexdigest()
    table = Table(contract.name, path.name, sha256, len(frame), frame, entry.origin, absent=False)
    return Reading(table, issues, personal_values(persons))


def _beneficiaries(frame: pd.DataFrame) -> dict[int, tuple[str, str]]:
    """Project code and beneficiary by row, of a table that names beneficiaries."""
    if "beneficiary" not in frame:
        return {}
    return dict(zip(frame.index, zip(frame["project_code"], frame["beneficiary"], strict=True), strict=True))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        mend = "请关闭正在使用它的程序，或检查读取权限。"
        raise InputsInvalid([finding("E117", path.name, "文件无法打开。", mend)]) from None


def _absent(contract: Contract, file: str, origin: Origin | Literal["missing"]) -> Table:
    return Table(contract.name, file, "", 0, frame_of(contract, {}, []), origin, absent=True)
