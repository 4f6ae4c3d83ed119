"""The register of a data folder: where each file comes from and what was assumed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

from helpers.intake.findings import finding, nearest
from helpers.issue import InputsInvalid, Issue
from helpers.params import Strict, load_model
from helpers.params.mistake import Mistake, Place, excerpt
from helpers.params.model import Name, QuotedDate, Text
from helpers.params.rules import select

REGISTER = "register.yml"
TABLE_SUFFIXES = (".csv", ".xlsx")

Origin = Literal["ledger", "published", "synthetic"]


class RegisteredFile(Strict):
    """One file: who keeps it (an office, never a person), the date it shows, and what a reader must know of it."""

    file: Name
    title: Name
    origin: Origin
    keeper: Name
    as_of: QuotedDate
    note: Text


class Assumption(Strict):
    """Something taken as true that no record proves; printed in the report's appendix."""

    id: Name
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
    if not path.is_file():
        mend = "请在数据文件夹中补放，逐个文件写明来源、保管部门和时点。"
        raise InputsInvalid([finding("E117", REGISTER, f"数据文件夹“{data_dir.name}”中没有登记表。", mend)])
    return load_model(path, Register, _repetitions)


def folder_issues(register: Register, names: Iterable[str]) -> list[Issue]:
    """Differences between the register and the files in the folder: tables not registered, registered files not there."""
    present = set(names)
    tables = [name for name in sorted(present) if Path(name).suffix in TABLE_SUFFIXES and not name.startswith((".", "~$"))]
    unregistered = [unregistered_file(name, register) for name in tables if register.entry(name) is None]
    return unregistered + [missing_file(entry.file) for entry in register.files if entry.file not in present]


def unregistered_file(file: str, register: Register) -> Issue:
    """The issue that a table stands in the folder and not in the register, so that its origin is unknown."""
    mend = nearest(file, [entry.file for entry in register.files]) or "请在登记表中补一项，写明来源、保管部门和时点。"
    return finding("E119", file, f"没有在 {REGISTER} 中登记，来源不明。", mend)


def missing_file(file: str) -> Issue:
    """The issue that a file is expected and not in the folder."""
    return finding("E117", file, "数据文件夹中没有这个文件。", f"请放入该文件（CSV 或 XLSX），并使文件名与 {REGISTER} 一致。")


def _repetitions(values: object) -> list[Mistake]:
    return [*_repeated(values, "files", "file"), *_repeated(values, "assumptions", "id")]


def _repeated(values: object, items: str, key: str) -> Iterator[Mistake]:
    first: dict[str, Place] = {}
    for place, name in select(values, items, "*", key):
        if isinstance(name, str) and first.setdefault(name, place) != place:
            yield Mistake("E607", place, f"“{excerpt(name)}”写了两次。", "请只保留一项。")
