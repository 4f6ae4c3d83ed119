"""The register of a data folder: where each file comes from and what was assumed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from helpers.intake.contracts import CONTRACTS, FORMER_YEAR, Contract
from helpers.intake.encodings import Encoding
from helpers.intake.files import printable
from helpers.intake.findings import finding, nearest, quote
from helpers.issue import InputsInvalid, Issue
from helpers.params import Strict, load_model
from helpers.params.forms import form
from helpers.params.mistake import Mistake, Place, excerpt
from helpers.params.model import Name, QuotedDate, Text
from helpers.params.rules import select

REGISTER = "register.yml"
TABLE_SUFFIXES = (".csv", ".xlsx")
FORMER_FILE = f"{FORMER_YEAR.name}.csv"
"""The one table that nobody registers: the program takes it from the former year's report, and it says so in each row."""

Origin = Literal["ledger", "published", "synthetic"]


class RegisteredFile(Strict):
    """One file: who keeps it (an office, never a person), the date it shows, and what a reader must know of it.

    How it is read may be declared: the `encoding` of a CSV file, the `sheet` of a workbook, the row that the header stands
    in, the columns (Chinese headers) whose merged cells are filled down, and the hash of the only content that is accepted.
    """

    file: Name
    title: Name
    origin: Origin
    keeper: Name
    as_of: QuotedDate
    note: Text
    encoding: Encoding | None = None
    sheet: Name | None = None
    header_row: Annotated[int, Field(ge=1, le=1000)] | None = None
    fill_down: Annotated[list[Name], Field(default_factory=list)]
    sha256: Annotated[str, form("[0-9a-f]{64}", "64 位十六进制数字（小写字母）的 SHA-256")] | None = None


TableName = Annotated[str, form("|".join(CONTRACTS), f"表名（{'、'.join(CONTRACTS)} 之一）")]


class Assumption(Strict):
    """Something taken as true of some tables that no record proves; printed in the appendix where one of them is used."""

    id: Name
    tables: Annotated[list[TableName], Field(min_length=1)]
    text: Text


class Register(Strict):
    """What `register.yml` says of a data folder."""

    files: list[RegisteredFile]
    assumptions: list[Assumption]

    def entry(self, file: str) -> RegisteredFile | None:
        """What is registered under a file name, or None."""
        return next((entry for entry in self.files if entry.file == file), None)


def load_register(data_dir: Path) -> Register:
    """The register of a folder. Raises InputsInvalid where it is missing (E117) or with every mistake in it (E600 to E609)."""
    path = data_dir / REGISTER
    if not data_dir.is_dir():
        mend = "请建立它并放入各表和登记表，或改正参数 data_dir。"
        raise InputsInvalid([finding("E117", REGISTER, f"没有数据文件夹“{data_dir.name}”。", mend)])
    if not path.is_file():
        mend = "请在数据文件夹中补放，逐个文件写明来源、保管部门和时点。"
        raise InputsInvalid([finding("E117", REGISTER, f"数据文件夹“{data_dir.name}”中没有登记表。", mend)])
    return load_model(path, Register, _repetitions)


def folder_issues(register: Register, names: Iterable[str]) -> list[Issue]:
    """Differences between the register and the files in the folder: tables not registered, registered files not there."""
    present = set(names)
    tables = [name for name in sorted(present) if Path(name).suffix in TABLE_SUFFIXES and not name.startswith((".", "~$"))]
    unregistered = [unregistered_file(name, register) for name in tables if register.entry(name) is None and name != FORMER_FILE]
    return unregistered + [missing_file(entry.file) for entry in register.files if entry.file not in present]


def unregistered_file(file: str, register: Register) -> Issue:
    """The issue that a table stands in the folder and not in the register, so that its origin is unknown."""
    registered = {Path(entry.file).stem: entry.file for entry in register.files}
    near = [registered[stem] for stem in get_close_matches(Path(file).stem.lower(), registered, n=1)]
    mend = f"是否应为{quote(near[0])}？" if near else "请在登记表中补一项，写明来源、保管部门和时点。"
    return finding("E119", printable(file), f"没有在 {REGISTER} 中登记，来源不明。", mend)


def missing_file(file: str) -> Issue:
    """The issue that a file is expected and not in the folder."""
    return finding("E117", file, "数据文件夹中没有这个文件。", f"请放入该文件（CSV 或 XLSX），并使文件名与 {REGISTER} 一致。")


def misdeclared(entry: RegisteredFile, contract: Contract) -> list[Issue]:
    """Declarations (E122) that do not suit the kind of file, and columns to fill down that its table does not have."""
    unfit = ("encoding",) if entry.file.endswith(".xlsx") else ("sheet", "fill_down")
    kind = ".csv" if entry.file.endswith(".xlsx") else ".xlsx"
    issues = [
        finding("E122", REGISTER, f"{entry.file} 的 {key} 只用于 {kind} 文件。", "请删去这一项。", column=key)
        for key in unfit
        if getattr(entry, key)
    ]
    headers = [column.header for column in contract.columns]
    for header in entry.fill_down:
        if header not in headers:
            mend = nearest(header, headers) or f"可用的列名：{'、'.join(headers)}。"
            issues.append(finding("E122", REGISTER, f"{entry.file} 没有列{quote(header)}。", mend, column="fill_down"))
    return issues


def _repetitions(values: object) -> list[Mistake]:
    return [*_repeated(values, "files", "file"), *_repeated(values, "assumptions", "id")]


def _repeated(values: object, items: str, key: str) -> Iterator[Mistake]:
    first: dict[str, Place] = {}
    for place, name in select(values, items, "*", key):
        if isinstance(name, str) and first.setdefault(name, place) != place:
            yield Mistake("E607", place, f"“{excerpt(name)}”写了两次。", "请只保留一项。")
