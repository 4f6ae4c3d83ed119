"""A CSV file that is too large to go through row by row: read once, then taken from where its table is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pandas as pd

from helpers.intake import large_store
from helpers.intake.contracts import Contract
from helpers.intake.files import look_through, stamp_of
from helpers.intake.large_store import Stored
from helpers.intake.large_table import LargeTable, read_large, read_personal_values
from helpers.intake.large_text import LARGE, Form
from helpers.intake.register import RegisteredFile
from helpers.issue import Issue


@dataclass(frozen=True)
class LargeFile:
    """A large CSV file of a data folder, as it is registered; `place` is where its table is stored, if
    it lies in a project."""

    path: Path
    roots: Sequence[Path]
    contract: Contract
    aliases: Mapping[str, str]
    entry: RegisteredFile
    place: Path | None

    def stored(self, *, proven: bool) -> Stored | None:
        """The table that was read from this file before; `proven` by its content, else by its size and time."""
        found = large_store.find(self.place) if self.place else None
        if found is None or not proven:
            return found
        same = look_through(self.path, *self.roots, look=lambda block: None, sha256=self.entry.sha256) == found.sha256
        return found if same else None

    def read(self) -> tuple[LargeTable, str] | None:
        """The table and the hash of its file; None where that must be read row by row. Raises as `files.read_bytes`."""
        form = Form()
        sha256 = look_through(self.path, *self.roots, look=form.look, sha256=self.entry.sha256)
        table = read_large(self.path, self.contract, self.aliases, self.entry) if form.plain else None
        return None if table is None else (table, sha256)

    def frame(
        self, table: LargeTable, sha256: str, headers: Sequence[str], warnings: Sequence[Issue], columns: Sequence[str] | None
    ) -> pd.DataFrame:
        """The frame of what was read and found sound, which is stored."""
        if self.place is None:
            import pyarrow

            return large_store.frame_of_rows(pyarrow.table(table.columns), self.contract)
        return large_store.store(self.place, table, sha256, headers, warnings).frame(self.contract, columns)

    def personal_values(self) -> frozenset[str]:
        """The values of its personal columns, read again: they are stored nowhere."""
        return read_personal_values(self.path, self.contract, self.aliases)


def large_file(
    path: Path, roots: Sequence[Path], contract: Contract, aliases: Mapping[str, str], entry: RegisteredFile
) -> LargeFile | None:
    """A file of at least LARGE bytes; None for a smaller one, a workbook, and where pyarrow is not installed."""
    stamp = stamp_of(path, *roots)
    if stamp is None or stamp[0] < LARGE or path.suffix != ".csv" or find_spec("pyarrow") is None:
        return None
    project = roots[-1] if len(roots) > 1 else None
    place = project and large_store.place_of(project, path.parent, contract, stamp, dict(aliases), entry)
    return LargeFile(path, roots, contract, aliases, entry, place)
