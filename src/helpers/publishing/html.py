"""The report as one web page that needs nothing from elsewhere: an nbconvert exporter of the combined notebook."""

from __future__ import annotations

from base64 import b64encode
from collections import defaultdict
from collections.abc import Mapping
from hashlib import sha256
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
from helpers.publishing.register import prints, register, register_label
from helpers.publishing.web_fonts import face_rules, font_faces
from helpers.publishing.web_svg import web_svg

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
        register=register(document, places),
        register_label=register_label(document),
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
