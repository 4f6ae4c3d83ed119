"""What the re-check reads and what it finds. Money in fen, rates as fractions of one, points as fractions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from helpers.blocks import Run, plain_text
from helpers.facts import Fact
from helpers.issue import Severity
from helpers.scoring.model import Indicator
from helpers.scoring.printed import Printed


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the report, or the text of a table's cell: then `row` is its row in the file and `section` its column."""

    section: str
    runs: tuple[Run, ...]
    row: int | None = None

    @property
    def text(self) -> str:
        """All that a reader sees."""
        return plain_text(list(self.runs))

    @property
    def typed(self) -> str:
        """The text without what facts print; a line break stands for each fact, so that no word runs across it."""
        return "".join(run.get("text", "\n") for run in self.runs)

    @property
    def facts(self) -> list[str]:
        return [run["fact"] for run in self.runs if "fact" in run]


@dataclass(frozen=True)
class ReviewedProgramme:
    """What the rules need of a programme's parameters.

    Its facts start with `id`; `unit_id` ends those that count beneficiaries, if it has any. `base_grant` is id and name of the
    grant that each beneficiary should get. `preparations` are ids and names of the milestones that come before the allocation.
    """

    id: str
    name: str
    beneficiary: str | None
    unit_id: str | None
    plan: str
    base_grant: tuple[str, str] | None = None
    preparations: tuple[tuple[str, str], ...] = ()
    statement_date: date | None = None


@dataclass(frozen=True)
class Reviewed:
    """A self-evaluation table or a whole report.

    `indicators` hold the scores that the document itself prints (`printed_score`), `printed` its other sums and its funds block.
    `table` names the file that row numbers belong to. `execution_weight` is what the rule set gives to the execution rate,
    for a table that does not say. `cells` are the texts of all tables, `names` those of the parameters or the table's head
    (departments, offices, regulations). `year` is the fiscal year where it is known, `last_year` the paragraphs of the report
    of the year before, `absent` the optional tables that were not given.
    """

    indicators: tuple[Indicator, ...] = ()
    printed: Printed = field(default_factory=Printed)
    table: str = ""
    execution_weight: Fraction = Fraction(10)
    department: str = ""
    year: int | None = None
    paragraphs: tuple[Paragraph, ...] = ()
    last_year: tuple[str, ...] | None = None
    cells: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    facts: Mapping[str, Fact] = field(default_factory=dict)
    programmes: tuple[ReviewedProgramme, ...] = ()
    absent: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Finding:
    """What a reviewer would object to. `rows` as in the file (none: the whole document), `section` its place in a report."""

    code: str
    severity: Severity
    message: str
    mend: str
    rows: tuple[int, ...] = ()
    section: str = ""

    @property
    def place(self) -> str:
        """Where it stands, in words; empty for the whole document."""
        rows = f"第 {'、'.join(map(str, self.rows))} 行" if self.rows else ""
        return "，".join(part for part in (rows, self.section) if part)

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"rows": list(self.rows)}

    def __str__(self) -> str:
        return f"{self.severity} {self.code} {f'{self.place}：' if self.place else ''}{self.message}{self.mend}"
