"""The former year's figures as one more table without persons: taken from its report, or read from the file of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Hashable, Iterable, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path

import pandas as pd

from helpers import reads
from helpers.evidence.clean_tables import clean_csv
from helpers.facts import ORIGIN_NAMES, Fact, decode, encode
from helpers.intake import RegisteredFile, Table
from helpers.intake.contracts import FORMER_YEAR
from helpers.intake.convert import frame_of
from helpers.intake.findings import finding
from helpers.intake.register import FORMER_FILE, Origin
from helpers.issue import InputsInvalid
from helpers.wording import format_value
from helpers.year_over_year.change import is_comparable, is_number
from helpers.year_over_year.reports import FinishedReport

_ORIGINS = {name: origin for origin, name in ORIGIN_NAMES.items()}


def table_of_report(report: FinishedReport) -> Table:
    """The table of a report's comparable facts. It is the same whether the report is archived or not, since it names its source
    by the hash of its facts.
    """
    facts = sorted(filter(is_comparable, report.facts), key=lambda fact: fact.id)
    source = f"{report.year} 年度自评报告，facts.json 的 SHA-256 为 {report.facts_sha256}"
    rows = [(fact.id, fact.label, encode(fact.value) or "", fact.unit, ORIGIN_NAMES[fact.origin], source) for fact in facts]
    return _table(rows)


def read_former_table(path: Path) -> Table:
    """The table from the file that a run or an archive has of it; empty where there is none. Raises InputsInvalid (E125)."""
    with reads.as_a_whole(f"table:{FORMER_YEAR.name}"):
        if not path.is_file():
            return absent_table()
        try:
            rows = list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
            table = _table([tuple(row[column.header] for column in FORMER_YEAR.columns) for row in rows])
            former_facts(table.frame)
        except (KeyError, ValueError, csv.Error):
            message = "不是程序由上年度报告写出的样子。"
            mend = "请把它从数据文件夹移走，由程序从上年度的档案或结果中取数。"
            raise InputsInvalid([finding("E125", path.name, message, mend)]) from None
    return table


def absent_table() -> Table:
    """The table where there is no report of the former year."""
    return Table(FORMER_YEAR.name, FORMER_FILE, "", 0, frame_of(FORMER_YEAR, {}, []), "missing", absent=True)


def leave_former_table(table: Table, folder: Path) -> None:
    """Put the table, where there is one, into a folder for the sections and for the archive."""
    if not table.absent:
        (folder / FORMER_FILE).write_bytes(clean_csv(table))


def registration(table: Table, department: str, fiscal_year: int) -> RegisteredFile:
    """What the register says of a table that is there: whose report it comes from."""
    assert table.origin != "missing"
    return RegisteredFile(
        file=FORMER_FILE,
        title=FORMER_YEAR.title,
        origin=table.origin,
        keeper=department,
        as_of=date(fiscal_year - 1, 12, 31),
        note=f"程序取自{'、'.join(table.frame['reference'].unique())}；各数字的来源与上年度相同。",
        fill_down=[],
    )


def former_facts(frame: pd.DataFrame) -> dict[str, Fact]:
    """The rows of the table as facts, by id. Raises KeyError or ValueError for what is no figure of a report."""
    return {row["fact"]: _fact(row) for row in frame.to_dict("records")}


def row_of(frame: pd.DataFrame, fact: Fact) -> pd.DataFrame:
    """The row that a fact of the table stands in, with the origin that the figure had in its year."""
    rows = frame[frame["fact"].eq(fact.id)]
    rows.attrs["table"] = rows.attrs["table"] | {"origin": fact.origin}
    return rows


def _fact(row: Mapping[Hashable, str]) -> Fact:
    value, unit = decode(row["value"]), row["unit"]
    if not is_number(value):
        raise ValueError(row["value"])
    return Fact(
        id=row["fact"],
        label=row["label"],
        value=value,
        unit=unit,
        display=format_value(value, unit),
        origin=_ORIGINS[row["origin"]],
        recomputed_from=None,
        formula="",
        sources=(),
        section=0,
    )


def _table(rows: Iterable[tuple[str, ...]]) -> Table:
    columns = dict(zip((column.name for column in FORMER_YEAR.columns), map(list, zip(*rows, strict=True)), strict=True))
    count = len(columns["fact"])
    frame = frame_of(FORMER_YEAR, columns, range(2, count + 2))
    origins = {_ORIGINS[name] for name in columns["origin"]}
    origin: Origin = "synthetic" if "synthetic" in origins else "ledger" if origins == {"ledger"} else "published"
    headers = tuple(column.header for column in FORMER_YEAR.columns)

    def table(sha: str) -> Table:
        return Table(FORMER_YEAR.name, FORMER_FILE, sha, count, frame, origin, absent=False, headers=headers)

    return table(sha256(clean_csv(table(""))).hexdigest())
