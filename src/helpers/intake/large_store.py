"""Large tables as they were read, typed and without persons, so that a file is read once: `build/.cache/tables/*.parquet`."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from helpers.intake.contracts import Contract
from helpers.intake.large_table import LargeTable
from helpers.intake.register import RegisteredFile
from helpers.issue import Issue
from helpers.source_code import code_digest

if TYPE_CHECKING:
    import pyarrow

_ABOUT = b"selfeval"


@dataclass(frozen=True)
class Stored:
    """A table that was read before: the hash of its file, its headers, and the warnings about it, all without personal values."""

    path: Path
    sha256: str
    headers: tuple[str, ...]
    warnings: list[Issue]
    rows: int

    def frame(self, contract: Contract, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """The frame of the table, or of some columns of it. Texts that repeat are categorical."""
        from pyarrow import parquet

        names = [column.name for column in contract.columns if columns is None or column.name in columns]
        return frame_of_rows(parquet.read_table(self.path, columns=names), contract)


def frame_of_rows(rows: pyarrow.Table, contract: Contract) -> pd.DataFrame:
    """The frame of the rows of a large table, the first being row 2 of its file."""
    frame: pd.DataFrame = rows.to_pandas(split_blocks=True, self_destruct=True)
    days = {column.name: "datetime64[s]" for column in contract.columns if column.kind == "date" and column.name in frame}
    frame = frame.astype(days)
    frame.index = pd.RangeIndex(2, len(frame) + 2, name="row")
    return frame


def place_of(
    root: Path, folder: Path, contract: Contract, stamp: Sequence[int], aliases: dict[str, str], entry: RegisteredFile
) -> Path:
    """Where the table is stored: another place for another file, contract, registration or program."""
    read_from = [str(folder), list(stamp), repr(contract), sorted(aliases.items()), entry.model_dump_json(), code_digest()]
    key = hashlib.sha256(json.dumps(read_from).encode()).hexdigest()[:32]
    return root.joinpath("build", ".cache", "tables", f"{folder.name}-{contract.name}-{key}.parquet")


def find(path: Path) -> Stored | None:
    """The table stored at a place; None where there is none, or none that can be read."""
    import pyarrow
    from pyarrow import parquet

    try:
        found = parquet.read_metadata(path)
        about = json.loads(found.metadata[_ABOUT])
    except (OSError, KeyError, ValueError, pyarrow.ArrowException):
        return None
    warnings = [Issue(**warning) for warning in about["warnings"]]
    return Stored(path, about["sha256"], tuple(about["headers"]), warnings, found.num_rows)


def store(path: Path, table: LargeTable, sha256: str, headers: Sequence[str], warnings: Sequence[Issue]) -> Stored:
    """Store a table for its owner alone, in place of what the same file was before."""
    import pyarrow
    from pyarrow import parquet

    about = {"sha256": sha256, "headers": list(headers), "warnings": [warning.to_json() for warning in warnings]}
    rows = pyarrow.table(table.columns).replace_schema_metadata({_ABOUT: json.dumps(about, ensure_ascii=False)})
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        parquet.write_table(rows, file, compression="zstd", store_schema=True)
    for former in path.parent.glob(f"{path.name.rpartition('-')[0]}-*.parquet"):
        former.unlink(missing_ok=True)
    part.replace(path)
    return Stored(path, sha256, tuple(headers), list(warnings), table.rows)
