"""Column maps (`params/columns/<table>.csv`): what an export calls a table's columns; a changed export needs no code."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from helpers.intake.contracts import CONTRACTS, Contract
from helpers.intake.csv_file import read_csv
from helpers.intake.files import printable, read_bytes
from helpers.intake.findings import errors, finding, nearest, normalise, quote
from helpers.intake.grid import Grid
from helpers.intake.headers import own_headers
from helpers.issue import InputsInvalid, Issue

HEADER = ("导出列名", "本表列名")


@dataclass(frozen=True)
class ColumnMap:
    """The maps of a project's tables; without a folder no header has another name."""

    folder: Path | None

    def aliases(self, contract: Contract) -> dict[str, str]:
        """The names of an export, normalised, with the headers of the table that they stand for; several may stand for one.

        Raises InputsInvalid with what is wrong with the map's file (E1xx) and every mistake in it (E123).
        """
        file = f"{contract.name}.csv"
        if self.folder is None or not os.path.lexists(self.folder / file):
            return {}
        shown = f"{self.folder.name}/{file}"
        grid = read_csv(shown, read_bytes(self.folder / file, self.folder))
        if [normalise(cell) for cell in grid.header] != list(HEADER):
            message = f"列名对照表应有且只有两列：{'、'.join(HEADER)}。"
            raise InputsInvalid([grid.issue("E123", message, "请改正表头。", row=grid.header_row)])
        issues = list(_mistakes(grid, contract))
        if errors(issues):
            raise InputsInvalid(issues)
        return {normalise(alias): normalise(own) for _, (alias, own) in grid.rows}

    def strays(self) -> list[Issue]:
        """Files in the folder that are named after no table, and so are never read."""
        if self.folder is None or not self.folder.is_dir():
            return []
        strays = sorted(path.name for path in self.folder.glob("*.csv") if path.stem not in CONTRACTS)
        mend = f"请以表名命名：{'、'.join(CONTRACTS)}。"
        return [
            finding(
                "E123",
                f"{self.folder.name}/{printable(name)}",
                "没有这个名称的表，列名对照表不会用到。",
                nearest(name, CONTRACTS) or mend,
            )
            for name in strays
        ]


def _mistakes(grid: Grid, contract: Contract) -> Iterator[Issue]:
    own = own_headers(contract)
    money = {column.header for column in contract.columns if column.kind == "money"}
    meant: dict[str, str] = {}
    for row, cells in grid.rows:
        if len(cells) != len(HEADER) or not all(map(str.strip, cells)):
            yield grid.issue("E123", "本行应有导出列名和本表列名两项。", "请补全或删去本行。", row=row)
            continue
        alias, target = map(normalise, cells)
        if target not in own:
            mend = nearest(target, own) or f"可用的列名：{'、'.join(column.header for column in contract.columns)}。"
            yield grid.issue("E123", f"本表没有列{quote(target)}。", mend, row=row, column=HEADER[1])
        elif alias in own and alias != target:
            message = f"{quote(alias)}本身就是本表的列名，不能又指{quote(target)}。"
            yield grid.issue("E123", message, "请删去本行，或在导出时更改列名。", row=row, column=HEADER[0])
        elif meant.setdefault(alias, target) != target:
            message = f"{quote(alias)}既指{quote(meant[alias])}，又指{quote(target)}。"
            yield grid.issue("E123", message, "请只保留一行。", row=row, column=HEADER[0])
        elif target in money and ("万" in alias or "亿" in alias):
            message = f"{quote(alias)}不以元为单位，而本表金额一律以元为单位。"
            yield grid.issue("E123", message, "请以元为单位导出，并删去本行。", row=row, column=HEADER[0])
