"""The report as PDF: the document tree handed to a Typst template as data."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree
from typing import Any

import typst
from nbconvert.exporters import Exporter
from nbformat import NotebookNode

from helpers.publishing.attachments import Attachment
from helpers.publishing.document import Document, Part, marks_of, read_document
from helpers.publishing.errors import PDFRefused
from helpers.publishing.fonts import FONTS, require_characters
from helpers.publishing.pictures import require_pictures
from helpers.publishing.register import with_register
from helpers.publishing.texts import texts_of

TEMPLATES = Path(__file__).parent / "templates" / "pdf"
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
        """The PDF of a combined notebook. Raises CharactersMissing, PictureRefused or PDFRefused."""
        if "selfeval" not in nb.metadata:
            raise PDFRefused("这不是合并后的报告笔记本，无法排成 PDF：请先运行 selfeval run，报告的 PDF 由它生成。")
        return render_pdf(with_register(read_document(nb))), dict(resources or {}) | {"output_extension": ".pdf"}


def render_pdf(document: Document) -> bytes:
    """The document as PDF, the same bytes each time. Raises CharactersMissing, PictureRefused or PDFRefused."""
    require_pictures(document)
    require_characters(texts_of(document))
    with tempfile.TemporaryDirectory(prefix="selfeval-") as name:
        folder = Path(name)
        copytree(TEMPLATES, folder, dirs_exist_ok=True)
        (folder / "document.json").write_text(json.dumps(_data(document, folder), ensure_ascii=False), "utf-8")
        return _compile(folder / "report.typ", document.year)


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
        about = {"label": source.label, "title": source.title, "landscape": source.landscape}
        return about | {"appendix": source.notebook is None, "blocks": blocks}

    def file(attachment: Attachment) -> dict[str, str]:
        path = Path("attachments", attachment.name)
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(attachment.text.encode("utf-8"))
        about = {"name": attachment.name, "media_type": attachment.media_type, "description": attachment.description}
        return about | {"path": path.as_posix()}

    return {
        "title": document.title,
        "year": document.year,
        "department": document.department,
        "notice": document.notice,
        "legend": sorted(marks_of(document), reverse=True),
        "sections": [part(section) for section in document.sections],
        "appendix": [part(extra) for extra in document.appendix],
        "attachments": [file(attachment) for attachment in document.attachments],
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
