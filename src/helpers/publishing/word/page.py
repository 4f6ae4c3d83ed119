"""The page of GB/T 9704-2012: 22 lines of 28 characters, portrait or turned by a quarter, with its footers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from helpers.publishing.word.elements import Element, element, paragraph, run, tab
from helpers.publishing.word.fields import page_number

POINTS_PER_MM = 72 / 25.4
LINE_PITCH = 28.0
"""Points from line to line; 22 lines fill 616 of the 637.8 points of a page."""
CHARACTERS = 28
BODY_SIZE = 16.0
PAGE = (210, 297)
PORTRAIT = {"top": 37, "right": 26, "bottom": 35, "left": 28}
LANDSCAPE = {"top": 28, "right": 37, "bottom": 26, "left": 35}
"""The portrait text block turned by a quarter: the foot of the sheet is at the left of a landscape page."""
NUMBER_DISTANCE = 7
"""Millimetres from the text block to the page number."""
NUMBER_SIZE = 14.0


@dataclass(frozen=True)
class Area:
    """Width and height of the text block, in points."""

    width: float
    height: float


def text_area(*, landscape: bool) -> Area:
    width, height = (PAGE[1] - 35 - 37, PAGE[0] - 28 - 26) if landscape else (PAGE[0] - 28 - 26, PAGE[1] - 37 - 35)
    return Area(width * POINTS_PER_MM, height * POINTS_PER_MM)


class Sections:
    """The section properties of a document whose footers carry the notice (None for none)."""

    def __init__(self, document: WordDocument, notice: str | None) -> None:
        self._document = document
        self._notice = notice

    def cover(self) -> Element:
        """Cover and table of contents: the notice, no number."""
        width = text_area(landscape=False).width
        footers = [_footer(width, self._notice, odd=odd, numbered=False) for odd in (True, False)]
        return self._properties(footers, landscape=False)

    def text(self, *, landscape: bool, first: bool) -> Element:
        """Text; `first` begins to count pages."""
        width = text_area(landscape=landscape).width
        footers = [_footer(width, self._notice, odd=odd, numbered=not landscape) for odd in (True, False)]
        if landscape:
            for footer, odd in zip(footers, (True, False), strict=True):
                footer.append(_number_at_foot_of_sheet(odd=odd))
        return self._properties(footers, landscape=landscape, first=first)

    def _properties(self, footers: Sequence[Element], *, landscape: bool, first: bool = False) -> Element:
        margins = LANDSCAPE if landscape else PORTRAIT
        width, height = reversed(PAGE) if landscape else PAGE
        size: dict[str, Any] = {"w": _twips(width), "h": _twips(height)} | ({"orient": "landscape"} if landscape else {})
        foot = _twips(margins["bottom"] - NUMBER_DISTANCE) - round(NUMBER_SIZE * 20)
        distances = {side: _twips(distance) for side, distance in margins.items()}
        # How much closer than their own width the characters stand, in 1/4096 point.
        narrower = round((text_area(landscape=False).width / CHARACTERS - BODY_SIZE) * 4096)
        references = [self._reference(kind, footer) for kind, footer in zip(("default", "even"), footers, strict=True)]
        return element(
            "sectPr",
            *references,
            element("type", val="nextPage"),
            element("pgSz", **size),
            element("pgMar", **distances, header=_twips(15), footer=foot, gutter=0),
            *([element("pgNumType", start=1)] if first else []),
            element("cols", space=425),
            element("docGrid", type="linesAndChars", linePitch=_grid_pitch(landscape=landscape), charSpace=narrower),
        )

    def _reference(self, kind: str, content: Element) -> Element:
        part, relation = self._document.part.add_footer_part()  # type: ignore[no-untyped-call]
        root = part.element
        for child in list(root):
            root.remove(child)
        root.append(content)
        reference = element("footerReference", type=kind)
        reference.set(qn("r:id"), relation)
        return reference


def _footer(width: float, notice: str | None, *, odd: bool, numbered: bool) -> Element:
    """One line: the notice in the middle, the number one character from the outer edge."""
    middle, right = round(width * 10), round((width - NUMBER_SIZE) * 20)
    stops = element("tabs", element("tab", val="center", pos=middle), element("tab", val="right", pos=right))
    number = page_number() if numbered else []
    warning = [run(notice, "FooterNotice")] if notice else []
    if odd:
        return paragraph("Footer", [tab(), *warning, tab(), *number], tabs=stops)
    indent = element("ind", left=round(NUMBER_SIZE * 20))
    return paragraph("Footer", [*number, tab(), *warning], tabs=stops, ind=indent)


def _number_at_foot_of_sheet(*, odd: bool) -> Element:
    """The number of a landscape page stands where it is on the portrait ones, at the foot of the sheet: a box at the left,
    its text running down.
    """
    width, height = 6.0, 40.0
    left = LANDSCAPE["left"] - NUMBER_DISTANCE - width
    inset = NUMBER_SIZE / POINTS_PER_MM
    top = PAGE[0] - LANDSCAPE["bottom"] - inset - height if odd else LANDSCAPE["top"] + inset
    anchor = parse_xml(
        _BOX.format(identity=9001 if odd else 9002, left=_emu(left), top=_emu(top), width=_emu(width), height=_emu(height))
    )
    line = paragraph("Footer", page_number(), jc=element("jc", val="right" if odd else "left"))
    next(anchor.iter(qn("w:txbxContent"))).append(line)
    return element("r", anchor)


_BOX = """<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><mc:Choice Requires="wps"><w:drawing>
<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="0" locked="0"
 layoutInCell="1" allowOverlap="1">
<wp:simplePos x="0" y="0"/>
<wp:positionH relativeFrom="page"><wp:posOffset>{left}</wp:posOffset></wp:positionH>
<wp:positionV relativeFrom="page"><wp:posOffset>{top}</wp:posOffset></wp:positionV>
<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>
<wp:docPr id="{identity}" name="页码" descr="页码"/><wp:cNvGraphicFramePr/>
<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">
<wps:wsp><wps:cNvSpPr txBox="1"/>
<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>
<wps:txbx><w:txbxContent/></wps:txbx><wps:bodyPr vert="vert" wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"/>
</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent>"""


def _grid_pitch(*, landscape: bool) -> int:
    """Twentieths of a point between the lines of the grid, which fill the page: LibreOffice halves what they leave, and moves
    the text down by it.
    """
    height = text_area(landscape=landscape).height
    return int(height / (height // LINE_PITCH) * 20)


def _twips(millimetres: float) -> int:
    return round(millimetres * POINTS_PER_MM * 20)


def _emu(millimetres: float) -> int:
    return round(millimetres * 36_000)
