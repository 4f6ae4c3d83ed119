"""Figures that somebody typed into a text instead of recording them as facts."""

from __future__ import annotations

import re

_TITLE = re.compile("《[^》]*》")
_QUOTED = re.compile("《[^》]*》|“[^”]*”")
_DIGITS = re.compile("[0-9０-９]+")
CHINESE_FIGURE = re.compile("[一二两三四五六七八九十百千万亿]{2,}(?=[元人户个笔项次天])|[一二两三四五六七八九十]+(?=元)")
"""Chinese numerals before a unit (三百万元, 十四个), outside titles and quotations (“一户一档”)."""
_EXPRESSION = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.S)


def typed_figure(text: str) -> str | None:
    """The first figure typed into a text, or None. Digits in a title in 《》 are part of a name and no figure."""
    found = _DIGITS.search(_TITLE.sub("", text)) or CHINESE_FIGURE.search(_QUOTED.sub("", text))
    return found.group() if found else None


def typed_in_template(template: str) -> str | None:
    """The same for a Jinja template, whose expressions print facts."""
    return typed_figure(_EXPRESSION.sub("\ue000", template))
