"""What the report's web page and those of its notebooks share: templates, style sheet, fonts, and a strict policy."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from nbconvert.filters import strip_ansi

from helpers.facts import ORIGIN_NAMES, decode
from helpers.publishing.web_fonts import face_rules, font_faces
from helpers.publishing.web_svg import web_svg
from helpers.publishing.working_notes import markdown_markup, python_markup
from helpers.wording import unrounded_text

TEMPLATES = Path(__file__).parent / "templates"
PHONE_COLUMN, MOST_COLUMNS = 7, 20
"""On a phone a table is at least so many characters a column wide, and scrolls."""


def environment(report: str) -> Environment:
    """The templates of a page from which `report` leads to the report's page ("" in the report itself)."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters.update(
        markdown=markdown_markup, python=python_markup, plain=strip_ansi, picture=_picture, shares=_shares, unrounded=_unrounded
    )
    made.globals.update(report=report, origin_names=ORIGIN_NAMES)
    return made


def whole_page(templates: Environment, title: str, body: str, notice: str | None, script: str = "") -> str:
    """The page around a body, in one file: it may show its own style and fonts and run its own script, and nothing else.

    Raises CharactersMissing for a character that no font of the package has.
    """
    style = _style(body, notice or "")
    return templates.get_template("page.html.j2").render(
        title=title,
        body=Markup(body),
        style=Markup(style),
        style_hash=_hash(style),
        script=Markup(script),
        script_hash=_hash(script),
    )


def _hash(text: str) -> str:
    return b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii")


def _style(body: str, notice: str) -> str:
    """The whole sheet; the notice in the foot of printed pages is escaped letter by letter, since CSS would read it."""
    sheet = (TEMPLATES / "report.css").read_text("utf-8")
    foot = "".join(letter if letter.isalnum() else f"\\{ord(letter):x} " for letter in notice)
    page_foot = f'@page {{ @bottom-center {{ content: "{foot}"; }} }}'
    shares = [f".w{share} {{ width: {share}%; }}" for share in range(1, 101)]
    columns = " ".join(f".columns-{count} {{ min-width: {count * PHONE_COLUMN}em; }}" for count in range(1, MOST_COLUMNS + 1))
    phone = f"@media screen and (max-width: 50rem) {{ {columns} }}"
    return "\n".join([face_rules(), *shares, sheet, phone, page_foot, font_faces(body, notice)])


def _shares(columns: list[Mapping[str, Any]]) -> list[int]:
    """Column widths in whole percent of the table."""
    total = sum(column["width"] for column in columns)
    return [max(1, round(100 * column["width"] / total)) for column in columns]


def _picture(block: Mapping[str, Any]) -> Markup:
    return Markup(web_svg(block["svg"], f"{block['anchor']}-svg", block["alt"]))


def _unrounded(fact: Mapping[str, Any]) -> str:
    return unrounded_text(decode(fact["value"]), fact["unit"])
