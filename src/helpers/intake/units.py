"""In what unit a file says that its amounts are: in its titles and behind the names of its columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from helpers.intake.contracts import Contract
from helpers.intake.findings import normalise
from helpers.intake.grid import Grid
from helpers.issue import Issue

IN_YUAN = "请把各行金额换算成元"

_UNIT = "(?:人民币)?((?:十|百|千|万|十万|百万|千万|亿)?元|[万亿](?![\u4e00-\u9fff]))"
_BEHIND_A_NAME = re.compile(rf"(.+?)[(\[【:_-]?(?:单位:?)?{_UNIT}[)\]】]?")


def amount_and_unit(name: str, contract: Contract, aliases: Mapping[str, str]) -> tuple[str | None, str]:
    """The amount (its Chinese header) and the unit of a header such as 金额(万元); None where it is no amount with a unit.

    `name` is normalised; `aliases` as in `headers.header_names`.
    """
    found = _BEHIND_A_NAME.fullmatch(name)
    if not found or name in aliases:
        return None, ""
    amount = aliases.get(found[1], found[1])
    return (amount if amount in _amounts(contract) else None), found[2]


def other_units(grid: Grid, contract: Contract) -> Iterator[Issue]:
    """Title rows (E304) that say that the amounts below are not in 元."""
    for row, cells in grid.above:
        units = _stated("，".join(map(normalise, cells))) - {"元"}
        if units and _amounts(contract):
            message = f"标题写的单位是{'、'.join(sorted(units))}，而本表金额一律以元为单位。"
            yield grid.issue("E304", message, f"{IN_YUAN}，再改正标题中的单位。", row=row)


def _stated(title: str) -> set[str]:
    """The units of money behind 单位 or in brackets; other units may stand beside them (单位：人、万元)."""
    pieces = [*re.split("单位:?", title)[1:], *re.findall(r"\(([^()]*)\)", title)]
    words = (word for piece in pieces for word in re.split("[、，,;/() ]", piece))
    return {found[1] for word in words if (found := re.match(_UNIT, word))}


def _amounts(contract: Contract) -> set[str]:
    return {column.header for column in contract.columns if column.kind == "money"}
