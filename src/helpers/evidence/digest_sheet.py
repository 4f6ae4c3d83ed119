"""The digest sheet: one page with the hashes of an archive, to be sealed or stamped."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import typst

from helpers.publishing.errors import PDFRefused
from helpers.publishing.fonts import FONTS, require_characters

TEMPLATE = Path(__file__).parent / "digest_sheet.typ"
GROUP = 4
"""Hexadecimal digits that are read together."""


def digest_sheet(title: str, rows: Sequence[tuple[str, str]], digests: Mapping[str, str], year: int) -> bytes:
    """The page as PDF: `rows` of what is told, and the digests in groups of digits. Raises CharactersMissing or PDFRefused."""
    grouped = {name: _grouped(value) for name, value in digests.items()}
    content = {"title": title, "rows": [list(row) for row in rows], "digests": [list(item) for item in grouped.items()]}
    require_characters(("摘要单", text) for text in [title, *(text for row in rows for text in row), *grouped, *grouped.values()])
    with tempfile.TemporaryDirectory(prefix="selfeval-") as name:
        folder = Path(name)
        (folder / "sheet.typ").write_bytes(TEMPLATE.read_bytes())
        (folder / "sheet.json").write_text(json.dumps(content, ensure_ascii=False), "utf-8")
        try:
            pdf = typst.compile(
                folder / "sheet.typ",
                font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]),
                ignore_system_fonts=True,
                format="pdf",
                pdf_standards=["a-3a"],
                timestamp=int(datetime(year, 12, 31, tzinfo=UTC).timestamp()),
            )
        except typst.TypstError as error:
            raise PDFRefused(f"摘要单排版失败：{error.message}") from error
    return bytes(pdf)


def _grouped(value: str) -> str:
    return " ".join(value[place : place + GROUP] for place in range(0, len(value), GROUP))
