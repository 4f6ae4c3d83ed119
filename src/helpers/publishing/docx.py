"""The report as a Word document: the document tree on the page of GB/T 9704-2012, each figure a content control."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from docx.document import Document as WordDocument
from nbconvert.exporters import Exporter
from nbformat import NotebookNode

from helpers.publishing.document import Document, Part, marks_of, read_document
from helpers.publishing.errors import DOCXRefused
from helpers.publishing.fonts import require_characters
from helpers.publishing.pictures import require_pictures
from helpers.publishing.register import with_register
from helpers.publishing.texts import texts_of
from helpers.publishing.word.elements import Element, element, paragraph, run, tab
from helpers.publishing.word.fields import bookmarked, contents, contents_heading
from helpers.publishing.word.measure import line_count
from helpers.publishing.word.package import document_bytes, empty_document
from helpers.publishing.word.page import LINE_PITCH, Sections, text_area
from helpers.publishing.word.pagination import lay_out, table_look
from helpers.publishing.word.pictures import picture_paragraph, pictures
from helpers.publishing.word.runs import RunWriter
from helpers.publishing.word.tables import caption, table

MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
COVER_ABOVE, COVER_FOOT = 130.0, 475.0
"""Points from the head of the cover to its title and to the department's name."""
CONTENTS_HEAD, LEGEND_LINE = 42.0, 15.0
LEGEND = {
    "synthetic": "“△”表示该数字由演示数据计算，不是部门的实际数",
    "missing": "灰底的“待补”表示原始记录没有提供，未作推算",
}


class SelfevalDOCXExporter(Exporter):
    """nbconvert exporter `selfeval-docx`: the combined notebook as a Word document."""

    output_mimetype = MIME
    export_from_notebook = "绩效自评报告（DOCX）"

    def _file_extension_default(self) -> str:
        return ".docx"

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: Mapping[str, Any] | None = None, **kw: Any
    ) -> tuple[bytes, dict[str, Any]]:
        """The DOCX of a combined notebook. Raises CharactersMissing, PictureRefused or DOCXRefused."""
        if "selfeval" not in nb.metadata:
            raise DOCXRefused("这不是合并后的报告笔记本，无法生成 DOCX：请先运行 selfeval run，报告的 DOCX 由它生成。")
        return render_docx(with_register(read_document(nb))), dict(resources or {}) | {"output_extension": ".docx"}


def render_docx(report: Document) -> bytes:
    """The document as DOCX, the same bytes each time. Raises CharactersMissing or PictureRefused."""
    require_pictures(report)
    require_characters(texts_of(report))
    return document_bytes(_Writer(report).write())


