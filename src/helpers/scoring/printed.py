"""What a self-evaluation table prints beside its indicators: the funds block, totals, the execution row, other text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from helpers.intake.findings import quote
from helpers.intake.grid import NumberedRow
from helpers.money import parse_fen
from helpers.scoring.cell_text import fold, is_blank
from helpers.scoring.headings import bare_name
from helpers.scoring.model import ScoringIssue

FundsUnit = Literal["元", "万元"]

TOTAL_FUNDS = re.compile(r"(年度|项目|部门)?(资金|预算|支出)?(总额|合计|总计)|年度预算|部门预算|全年预算")
"""Names of the total row, without brackets and colon."""
_FUNDS = {
    "initial": ("年初预算数", "年初预算", "年初数"),
    "full_year": ("全年预算数", "全年预算", "调整后预算数", "预算数"),
    "executed": ("全年执行数", "全年执行", "执行数", "实际执行数", "全年支出数"),
    "points": ("分值", "权重"),
    "rate": ("执行率", "预算执行率"),
    "score": ("得分", "自评得分"),
}
_FUND_COLUMN = {variant: column for column, variants in _FUNDS.items() for variant in variants}
_NEXT_BLOCK = re.compile("目标|指标|绩效")
MOST_CHARACTERS = 20
"""Of a number of points or an amount; Excel itself keeps 15 digits."""
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]+)?")
_SEPARATOR = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")


@dataclass(frozen=True)
class SumRow:
    """A row of points that is no indicator: the total, a subtotal, or the execution rate among the indicators."""

    row: int
    label: str
    weight: Fraction | None
    score: Fraction | None


@dataclass(frozen=True)
class FundsRow:
    """A row of the funds block: amounts in fen, `rate` a fraction of one; None where the table gives nothing readable."""

    row: int
    label: str
    initial: int | None
    full_year: int | None
    executed: int | None
    points: Fraction | None
    rate: Fraction | None
    score: Fraction | None

    @property
    def is_total(self) -> bool:
        return bool(TOTAL_FUNDS.fullmatch(bare_name(self.label).rstrip(":")))


@dataclass(frozen=True)
class Printed:
    """What the file itself prints. `execution` are rows 预算执行率 among the indicators; `text` is all the rest, by row."""

    total: SumRow | None = None
    subtotals: tuple[SumRow, ...] = ()
    execution: tuple[SumRow, ...] = ()
    funds: tuple[FundsRow, ...] = ()
    text: tuple[tuple[int, str], ...] = ()


def read_number(text: str) -> Fraction | None:
    """The exact number of a cell of points or amounts (``10``, ``9.5分``, ``1,234.50``), None where it is blank.

    Raises ValueError for anything else.
    """
    if is_blank(text):
        return None
    plain = _SEPARATOR.sub("", fold(text)).removesuffix("分")
    if not _NUMBER.fullmatch(plain) or len(plain) > MOST_CHARACTERS:
        raise ValueError(text)
    return Fraction(plain)


def read_funds(rows: Sequence[NumberedRow]) -> tuple[list[FundsRow], set[int], list[ScoringIssue]]:
    """The funds block among `rows` (those above the indicators), the rows it takes, and cells that are not readable.

    Amounts are in 万元, in 元 where the rows above or the block's own heads say so.
    """
    for place, (row, cells) in enumerate(rows):
        columns = _columns(cells)
        if {"full_year", "executed"} <= columns.keys():
            unit = _unit([cells for _, cells in rows[: place + 1]])
            percent = "%" in fold(cells[columns["rate"]]) if "rate" in columns else False
            return _read_block(rows[place + 1 :], columns, unit, percent, {row})
    return [], set(), []


def _columns(cells: Sequence[str]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for place, cell in enumerate(cells):
        name = _FUND_COLUMN.get(bare_name(cell))
        if name:
            columns.setdefault(name, place)
    return columns


def _unit(rows: Sequence[Sequence[str]]) -> FundsUnit:
    text = "".join(fold(cell) for cells in rows for cell in cells)
    return "元" if re.search(r"[(:]元|单位元", text) else "万元"


def _read_block(
    rows: Sequence[NumberedRow], columns: dict[str, int], unit: FundsUnit, percent: bool, taken: set[int]
) -> tuple[list[FundsRow], set[int], list[ScoringIssue]]:
    found, issues = [], []
    for row, cells in rows:
        labels = [cell.strip() for cell in cells[: min(columns.values())] if cell.strip()]
        values = {name: cells[place] if place < len(cells) else "" for name, place in columns.items()}
        if not labels or any(_NEXT_BLOCK.search(bare_name(label)) for label in labels):
            break
        read: dict[str, Fraction | None] = {}
        for name, text in values.items():
            try:
                read[name] = _rate(text, percent) if name == "rate" else read_number(text)
            except ValueError:
                message = f"资金栏{quote(text)}不是数字，未读取。请改为阿拉伯数字。"
                issues.append(ScoringIssue("T107", "警告", row, message))
        initial, full_year, executed = (_fen(read.get(name), unit) for name in ("initial", "full_year", "executed"))
        points, rate, score = (read.get(name) for name in ("points", "rate", "score"))
        found.append(FundsRow(row, labels[-1], initial, full_year, executed, points, rate, score))
        taken.add(row)
    return found, taken, issues


def _fen(amount: Fraction | None, unit: FundsUnit) -> int | None:
    """Whole fen, half up: a block in 万元 that carries more than six decimals holds the trace of a calculation."""
    if amount is None:
        return None
    fen = amount * parse_fen("1", unit)
    return int(fen + Fraction(1, 2)) if fen >= 0 else -int(-fen + Fraction(1, 2))


def _rate(text: str, percent: bool) -> Fraction | None:
    """A printed rate: in per cent where the sign or the column's head says so or the number is above 2, else a share of one."""
    folded = fold(text)
    number = read_number(folded.removesuffix("%"))
    if number is None:
        return None
    return number / 100 if percent or folded.endswith("%") or number > 2 else number
