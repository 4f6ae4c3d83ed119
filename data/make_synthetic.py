"""Makes the demonstration data of a year: `python data/make_synthetic.py` writes `data/2022/` and `data/2023/`.

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
from synthetic.tables import Table, make_tables
from synthetic.year_2022 import YEAR_2022
from synthetic.year_2023 import YEAR_2023

YEARS = (YEAR_2022, YEAR_2023)


def make_files(year: Year) -> dict[str, bytes]:
    """The content of each file of the year by its name: UTF-8 without BOM, lines end with LF."""
    tables = {f"{name}.csv": _csv(table) for name, table in make_tables(year).items()}
    return {name: text.encode() for name, text in {**tables, "register.yml": _register(year)}.items()}


def _csv(table: Table) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(table)
    return text.getvalue()


def _register(year: Year) -> str:
    return f"files:\n{_yaml_list(year.register)}assumptions:\n{_yaml_list(year.assumptions)}"


def _yaml_list(entries: Sequence[Mapping[str, str | list[str]]]) -> str:
    """A YAML list of mappings; a JSON string, or list of them, is quoted YAML."""
    lines = []
    for entry in entries:
        pairs = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in entry.items()]
        lines += [f"  - {pairs[0]}", *(f"    {pair}" for pair in pairs[1:])]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write the folder of each year beside this script."""
    for year in YEARS:
        folder = Path(__file__).parent / str(year.year)
        folder.mkdir(exist_ok=True)
        for name, content in make_files(year).items():
            (folder / name).write_bytes(content)


if __name__ == "__main__":
    main()
