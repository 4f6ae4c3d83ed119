"""Personal columns: checked while a file is read, and dropped with it.

What is said of them names file, row and column; of an identity number at most the first six digits (the region), of a
name, an account or a telephone number nothing. The values themselves go to nobody but the scanner of what is published.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from stdnum import luhn
from stdnum.cn import ric
from stdnum.exceptions import ValidationError

from helpers.intake.contracts import PERSONAL
from helpers.intake.findings import normalise
from helpers.intake.grid import Grid
from helpers.issue import Issue

NAME, IDENTITY, ACCOUNT, MOBILE = PERSONAL

PersonalCells = dict[str, dict[int, str]]
"""Text of the cells that are not blank, by header and row."""

Fault = tuple[str, str, str]
"""Code, message and mend."""

_EXACT_DIGITS = 15
"""Excel keeps so many digits of a number and makes zeros of the rest."""

_AS_TEXT = "请将该列设为文本格式，从源头重新导出。"
_LOST = "被存为数字，末位已丢失"
_VERIFY = "请与证件核对后改正。"


def personal_cells(grid: Grid) -> PersonalCells:
    """The filled cells of all personal columns of a grid."""
    places = {place: header for place, cell in enumerate(grid.header) if (header := normalise(cell)) in PERSONAL}
    found: PersonalCells = {header: {} for header in places.values()}
    for place, header in places.items():
        found[header] |= {row: cells[place] for row, cells in grid.rows if place < len(cells) and cells[place].strip()}
    return found


def personal_values(cells: PersonalCells) -> frozenset[str]:
    """Every value of at least two characters: as typed, half-width without white space, and so in capitals."""
    texts = [text for of_row in cells.values() for text in of_row.values()]
    values = {form for text in texts for form in (text.strip(), normalise(text), _plain(text))}
    return frozenset(value for value in values if len(value) > 1)


def cell_issues(grid: Grid, cells: PersonalCells, as_of: date) -> list[Issue]:
    """What stands against single cells; `as_of` is the day that the file shows, after which nobody in it was born.

    Errors are told row by row, a warning once for each column with its first row and their number.
    """
    issues: list[Issue] = []
    warned: dict[tuple[str, Fault], list[int]] = defaultdict(list)
    for header, of_row in cells.items():
        for row, text in of_row.items():
            for fault in _faults(header, text, as_of):
                if fault[0].startswith("W"):
                    warned[header, fault].append(row)
                else:
                    issues.append(grid.issue(*fault, row=row, column=header))
    for (header, (code, message, mend)), rows in warned.items():
        others = f"（共 {len(rows)} 行）" if len(rows) > 1 else ""
        issues.append(grid.issue(code, f"{message}{others}。", mend, row=rows[0], column=header))
    return issues


def _faults(header: str, text: str, as_of: date) -> Iterator[Fault]:
    plain, trimmed = _plain(text), text.strip()
    if header == NAME:
        if _wide(trimmed) or any(unicodedata.category(character) in ("Cc", "Cf") for character in trimmed):
            yield "W409", "姓名含全角、形近或不可见的字符，与其他材料核对时会对不上", "请重新键入姓名。"
        return
    if _wide(trimmed):
        yield "W302", f"{header}含全角字符，已按半角核对", "请改为半角字符。"
    if re.fullmatch(r"[0-9](\.[0-9]+)?[eE]\+?[0-9]+", plain):
        yield "E401", f"{header}{_LOST}。", _AS_TEXT
    elif header == IDENTITY:
        if text != trimmed or re.search(r"[ x]", trimmed):
            yield "W404", "身份证号含空格或小写的 x，已按规范写法核对", "请改为不含空格、末位大写的 X。"
        yield from _identity_faults(plain, as_of)
    elif header == ACCOUNT:
        yield from _account_faults(plain)


def _identity_faults(number: str, as_of: date) -> Iterator[Fault]:
    """An 18-digit number by GB 11643-1999: region, date of birth, sequence, check digit (ISO 7064 MOD 11-2)."""
    shown = f"（{number[:6]}…）" if re.match("[0-9]{6}", number) else ""
    if re.fullmatch("[0-9]{15}", number):
        yield "E405", f"身份证号{shown}是 15 位的旧号码，应为 18 位。", "请换成现用的 18 位号码。"
    elif not re.fullmatch("[0-9]{17}[0-9X]", number):
        yield "E402", f"身份证号{shown}不是 17 位数字加一位校验码（共 {len(number)} 个字符）。", _VERIFY
    elif number[-1] != ric.calc_check_digit(number):
        if number.endswith("000"):
            yield "E401", f"身份证号{shown}{_LOST}（末三位为 0，校验位不符）。", _AS_TEXT
        else:
            yield "E402", f"身份证号{shown}的校验位不符。", _VERIFY
    else:
        try:
            born = ric.get_birth_date(number)
        except ValidationError:
            yield "E403", f"身份证号{shown}中的出生日期不存在。", _VERIFY
            return
        if born > as_of:
            yield "E403", f"身份证号{shown}中的出生日期晚于登记表所记的时点 {as_of}。", _VERIFY


def _account_faults(number: str) -> Iterator[Fault]:
    if luhn.is_valid(number):
        return
    lost = number[_EXACT_DIGITS:]
    if number.isdigit() and len(lost) >= 3 and not lost.strip("0"):
        yield "E401", f"银行账号疑{_LOST}（第 {_EXACT_DIGITS + 1} 位起全为 0）。", _AS_TEXT
    else:
        yield "W408", "银行账号的校验位不符，不是有效的银行卡号", "存折和对公账号没有校验位，无须改正；银行卡号请核对。"


def shared_issues(grid: Grid, cells: PersonalCells, persons: Mapping[int, tuple[str, str]]) -> list[Issue]:
    """One identity number for two beneficiaries or two names (E406), one account for two persons (W407).

    `persons` gives project code and beneficiary of each row. A beneficiary number counts within its project alone. Who a
    row's person is tells the identity number, where there is none the beneficiary, where there is neither the name.
    """
    names, identities, accounts = (
        {row: _plain(text) for row, text in cells.get(header, {}).items()} for header in (NAME, IDENTITY, ACCOUNT)
    )
    beneficiaries = {row: person for row, person in persons.items() if person[1]}
    in_project = {row: (persons.get(row, ("", ""))[0], number) for row, number in identities.items()}
    issues = []
    told = set()
    for row, first in _second_owners(in_project, beneficiaries):
        told.add(row)
        message = f"与第 {first} 行的身份证号相同，对象编号不同。"
        issues.append(grid.issue("E406", message, "同一对象只登记一次，请核对并合并。", row=row, column=IDENTITY))
    for row, first in _second_owners(identities, names):
        if row not in told:
            message = f"与第 {first} 行的身份证号相同，姓名不同。"
            issues.append(grid.issue("E406", message, "请与证件核对，改正姓名或号码。", row=row, column=IDENTITY))
    known = {row: identities.get(row) or beneficiaries.get(row) or names.get(row) for row in accounts}
    for row, first in _second_owners(accounts, {row: person for row, person in known.items() if person}):
        message = f"与第 {first} 行的银行账号相同，而不是同一人。"
        issues.append(grid.issue("W407", message, "请核实是否代领，并说明原因。", row=row, column=ACCOUNT))
    return issues


def _second_owners(keys: Mapping[int, object], owners: Mapping[int, object]) -> Iterator[tuple[int, int]]:
    """Rows whose key belongs to another owner in an earlier row, each with that row; rows without an owner do not count."""
    first: dict[object, int] = {}
    for row in sorted(keys.keys() & owners.keys()):
        earlier = first.setdefault(keys[row], row)
        if owners[earlier] != owners[row]:
            yield row, earlier


def _wide(text: str) -> bool:
    """Whether a character has a compatible form: full-width, a radical for the whole character, a space of its own kind."""
    return unicodedata.normalize("NFKC", text) != text


def _plain(text: str) -> str:
    return normalise(text).upper()
