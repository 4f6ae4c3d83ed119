"""What a section notebook shows, as data: the blocks of the report and the MIME types that carry them.

A notebook output with one of these MIME types beside its Markdown or SVG is the only thing the report is made of;
every output format is rendered from the same blocks, so a number cannot differ between formats.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

FACT_MIME = "application/vnd.selfeval.fact+json"
FACTS_MIME = "application/vnd.selfeval.facts+json"
BLOCK_MIME = "application/vnd.selfeval.block+json"
PROBLEM_MIME = "application/vnd.selfeval.problem+json"


class Run(TypedDict):
    """A piece of a paragraph: plain `text`, or a `fact` id with the `display` that is printed for it.

    Text that points to the `next` table or figure (下表, 下图) is printed as its number in the report.
    """

    text: NotRequired[str]
    next: NotRequired[Literal["table", "figure"]]
    fact: NotRequired[str]
    display: NotRequired[str]


class Cell(TypedDict):
    """One table cell. Cells hidden by a span of another cell are left out of their row."""

    runs: list[Run]
    rowspan: NotRequired[int]
    colspan: NotRequired[int]
    header: NotRequired[bool]
    align: NotRequired[Literal["left", "center", "right"]]


class Column(TypedDict):
    """A table column: `align` of its cells and its `width` relative to the other columns."""

    align: Literal["left", "center", "right"]
    width: float


class Heading(TypedDict):
    """A heading below the section's own: level 2 is numbered （一）, level 3 is numbered 1. by the renderer."""

    kind: Literal["heading"]
    level: Literal[2, 3]
    text: str


class Paragraph(TypedDict):
    """Running text; style `note` is set small, without indent."""

    kind: Literal["paragraph"]
    style: Literal["body", "note"]
    runs: list[Run]


class Table(TypedDict):
    """A table; the first `header_rows` of `rows` are repeated on each page.

    `totals` are the columns (from 0) whose last row is the sum of the rows above it.
    """

    kind: Literal["table"]
    caption: str
    unit: str
    columns: list[Column]
    header_rows: int
    rows: list[list[Cell]]
    notes: list[list[Run]]
    totals: NotRequired[list[int]]


class Figure(TypedDict):
    """A chart; its picture is the `image/svg+xml` of the same output. `facts` are the figures it draws."""

    kind: Literal["figure"]
    caption: str
    alt: str
    facts: list[str]


Block = Heading | Paragraph | Table | Figure


def facts_of(block: Block) -> list[str]:
    """Ids of the facts that a block prints, in order of appearance, with repetitions."""
    if block["kind"] == "paragraph":
        return _facts_in(block["runs"])
    if block["kind"] == "table":
        cells = [cell["runs"] for row in block["rows"] for cell in row]
        return [fact for runs in (*cells, *block["notes"]) for fact in _facts_in(runs)]
    if block["kind"] == "figure":
        return list(block["facts"])
    return []


def plain_text(runs: list[Run]) -> str:
    """The runs as a reader sees them, without marks."""
    return "".join(run.get("display", run.get("text", "")) for run in runs)


def _facts_in(runs: list[Run]) -> list[str]:
    return [run["fact"] for run in runs if "fact" in run]
