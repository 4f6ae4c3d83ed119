"""Widgets that show one thing each: a dropdown, a chart with its text, a table that sorts and filters without a network."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from html import escape
from typing import Any

import ipywidgets as widgets
import itables.options
import pandas as pd
from itables.widget import ITable

from helpers.exploration.pictures import Picture
from helpers.wording import SUPPRESSED

ALL = "全部"
_FEW = 50
"""Different values of a column that can be picked from a list."""
_COMPARED = {
    "text": {
        "contains": "包含",
        "notContains": "不包含",
        "equal": "等于",
        "notEqual": "不等于",
        "starts": "开头是",
        "ends": "结尾是",
        "empty": "为空",
        "notEmpty": "不为空",
    },
    "number": {
        "equal": "等于",
        "notEqual": "不等于",
        "greater": "大于",
        "greaterOrEqual": "不小于",
        "less": "小于",
        "lessOrEqual": "不大于",
        "empty": "为空",
        "notEmpty": "不为空",
    },
    "datetime": {
        "equal": "在",
        "notEqual": "不在",
        "greater": "晚于",
        "less": "早于",
        "empty": "为空",
        "notEmpty": "不为空",
    },
}
_WORDS = {
    "search": "查找：",
    "lengthMenu": "每页 _MENU_ 行",
    "info": "第 _START_ 至 _END_ 行，共 _TOTAL_ 行",
    "infoEmpty": "没有行",
    "infoFiltered": "（从 _MAX_ 行中筛选）",
    "zeroRecords": "没有符合的行",
    "emptyTable": "没有行",
    "thousands": "",
    "columnControl": {
        "searchClear": "清除筛选",
        "list": {"all": "全选", "none": "全不选", "search": "查找……", "empty": "（空）"},
        "search": _COMPARED,
    },
}
_OPTIONS: dict[str, Any] = {
    "allow_html": False,
    "ordering": {"indicators": False},
    "language": _WORDS,
    "layout": {"topStart": "pageLength", "topEnd": "search", "bottomStart": "info", "bottomEnd": "paging"},
    "lengthMenu": [10, 25, 100],
    # The rows are bounded before.
    "maxBytes": 0,
    "style": "width:100%;margin:0",
}
# Its own type of `language` knows no words of extensions.
itables.options.warn_on_unexpected_option_type = False


class Dropdown:
    """A choice of one value or of all; it is shown where there is something to choose."""

    def __init__(self, name: str) -> None:
        self.widget = widgets.Dropdown(description=name, layout={"width": "250px"})

    @property
    def value(self) -> str:
        """What is chosen; empty where all is."""
        return self.widget.value or ""

    def offer(self, values: Sequence[str], labels: Sequence[str] | None = None) -> None:
        """Offer these values; what was chosen stays chosen where it is among them."""
        before = self.value
        self.widget.options = [(ALL, ""), *zip(labels or values, values, strict=True)]
        self.widget.value = before if before in values else ""
        self.widget.layout.display = "" if values else "none"


class Chart:
    """A picture under a heading; nothing where there is none."""

    def __init__(self, heading: str) -> None:
        self.widget = widgets.HTML()
        self._heading = heading

    def show(self, picture: Picture | None) -> None:
        self.widget.layout.display = "" if picture else "none"
        self.widget.value = self._html(picture) if picture else ""

    def _html(self, picture: Picture) -> str:
        source = f"data:image/png;base64,{b64encode(picture.png).decode()}"
        return (
            f'<figure style="margin:0 0 8px"><figcaption style="font-weight:bold">{escape(self._heading)}</figcaption>'
            f'<img src="{source}" alt="{escape(picture.text)}" style="width:100%;height:auto"></figure>'
        )


class Rows:
    """A table with a line of words above it."""

    def __init__(self) -> None:
        self._words = widgets.HTML()
        self._table = ITable(pd.DataFrame(), **_OPTIONS)
        self.widget = widgets.VBox([self._words, self._table])

    def show(self, frame: pd.DataFrame, words: str) -> None:
        self._words.value = escape(words)
        self._table.update(frame, columnDefs=_filters(frame), **_OPTIONS)


def _filters(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """As in a spreadsheet: a heading sorts, its button filters by text, size or date, and from a list where values are few."""
    definitions = []
    for place, name in enumerate(frame):
        lists = ["searchList"] if frame[name].nunique() <= _FEW else []
        definition = {"targets": [place], "columnControl": ["order", ["searchClear", "search", *lists]]}
        if frame[name].astype(str).str.fullmatch(rf"-?[0-9.]+|{SUPPRESSED}").all():
            definition["type"] = "num"
        definitions.append(definition)
    return definitions
