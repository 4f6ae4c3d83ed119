"""A self-evaluation table of any department as the re-check reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from helpers.review.model import Paragraph, Reviewed
from helpers.scoring.model import Indicator
from helpers.scoring.table import IndicatorTable
from helpers.scoring.table_head import departments, head_of, is_head, stated_year

_SIGNED = re.compile(
    r"填[报表制](?:人|日期|时间|单位)|审核(?:人|意见)|联系(?:人|电话|方式)|负责人(?:[(（][^()（）]*[)）])?[:：\t]|公章"
)
"""Rows that say who filled the table in and when, which is after the fiscal year."""


def reviewed_table(table: IndicatorTable, *, year: int | None, execution_weight: Fraction) -> Reviewed:
    """`year` is the fiscal year where it is known from outside, `execution_weight` the rule set's for the execution rate."""
    return Reviewed(
        indicators=tuple(_as_meant(table)),
        printed=table.printed,
        execution_weight=execution_weight,
        department="、".join(departments(table)),
        year=year or stated_year(table),
        paragraphs=tuple(_paragraphs(table)),
        names=tuple(head_of(table)),
    )


def _as_meant(table: IndicatorTable) -> Iterator[Indicator]:
    """The indicators. Of a cost whose target has no sign nobody said that it had to be reached."""
    for indicator in table.indicators:
        cost = "成本" in indicator.level1 + indicator.level2 and indicator.sign_assumed
        yield replace(indicator, direction="≤") if cost else indicator


def _paragraphs(table: IndicatorTable) -> Iterator[Paragraph]:
    for row, text in table.printed.text:
        if not is_head(text) and not _SIGNED.search(text):
            yield _paragraph("", text, row)
    for indicator in table.indicators:
        yield from indicator_paragraphs(indicator)


def indicator_paragraphs(indicator: Indicator, table: str = "") -> Iterator[Paragraph]:
    """The words of an indicator's row, each with its column as section, below the name of the `table` in a report."""
    cells: Sequence[tuple[str, str]] = (
        ("三级指标", indicator.level3),
        ("年度指标值", indicator.target_text if indicator.direction == "定性" else ""),
        ("实际完成值", indicator.actual_text if indicator.direction == "定性" else ""),
        ("佐证材料", indicator.evidence),
        ("偏差原因及改进措施", indicator.deviation),
    )
    yield from (_paragraph(f"{table}“{column}”", text, indicator.row) for column, text in cells if text)


def _paragraph(section: str, text: str, row: int) -> Paragraph:
    return Paragraph(section, ({"text": text},), row)
