"""What stands around the indicators of a self-evaluation table: whose table it is, and of which fiscal year."""

from __future__ import annotations

import re
from datetime import date

from helpers.scoring.model import Indicator
from helpers.scoring.table import IndicatorTable

_NAMED = r"(?:部门|单位)(?:[(（][^()（）]*[)）])?名称|主管部门|预算(?:部门|单位)|填报(?:部门|单位)|实施单位"
_DEPARTMENT = re.compile(rf"(?:{_NAMED}|部门|单位)(?:[(（][^()（）]*[)）])?[:：\t](?!\s*(?:[万亿]?元|[%％分]))\s*([^\t]+)")
_HEAD = re.compile(rf"自评表|评价表|目标表|{_NAMED}|项目名称|年度[:：\t]\s*20|^[(（]?20[0-9][0-9]\s*年?度?[)）]?$")
_YEARS = (
    re.compile(r"(20[0-9]{2})\s*年?度"),
    re.compile(r"年度[:：\t]\s*(20[0-9]{2})"),
    re.compile(r"(20[0-9]{2})\s*年[^\t]*(?:自评|评价|目标)表"),
)
"""How a head states the fiscal year, surest first; a project's name or the day of filling in may hold another year."""


def is_head(text: str) -> bool:
    """Whether a row names the table or whom it belongs to."""
    return bool(_HEAD.search(text))


def head_of(table: IndicatorTable) -> list[str]:
    """The rows that name the table and whom it belongs to."""
    return [text for _, text in table.printed.text if is_head(text)]


def departments(table: IndicatorTable) -> list[str]:
    """The names of departments and units in the head."""
    return [found[1].strip() for text in head_of(table) for found in _DEPARTMENT.finditer(text)]


def stated_year(table: IndicatorTable) -> int | None:
    """The fiscal year that the table's head states, else the only year of its deadlines; None where neither says one."""
    text = "\n".join(head_of(table))
    head = [found[1] for pattern in _YEARS if (found := pattern.search(text))]
    deadlines = {str(day.year) for indicator in table.indicators if (day := _deadline(indicator))}
    years = head[:1] or (list(deadlines) if len(deadlines) == 1 else [])
    return int(years[0]) if years else None


def _deadline(indicator: Indicator) -> date | None:
    value = indicator.target.value if indicator.target else None
    return value if isinstance(value, date) else None
