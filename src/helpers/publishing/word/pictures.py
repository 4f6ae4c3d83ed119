"""Charts as pictures of 300 dots an inch, with the words for who cannot see them.

Not as SVG: Word would set the text of an SVG in a font of the reader's machine, over the edges of its place.
"""

from __future__ import annotations

import struct
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import typst
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from helpers.publishing.fonts import FONTS
from helpers.publishing.word.elements import Element, element, paragraph
from helpers.publishing.word.page import Area

DOTS_PER_INCH = 300
TALLEST = 0.85
"""Share of the page that a chart may take, so that its caption has room."""
EMU_PER_POINT = 12_700


@dataclass(frozen=True)
class Picture:
    """A PNG with its size on the page in points."""

    png: bytes
    width: float
    height: float


def pictures(charts: Sequence[tuple[str, Area]]) -> list[Picture]:
    """Each SVG drawn as wide as its text block, but never so high that its caption has no room. Charts are drawn in one go."""
    if not charts:
        return []
    with tempfile.TemporaryDirectory(prefix="selfeval-") as name:
        folder = Path(name)
        pages = []
        for number, (svg, area) in enumerate(charts):
            (folder / f"{number}.svg").write_text(svg, "utf-8")
            pages.append(f'#image("{number}.svg", width: {area.width}pt)')
        source = "#set page(width: auto, height: auto, margin: 0pt)\n" + "\n#pagebreak()\n".join(pages)
        (folder / "charts.typ").write_text(source, "utf-8")
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
        drawn: Any = typst.compile(folder / "charts.typ", font_paths=fonts, format="png", ppi=DOTS_PER_INCH)
    drawn = drawn if isinstance(drawn, list) else [drawn]
    return [_fitted(png, area) for png, (_, area) in zip(drawn, charts, strict=True)]


def _fitted(png: bytes, area: Area) -> Picture:
    width, height = (dots * 72 / DOTS_PER_INCH for dots in struct.unpack(">II", png[16:24]))
    share = min(1.0, area.width / width, TALLEST * area.height / height)
    return Picture(png, width * share, height * share)


def picture_paragraph(document: WordDocument, picture: Picture, block: Mapping[str, Any], number: int) -> Element:
    """The picture in a line of its own, which stays with the caption below it. `number` tells pictures apart."""
    relation, _ = document.part.get_or_add_image(BytesIO(picture.png))
    width, height = (round(points * EMU_PER_POINT) for points in (picture.width, picture.height))
    drawing = parse_xml(_INLINE.format(relation=relation, number=number, width=width, height=height))
    described = next(drawing.iter(qn("wp:docPr")))
    described.set("name", block["label"])
    described.set("descr", block["alt"])
    return paragraph("Picture", [element("r", drawing)])


_INLINE = """<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><wp:inline distT="0" distB="0" distL="0" distR="0">
<wp:extent cx="{width}" cy="{height}"/><wp:docPr id="{number}" name="" descr=""/>
<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>
<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>
<pic:nvPicPr><pic:cNvPr id="{number}" name="chart-{number}.png"/><pic:cNvPicPr/></pic:nvPicPr>
<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>
<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>
</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"""
