"""The register of facts, the last appendix part of every format: all facts, each with the places where it is printed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from helpers.publishing.document import Document
from helpers.wording import chinese_number

REGISTER_TITLE = "事实登记"


@dataclass(frozen=True)
class Print:
    """One print of a fact: its place in the report (五（一）, 表3), its block, and its run (None where a chart draws it)."""

    fact: str
    place: str
    block: Mapping[str, Any]
    run: dict[str, Any] | None


def register_label(document: Document) -> str:
    """The label of the register, which follows the other appendix parts: 附录八."""
    return f"附录{chinese_number(len(document.appendix) + 1)}"


def prints(document: Document) -> Iterator[Print]:
    """Every print of every fact, in reading order."""
    for part in (*document.sections, *document.appendix):
        heading = ""
        for block in part.blocks:
            if block["kind"] == "heading" and block["level"] == 2:
                heading = block["label"]
            numbered = block["kind"] in ("table", "figure")
            place = block["label"] if numbered else part.label.rstrip("、") + heading
            yield from (Print(fact, place, block, None) for fact in block.get("facts", []))
            yield from (Print(run["fact"], place, block, run) for run in _fact_runs(block))


def places_of(document: Document) -> dict[str, list[str]]:
    """The places where each fact is printed; both facts and places in the order of first print."""
    places: dict[str, dict[str, None]] = {}
    for found in prints(document):
        places.setdefault(found.fact, {})[found.place] = None
    return {fact: list(names) for fact, names in places.items()}


def register(document: Document, places: Mapping[str, Collection[str]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """All facts by the section that records them: pairs of its heading and its facts, each fact with its `id` and `places`.

    `places` are those of `places_of`, or a mapping in the same order that knows more of each place. Within a section the
    printed facts stand first, in the order of the report, the others follow by id: the order of keys in the notebook's
    metadata is lost when it is saved.
    """
    titles = {part.number: part.label + part.title for part in document.sections}
    facts = [dict(fact) | {"id": name, "places": places.get(name, {})} for name, fact in document.facts.items()]
    order = {name: position for position, name in enumerate(places)}
    facts.sort(key=lambda fact: (fact["section"], order.get(fact["id"], len(order)), fact["id"]))
    by_section = groupby(facts, key=lambda fact: fact["section"])
    return [(titles.get(number, f"第 {number} 部分"), list(group)) for number, group in by_section]


def _fact_runs(block: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    cells = [cell["runs"] for row in block.get("rows", []) for cell in row]
    for runs in (block.get("runs", []), *cells, *block.get("notes", [])):
        yield from (run for run in runs if "fact" in run)
