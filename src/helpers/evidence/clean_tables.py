"""The tables without persons as files that any program reads, and what is kept of the raw files behind them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.intake.contracts import PERSONAL, TABLES, Column
from helpers.intake.register import Register
from helpers.intake.tables import Table
from helpers.money import yuan


def clean_csv(table: Table) -> bytes:
    """The table as UTF-8 CSV with the contract's headers: amounts in 元 with two decimals, days as YYYY-MM-DD, rows in the order
    of the file. The intake reads the same values from it.
    """
    columns = TABLES[table.name].columns
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(column.header for column in columns)
    writer.writerows(zip(*(_cells(table.frame[column.name], column) for column in columns), strict=True))
    return text.getvalue().encode()


def _cells(values: pd.Series[Any], column: Column) -> Iterable[str]:
    if column.kind == "money":
        return [yuan(int(value)) for value in values]
    if column.kind == "date":
        return ["" if pd.isna(value) else value.date().isoformat() for value in values]
    return [str(value) for value in values]


def _size(file: Path, clean: bytes) -> int:
    """Bytes of the raw file; a table that was taken from the former year's report has none but its clean one."""
    return file.stat().st_size if file.exists() else len(clean)


def sealed_files(tables: Iterable[Table], register: Register, data_dir: Path) -> list[dict[str, Any]]:
    """What an archive keeps of each raw file: hash, size, rows, columns and keeper, and the clean table made of it.

    The raw file itself stays with its keeper: its personal columns are named here and nowhere filled.
    """
    entries = []
    for table in tables:
        registered, clean = register.entry(table.file), clean_csv(table)
        assert registered is not None
        entries.append(
            {
                "table": table.name,
                "file": table.file,
                "title": registered.title,
                "origin": registered.origin,
                "keeper": registered.keeper,
                "as_of": registered.as_of.isoformat(),
                "bytes": _size(data_dir / table.file, clean),
                "sha256": table.sha256,
                "rows": table.rows_read,
                "columns": list(table.headers),
                "personal_columns": [header for header in table.headers if header in PERSONAL],
                "clean": {
                    "file": f"tables/{table.name}.csv",
                    "sha256": sha256(clean).hexdigest(),
                    "rows": len(table.frame),
                },
            }
        )
    return entries
