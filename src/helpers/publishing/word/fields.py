"""Fields with the value that is shown until Word computes it anew: page numbers, caption numbers, table of contents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from helpers.publishing.word.elements import Element, element, page_break, paragraph, run, tab

CONTENTS = ' TOC \\o "1-1" \\h \\z '
"""Headings of the first level, each a link, no page numbers in web view."""


def field(instruction: str, shown: str) -> list[Element]:
    """The runs of a field."""
    return [*_begin(instruction), run(shown), _mark("end")]


def caption_number(label: str) -> list[Element]:
    """表1 or 图1 with its number as a sequence field."""
    name, number = label[:1], label[1:]
    return [run(name), *field(f" SEQ {name} \\* ARABIC ", number)]


def page_number() -> list[Element]:
    """The number of the page between dashes, as GB/T 9704-2012 asks."""
    return [run("— "), *field(" PAGE ", "1"), run(" —")]


def bookmarked(number: int, content: Sequence[Element]) -> list[Element]:
    """Content that the table of contents leads to."""
    return [element("bookmarkStart", id=number, name=bookmark_name(number)), *content, element("bookmarkEnd", id=number)]


def bookmark_name(number: int) -> str:
    return f"_Toc{number:08d}"


def contents(entries: Sequence[tuple[str, int]]) -> Iterator[Element]:
    """The table of contents filled in: entries are (heading, page) in order, bookmark numbers count from 1."""
    for number, (heading, page) in enumerate(entries, start=1):
        begin = _begin(CONTENTS) if number == 1 else []
        end = [_mark("end")] if number == len(entries) else []
        name = bookmark_name(number)
        inside = [run(heading), tab(), *field(f" PAGEREF {name} \\h ", str(page))]
        link = element("hyperlink", *inside, anchor=name, history=1)
        yield paragraph("TOC1", [*begin, link, *end])


def contents_heading() -> Element:
    """The heading of the table of contents, on a new page."""
    return paragraph("TOCHeading", [page_break(), run("目　录")])


def _begin(instruction: str) -> list[Element]:
    code = element("instrText")
    code.text = instruction
    code.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return [_mark("begin"), element("r", code), _mark("separate")]


def _mark(kind: str) -> Element:
    return element("r", element("fldChar", fldCharType=kind))
