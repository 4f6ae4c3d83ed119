"""Executed section notebooks to one combined notebook, the only source of every report format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_notebook

from helpers.blocks import facts_of
from helpers.executed import SectionRecords, read_records
from helpers.execution.outline import Outline
from helpers.facts import YEAR_FACT, Fact, FactError, Ledger
from helpers.wording import chinese_number

NOTICE = "含演示数据，不得报送"


@dataclass(frozen=True)
class Gathered:
    """All facts of the run, with the code cell that recorded each and the sections that print it."""

    ledger: Ledger
    cells: Mapping[str, str]
    printed_in: Mapping[str, list[str]]

    def to_json(self, year: int) -> dict[str, Any]:
        """The content of facts.json."""
        facts = sorted(self.ledger, key=lambda fact: fact.id)
        extra = {fact.id: {"cell": self.cells[fact.id], "printed_in": self.printed_in[fact.id]} for fact in facts}
        return {"schema": 1, "year": year, "facts": [fact.to_json() | extra[fact.id] for fact in facts]}


def gather(outline: Outline, notebooks: Mapping[str, NotebookNode]) -> Gathered:
    """The facts of all sections. Raises FactError where two sections record one id, where a block prints a fact that is
    not recorded, or where a section prints a fact of one that it does not name in its `needs` (its order would be chance).
    """
    records = {section.notebook: read_records(section.notebook, notebooks[section.notebook]) for section in outline.sections}
    ledger = Ledger(fact for record in records.values() for fact in record.facts)
    cells = {fact_id: f"{name}#{number}" for name, record in records.items() for fact_id, number in record.cells.items()}
    homes = {fact.id: name for name, record in records.items() for fact in record.facts}
    printed_in: dict[str, list[str]] = {fact.id: [] for fact in ledger}
    for section in outline.sections:
        allowed = {section.notebook, *outline.upstream(section.notebook)}
        for fact_id in _printed(records[section.notebook]):
            ledger[fact_id]
            if homes[fact_id] not in allowed and fact_id != YEAR_FACT:
                raise FactError(
                    f"{section.notebook} 打印了 {homes[fact_id]} 的事实“{fact_id}”，但 outline.yml 没有把它列入 needs；请补上。"
                )
            printed_in[fact_id].append(chinese_number(section.number))
    return Gathered(ledger, cells, printed_in)


def combine(
    outline: Outline,
    notebooks: Mapping[str, NotebookNode],
    gathered: Gathered,
    *,
    year: int,
    title: Sequence[str],
    department: str,
    appendix: Sequence[Mapping[str, Any]],
    attachments: Sequence[Mapping[str, str]],
) -> NotebookNode:
    """The combined notebook (its metadata are described in docs/architecture.md)."""
    cells = []
    for section in outline.sections:
        for number, cell in enumerate(notebooks[section.notebook].cells, start=1):
            copy = NotebookNode(cell, id=f"{section.number:02d}-{number:02d}", metadata={"selfeval": {"section": section.number}})
            cells.append(copy)
    combined: NotebookNode = new_notebook(cells=cells, metadata={"language_info": {"name": "python"}})
    synthetic = any(fact.origin == "synthetic" or fact.recomputed_from == "synthetic" for fact in gathered.ledger)
    combined.metadata["selfeval"] = {
        "schema": 1,
        "year": year,
        "title": list(title),
        "department": department,
        "notice": NOTICE if synthetic else None,
        "sections": [section.model_dump(include={"number", "title", "notebook", "landscape"}) for section in outline.sections],
        "appendix": list(appendix),
        "attachments": list(attachments),
        "facts": {fact.id: _register_entry(fact, gathered.cells[fact.id]) for fact in gathered.ledger},
    }
    return combined


def _register_entry(fact: Fact, cell: str) -> dict[str, Any]:
    entry = fact.to_json() | {"cell": cell}
    del entry["id"]
    return entry


def _printed(records: SectionRecords) -> list[str]:
    printed = [fact_id for block in records.blocks for fact_id in facts_of(block)]
    return list(dict.fromkeys(printed))
