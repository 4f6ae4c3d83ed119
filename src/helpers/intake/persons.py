"""Personal columns: checked while a file is read, and dropped with it.

What is said of them names file, row and column; of an identity number at most the first six digits (the region), of a
name, an account or a telephone number nothing. The values themselves go to nobody but the scanner of what is published.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from stdnum import luhn
from stdnum.cn import ric
from stdnum.exceptions import ValidationError

from helpers.intake.contracts import PERSONAL
from helpers.intake.findings import normalise
from helpers.intake.grid import Grid
from helpers.issue import Issue

NAME, IDENTITY, ACCOUNT, MOBILE = PERSONAL

Fault = tuple[str, str, str]
"""Code, message and mend."""

_WHOLE_IDENTITY = re.compile("[0-9]{17}[0-9X]")
_NUMBER = re.compile("[0-9]{7,}X?")
_WHOLE_ACCOUNT = re.compile("[0-9]{8,}")

_EXACT_DIGITS = 15
"""Excel keeps so many digits of a number and makes zeros of the rest."""

_AS_TEXT = "请将该列设为文本格式，从源头重新导出。"
_LOST = "被存为数字，末位已丢失"
_VERIFY = "请与证件核对后改正。"
_QUOTES = "'’‘`\"＇="
"""What exports put before or around a number so that Excel takes it for text: '123, ="123"."""


@dataclass(frozen=True)
class PersonalColumn:
    """A personal column of a file: its kind (one of `PERSONAL`), its name in the file, its cells that are not blank by row."""

    kind: str
    header: str
    cells: dict[int, str] = field(repr=False)


def personal_columns(grid: Grid, names: Sequence[str]) -> list[PersonalColumn]:
    """All personal columns of a grid whose headers are known by `names` (`headers.header_names`); one kind may stand twice."""
    return [
        PersonalColumn(
            kind,
            normalise(grid.header[place]),
            {row: cells[place] for row, cells in grid.rows if place < len(cells) and cells[place].strip()},
        )
        for place, kind in enumerate(names)
        if kind in PERSONAL
    ]


def personal_values(columns: Sequence[PersonalColumn]) -> frozenset[str]:
    """Names as typed and in plain form, and all numbers of at least seven digits; words beside a number (工行) tell nobody."""
    texts = [(column.kind, text) for column in columns for text in column.cells.values()]
    names = {form for kind, text in texts if kind == NAME for form in (text.strip(), normalise(text), plain_form(text))}
    numbers: set[str] = {number for _, text in texts for number in _NUMBER.findall(plain_form(text).replace("-", ""))}
    return frozenset(numbers | {name for name in names if len(name) > 1})


def cell_issues(grid: Grid, columns: Sequence[PersonalColumn], as_of: date) -> list[Issue]:
    """What stands against single cells; `as_of` is the day that the file shows, after which nobody in it was born.

    Errors are told row by row, a warning once for each column with its first row and their number.
    """
    issues: list[Issue] = []
    warned: dict[tuple[str, Fault], list[int]] = defaultdict(list)
    for column in columns:
        for row, text in column.cells.items():
            for fault in faults(column.kind, text, as_of):
                if fault[0].startswith("W"):
                    warned[column.header, fault].append(row)
                else:
                    issues.append(grid.issue(*fault, row=row, column=column.header))
    for (header, (code, message, mend)), rows in warned.items():
        others = f"（共 {len(rows)} 行）" if len(rows) > 1 else ""
        issues.append(grid.issue(code, f"{message}{others}。", mend, row=rows[0], column=header))
    return issues


def faults(kind: str, text: str, as_of: date) -> Iterator[Fault]:
    """What stands against one cell, that is not blank, of a personal column."""
    plain, trimmed = plain_form(text), text.strip()
    if kind == NAME:
        if re.search("[0-9]", plain) and not any(map(str.isalpha, plain)):
            yield "E412", "姓名列填的是数字或日期，疑各列错位。", "请核对表头与各列是否对齐，或从源头重新导出。"
        if _wide(trimmed) or any(unicodedata.category(character) in ("Cc", "Cf") for character in trimmed):
            yield "W409", "姓名含全角、形近或不可见的字符，与其他材料核对时会对不上", "请重新键入姓名。"
        return
    if _wide(trimmed):
        yield "W302", f"{kind}含全角字符，已按半角核对", "请改为半角字符。"
    if re.fullmatch(r"[0-9](\.[0-9]+)?[eE]\+?[0-9]+", plain):
        yield "E401", f"{kind}{_LOST}。", _AS_TEXT
    elif kind == IDENTITY:
        if text != trimmed or re.search(f"[ x{_QUOTES}]", trimmed):
            yield "W404", "身份证号含空格、引号或小写的 x，已按规范写法核对", "请改为不含空格和引号、末位大写的 X。"
        yield from _identity_faults(plain, as_of)
    elif kind == ACCOUNT:
        yield from _account_faults(plain)


