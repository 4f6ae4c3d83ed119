"""Tables and reports that the tests of the re-check share."""

from __future__ import annotations

import csv
from fractions import Fraction
from functools import cache
from pathlib import Path

from openpyxl import Workbook

from helpers.review.command import review_table
from helpers.review.model import Finding, Paragraph, Reviewed
from helpers.scoring.model import Indicator, Quantity
from helpers.scoring.printed import FundsRow, Printed, SumRow

FOLDER = Path(__file__).parent
CLEAN = {path.stem: path for path in sorted((FOLDER / "clean").glob("*.csv"))}
FAULTY = {path.stem: path for path in sorted((FOLDER / "faulty").glob("*.csv"))}
FEN_PER_WAN = 1_000_000


@cache
def reviewed_file(path: Path) -> list[Finding]:
    """What the command finds in a table."""
    return review_table(path, "national-default", None)


def places(findings) -> list[tuple[str, list[int]]]:
    """Code and rows of each finding, sorted."""
    return sorted((finding.code, list(finding.rows)) for finding in findings)


def codes(findings) -> list[str]:
    return [finding.code for finding in findings]


def rows_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def write_xlsx(path: Path, rows, merges=()) -> Path:
    workbook = Workbook()
    for row in rows:
        workbook.active.append([cell if cell != "" else None for cell in row])
    for merge in merges:
        workbook.active.merge_cells(merge)
    workbook.save(path)
    return path


def indicator(level3="培训人数", target=100, actual=100, *, unit="人", score=10, weight=10, **more) -> Indicator:
    """A sound row of a quantity; target and actual as facts hold them, None where not given."""
    given = {
        "row": 2,
        "level1": "产出指标",
        "level2": "数量指标",
        "level3": level3,
        "direction": "≥",
        "target": None if target is None else Quantity(target, unit),
        "actual": None if actual is None else Quantity(actual, unit),
        "weight": Fraction(weight),
        "printed_score": None if score is None else Fraction(score),
    }
    return Indicator(**(given | more))


def scored(*scores, weight=None, total=None, execution=None, execution_weight=10) -> Reviewed:
    """Rows with these scores, their total and the score of the execution rate as the table prints them."""
    rows = [indicator(score=score, weight=weight or score) for score in map(Fraction, scores)]
    sums = Printed(
        total=None if total is None else SumRow(9, "总分", Fraction(100), Fraction(total)),
        execution=() if execution is None else (SumRow(8, "预算执行率", Fraction(execution_weight), Fraction(execution)),),
    )
    return Reviewed(indicators=tuple(rows), printed=sums)


def funds(label="年度资金总额", full_year="100", executed="90", **more) -> FundsRow:
    """A row of the funds block; amounts as text in 万元, None where the table has none."""
    amounts = [None if text is None else int(Fraction(text) * FEN_PER_WAN) for text in (full_year, executed)]
    given = {"row": 4, "initial": None, "points": None, "rate": None, "score": None}
    return FundsRow(label=label, full_year=amounts[0], executed=amounts[1], **(given | more))


def with_funds(*rows) -> Reviewed:
    return Reviewed(printed=Printed(funds=rows))


def with_text(text, **more) -> Reviewed:
    """A document of one paragraph, of a department and a year."""
    given = {"department": "市教育局", "year": 2023, "paragraphs": (Paragraph("一、基本概况", ({"text": text},)),)}
    return Reviewed(**(given | more))
