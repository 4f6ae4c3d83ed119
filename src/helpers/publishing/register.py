"""The register of facts, the last appendix part of every format: all facts, each with the places where it is printed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from helpers.facts import ORIGIN_NAMES
from helpers.publishing.document import Document, Part
from helpers.wording import chinese_number

REGISTER_TITLE = "事实登记"
REGISTER_NOTE = (
    "报告中的每个数字在此登记一次，按登记它的部分排列，先列已打印的。“—”表示正文没有单独列出。"
    "每个数字的精确值、计算方法、所用记录的行数和校验值见 facts.json。"
)
HEADINGS = ("编号", "名称", "数值", "来源", "所用记录", "见于")
ALIGNS = ("left", "left", "right", "left", "left", "left")
WIDTHS = (19.5, 14.3, 6.4, 11, 9.8, 7)


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


def with_register(document: Document) -> Document:
    """The document with the register as its last appendix part, for formats on paper: a table for each section.

    Its tables are `dense` (to be set small), and its prints do not count among those of `places_of`.
    """
    tables = sum(block["kind"] == "table" for part in (*document.sections, *document.appendix) for block in part.blocks)
    groups = register(document, places_of(document))
    blocks = [_table(f"表{number}", heading, facts) for number, (heading, facts) in enumerate(groups, start=tables + 1)]
    note = {"kind": "paragraph", "style": "note", "runs": [{"text": REGISTER_NOTE}]}
    part = Part(register_label(document), REGISTER_TITLE, True, [note, *blocks], len(document.appendix) + 1)
    return replace(document, appendix=[*document.appendix, part])


def _table(label: str, heading: str, facts: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "kind": "table",
        "label": label,
        "caption": heading,
        "unit": "",
        "mark": "",
        "dense": True,
        "columns": [{"align": align, "width": width} for align, width in zip(ALIGNS, WIDTHS, strict=True)],
        "header_rows": 1,
        "rows": [[{"runs": [{"text": name}], "header": True} for name in HEADINGS], *map(_row, facts)],
        "notes": [],
    }


def _row(fact: dict[str, Any]) -> list[dict[str, Any]]:
    origin = ORIGIN_NAMES[fact["origin"]]
    if fact["recomputed_from"]:
        origin += f"（{ORIGIN_NAMES[fact['recomputed_from']]}复算）"
    value = {"fact": fact["id"], "display": fact["display"], "mark": "missing" if fact["origin"] == "missing" else ""}
    records = dict.fromkeys(source["table"] for source in fact["sources"])
    texts = (origin, *("、".join(names) or "—" for names in (records, fact["places"])))
    return [
        {"runs": [run]} for run in ({"text": fact["id"]}, {"text": fact["label"]}, value, *({"text": text} for text in texts))
    ]


def _fact_runs(block: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    cells = [cell["runs"] for row in block.get("rows", []) for cell in row]
    for runs in (block.get("runs", []), *cells, *block.get("notes", [])):
        yield from (run for run in runs if "fact" in run)
