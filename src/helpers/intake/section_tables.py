"""The tables of a section: handed over by the run whose examination read them, else read from the files."""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd

from helpers import reads
from helpers.intake.tables import Table, load_table

TABLES_OF_RUN = "SELFEVAL_TABLES"
"""The environment variable that names the folder of the tables of the run under way. No parameter does: the same inputs would
give other notebooks in another folder.
"""
MOST_ROWS = 100_000
"""Of a larger table a section reads only the columns that it asks for, from where intake stored it."""


def hand_over(tables: Iterable[Table], data_dir: Path, folder: Path) -> None:
    """Write tables that were read from `data_dir`, which hold no personal column, into a folder of the run."""
    for table in tables:
        if table.rows_read <= MOST_ROWS:
            (folder / table.name).write_bytes(pickle.dumps((data_dir.resolve(), table)))


def section_table(
    data_dir: Path, name: str, *, published_only: bool = False, columns: Sequence[str] | None = None
) -> pd.DataFrame:
    """The frame of the table `name` of a folder, or just some `columns` of it. Raises InputsInvalid as `load_table` does."""
    table = _handed_over(data_dir, name, published_only=published_only)
    if table is None:
        return load_table(data_dir, name, published_only=published_only, columns=columns).frame
    reads.note(f"table:{name}")
    return table.frame if columns is None else table.frame[[column for column in table.frame if column in columns]]


def _handed_over(data_dir: Path, name: str, *, published_only: bool) -> Table | None:
    folder = os.environ.get(TABLES_OF_RUN)
    if folder is None:
        return None
    with reads.as_a_whole():
        file = Path(folder, name)
        if not file.exists():
            return None
        of_folder, table = pickle.loads(file.read_bytes())
        as_asked = table.origin != "synthetic" or table.absent == published_only
        return table if of_folder == data_dir.resolve() and as_asked else None
