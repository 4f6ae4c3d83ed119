"""A self-evaluation table of any department as the re-check reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from helpers.review.model import Paragraph, Reviewed
from helpers.scoring.model import Indicator
from helpers.scoring.table import IndicatorTable

_DEPARTMENT = re.compile(r"(?:部门|单位|预算单位|填报单位|实施单位|主管部门)(?:名称)?(?:[(（][^()（）]*[)）])?[:：\t]\s*([^\t]+)")
_HEAD = re.compile(r"自评表|评价表|目标表|(?:主管部门|实施单位|部门名称|单位名称|预算单位|填报单位|项目名称)")
"""Rows that name the table and whom it belongs to."""
_SIGNED = re.compile(r"填[报表制]|审核|联系|负责人|公章")
"""Rows that say who filled the table in and when, which is after the fiscal year."""
_YEAR = re.compile(r"(20[0-9]{2})\s*年?度?")


def reviewed_table(table: IndicatorTable, *, year: int | None, execution_weight: Fraction) -> Reviewed:
    """`year` is the fiscal year where it is known from outside, `execution_weight` the rule set's for the execution rate."""
    head = [text for _, text in table.printed.text if _HEAD.search(text)]
    named = [found[1] for text in head if (found := _DEPARTMENT.search(text))]
    return Reviewed(
        indicators=tuple(table.indicators),
        printed=table.printed,
        execution_weight=execution_weight,
        department=named[0] if named else "",
        year=year or stated_year(table),
        paragraphs=tuple(_paragraphs(table)),
        names=tuple(head),
    )


def stated_year(table: IndicatorTable) -> int | None:
    """The fiscal year that the table's head states, else the only year of its deadlines; None where neither says one."""
    head = [found[1] for _, text in table.printed.text if _HEAD.search(text) and (found := _YEAR.search(text))]
    deadlines = {str(day.year) for indicator in table.indicators if (day := _deadline(indicator))}
    years = head[:1] or (list(deadlines) if len(deadlines) == 1 else [])
    return int(years[0]) if years else None


def _deadline(indicator: Indicator) -> date | None:
    value = indicator.target.value if indicator.target else None
    return value if isinstance(value, date) else None


def _paragraphs(table: IndicatorTable) -> Iterator[Paragraph]:
    for row, text in table.printed.text:
        if not _HEAD.search(text) and not _SIGNED.search(text):
            yield _paragraph("", text, row)
    for indicator in table.indicators:
        cells: Sequence[tuple[str, str]] = (
            ("三级指标", indicator.level3),
            ("佐证材料", indicator.evidence),
            ("偏差原因及改进措施", indicator.deviation),
        )
        yield from (_paragraph(column, text, indicator.row) for column, text in cells if text)


def _paragraph(column: str, text: str, row: int) -> Paragraph:
    return Paragraph(column and f"“{column}”", ({"text": text},), row)
