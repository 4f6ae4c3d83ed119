"""What a finished report prints, section by section, read back from its HTML, its PDF and its DOCX."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from bs4 import BeautifulSoup

from helpers.proof.passages import BODY
from helpers.proof.pdf_reading import read_pdf
from helpers.published import PublishedFigure
from helpers.publishing.docx_figures import read_docx_figures

COVER = "封面"


def html_sections(path: Path) -> dict[str, str]:
    """Text without white space by section numeral (一 … 八) and 封面, from report.html; hidden steps are left out."""
    page = BeautifulSoup(path.read_text("utf-8"), "html.parser")
    for steps in page.select("details"):
        steps.decompose()
    main = page.find("main")
    return _split(_flat(main.get_text()), [_flat(heading.get_text()) for heading in main.find_all("h2")])


def pdf_sections(path: Path, titles: Sequence[str]) -> dict[str, str]:
    """The same from report.pdf, by its tags: a figure may be broken over pages. `titles` are the section headings, in order."""
    passages = read_pdf(path.read_bytes()).of("front", "label", *BODY)
    return _split("".join(passage.plain for passage in passages), titles)


def docx_sections(path: Path, titles: Sequence[str]) -> dict[str, str]:
    """The same from report.docx."""
    return _split("".join(_flat(paragraph.text) for paragraph in read_docx_figures(path)), titles)


def not_printed(figures: Mapping[str, PublishedFigure], sections: Mapping[str, str]) -> list[str]:
    """Ids (with the section) of the figures that do not stand in a section that should print them."""
    return [
        f"{fact_id} {section}"
        for fact_id, figure in figures.items()
        for section in figure.sections
        if not re.search(rf"(?<![\d.]){re.escape(figure.fact.display)}", sections[section])
    ]


def _split(text: str, titles: Sequence[str]) -> dict[str, str]:
    sections, rest = {}, text
    name = COVER
    for title in titles:
        before, _, rest = rest.partition(title)
        sections[name] = before
        name = title.split("、")[0]
    sections[name] = rest
    return sections


def _flat(text: str) -> str:
    return "".join(text.split())
