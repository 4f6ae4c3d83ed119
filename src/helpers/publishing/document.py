"""The report as one tree, read from the combined notebook: what every output format is rendered from.

Numbers of headings, tables and figures and the marks at figures from made-up records are settled here, once, so that no
two formats can differ in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode

from helpers.blocks import BLOCK_MIME, facts_of
from helpers.publishing.attachments import Attachment
from helpers.wording import chinese_number

SVG_MIME = "image/svg+xml"


@dataclass(frozen=True)
class Part:
    """A section or an appendix part: its label (一、 or 附录一), title, and blocks as `Document` describes them."""

    label: str
    title: str
    landscape: bool
    blocks: list[dict[str, Any]]
    number: int
    notebook: str | None = None


@dataclass(frozen=True)
class Document:
    """The whole report.

    Blocks are those of `helpers.blocks`, and each heading, table and figure has a `label` (（一）, 1., 表1, 图1), each
    figure its `svg`. A run of a fact has a `mark`: `synthetic`, `missing` or "". Where all figures of a table, or any
    of a chart, come from made-up records, the block has `mark` = `synthetic` and its cells have none.
    """

    title: list[str]
    year: int
    department: str
    notice: str | None
    sections: list[Part]
    appendix: list[Part]
    facts: Mapping[str, Mapping[str, Any]]
    attachments: list[Attachment]


class _Counter:
    """Running numbers of headings within a part, of tables and figures through the report."""

    def __init__(self) -> None:
        self.second = self.third = self.tables = self.figures = 0

    def start_part(self) -> None:
        self.second = self.third = 0

    def label(self, block: Mapping[str, Any]) -> str:
        if block["kind"] == "table":
            self.tables += 1
            return f"表{self.tables}"
        if block["kind"] == "figure":
            self.figures += 1
            return f"图{self.figures}"
        if block["level"] == 2:
            self.second, self.third = self.second + 1, 0
            return f"（{chinese_number(self.second)}）"
        self.third += 1
        return f"{self.third}."


def read_document(notebook: NotebookNode) -> Document:
    """The document tree of a combined notebook (its metadata and blocks are described in docs/architecture.md)."""
    about = notebook.metadata["selfeval"]
    facts = about["facts"]
    counter = _Counter()
    sections = []
    for entry in about["sections"]:
        cells = [cell for cell in notebook.cells if cell.metadata.get("selfeval", {}).get("section") == entry["number"]]
        counter.start_part()
        blocks = _finish_all((block for cell in cells for block in _blocks(cell)), facts, counter)
        label = f"{chinese_number(entry['number'])}、"
        sections.append(Part(label, entry["title"], entry["landscape"], blocks, entry["number"], notebook=entry["notebook"]))
    appendix = []
    for number, part in enumerate(about["appendix"], start=1):
        counter.start_part()
        blocks = _finish_all((dict(block) for block in part["blocks"]), facts, counter)
        appendix.append(Part(f"附录{chinese_number(number)}", part["title"], part.get("landscape", False), blocks, number))
    files = [Attachment(**attachment) for attachment in about["attachments"]]
    return Document(about["title"], about["year"], about["department"], about["notice"], sections, appendix, facts, files)


def marks_of(document: Document) -> set[str]:
    """The marks that occur in the report (`synthetic`, `missing`), for its legend."""
    marks = set()
    for part in (*document.sections, *document.appendix):
        for block in part.blocks:
            cells = [cell["runs"] for row in block.get("rows", []) for cell in row]
            runs = [run for runs in (block.get("runs", []), *cells, *block.get("notes", [])) for run in runs]
            marks |= {block.get("mark", ""), *(run.get("mark", "") for run in runs)}
    return marks - {""}


def _blocks(cell: NotebookNode) -> Iterator[dict[str, Any]]:
    for output in cell.get("outputs", []):
        data = output.get("data", {})
        if BLOCK_MIME in data:
            yield {**data[BLOCK_MIME]} | ({"svg": data[SVG_MIME]} if SVG_MIME in data else {})


def _finish_all(
    blocks: Iterable[dict[str, Any]], facts: Mapping[str, Mapping[str, Any]], counter: _Counter
) -> list[dict[str, Any]]:
    """The blocks of a part, with pointers to the next table or figure under the same heading turned into its label."""
    finished = [_finish(block, facts, counter) for block in blocks]
    labels: dict[str, str] = {}
    for block in reversed(finished):
        if block["kind"] in ("table", "figure"):
            labels[block["kind"]] = block["label"]
        elif block["kind"] == "heading":
            labels.clear()
        else:
            block["runs"] = [{"text": labels.get(run["next"], run["text"])} if "next" in run else run for run in block["runs"]]
    return finished


def _finish(block: dict[str, Any], facts: Mapping[str, Mapping[str, Any]], counter: _Counter) -> dict[str, Any]:
    if block["kind"] != "paragraph":
        block["label"] = counter.label(block)
    if block["kind"] in ("table", "figure"):
        shown = [facts[fact] for fact in facts_of(block)]  # type: ignore[arg-type]
        block["mark"] = "synthetic" if _all_made_up(block["kind"], shown) else ""
    if block["kind"] == "paragraph":
        block["runs"] = _mark(block["runs"], facts, whole=False)
    if block["kind"] == "table":
        whole = bool(block["mark"])
        block["rows"] = [[cell | {"runs": _mark(cell["runs"], facts, whole)} for cell in row] for row in block["rows"]]
        block["notes"] = [_mark(runs, facts, whole) for runs in block["notes"]]
    return block


def _all_made_up(kind: str, shown: list[Mapping[str, Any]]) -> bool:
    """A table is marked as a whole where each figure is synthetic; a chart, which has no room for marks, where any one rests on
    made-up records.
    """
    if kind == "table":
        return bool(shown) and all(fact["origin"] == "synthetic" for fact in shown)
    return any("synthetic" in (fact["origin"], fact["recomputed_from"]) for fact in shown)


def _mark(runs: list[dict[str, Any]], facts: Mapping[str, Mapping[str, Any]], whole: bool) -> list[dict[str, Any]]:
    def marked(run: dict[str, Any]) -> dict[str, Any]:
        if "fact" not in run:
            return run
        origin = facts[run["fact"]]["origin"]
        if origin == "missing" or (origin == "synthetic" and not whole):
            return run | {"mark": origin}
        return run | {"mark": ""}

    return [marked(run) for run in runs]
