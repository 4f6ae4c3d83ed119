"""Personal columns of a large table: of which rows the rules in `persons.py` might say something."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from stdnum.cn import ric
from stdnum.exceptions import ValidationError

from helpers.intake.large_text import Codes, Mask, Texts
from helpers.intake.persons import ACCOUNT, IDENTITY, MOBILE, NAME, faults, is_account, is_identity, plain_form

if TYPE_CHECKING:
    import pyarrow

_PLAIN = {
    NAME: r"^[\x{4e00}-\x{9fff}]{2,}$",
    IDENTITY: "^[0-9]{17}[0-9X]$",
    ACCOUNT: "^[0-9]{8,19}$",
    MOBILE: "^[0-9]{11}$",
}
_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
_CHECK_DIGITS = np.frombuffer(b"10X98765432", dtype="uint8")


def faulty_persons(columns: Sequence[tuple[str, Texts]], as_of: date, rows: int) -> Mask:
    """The rows with a cell in a personal column (kind and texts) of which `persons.cell_issues` might say something."""
    faulty = np.zeros(rows, dtype=bool)
    for kind, texts in columns:
        plain = _matches(texts.different, _PLAIN[kind])
        if kind == IDENTITY:
            plain[plain] = _sound_identities(_bytes(texts.different, plain), as_of)
        elif kind == ACCOUNT:
            plain[plain] = _sound_accounts(_bytes(texts.different, plain))
        told = np.zeros(len(plain), dtype=bool)
        rest = np.flatnonzero(~plain)
        told[rest] = [
            bool(text.strip()) and any(True for _ in faults(kind, text, as_of)) for text in texts.different.take(rest).to_pylist()
        ]
        faulty |= texts.of_rows(told)
    return faulty


def several_owners(columns: Sequence[tuple[str, Texts]], known: Mapping[str, Texts], rows: int) -> Mask:
    """The rows with an identity number or an account that `persons.shared_issues` might find with two persons."""
    first = dict(reversed(columns))
    names, identities, accounts = (_plain_codes(first.get(kind), kind, rows) for kind in (NAME, IDENTITY, ACCOUNT))
    persons = _beneficiaries(known, rows)
    found = np.zeros(rows, dtype=bool)
    if "project_code" in known and "beneficiary" in known:
        in_project = _joined(known["project_code"].codes(), identities)
        found |= _with_several(in_project, persons)
    found |= _with_several(identities, names)
    owners, shift = np.full(rows, -1), 0
    for codes in (identities, persons, names):
        owners = np.where((owners < 0) & (codes >= 0), codes + shift, owners)
        shift += int(codes.max(initial=0)) + 1
    return found | _with_several(accounts, owners)


def _beneficiaries(known: Mapping[str, Texts], rows: int) -> Codes:
    """A code for each beneficiary of a project; -1 where a row names none."""
    if "beneficiary" not in known:
        return np.full(rows, -1)
    numbers = known["beneficiary"]
    filled = numbers.of_rows(~_matches(numbers.different, r"^\s*$"))
    return _joined(known["project_code"].codes(), np.where(filled, numbers.codes(), -1))


def _plain_codes(texts: Texts | None, kind: str, rows: int) -> Codes:
    """A code for each value in plain form; -1 where there is none, or none that the rules for two owners look at."""
    if texts is None:
        return np.full(rows, -1)
    plain = _matches(texts.different, _PLAIN[kind])
    codes = np.arange(len(plain))
    rest = np.flatnonzero(~plain)
    if _matches(texts.different.take(rest), r"^\s*$").all():
        codes[rest] = -1
    else:
        different = texts.different.to_pylist()
        wanted = {IDENTITY: is_identity, ACCOUNT: is_account}.get(kind, lambda text: True)
        forms = [text if sure else plain_form(text) for text, sure in zip(different, plain, strict=True)]
        codes = pd.factorize(np.array(forms, dtype=object))[0].astype("int64")
        codes[[place for place in rest if not different[place].strip() or not wanted(forms[place])]] = -1
    return codes[texts.codes()]


def _joined(projects: Codes, codes: Codes) -> Codes:
    """One code for both; -1 where the second is."""
    return np.where(codes < 0, -1, projects * (int(codes.max(initial=0)) + 1) + codes)


def _with_several(keys: Codes, owners: Codes) -> Mask:
    """The rows whose key has two owners; a row that lacks one of both (-1) is none."""
    both = np.flatnonzero((keys >= 0) & (owners >= 0))
    if not len(both):
        return np.zeros(len(keys), dtype=bool)
    of_row, _ = pd.factorize(keys[both])
    owner = np.empty(int(of_row.max()) + 1, dtype="int64")
    owner[of_row] = owners[both]  # one of them, whichever
    several = np.zeros(len(owner), dtype=bool)
    several[of_row[owner[of_row] != owners[both]]] = True
    found = np.zeros(len(keys), dtype=bool)
    found[both] = several[of_row]
    return found


def _matches(different: pyarrow.Array, pattern: str) -> Mask:
    from pyarrow import compute

    return np.array(compute.match_substring_regex(different, pattern).to_numpy(zero_copy_only=False), dtype=bool)


def _bytes(different: pyarrow.Array, chosen: Mask) -> list[bytes]:
    import pyarrow

    texts: list[bytes] = different.filter(pyarrow.array(chosen)).cast(pyarrow.binary()).to_pylist()
    return texts


def _sound_identities(numbers: Sequence[bytes], as_of: date) -> Mask:
    """Whose check digit holds and whose day of birth is one, not after `as_of`."""
    characters = np.array(numbers, dtype="S18").view("uint8").reshape(-1, 18)
    remainders = (characters[:, :17] - ord("0")).astype("int64") @ _WEIGHTS % 11
    births, of_number = np.unique(characters[:, 6:14].copy().view("S8").ravel(), return_inverse=True)
    possible = np.array([_was_born(birth.decode(), as_of) for birth in births], dtype=bool)
    return np.array((characters[:, 17] == _CHECK_DIGITS[remainders]) & possible[of_number], dtype=bool)


def _was_born(birth: str, as_of: date) -> bool:
    try:
        return bool(ric.get_birth_date(f"000000{birth}0000") <= as_of)
    except ValidationError:
        return False


def _sound_accounts(numbers: Sequence[bytes]) -> Mask:
    """Whose check digit (Luhn) holds."""
    characters = np.array(numbers, dtype="S19")
    lengths = np.char.str_len(characters) if len(characters) else np.array([], dtype="int64")
    digits = characters.view("uint8").reshape(-1, 19).astype("int64") - ord("0")
    digits[digits < 0] = 0
    twice = (lengths[:, None] - 1 - np.arange(19)) % 2 == 1
    doubled = np.where(twice, 2 * digits - 9 * (digits > 4), digits)
    return np.array(doubled.sum(axis=1) % 10 == 0, dtype=bool)
