"""The report as one web page that needs nothing from elsewhere: an nbconvert exporter of the combined notebook."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from nbconvert.exporters import Exporter
from nbformat import NotebookNode

from helpers.publishing.document import Document, Part, marks_of, read_document
from helpers.publishing.register import prints, register, register_label
from helpers.publishing.web_page import TEMPLATES, environment, whole_page

MARKS = ("missing", "synthetic")
"""Origins that the page lists apart."""


class SelfevalHTMLExporter(Exporter):
    """nbconvert's `selfeval-html`: the combined notebook as one HTML file. The same notebook gives the same bytes."""

    output_mimetype = "text/html"
    export_from_notebook = "绩效自评报告（HTML）"

    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: Mapping[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """The page and nbconvert's resources. Raises CharactersMissing for a character that no font of the package has."""
        return _render(*read_anchored(nb)), dict(resources or {}) | {"output_extension": ".html"}


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
        register=register(document, places),
        register_label=register_label(document),
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
    for part in (*document.sections, *document.appendix):
        for position, block in enumerate(part.blocks, start=1):
            block["anchor"] = f"{_part_id(part)}-{position}"
            if block["kind"] == "table":
                _align(block)
    printed: dict[str, dict[str, str]] = defaultdict(dict)
    for found in prints(document):
        places = printed[found.fact]
        anchor = found.block["anchor"]
        if found.run is not None:
            anchor = found.run["anchor"] = "" if found.place in places else f"at-{found.fact}-{len(places) + 1}"
        places.setdefault(found.place, anchor)
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
