"""The report as PDF: the document tree handed to a Typst template as data."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst
from defusedxml.ElementTree import ParseError, fromstring  # type: ignore[import-untyped]
from nbconvert.exporters import Exporter
from nbformat import NotebookNode

from helpers.publishing.document import Document, Part, marks_of, read_document
from helpers.publishing.errors import PDFRefused
from helpers.publishing.fonts import FONTS, require_characters
from helpers.publishing.texts import place_of, texts_of

TEMPLATE = Path(__file__).parent / "templates" / "report.typ"
STANDARDS: list[typst.PDFStandard] = ["a-3a", "ua-1"]
"""Archival and accessible PDF. Typst then refuses a glyph that no font has and a picture without a text for it."""


class SelfevalPDFExporter(Exporter):
    """nbconvert exporter `selfeval-pdf`: the combined notebook as PDF/A."""

    output_mimetype = "application/pdf"
    export_from_notebook = "绩效自评报告（PDF）"

    def _file_extension_default(self) -> str:
        return ".pdf"

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: Mapping[str, Any] | None = None, **kw: Any
    ) -> tuple[bytes, dict[str, Any]]:
        """The PDF of a combined notebook. Raises CharactersMissing or PDFRefused."""
        if "selfeval" not in nb.metadata:
            raise PDFRefused("这不是合并后的报告笔记本，无法排成 PDF：请先运行 selfeval run，报告的 PDF 由它生成。")
        return render_pdf(read_document(nb)), dict(resources or {}) | {"output_extension": ".pdf"}


def render_pdf(document: Document) -> bytes:
    """The document as PDF, the same bytes each time. Raises CharactersMissing or PDFRefused."""
    _require_pictures(document)
    require_characters(texts_of(document))
    with tempfile.TemporaryDirectory(prefix="selfeval-") as name:
        folder = Path(name)
        (folder / "report.typ").write_bytes(TEMPLATE.read_bytes())
        (folder / "document.json").write_text(json.dumps(_data(document, folder), ensure_ascii=False), "utf-8")
        return _compile(folder / "report.typ", document.year)


def _require_pictures(document: Document) -> None:
    """Refuse a chart that has no readable picture, or no words for who cannot see it. Names each with its place."""
    refused = []
    for part in (*document.sections, *document.appendix):
        for block in part.blocks:
            if block["kind"] == "figure":
                place = f"{place_of(part)} {block['label']}“{block['caption']}”"
                if not (block["alt"] or "").strip():
                    refused.append(f"{place}没有文字说明：请在该图的 section.chart(…, alt=…) 中用一句话写明图的内容。")
                if not _is_svg(block.get("svg", "")):
                    refused.append(f"{place}没有可读的 SVG 图形：请重新运行该部分的笔记本。")
    if refused:
        raise PDFRefused("\n".join(refused))


def _is_svg(text: str) -> bool:
    try:
        return bool(fromstring(text).tag == "{http://www.w3.org/2000/svg}svg")
    except ParseError:
        return False


def _data(document: Document, folder: Path) -> dict[str, Any]:
    pictures = 0

    def part(source: Part) -> dict[str, Any]:
        nonlocal pictures
        blocks = []
        for block in source.blocks:
            if block["kind"] == "figure":
                pictures += 1
                file = f"figure-{pictures}.svg"
                (folder / file).write_text(block["svg"], "utf-8")
                block = block | {"svg": file}
            blocks.append(block)
        return {"label": source.label, "title": source.title, "landscape": source.landscape, "blocks": blocks}

    return {
        "title": document.title,
        "year": document.year,
        "department": document.department,
        "notice": document.notice,
        "legend": sorted(marks_of(document), reverse=True),
        "sections": [part(section) for section in document.sections],
        "appendix": [part(extra) for extra in document.appendix],
    }


def _compile(source: Path, year: int) -> bytes:
    try:
        pdf, warnings = typst.compile_with_warnings(
            source,
            font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]),
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=STANDARDS,
            timestamp=int(datetime(year, 12, 31, tzinfo=UTC).timestamp()),
        )
    except typst.TypstError as error:
        raise PDFRefused(f"PDF 排版失败：{error.message} {'；'.join(error.hints)}") from error
    if warnings:
        raise PDFRefused("PDF 排版有警告：" + "；".join(warning.message for warning in warnings))
    return bytes(pdf)
