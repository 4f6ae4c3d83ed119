"""The header of a grid against a contract: where each column stands, or why that cannot be told."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from helpers.intake.contracts import PERSONAL, Contract
from helpers.intake.findings import near_names, nearest, normalise, quote
from helpers.intake.grid import Grid
from helpers.intake.units import IN_YUAN, amount_and_unit
from helpers.issue import Issue

YEAR_COLUMNS = ("年度", "预算年度", "会计年度", "财政年度", "业务年度")
"""Columns that any file may hold, and that only tell whether it is the file of the fiscal year."""

_PERSONAL_NAMES = {
    "姓名": re.compile(r".*姓名(\(.*\))?|户主|持卡人|[收领]款人"),
    "身份证号": re.compile(r".*身份证(号码?|件号)?(\(.*\))?|(有效)?证件号码?"),
    "银行账号": re.compile(r".*[账帐]号码?(\(.*\))?|.*卡号(\(.*\))?"),
    "手机号": re.compile(r".*手机(号码?)?(\(.*\))?|.*电话(号码)?(\(.*\))?|联系方式"),
}
"""What offices call the columns of `PERSONAL`: whatever the name, what stands there is checked and goes no further."""

_ROWS_SEARCHED = 20


def header_names(header: Sequence[str], contract: Contract, aliases: Mapping[str, str]) -> list[str]:
    """The name by which each header is known: the contract's own or a common one, or just normalised.

    `aliases` maps names of an export (normalised) to own headers. An amount may have its unit 元 behind its name.
    """
    own = own_headers(contract)
    return [_known_name(normalise(cell), contract, own, aliases) for cell in header]


def _known_name(name: str, contract: Contract, own: set[str], aliases: Mapping[str, str]) -> str:
    if name in own or name in aliases:
        return name if name in own else aliases[name]
    amount, unit = amount_and_unit(name, contract, aliases)
    if amount is not None and unit == "元":
        return amount
    return next((kind for kind, names in _PERSONAL_NAMES.items() if names.fullmatch(name)), name)


def own_headers(contract: Contract) -> set[str]:
    """The headers that a file of this table may have."""
    return {column.header for column in contract.columns}.union(PERSONAL, YEAR_COLUMNS)


def match_header(grid: Grid, contract: Contract, aliases: Mapping[str, str]) -> tuple[dict[str, int], list[Issue]]:
    """Where each column stands that is there once, by English name, and issues: no header or one in two rows, missing, repeated,
    oddly written and unknown columns.
    """
    expected = {column.header: column.name for column in contract.columns}
    found = header_names(grid.header, contract, aliases)
    if not expected.keys() & set(found):
        return {}, [_no_header(grid, contract, aliases)]
    if _has_second_level(grid, found, header_names(grid.rows[0][1], contract, aliases), set(expected)):
        return {}, [_two_levels(grid)]
    in_other_units = _in_other_units(found, contract, aliases)
    issues = [
        *(_other_unit(grid, name, amount) for name, amount in in_other_units.items()),
        *_missing_or_repeated(grid, found, [header for header in expected if header not in in_other_units.values()]),
        *_oddly_written(grid, expected),
        *_unknown(grid, contract, found, own_headers(contract) | in_other_units.keys()),
    ]
    return {name: found.index(header) for header, name in expected.items() if found.count(header) == 1}, issues


def _in_other_units(found: list[str], contract: Contract, aliases: Mapping[str, str]) -> dict[str, str]:
    """Headers of amounts in another unit than 元, each with the amount, where that does not stand there in 元 too."""
    amounts = {name: amount_and_unit(name, contract, aliases)[0] for name in found}
    return {name: amount for name, amount in amounts.items() if amount is not None and amount not in found}


def _other_unit(grid: Grid, name: str, amount: str) -> Issue:
    message = f"列{quote(name)}不以元为单位，而本表金额一律以元为单位。"
    return grid.issue("E304", message, f"{IN_YUAN}，再把列名改为“{amount}”。", row=grid.header_row, column=name)


def _missing_or_repeated(grid: Grid, found: list[str], expected: Sequence[str]) -> list[Issue]:
    issues = []
    for header in expected:
        if header not in found:
            others = [name for name in found if name and name not in expected and name not in PERSONAL]
            message = f"缺少列“{header}”。现有列：{'、'.join(quote(name) for name in found if name)}。"
            near = near_names(header, others)
            mend = f"是否写成了{near}？请改为“{header}”。" if near else "请补上该列。"
            issues.append(grid.issue("E203", message, mend, column=header))
        elif found.count(header) > 1:
            written = [normalise(cell) for cell, name in zip(grid.header, found, strict=True) if name == header]
            names = f"（{'、'.join(map(quote, written))}）" if len(set(written)) > 1 else ""
            issues.append(grid.issue("E204", f"列“{header}”出现 {len(written)} 次{names}。", "请只保留一列。", column=header))
    return issues


def _oddly_written(grid: Grid, expected: Mapping[str, str]) -> list[Issue]:
    message = "列名含空格、换行、全角或不可见字符，已按“{}”对应。"
    odd = [normalise(cell) for cell in grid.header if normalise(cell) in expected and cell not in expected]
    return [grid.issue("W206", message.format(name), f"请把列名改为“{name}”。", column=name) for name in odd]


def _unknown(grid: Grid, contract: Contract, found: list[str], known: set[str]) -> list[Issue]:
    free = {column.header for column in contract.columns} - set(found)
    issues = []
    for place, header in enumerate(found):
        if header in known or not (header or _holds_anything(grid, place)):
            continue
        name = f"列{quote(header)}" if header else f"第 {place + 1} 列（无列名）"
        mend = nearest(header, free) or "请删去该列；有用的列名见数据字典。"
        issues.append(grid.issue("W205", f"{name}不在本表约定之内，未读取。", mend, column=header or None))
    return issues


def _no_header(grid: Grid, contract: Contract, aliases: Mapping[str, str]) -> Issue:
    if len(grid.header) == 1 and (separator := re.search(r"[;\t|；，]", grid.header[0])):
        mark = "制表符" if separator[0] == "\t" else f"“{separator[0]}”"
        return grid.issue("E105", f"首行只有一列，疑似分隔符为{mark}。", "请以半角逗号为分隔符另存为 CSV。", row=grid.header_row)
    expected = [column.header for column in contract.columns]
    message = f"本行不是表头，应有的列：{'、'.join(expected)}。"
    row = _likely_header(grid, set(expected), contract, aliases)
    if row is None:
        return grid.issue("E201", message, "请使首行为列名，且不合并单元格。", row=grid.header_row)
    mend = f"第 {row} 行像是表头：请在 register.yml 该文件的登记项中写明 header_row: {row}，或删去它上面的标题行。"
    return grid.issue("E201", message, mend, row=grid.header_row)


def _likely_header(grid: Grid, expected: set[str], contract: Contract, aliases: Mapping[str, str]) -> int | None:
    """The row above or below the supposed header that holds most of the expected columns, if any holds half of them."""
    rows = [*grid.above, *grid.rows[:_ROWS_SEARCHED]]
    matches = [(len(expected & set(header_names(cells, contract, aliases))), -row) for row, cells in rows]
    most, row = max(matches, default=(0, 0))
    return -row if most * 2 >= len(expected) else None


def _has_second_level(grid: Grid, found: list[str], below: list[str], expected: set[str]) -> bool:
    """Whether the next row goes on with the header: it names further columns, or a header cell is merged down into it."""
    merged = any(merge.first_row <= grid.header_row < merge.last_row for merge in grid.marks.merges)
    return merged or bool((set(below) & expected) - set(found))


def _two_levels(grid: Grid) -> Issue:
    row = grid.rows[0][0]
    if grid.sheet is None:
        mend = "请改为一行表头，各列写全列名。"
    else:
        mend = f"请改为一行表头；或在 register.yml 该文件的登记项中写明 header_row: {row}（与上级合并的单元格取上级的列名）。"
    return grid.issue("E202", f"表头分为两级，占第 {grid.header_row}、{row} 行。", mend, row=grid.header_row)


def _holds_anything(grid: Grid, place: int) -> bool:
    return any(cells[place].strip() for _, cells in grid.rows if place < len(cells))
