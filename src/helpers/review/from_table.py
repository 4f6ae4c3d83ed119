"""A self-evaluation table of any department as the re-check reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from helpers.review.model import Paragraph, Reviewed
from helpers.scoring.model import Indicator
from helpers.scoring.table import IndicatorTable

_NAMED = r"(?:部门|单位)(?:[(（][^()（）]*[)）])?名称|主管部门|预算(?:部门|单位)|填报(?:部门|单位)|实施单位"
_DEPARTMENT = re.compile(rf"(?:{_NAMED}|部门|单位)(?:[(（][^()（）]*[)）])?[:：\t](?!\s*(?:[万亿]?元|[%％分]))\s*([^\t]+)")
_HEAD = re.compile(rf"自评表|评价表|目标表|{_NAMED}|项目名称|年度[:：\t]\s*20|^[(（]?20[0-9][0-9]\s*年?度?[)）]?$")
"""Rows that name the table and whom it belongs to."""
_SIGNED = re.compile(
    r"填[报表制](?:人|日期|时间|单位)|审核(?:人|意见)|联系(?:人|电话|方式)|负责人(?:[(（][^()（）]*[)）])?[:：\t]|公章"
)
"""Rows that say who filled the table in and when, which is after the fiscal year."""
_YEARS = (
    re.compile(r"(20[0-9]{2})\s*年?度"),
    re.compile(r"年度[:：\t]\s*(20[0-9]{2})"),
    re.compile(r"(20[0-9]{2})\s*年[^\t]*(?:自评|评价|目标)表"),
)
"""How a head states the fiscal year, surest first; a project's name or the day of filling in may hold another year."""


def reviewed_table(table: IndicatorTable, *, year: int | None, execution_weight: Fraction) -> Reviewed:
    """`year` is the fiscal year where it is known from outside, `execution_weight` the rule set's for the execution rate."""
    head = [text for _, text in table.printed.text if _HEAD.search(text)]
    named = [found[1] for text in head for found in _DEPARTMENT.finditer(text)]
    return Reviewed(
        indicators=tuple(_as_meant(table)),
        printed=table.printed,
        execution_weight=execution_weight,
        department="、".join(named),
        year=year or stated_year(table),
        paragraphs=tuple(_paragraphs(table)),
        names=tuple(head),
    )


def stated_year(table: IndicatorTable) -> int | None:
    """The fiscal year that the table's head states, else the only year of its deadlines; None where neither says one."""
    text = "\n".join(text for _, text in table.printed.text if _HEAD.search(text))
    head = [found[1] for pattern in _YEARS if (found := pattern.search(text))]
    deadlines = {str(day.year) for indicator in table.indicators if (day := _deadline(indicator))}
    years = head[:1] or (list(deadlines) if len(deadlines) == 1 else [])
    return int(years[0]) if years else None


def _deadline(indicator: Indicator) -> date | None:
    value = indicator.target.value if indicator.target else None
    return value if isinstance(value, date) else None


def _as_meant(table: IndicatorTable) -> Iterator[Indicator]:
    """The indicators. Of a cost whose target has no sign nobody said that it had to be reached."""
    unsigned = {issue.row for issue in table.issues if issue.code == "T102"}
    for indicator in table.indicators:
        cost = "成本" in indicator.level1 + indicator.level2 and indicator.row in unsigned
        yield replace(indicator, direction="≤") if cost else indicator


def _paragraphs(table: IndicatorTable) -> Iterator[Paragraph]:
    for row, text in table.printed.text:
        if not _HEAD.search(text) and not _SIGNED.search(text):
            yield _paragraph("", text, row)
    for indicator in table.indicators:
        cells: Sequence[tuple[str, str]] = (
            ("三级指标", indicator.level3),
            ("年度指标值", indicator.target_text if indicator.direction == "定性" else ""),
            ("实际完成值", indicator.actual_text if indicator.direction == "定性" else ""),
            ("佐证材料", indicator.evidence),
            ("偏差原因及改进措施", indicator.deviation),
        )
        yield from (_paragraph(column, text, indicator.row) for column, text in cells if text)


def _paragraph(column: str, text: str, row: int) -> Paragraph:
    return Paragraph(column and f"“{column}”", ({"text": text},), row)
