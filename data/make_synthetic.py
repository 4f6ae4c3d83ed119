"""Makes the demonstration data: `python data/make_synthetic.py` writes `data/2022/`, `data/2023/` and that of the examples.

The published totals are those of the report that the 2022 report replaces. The rows behind them are made up, so that the
totals come out to the fen; what is made up stands in `register.yml`. Each run writes the same bytes. Another year is
another `Year` in `YEARS`.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from synthetic.figures import Year
from synthetic.library_2023 import library_tables
from synthetic.library_2023_texts import ASSUMPTIONS, REGISTER
from synthetic.tables import Table, make_tables
from synthetic.year_2022 import YEAR_2022
from synthetic.year_2023 import YEAR_2023

YEARS = (YEAR_2022, YEAR_2023)
ROOT = Path(__file__).parents[1]

Entries = Sequence[Mapping[str, str | list[str]]]


def make_files(year: Year) -> dict[str, bytes]:
    """The content of each file of the year by its name: UTF-8 without BOM, lines end with LF."""
    return _files(make_tables(year), year.register, year.assumptions)


def make_library_files() -> dict[str, bytes]:
    """The same of the example of another department."""
    return _files(library_tables(), REGISTER, ASSUMPTIONS)


def _files(tables: Mapping[str, Table], register: Entries, assumptions: Entries) -> dict[str, bytes]:
    texts = {f"{name}.csv": _csv(table) for name, table in tables.items()}
    texts["register.yml"] = f"files:\n{_yaml_list(register)}assumptions:\n{_yaml_list(assumptions)}"
    return {name: text.encode() for name, text in texts.items()}


def _csv(table: Table) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(table)
    return text.getvalue()


def _yaml_list(entries: Entries) -> str:
    """A YAML list of mappings; a JSON string, or list of them, is quoted YAML."""
    lines = []
    for entry in entries:
        pairs = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in entry.items()]
        lines += [f"  - {pairs[0]}", *(f"    {pair}" for pair in pairs[1:])]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write the folders of data below the one that holds this script's."""
    folders = {ROOT / "data" / str(year.year): make_files(year) for year in YEARS}
    folders[ROOT / "examples" / "library" / "data" / "2023"] = make_library_files()
    for folder, files in folders.items():
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)


if __name__ == "__main__":
    main()
