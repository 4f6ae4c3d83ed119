"""One table of a data folder, with what it was read from."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

import pandas as pd

from helpers import reads
from helpers.intake.column_maps import ColumnMap
from helpers.intake.contracts import CONTRACTS, Contract
from helpers.intake.convert import convert, frame_of, over_limit
from helpers.intake.csv_file import read_csv
from helpers.intake.files import read_bytes
from helpers.intake.findings import capped, errors, finding, nearest, normalise
from helpers.intake.grid import Grid
from helpers.intake.headers import header_names, own_headers
from helpers.intake.large_file import LargeFile, large_file
from helpers.intake.large_store import Stored
from helpers.intake.misplaced import masked, misplaced_issues
from helpers.intake.persons import cell_issues, personal_columns, personal_values, shared_issues
from helpers.intake.register import (
    REGISTER,
    TABLE_SUFFIXES,
    Origin,
    Register,
    RegisteredFile,
    load_register,
    misdeclared,
    missing_file,
    unregistered_file,
)
from helpers.intake.units import other_units
from helpers.intake.xlsx_file import read_xlsx
from helpers.intake.years import other_year
from helpers.issue import InputsInvalid, Issue
from helpers.project import ProjectNotFound, find_project


@dataclass(frozen=True, eq=False)
class Table:
    """A table as read: `file` is the file's name (or the expected one), `rows_read` its rows without header and blank rows,
    `headers` those of the file in its order, personal ones among them.

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
    headers: tuple[str, ...] = ()

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
class Folder:
    """A data folder with its register, and what reading its tables needs beside it.

    `roots` are the folders that its links may lead to. Where the `fiscal_year` is given, files of another year are refused.
    """

    path: Path
    register: Register
    roots: tuple[Path, ...]
    maps: ColumnMap
    fiscal_year: int | None = None


def open_folder(data_dir: Path, fiscal_year: int | None = None) -> Folder:
    """A data folder; the column maps are those of the project that it lies in. Raises InputsInvalid for its register."""
    register = load_register(data_dir)
    try:
        project = find_project(data_dir)
    except ProjectNotFound:
        return Folder(data_dir, register, (data_dir,), ColumnMap(None), fiscal_year)
    return Folder(data_dir, register, (data_dir, project.root), ColumnMap(project.columns), fiscal_year)


class TableInvalid(InputsInvalid):
    """A table with errors, and what is known of its personal values, which must not be told of other tables either."""

    def __init__(self, issues: Sequence[Issue], personal_values: frozenset[str] = frozenset()) -> None:
        super().__init__(issues)
        self.personal_values = personal_values


@dataclass(frozen=True)
class Reading:
    """A table, the warnings about its file, and the values of its personal columns, which go no further than a scanner."""

    table: Table
    warnings: list[Issue]
    personal_values: frozenset[str] = field(default=frozenset(), repr=False)


def load_table(data_dir: Path, name: str, *, published_only: bool = False, columns: Sequence[str] | None = None) -> Table:
    """The table `name` of a folder, from `<name>.csv` or `<name>.xlsx`, or just some `columns` of it.

    With `published_only` a table registered as synthetic is absent. Raises InputsInvalid with the errors of the file
    (at most 200) or of the register; warnings are told by `load_inputs` alone.
    """
    if name not in CONTRACTS:
        mend = nearest(name, CONTRACTS) or f"可用的表：{'、'.join(CONTRACTS)}。"
        raise InputsInvalid([finding("E120", name, "没有这个名称的表。", mend)])
    try:
        with reads.as_a_whole(f"table:{name}"):
            folder = open_folder(data_dir)
            return read_table(folder, CONTRACTS[name], published_only=published_only, persons=False, columns=columns).table
    except InputsInvalid as invalid:
        raise InputsInvalid(capped(errors(invalid.issues))) from None


def read_table(
    folder: Folder, contract: Contract, *, published_only: bool, persons: bool = True, columns: Sequence[str] | None = None
) -> Reading:
    """A table of the folder, or just some `columns` of it. Raises InputsInvalid with all issues of its file if one is an error.

    Without `persons` a large file that was read before is taken for the same by its size and time, and its personal values
    are not read.
    """
    names = [contract.name + suffix for suffix in TABLE_SUFFIXES]
    entry = next((entry for entry in folder.register.files if entry.file in names), None)
    if entry and published_only and entry.origin == "synthetic":
        return Reading(_absent(contract, entry.file, entry.origin), [])
    present = [name for name in names if os.path.lexists(folder.path / name)]
    if len(present) > 1:
        mend = f"请只保留一个，并使其与 {REGISTER} 一致。"
        raise InputsInvalid([finding("E118", names[0], f"{'和'.join(present)}同时存在，不知应读哪一个。", mend)])
    if not present:
        if other := _other_kinds(folder.path, contract):
            raise InputsInvalid(other)
        if contract.optional:
            return Reading(_absent(contract, names[0], "missing"), [])
        raise InputsInvalid([missing_file(entry.file if entry else names[0])])
    return _read(folder, present[0], contract, persons=persons, columns=columns)


