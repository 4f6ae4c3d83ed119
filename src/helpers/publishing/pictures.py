"""What every format asks of a chart before it is published."""

from __future__ import annotations

from defusedxml.ElementTree import ParseError, fromstring  # type: ignore[import-untyped]

from helpers.publishing.document import Document
from helpers.publishing.errors import PictureRefused
from helpers.publishing.texts import place_of


def require_pictures(document: Document) -> None:
    """Refuse a chart that has no readable picture, or no words for who cannot see it. Raises PictureRefused, which names each
    with its place.
    """
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
        raise PictureRefused("\n".join(refused))


def _is_svg(text: str) -> bool:
    try:
        return bool(fromstring(text).tag == "{http://www.w3.org/2000/svg}svg")
    except ParseError:
        return False
