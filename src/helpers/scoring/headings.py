"""The header of a self-evaluation table: where it stands, and which column is which, under the usual variants of its name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from helpers.intake.findings import normalise
from helpers.intake.grid import NumberedRow

REQUIRED = {"level3": "三级指标", "target": "年度指标值", "weight": "分值"}
"""Columns without which nothing can be scored, by the name that a message gives them."""

_VARIANTS = {
    "level1": ("一级指标", "一级指标名称"),
    "level2": ("二级指标", "二级指标名称"),
    "level3": ("三级指标", "三级指标名称", "指标名称", "具体指标", "指标内容"),
    "direction": ("方向", "指标方向", "目标方向", "符号", "运算符号", "计算符号", "比较符号", "指标性质"),
    "target": (
        *("年度指标值", "指标值", "目标值", "年度目标值", "年初目标值", "年初指标值", "全年目标值", "全年指标值"),
        *("预期指标值", "预期目标值", "绩效指标值", "绩效目标值", "指标目标值", "计划指标值", "年度绩效指标值"),
        *("年初设定目标值", "年初设定指标值", "设定目标值", "计划完成值", "年度计划值", "计划值", "预期值"),
        *("年度指标", "预期目标", "年度目标", "年初目标"),
    ),
    "unit": ("计量单位", "度量单位", "指标单位", "单位"),
    "weight": (
        "分值",
        "指标分值",
        "权重分值",
        "分值权重",
        "设定分值",
        "标准分值",
        "标准分",
        "满分",
        "权重分",
        "权重",
        "指标权重",
    ),
    "actual": (
        *("实际完成值", "实际值", "完成值", "实际完成指标值", "实际指标值", "指标完成值", "完成指标值", "实际完成数", "实际完成"),
        *("全年实际完成值", "全年完成值", "全年实际值", "年度实际完成值", "年度完成值", "自评完成值"),
        *("实际完成情况", "全年实际完成情况", "全年完成情况", "指标完成情况", "完成情况"),
    ),
    "score": (
        "得分",
        "自评得分",
        "自评分",
        "自评分值",
        "自评分数",
        "单位自评得分",
        "指标得分",
        "实际得分",
        "评价得分",
        "得分情况",
    ),
    "source": ("实际值来源",),
    "band": ("达成档次",),
    "band_share": ("档内得分率",),
    "evidence": ("佐证材料", "佐证", "证明材料", "佐证资料"),
    "deviation": ("原因分析", "原因分析及改进措施", "原因说明", "备注"),
}
"""The names of each column, surest first: of two in one header the surer one is read."""
_COLUMN_OF = {variant: (column, rank) for column, names in _VARIANTS.items() for rank, variant in enumerate(names)}
_BEGINNINGS = {"偏差": "deviation", "未完成原因": "deviation"}
"""What a name of many variants begins with."""

_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(frozen=True)
class Header:
    """The header in `rows[first : last + 1]` of a file; `row` is the number of its last row, `columns` are places by column."""

    first: int
    last: int
    row: int
    cells: list[str]
    columns: Mapping[str, int]

    def again(self, cells: Sequence[str]) -> bool:
        """Whether a row says the same in the required columns: the header, printed at the head of another page."""
        places = [self.columns[column] for column in REQUIRED]
        return all(place < len(cells) and cells[place].strip() == self.cells[place].strip() for place in places)


def bare_name(cell: str) -> str:
    """A heading without white space and without what stands in brackets: 实际完成值（B） is 实际完成值."""
    return _BRACKETS.sub("", normalise(cell))


def find_header(rows: Sequence[NumberedRow]) -> Header | None:
    """The first row that names all required columns, together with a row of further headings below it; else the first two rows
    that name them together (绩效指标 above 一级指标, 二级指标, 三级指标).
    """
    for place, (number, cells) in enumerate(rows):
        if is_header(cells):
            below = rows[place + 1] if place + 1 < len(rows) else (0, [])
            if _only_headings(below[1]) and not is_header(below[1]):
                return _header(place, place + 1, below[0], _laid_over(cells, below[1]))
            return _header(place, place, number, cells)
    for place, ((_, upper), (number, lower)) in enumerate(pairwise(rows)):
        if _only_headings(lower) and is_header(both := _laid_over(upper, lower)):
            return _header(place, place + 1, number, both)
    return None


def is_header(cells: Sequence[str]) -> bool:
    """Whether a row of cells names all required columns."""
    return match_columns(cells).keys() >= REQUIRED.keys()


def match_columns(cells: Sequence[str]) -> dict[str, int]:
    """Where the columns stand that a row of cells names; of several the one with the surest name, the first of these."""
    best: dict[str, tuple[int, int]] = {}
    for place, cell in enumerate(cells):
        if found := _column(bare_name(cell)):
            column, rank = found
            best[column] = min(best.get(column, (rank, place)), (rank, place))
    return {column: place for column, (_, place) in best.items()}


def repeated(cells: Sequence[str]) -> list[str]:
    """The headings of columns whose meaning another column has under a surer name, or before them."""
    taken = set(match_columns(cells).values())
    return [cell for place, cell in enumerate(cells) if _column(bare_name(cell)) and place not in taken]


def _column(name: str) -> tuple[str, int] | None:
    return _COLUMN_OF.get(name) or next(((column, 0) for start, column in _BEGINNINGS.items() if name.startswith(start)), None)


def _only_headings(cells: Sequence[str]) -> bool:
    """Whether a row holds names of columns and nothing else."""
    names = [bare_name(cell) for cell in cells if cell.strip()]
    return bool(names) and all(map(_column, names))


def _laid_over(above: Sequence[str], below: Sequence[str]) -> list[str]:
    """Two rows of a header as one: the lower name where there is one."""
    width = max(len(above), len(below))
    upper, lower = ([*row, *[""] * (width - len(row))] for row in (above, below))
    return [low if low.strip() else high for high, low in zip(upper, lower, strict=True)]


def _header(first: int, last: int, row: int, cells: Sequence[str]) -> Header:
    return Header(first, last, row, list(cells), match_columns(cells))
