"""What the values of a rule set must agree on with each other. Pure, over values as written, right or wrong."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TypeGuard

from helpers.params.mistake import Mistake, Place, excerpt
from helpers.params.rules import select

BANDS = ("达成", "部分达成", "未达成")
GRADES = ("优", "良", "中", "差")


def contradictions(values: object) -> list[Mistake]:
    """Mistakes between the keys of one rule set; a check keeps silent where what it compares is itself incomplete."""
    return [*_order(values, ()), *_groups(values), *_sums(values), *_bands(values), *_grades(values)]


def _year(item: object) -> int | None:
    year = item.get("from") if isinstance(item, dict) else None
    return int(year) if isinstance(year, str) and len(year) == 4 and year.isdecimal() else None


def _order(values: object, place: Place) -> Iterator[Mistake]:
    """Lists of dated values go from the earliest year to the latest, each year once."""
    if isinstance(values, dict):
        for key, value in values.items():
            yield from _order(value, (*place, key))
    elif isinstance(values, list):
        for position, (first, second) in enumerate(pairwise(map(_year, values)), start=1):
            if first is not None and second is not None and second <= first:
                message = f"起始年度 {second} 不晚于上一项的 {first}。"
                yield Mistake("E607", (*place, position, "from"), message, "请按年度从早到晚排列，每个年度只写一次。")
        for position, value in enumerate(values):
            yield from _order(value, (*place, position))


def _groups(values: object) -> Iterator[Mistake]:
    seen: set[str] = set()
    for place, name in select(values, "weights", "groups", "*", "name"):
        if isinstance(name, str) and name in seen:
            yield Mistake("E607", place, f"一级指标“{excerpt(name)}”重复。", "请给两项不同的名称，或删去多余的一项。")
        elif isinstance(name, str):
            seen.add(name)


def _sums(values: object) -> Iterator[Mistake]:
    """In every year the execution rate and the groups have 100 points together, where the set lays groups down."""
    groups = [dated for _, dated in select(values, "weights", "groups", "*", "weight")]
    lists = [*(dated for _, dated in select(values, "weights", "execution")), *groups]
    if not groups:
        return
    for year in sorted({year for dated in lists if isinstance(dated, list) for item in dated if (year := _year(item))}):
        points = [_points(dated, year) for dated in lists]
        known = [value for value in points if value is not None]
        if len(known) == len(points) and sum(known) != 100:
            message = f"{year} 年度的分值合计 {sum(known)} 分（{'＋'.join(map(str, known))}），应为 100 分。"
            yield Mistake("E607", ("weights",), message, "请核对 execution 和 groups 中各项分值。")


def _points(dated: object, year: int) -> int | None:
    """The points of a dated list that hold in a year; None where there are none, or no whole number."""
    holding = [item for item in dated if (_year(item) or year + 1) <= year] if isinstance(dated, list) else []
    value = holding[-1].get("value") if holding else None
    return value if _is_points(value) else None


def _bands(values: object) -> Iterator[Mistake]:
    """From 100 to 0 without gap or overlap, in the order 达成, 部分达成, 未达成."""
    for place, bands in select(values, "indicators", "bands", "*", "value"):
        names, lows, highs = _names(bands, BANDS), _numbers(bands, "low"), _numbers(bands, "high")
        if names is None or lows is None or highs is None:
            continue
        if names != BANDS:
            yield _not_in_order("档次", names, BANDS, place)
        elif [100, *lows] != [*highs, 0]:
            written = "、".join(f"{low}–{high}" for low, high in zip(lows, highs, strict=True))
            message = f"档次的区间是 {written}，没有从 100 到 0 首尾相接。"
            yield Mistake("E607", place, message, "上一档的 low 应等于下一档的 high，首档的 high 为 100，末档的 low 为 0。")
        elif any(low >= high for low, high in zip(lows, highs, strict=True)):
            yield Mistake("E607", place, "有一档的 low 不小于 high。", "请核对各档的 low 和 high。")


def _grades(values: object) -> Iterator[Mistake]:
    """From the best grade down to one that starts at 0, each lower than the one before."""
    for place, grades in select(values, "grades", "*", "value"):
        names, floors = _names(grades, GRADES), _numbers(grades, "floor")
        if names is None or floors is None:
            continue
        if names != GRADES:
            yield _not_in_order("等级", names, GRADES, place)
        elif any(low >= high for high, low in pairwise(floors)) or floors[-1] != 0:
            message = f"等级的起点分是 {'、'.join(map(str, floors))}，应逐级降低，末级为 0。"
            yield Mistake("E607", place, message, "请由高到低改写 floor。")


def _not_in_order(kind: str, written: tuple[str, ...], expected: tuple[str, ...], place: Place) -> Mistake:
    message = f"{kind}应依次为{'、'.join(expected)}，写的是{'、'.join(written)}。"
    return Mistake("E607", place, message, "请补全，并由高到低排列。")


def _names(items: object, known: tuple[str, ...]) -> tuple[str, ...] | None:
    """The name of every item; None where one is missing or unknown, which is told elsewhere."""
    names = [name for _, name in select(items, "*", "name") if isinstance(name, str) and name in known]
    return tuple(names) if isinstance(items, list) and len(names) == len(items) else None


def _numbers(items: object, key: str) -> list[int] | None:
    """The points under a key of every item; None where one is missing or out of range, which is told elsewhere."""
    numbers = [value for _, value in select(items, "*", key) if _is_points(value)]
    return numbers if isinstance(items, list) and len(numbers) == len(items) else None


def _is_points(value: object) -> TypeGuard[int]:
    return type(value) is int and 0 <= value <= 100
