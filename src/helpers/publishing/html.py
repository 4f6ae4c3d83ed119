"""The report as one web page that needs nothing from elsewhere: an nbconvert exporter of the combined notebook."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from nbconvert.exporters import Exporter
from nbformat import NotebookNode

from helpers.publishing.document import Document, Part, marks_of, read_document
from helpers.publishing.web_page import TEMPLATES, environment, whole_page
from helpers.wording import chinese_number

MARKS = ("missing", "synthetic")
"""Origins that the page lists apart."""


class SelfevalHTMLExporter(Exporter):
    """nbconvert's `selfeval-html`: the combined notebook as one HTML file. The same notebook gives the same bytes."""

    output_mimetype = "text/html"
    export_from_notebook = "绩效自评报告（HTML）"

    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[Any, dict[str, Any]]:
        """The page and nbconvert's resources. Raises CharactersMissing for a character that no font of the package has."""
        notebook, resources = super().from_notebook_node(nb, resources, **kw)
        return _render(*read_anchored(notebook)), resources


def read_anchored(notebook: NotebookNode) -> tuple[Document, dict[str, dict[str, str]]]:
    """The document tree of a combined notebook, ready for web pages, and for each fact the places where it is printed.

    Each block has its `anchor`, each table cell its `align`, each chart its `data`: pairs of label and run of its facts.
    """
    document = read_document(notebook)
    places = _anchor(document)
    for part in document.sections:
        for block in part.blocks:
            if block["kind"] == "figure":
                block["data"] = [_datum(fact, document.facts[fact]) for fact in dict.fromkeys(block["facts"])]
    return document, places


def _datum(name: str, fact: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    mark = fact["origin"] if fact["origin"] in MARKS else ""
    return fact["label"], {"fact": name, "display": fact["display"], "mark": mark, "anchor": ""}


def _render(document: Document, places: Mapping[str, Mapping[str, str]]) -> str:
    templates = environment(report="")
    body = templates.get_template("body.html.j2").render(
        document=document,
        marks=marks_of(document),
        register=_register(document, places),
        register_label=f"附录{chinese_number(len(document.appendix) + 1)}",
        listed={mark: sum(fact["origin"] == mark for fact in document.facts.values()) for mark in MARKS},
        part_id=_part_id,
    )
    title = f"{''.join(document.title)}（{document.year}年度）{document.department}"
    return whole_page(templates, title, body, document.notice, (TEMPLATES / "report.js").read_text("utf-8"))


def _part_id(part: Part) -> str:
    return f"{'section' if part.notebook else 'appendix'}-{part.number}"


def _anchor(document: Document) -> dict[str, dict[str, str]]:
    """Give each block an `anchor`, and each fact one at its first print in a place, so that the register can lead back;
    give each table cell its `align`.

    Returns for each fact the places where it is printed, with their anchors.
    """
    printed: dict[str, dict[str, str]] = defaultdict(dict)
    for part in (*document.sections, *document.appendix):
        heading = ""
        for position, block in enumerate(part.blocks, start=1):
            block["anchor"] = f"{_part_id(part)}-{position}"
            if block["kind"] == "table":
                _align(block)
            if block["kind"] == "heading" and block["level"] == 2:
                heading = block["label"]
            numbered = block["kind"] in ("table", "figure")
            place = block["label"] if numbered else part.label.rstrip("、") + heading
            for fact in block.get("facts", []):
                printed[fact].setdefault(place, block["anchor"])
            for run in _fact_runs(block):
                places = printed[run["fact"]]
                run["anchor"] = "" if place in places else f"at-{run['fact']}-{len(places) + 1}"
                places.setdefault(place, run["anchor"])
    return printed


def _align(table: Mapping[str, Any]) -> None:
    """Give each cell its `align`: its own, that of a header, or that of its column, found past the spans from rows above."""
    columns = table["columns"]
    covered = [0] * len(columns)  # for how many rows to come, this one included
    for row in table["rows"]:
        for cell in row:
            start = covered.index(0)
            cell.setdefault("align", "center" if cell.get("header") else columns[start]["align"])
            across = cell.get("colspan", 1)
            covered[start : start + across] = [cell.get("rowspan", 1)] * across
        covered = [max(0, rows - 1) for rows in covered]


def _fact_runs(block: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    cells = [cell["runs"] for row in block.get("rows", []) for cell in row]
    for runs in (block.get("runs", []), *cells, *block.get("notes", [])):
        yield from (run for run in runs if "fact" in run)


def _register(document: Document, places: Mapping[str, Mapping[str, str]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """All facts by the section that records them, each with its id and where it is printed.

    Within a section those printed stand first, in the order of the report, the others follow by id: the order of keys in
    the notebook's metadata is lost when it is saved.
    """
    titles = {part.number: part.label + part.title for part in document.sections}
    facts = [dict(fact) | {"id": name, "places": places.get(name, {})} for name, fact in document.facts.items()]
    order = {name: position for position, name in enumerate(places)}
    facts.sort(key=lambda fact: (fact["section"], order.get(fact["id"], len(order)), fact["id"]))
    by_section = groupby(facts, key=lambda fact: fact["section"])
    return [(titles.get(number, f"第 {number} 部分"), list(group)) for number, group in by_section]
