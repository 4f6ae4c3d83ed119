"""The report as one web page that needs nothing from elsewhere: an nbconvert exporter of the combined notebook."""

from __future__ import annotations

from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterator, Mapping
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any

import mistune
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from nbconvert.exporters import Exporter
from nbconvert.filters import strip_ansi
from nbformat import NotebookNode
from pygments import highlight  # type: ignore[import-untyped]
from pygments.formatters import HtmlFormatter  # type: ignore[import-untyped]
from pygments.lexers import PythonLexer  # type: ignore[import-untyped]

from helpers.facts import ORIGIN_NAMES
from helpers.publishing.document import Document, Part, marks_of, read_document
from helpers.publishing.web_fonts import face_rules, font_faces
from helpers.publishing.web_svg import web_svg
from helpers.wording import chinese_number

TEMPLATES = Path(__file__).parent / "templates"
PHONE_COLUMN, MOST_COLUMNS = 7, 20
"""On a phone a table is at least so many characters a column wide, and scrolls."""


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
        return _render(read_document(notebook)), resources


def _render(document: Document) -> str:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(markdown=_markdown, python=_python, plain=strip_ansi, picture=_picture, shares=_shares)
    places = _anchor(document)
    body = environment.get_template("body.html.j2").render(
        document=document,
        marks=marks_of(document),
        register=_register(document, places),
        register_label=f"附录{chinese_number(len(document.appendix) + 1)}",
        origin_names=ORIGIN_NAMES,
        part_id=_part_id,
    )
    style = _style(body, document.notice or "")
    return environment.get_template("report.html.j2").render(
        document=document,
        body=Markup(body),
        style=Markup(style),
        style_hash=b64encode(sha256(style.encode("utf-8")).digest()).decode("ascii"),
    )


def _style(body: str, notice: str) -> str:
    """The whole sheet; the notice in the foot of printed pages is escaped letter by letter, since CSS would read it."""
    sheet = (TEMPLATES / "report.css").read_text("utf-8")
    foot = "".join(letter if letter.isalnum() else f"\\{ord(letter):x} " for letter in notice)
    page_foot = f'@page {{ @bottom-center {{ content: "{foot}"; }} }}'
    shares = [f".w{share} {{ width: {share}%; }}" for share in range(1, 101)]
    columns = " ".join(f".columns-{count} {{ min-width: {count * PHONE_COLUMN}em; }}" for count in range(1, MOST_COLUMNS + 1))
    phone = f"@media screen and (max-width: 50rem) {{ {columns} }}"
    return "\n".join([face_rules(), *shares, sheet, phone, page_foot, font_faces(body, notice)])


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


def _shares(columns: list[Mapping[str, Any]]) -> list[int]:
    """Column widths in whole percent of the table."""
    total = sum(column["width"] for column in columns)
    return [max(1, round(100 * column["width"] / total)) for column in columns]


def _picture(block: Mapping[str, Any]) -> Markup:
    return Markup(web_svg(block["svg"], f"{block['anchor']}-svg", block["alt"]))


def _python(source: str) -> Markup:
    return Markup(highlight(source, PythonLexer(), HtmlFormatter(nowrap=True)))


class _WorkingNotes(mistune.HTMLRenderer):
    """Markdown of the working notes: no raw HTML, nothing that leads out of the page, no headings in the report's outline."""

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        return f'<p class="step-heading">{text}</p>\n'

    def link(self, text: str, url: str, title: str | None = None) -> str:
        return text if text == mistune.escape(url) else f"{text}（{mistune.escape(url)}）"

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return f"（图片：{text}）"

    def table_cell(self, text: str, align: str | None = None, head: bool = False) -> str:
        tag = "th" if head else "td"
        return f"<{tag}>{text}</{tag}>\n"


_notes = mistune.create_markdown(renderer=_WorkingNotes(escape=True), plugins=["table"])


def _markdown(source: str) -> Markup:
    return Markup(str(_notes(source)))