def _other_kinds(folder: Path, contract: Contract) -> list[Issue]:
    """Files named after the table that are not read for their kind or the case of their letters."""
    issues = []
    for path in sorted(folder.iterdir()):
        suffix = path.suffix.lower()
        if path.stem.lower() != contract.name:
            continue
        if suffix in (".xlsm", ".xltm"):
            issues.append(finding("E217", path.name, "工作簿含宏，不予读取。", "请另存为不含宏的“Excel 工作簿（.xlsx）”。"))
        elif suffix in (".xls", ".xlsb", ".xlt", ".et", ".ods", ".numbers"):
            message = f"{suffix} 是旧格式或其他格式，不予读取。"
            issues.append(finding("E111", path.name, message, "请另存为“Excel 工作簿（.xlsx）”。"))
        elif suffix in TABLE_SUFFIXES:
            name = contract.name + suffix
            issues.append(finding("E117", path.name, "文件名的大小写与约定不同，未读取。", f"请把文件改名为 {name}。"))
    return issues


def _read(folder: Folder, file: str, contract: Contract, *, persons: bool, columns: Sequence[str] | None) -> Reading:
    entry = folder.register.entry(file)
    issues = misdeclared(entry, contract) if entry else [unregistered_file(file, folder.register)]
    path, known = folder.path / file, None
    try:
        aliases = folder.maps.aliases(contract)
        large = large_file(path, folder.roots, contract, aliases, entry) if entry and not issues else None
        if large and (stored := large.stored(proven=persons)):
            return _as_stored(folder, large, stored, persons=persons, columns=columns)
        if known := large and large.read():
            grid, sha256 = known[0].excerpt, known[1]
        else:
            data = read_bytes(path, *folder.roots, sha256=entry.sha256 if entry else None)
            grid, sha256 = _grid(file, data, entry), hashlib.sha256(data).hexdigest()
    except InputsInvalid as invalid:
        raise InputsInvalid(issues + invalid.issues) from None
    names = header_names(grid.header, contract, aliases)
    personal = personal_columns(grid, names)
    values = known[0].personal_values if known else personal_values(personal)
    if entry and folder.fiscal_year is not None:
        issues += other_year(grid, names, folder.fiscal_year, entry.as_of)
    issues += [*other_units(grid, contract), *cell_issues(grid, personal, entry.as_of if entry else date.max)]
    try:
        frame, found = convert(grid, contract, aliases=aliases, fill_down=entry.fill_down if entry else ())
    except InputsInvalid as invalid:
        raise TableInvalid(masked(issues + invalid.issues, values, own_headers(contract)), values) from None
    issues += [*found, *shared_issues(grid, personal, _beneficiaries(frame)), *misplaced_issues(grid, contract, frame, personal)]
    if known:
        issues += [issue for item in contract.columns for issue in over_limit(grid, item, known[0].totals.get(item.name, 0))]
    issues = masked(issues, values, own_headers(contract))
    if entry is None or errors(issues):
        raise TableInvalid(issues, values)
    headers = tuple(normalise(cell) for cell in grid.header)
    if large and known:
        frame = large.frame(known[0], sha256, headers, issues, columns)
    elif columns is not None:
        frame = frame[[item.name for item in contract.columns if item.name in columns]]
    table = Table(contract.name, file, sha256, len(frame), frame, entry.origin, absent=False, headers=headers)
    return Reading(table, issues, values)


def _as_stored(folder: Folder, large: LargeFile, stored: Stored, *, persons: bool, columns: Sequence[str] | None) -> Reading:
    """A table that was found sound before; whether its file is of the fiscal year is asked anew."""
    contract, entry = large.contract, large.entry
    if folder.fiscal_year is not None:
        grid = Grid(entry.file, None, list(stored.headers), [])
        if issues := [*other_year(grid, header_names(grid.header, contract, large.aliases), folder.fiscal_year, entry.as_of)]:
            raise InputsInvalid(issues)
    frame = stored.frame(contract, columns)
    table = Table(
        contract.name, entry.file, stored.sha256, stored.rows, frame, entry.origin, absent=False, headers=stored.headers
    )
    return Reading(table, stored.warnings, large.personal_values() if persons else frozenset())


def _beneficiaries(frame: pd.DataFrame) -> dict[int, tuple[str, str]]:
    """Project code and beneficiary by row, of a table that names beneficiaries."""
    if "beneficiary" not in frame:
        return {}
    return dict(zip(frame.index, zip(frame["project_code"], frame["beneficiary"], strict=True), strict=True))


def _grid(file: str, data: bytes, entry: RegisteredFile | None) -> Grid:
    header_row = entry.header_row if entry else None
    if file.endswith(".xlsx"):
        return read_xlsx(file, data, sheet=entry.sheet if entry else None, header_row=header_row)
    return read_csv(file, data, encoding=entry.encoding if entry else None, header_row=header_row)


def _absent(contract: Contract, file: str, origin: Origin | Literal["missing"]) -> Table:
    return Table(contract.name, file, "", 0, frame_of(contract, {}, []), origin, absent=True)
