"""What executed section notebooks hold: facts with their cell, blocks and problems."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from helpers import reads
from helpers.blocks import BLOCK_MIME, FACT_MIME, FACTS_MIME, PROBLEM_MIME, Block, Run
from helpers.facts import Fact, FactError, Ledger

NEEDS_OF_RUN = "SELFEVAL_NEEDS"
"""The environment variable that names, with commas, the notebooks in that folder which the section may read."""
UPSTREAM_OF_RUN = "SELFEVAL_UPSTREAM"
"""The environment variable that names the folder of executed notebooks of the run under way. No parameter does: the same
inputs would give other notebooks in another folder.
"""


@dataclass(frozen=True)
class Problem:
    """A problem found by a `rule` (an id of PROBLEM_RULES) or stated by the department (its own id)."""

    rule: str
    title: str
    runs: list[Run]
    facts: list[str]

    def to_json(self) -> dict[str, Any]:
        return {"rule": self.rule, "title": self.title, "runs": self.runs, "facts": self.facts}


@dataclass(frozen=True)
class SectionRecords:
    """Everything one executed notebook recorded; `cells` maps a fact id to the number of its code cell, from 1."""

    notebook: str
    facts: list[Fact]
    cells: dict[str, int]
    blocks: list[Block]
    problems: list[Problem]


def read_notebook(path: Path) -> NotebookNode:
    """An executed notebook from disk."""
    notebook: NotebookNode = nbformat.read(path, as_version=4)
    return notebook


def read_records(name: str, notebook: NotebookNode) -> SectionRecords:
    """The records in the outputs of an executed notebook, in order."""
    facts: list[Fact] = []
    cells: dict[str, int] = {}
    blocks: list[Block] = []
    problems: list[Problem] = []
    for number, data in _bundles(notebook):
        found = [data[FACT_MIME]] if FACT_MIME in data else data.get(FACTS_MIME, [])
        for item in found:
            fact = Fact.from_json(item)
            facts.append(fact)
            cells[fact.id] = number
        if BLOCK_MIME in data:
            blocks.append(data[BLOCK_MIME])
        if PROBLEM_MIME in data:
            problems.append(Problem(**data[PROBLEM_MIME]))
    return SectionRecords(name, facts, cells, blocks, problems)


class Upstream:
    """What the sections before one recorded: the executed notebooks of a folder whose number is smaller; those of `needs` alone
    where these are given, since of the others it would be chance whether they have run.
    """

    def __init__(self, folder: Path, *, before: int, needs: Container[str] | None = None) -> None:
        self._folder, self._before, self._needs = folder, before, needs

    @cached_property
    def _records(self) -> list[SectionRecords]:
        with reads.as_a_whole():
            paths = [path for path in sorted(self._folder.glob("*.ipynb")) if self._is_before(path.stem)]
            return [read_records(path.stem, read_notebook(path)) for path in paths]

    def _is_before(self, stem: str) -> bool:
        return int(stem[:2]) < self._before if self._needs is None else stem in self._needs

    @cached_property
    def _ledger(self) -> Ledger:
        return Ledger(fact for records in self._records for fact in records.facts)

    @property
    def facts(self) -> list[Fact]:
        """Their facts."""
        reads.note("facts")
        return list(self._ledger)

    @property
    def ids(self) -> list[str]:
        """The ids of their facts."""
        reads.note("fact ids")
        return [fact.id for fact in self._ledger]

    @property
    def problems(self) -> list[Problem]:
        """Their problems, in the order of the sections. Raises FactError where nothing was run before."""
        reads.note("problems")
        if not self._records and self._before > 1:
            raise FactError(f"“{self._folder}”中没有前面各部分的结果，读不到存在的问题。请先运行 make report。")
        return [problem for records in self._records for problem in records.problems]

    def get(self, fact_id: str) -> Fact | None:
        """One fact, or None."""
        reads.note(f"fact:{fact_id}")
        return self._ledger.get(fact_id)

    def fact(self, fact_id: str) -> Fact:
        """One fact. Raises FactError where there is none, naming what to run where there are no notebooks at all."""
        reads.note(f"fact:{fact_id}")
        if not self._records and self._before > 1:
            raise FactError(f"“{self._folder}”中没有前面各部分的结果，读不到事实“{fact_id}”。请先运行 make report。")
        return self._ledger[fact_id]


def _bundles(notebook: NotebookNode) -> Iterator[tuple[int, dict[str, Any]]]:
    code_cells = (cell for cell in notebook.cells if cell.cell_type == "code")
    for number, cell in enumerate(code_cells, start=1):
        for output in cell.outputs:
            if "data" in output:
                yield number, output.data
