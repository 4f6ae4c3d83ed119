"""The header of a self-evaluation table: which column is which, under the usual variants of its name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from helpers.intake.findings import normalise

REQUIRED = {"level3": "三级指标", "target": "年度指标值", "weight": "分值"}
"""Columns without which nothing can be scored, by the name that a message gives them."""

_VARIANTS = {
    "level1": ("一级指标",),
    "level2": ("二级指标",),
    "level3": ("三级指标", "指标名称", "三级指标名称"),
    "direction": ("方向", "指标方向", "符号", "运算符号", "计算符号"),
    "target": (
        "年度指标值",
        "指标值",
        "目标值",
        "年度目标值",
        "年初目标值",
        "年初指标值",
        "预期指标值",
        "绩效指标值",
        "计划完成值",
    ),
    "unit": ("计量单位", "单位", "度量单位"),
    "weight": ("分值", "权重", "指标分值", "分值权重", "权重分值", "满分"),
    "actual": ("实际完成值", "实际值", "完成值", "全年实际完成值", "全年完成值", "实际完成指标值", "实际完成情况", "全年实际值"),
    "score": ("得分", "自评得分", "自评分", "实际得分"),
    "source": ("实际值来源",),
    "band": ("达成档次",),
    "band_share": ("档内得分率",),
    "evidence": ("佐证材料", "佐证", "证明材料", "佐证资料"),
    "deviation": ("原因分析", "原因分析及改进措施", "备注"),
}
_COLUMN_OF = {variant: column for column, variants in _VARIANTS.items() for variant in variants}
_BEGINNINGS = {"偏差": "deviation", "未完成原因": "deviation"}
"""What a name of many variants begins with."""

_BRACKETS = re.compile(r"\([^()]*\)")


def bare_name(cell: str) -> str:
    """A heading without white space and without what stands in brackets: 实际完成值（B） is 实际完成值."""
    return _BRACKETS.sub("", normalise(cell))


def match_columns(cells: Sequence[str]) -> dict[str, int]:
    """Where the columns stand that a row of cells names; the first place of a name that stands twice."""
    places: dict[str, int] = {}
    for place, cell in enumerate(cells):
        column = _column(bare_name(cell))
        if column:
            places.setdefault(column, place)
    return places


def repeated(cells: Sequence[str]) -> list[str]:
    """The headings of columns that an earlier column has already taken."""
    taken = set(match_columns(cells).values())
    return [cell for place, cell in enumerate(cells) if _column(bare_name(cell)) and place not in taken]


def _column(name: str) -> str | None:
    return _COLUMN_OF.get(name) or next((column for start, column in _BEGINNINGS.items() if name.startswith(start)), None)