def _identity_faults(number: str, as_of: date) -> Iterator[Fault]:
    """An 18-digit number by GB 11643-1999: region, date of birth, sequence, check digit (ISO 7064 MOD 11-2)."""
    shown = f"（{number[:6]}…）" if re.match("[0-9]{6}", number) else ""
    if re.fullmatch("[0-9]{15}", number):
        yield "E405", f"身份证号{shown}是 15 位的旧号码，应为 18 位。", "请换成现用的 18 位号码。"
    elif "*" in number:
        yield "E402", f"身份证号{shown}的几位以星号代替，无从核对。", "请导出完整的号码，或删去该列。"
    elif not _WHOLE_IDENTITY.fullmatch(number):
        mend = "请与证件核对后改正；没有身份证号的（护照、军官证等）请留空。"
        yield "E402", f"身份证号{shown}不是 17 位数字加一位校验码（共 {len(number)} 个字符）。", mend
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


def shared_issues(grid: Grid, columns: Sequence[PersonalColumn], persons: Mapping[int, tuple[str, str]]) -> list[Issue]:
    """One identity number for two beneficiaries or two names (E406), one account for two persons (W407).

    `persons` gives project code and beneficiary of each row. A beneficiary number counts within its project alone. Who a
    row's person is tells the identity number, where there is none the beneficiary, where there is neither the name.
    """
    names, identities, accounts = (_plain_cells(columns, kind) for kind in (NAME, IDENTITY, ACCOUNT))
    identities = {row: number for row, number in identities.items() if is_identity(number)}
    accounts = {row: number for row, number in accounts.items() if is_account(number)}
    of = {column.kind: column.header for column in reversed(columns)}
    beneficiaries = {row: person for row, person in persons.items() if person[1]}
    in_project = {row: (persons.get(row, ("", ""))[0], number) for row, number in identities.items()}
    issues = []
    told = set()
    for row, first in _second_owners(in_project, beneficiaries):
        told.add(row)
        message = f"与第 {first} 行的身份证号相同，对象编号不同。"
        issues.append(grid.issue("E406", message, "同一对象只登记一次，请核对并合并。", row=row, column=of[IDENTITY]))
    for row, first in _second_owners(identities, names):
        if row not in told:
            message = f"与第 {first} 行的身份证号相同，姓名不同。"
            issues.append(grid.issue("E406", message, "请与证件核对，改正姓名或号码。", row=row, column=of[IDENTITY]))
    known = {row: identities.get(row) or beneficiaries.get(row) or names.get(row) for row in accounts}
    for row, first in _second_owners(accounts, {row: person for row, person in known.items() if person}):
        message = f"与第 {first} 行的银行账号相同，而不是同一人。"
        issues.append(grid.issue("W407", message, "请核实是否代领，并说明原因。", row=row, column=of[ACCOUNT]))
    return issues


def _plain_cells(columns: Sequence[PersonalColumn], kind: str) -> dict[int, str]:
    """The cells of the first column of a kind, in plain form, by row."""
    cells = next((column.cells for column in columns if column.kind == kind), {})
    return {row: plain_form(text) for row, text in cells.items()}


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


def is_identity(plain: str) -> bool:
    """Whether a text in plain form is a whole identity number; only such tell persons apart."""
    return bool(_WHOLE_IDENTITY.fullmatch(plain))


def is_account(plain: str) -> bool:
    """Whether a text in plain form is a whole account number."""
    return bool(_WHOLE_ACCOUNT.fullmatch(plain))


def plain_form(text: str) -> str:
    """A cell without white space, quotes and full-width characters."""
    return normalise(text).strip(_QUOTES).upper()
