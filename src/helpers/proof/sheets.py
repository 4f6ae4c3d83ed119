"""Reads scorecard.xlsx back and holds its cells against the form of the document tree and against facts.json."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from openpyxl import load_workbook  # type: ignore[import-untyped]
from openpyxl.cell.cell import Cell  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]
from openpyxl.utils.escape import unescape  # type: ignore[import-untyped]

from helpers.blocks import Run, Table, plain_text
from helpers.proof.passages import Passage, Piece
from helpers.proof.recorded import Recorded
from helpers.publishing.form_layout import areas_of
from helpers.publishing.scorecard_xlsx import DERIVATION_SHEET, FORM_SHEET, IMPORT_SHEET, TITLE_ROWS
from helpers.wording import trim

Place = tuple[str, int, int]
"""Sheet, row and column from 1."""
EXECUTION_SCORE, TOTAL_SCORE = "scorecard.execution.score", "scorecard.total.score"

_DECIMAL = re.compile(r"-?[0-9]+\.[0-9]+")


@dataclass(frozen=True)
class Wanted:
    """What a cell must show: one of `texts` ("" for an empty cell), or with `points` a number of the same value. `pieces` tell
    its figures, `kind` is the kind of passage that it is.
    """

    pieces: tuple[Piece, ...]
    texts: frozenset[str]
    points: bool = False
    kind: str = "sheet"

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    def shown_by(self, text: str) -> bool:
        return text in self.texts or (self.points and _plain(text) in self.texts)


def read_sheets(file: bytes) -> dict[Place, str]:
    """The text of each cell that is not empty, numbers with the decimals that the sheet shows."""
    cells = (cell for sheet in load_workbook(io.BytesIO(file)) for row in sheet.iter_rows() for cell in row)
    return {(cell.parent.title, cell.row, cell.column): _shown(cell) for cell in cells if cell.value not in (None, "")}


def wanted_cells(form: Table, recorded: Recorded, notice: str | None = None) -> dict[Place, Wanted]:
    """What the cells must show: every cell of the form, and in the other two sheets those that print facts."""
    wanted = dict(_form(form, notice))
    rows = list(_indicators(form))
    for row, (target, actual, weight, score) in enumerate(rows, start=2):
        number = str(row - 1)
        wanted[DERIVATION_SHEET, row, 1] = Wanted((Piece(number),), frozenset({number}), kind="row")
        wanted[DERIVATION_SHEET, row, 5] = _formula(score, recorded)
        wanted[IMPORT_SHEET, row, 5] = _runs(target)
        wanted[IMPORT_SHEET, row, 6] = _figure(actual, recorded, or_empty=True)
        for sheet, columns in ((DERIVATION_SHEET, (3, 4)), (IMPORT_SHEET, (4, 7))):
            for column, runs in zip(columns, (weight, score), strict=True):
                wanted[sheet, row, column] = _figure(runs, recorded)
    execution, total = ([_run(fact, recorded)] for fact in (EXECUTION_SCORE, TOTAL_SCORE))
    wanted[DERIVATION_SHEET, len(rows) + 2, 4] = _figure(execution, recorded)
    if recorded.facts[EXECUTION_SCORE]["value"] is not None:
        wanted[DERIVATION_SHEET, len(rows) + 2, 5] = _formula(execution, recorded)
    wanted[DERIVATION_SHEET, len(rows) + 3, 4] = _figure(total, recorded)
    return wanted


def sheet_passages(cells: Mapping[Place, str], wanted: Mapping[Place, Wanted]) -> list[Passage]:
    """The texts of the workbook; a cell that shows what it must has its figures told."""
    found = []
    for place, text in cells.items():
        cell = wanted.get(place)
        right = cell is not None and cell.shown_by(text)
        kind, pieces = (cell.kind, cell.pieces) if cell and right else ("sheet", (Piece(text),))
        found.append(Passage(kind, pieces, named(place)))
    return found


def sheet_differences(cells: Mapping[Place, str], wanted: Mapping[Place, Wanted], recorded: Recorded) -> Iterator[str]:
    """Each cell that shows something else than it must, and each that the form does not have."""
    for place, cell in wanted.items():
        shown = cells.get(place, "")
        if not cell.shown_by(shown):
            facts = "、".join(recorded.label(piece.fact) for piece in cell.pieces if piece.fact)
            yield f"XLSX {named(place)}：{facts or '文字'}应为“{cell.text}”，现为“{shown}”"
    for place in cells.keys() - wanted.keys():
        if place[0] == FORM_SHEET:
            yield f"XLSX {named(place)}：多出“{cells[place]}”，自评表中没有这一格"


def named(place: Place) -> str:
    """自评表 C5."""
    sheet, row, column = place
    return f"“{sheet}”{get_column_letter(column)}{row}"


def _form(form: Table, notice: str | None) -> Iterator[tuple[Place, Wanted]]:
    """A cell over several rows is repeated where a printed page begins within it; the rest of what it covers is empty."""
    yield (FORM_SHEET, 1, 1), _runs([{"text": form["caption"]}])
    unit = f"单位：{form['unit']}" if form["unit"] else ""
    yield (FORM_SHEET, TITLE_ROWS, 1), _runs([{"text": "　　".join(filter(None, (notice, unit)))}])
    areas = areas_of(form, TITLE_ROWS + 1)
    for area in areas:
        wanted = _runs(area.cell["runs"])
        yield (FORM_SHEET, area.row, area.column), wanted
        for row in range(area.row + 1, area.last_row + 1):
            yield (FORM_SHEET, row, area.column), replace(wanted, texts=wanted.texts | {""})
    for row, note in enumerate(form["notes"], start=1 + max(area.last_row for area in areas)):
        yield (FORM_SHEET, row, 1), _runs(note)


def _indicators(form: Table) -> Iterator[tuple[list[Run], list[Run], list[Run], list[Run]]]:
    """Target, actual value, weight and score of each indicator, as runs."""
    for row in form["rows"]:
        runs = [cell["runs"] for cell in row[-5:-1]]
        if runs and any(run.get("fact", "").endswith(".target") for run in runs[0]):
            yield runs[0], runs[1], runs[2], runs[3]


def _runs(runs: Sequence[Run]) -> Wanted:
    """A cell that shows the runs as they are; the sign of made-up figures is not printed in the workbook."""
    pieces = tuple(Piece(run.get("display", run.get("text", "")), run.get("fact")) for run in runs)
    return Wanted(pieces, frozenset({plain_text(list(runs))}))


def _figure(runs: Sequence[Run], recorded: Recorded, *, or_empty: bool = False) -> Wanted:
    """A cell of one fact, with its unit or without; empty where it is missing and may be."""
    fact = runs[-1]["fact"]
    forms = recorded.forms[fact] | {_plain(form) for form in recorded.forms[fact]}
    missing = recorded.facts[fact]["value"] is None
    return replace(_runs(runs), texts=forms | ({""} if or_empty and missing else set()), points=True)


def _formula(runs: Sequence[Run], recorded: Recorded) -> Wanted:
    """A cell of the words in which a fact says how it was computed."""
    fact = runs[-1]["fact"]
    formula = recorded.facts[fact]["formula"]
    return Wanted((Piece(formula, fact),), frozenset({formula}))


def _run(fact: str, recorded: Recorded) -> Run:
    return {"fact": fact, "display": recorded.facts[fact]["display"]}


def _plain(text: str) -> str:
    return trim(text) if _DECIMAL.fullmatch(text) else text


def _shown(cell: Cell) -> str:
    """A number as its format shows it: 0.00 gives two decimals."""
    if cell.data_type != "n":
        return str(unescape(cell.value))
    places = len(cell.number_format.partition(".")[2])
    return format(Decimal(str(cell.value)), f".{places}f")
