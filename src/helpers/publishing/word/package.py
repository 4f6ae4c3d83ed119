"""The file around the text: what it starts from, its properties, and the same bytes each time."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import docx
from docx.document import Document as WordDocument

from helpers.publishing.document import Document

TEMPLATE = Path(__file__).parents[1] / "templates" / "docx"
FACTS_PROPERTY, YEAR_PROPERTY = "selfeval-facts", "selfeval-year"
"""Custom properties that say which facts of which fiscal year a document was printed from."""


def facts_digest(facts: Mapping[str, Mapping[str, Any]]) -> str:
    """SHA-256 of what a document prints from: ids, values and displays of facts.json, or of the combined notebook."""
    known = {name: [fact["value"], fact["unit"], fact["display"]] for name, fact in facts.items()}
    return sha256(json.dumps(known, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def empty_document(report: Document) -> WordDocument:
    """A document with the report's styles and properties, without text. It names the department as author, no person."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as target:
        for path in sorted(TEMPLATE.rglob("*")):
            if path.is_file():
                content = path.read_text("utf-8")
                content = content.replace("$facts", facts_digest(report.facts)).replace("$year", str(report.year))
                target.writestr(path.relative_to(TEMPLATE).as_posix(), content)
    document = docx.Document(packed)
    about = document.core_properties
    about.title = f"{''.join(report.title)}（{report.year}年度）"
    about.subject, about.keywords = "部门整体支出绩效自评", "部门整体支出，绩效自评"
    about.author, about.language = report.department, "zh-CN"
    about.created = about.modified = datetime(report.year, 12, 31)
    return document


def document_bytes(document: WordDocument) -> bytes:
    """The document as a file: entries in a fixed order with one fixed date, the list of contents first."""
    saved, fixed = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            target.writestr(entry, source.read(name))
    return fixed.getvalue()