class _Writer:
    """One document in the making: its numbers of pictures and bookmarks, its pictures in the order of the text."""

    def __init__(self, report: Document) -> None:
        self._report = report
        self._document: WordDocument = empty_document(report)
        self._sections = Sections(self._document, report.notice)
        self._runs = RunWriter(report.facts)
        self._picture_numbers, self._bookmarks = count(1), count(1)
        parts = (*report.sections, *report.appendix)
        figures = [(part, block) for part in parts for block in part.blocks if block["kind"] == "figure"]
        drawn = pictures([(block["svg"], text_area(landscape=part.landscape)) for part, block in figures])
        self._layout = lay_out(report, drawn)
        self._pictures, self._whole = iter(self._layout.pictures), iter(self._layout.whole)

    def write(self) -> WordDocument:
        body = self._document.element.body
        headings = [_heading(part) for part in (*self._report.sections, *self._report.appendix)]
        entries = list(zip(headings, self._layout.pages, strict=True))
        front = [*self._cover(), contents_heading(), *contents(entries), *self._legend(len(entries))]
        body.extend(_ended(front, self._sections.cover()))
        groups = list(self._groups())
        for number, (landscape, elements) in enumerate(groups):
            properties = self._sections.text(landscape=landscape, first=number == 0)
            body.extend(elements if number + 1 == len(groups) else _ended(elements, properties))
            if number + 1 == len(groups):
                body.append(properties)
        return self._document

    def _groups(self) -> Iterator[tuple[bool, list[Element]]]:
        """Parts that stand one after the other on pages of one shape."""
        elements: list[Element] = []
        landscape: bool | None = None
        for part in (*self._report.sections, *self._report.appendix):
            if landscape is not None and part.landscape != landscape:
                yield landscape, elements
                elements = []
            landscape = part.landscape
            breaks = bool(elements) and part is next(iter(self._report.appendix), None)
            elements += self._part(part, breaks=breaks)
            if part is self._report.sections[-1]:
                elements.append(_signatures())
        yield bool(landscape), elements

    def _part(self, part: Part, *, breaks: bool) -> Iterator[Element]:
        more = {"pageBreakBefore": element("pageBreakBefore")} if breaks else {}
        yield paragraph("Heading1", bookmarked(next(self._bookmarks), [run(_heading(part))]), **more)
        body = "BodyText" if part.notebook else "AppendixText"
        for block in part.blocks:
            if block["kind"] == "heading":
                yield paragraph(f"Heading{block['level']}", [run(block["label"] + block["text"])])
            elif block["kind"] == "paragraph":
                yield paragraph("Note" if block["style"] == "note" else body, self._runs.write(block["runs"]))
            elif block["kind"] == "table":
                area, look = text_area(landscape=part.landscape), table_look(part, block)
                yield from table(block, self._runs, area, look, whole=next(self._whole))
            else:
                yield picture_paragraph(self._document, next(self._pictures), block, next(self._picture_numbers))
                yield caption(block, keep_next=False)

    def _cover(self) -> Iterator[Element]:
        report = self._report
        used = COVER_ABOVE + 38 * len(report.title) + 42
        for number, line in enumerate(report.title):
            more = {"spacing": element("spacing", before=_twips(COVER_ABOVE))} if number == 0 else {}
            yield paragraph("Title", [run(line)], **more)
        yield paragraph("CoverYear", [run(f"（{report.year}年度）")], spacing=element("spacing", before=_twips(14)))
        if report.notice:
            yield paragraph("CoverNotice", [run(report.notice)], spacing=element("spacing", before=_twips(45)))
            used += 69
        department = f"部门单位名称（公章）：{report.department}"
        above = COVER_FOOT - used - 38 * (line_count(department, 24) - 1)
        yield paragraph("CoverLine", [run(department)], spacing=element("spacing", before=_twips(max(28.0, above))))
        yield paragraph("CoverLine", [run("填报时间：　　　　年　　月　　日")])

    def _legend(self, entries: int) -> Iterator[Element]:
        """At the foot of the page, below the entries of the table of contents."""
        marks = sorted(marks_of(self._report), reverse=True)
        if marks:
            text, area = f"图例：{'；'.join(LEGEND[mark] for mark in marks)}。", text_area(landscape=False)
            used = CONTENTS_HEAD + entries * LINE_PITCH + LEGEND_LINE * (line_count(text, area.width / 10.5) + 1)
            above = max(LINE_PITCH, area.height - used)
            yield paragraph("Legend", [run(text)], spacing=element("spacing", before=_twips(above)))


def _heading(part: Part) -> str:
    return f"{part.label}{part.title}" if part.notebook else f"{part.label}　{part.title}"


def _ended(elements: Sequence[Element], properties: Element) -> list[Element]:
    """The elements of a section of pages, its properties in a last paragraph that is too low to be seen."""
    return [*elements, paragraph("Gap", [], sectPr=properties)]


def _signatures() -> Element:
    runs: list[Element] = []
    for role in ("填报人：", "审核人：", "负责人："):
        runs += [*([tab()] if runs else []), run(role), tab()]
    return paragraph("Signatures", runs)


def _twips(points: float) -> int:
    return round(points * 20)
