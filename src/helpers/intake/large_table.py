"""A large table: what is surely sound is told by its different texts, and whatever is not goes to the same rules as a small one.

Of a large file an excerpt is made: its header, and every row of which anything might be said, together with the rows that this
would be said with. The readers of small files then explain the excerpt, so that no rule is written twice. Here it is only
decided what cannot be left out, and where in doubt, a row is not left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from helpers.intake.cells import CellFault, Value, convert_cell
from helpers.intake.contracts import PERSONAL, Column, Contract
from helpers.intake.findings import normalise
from helpers.intake.grid import SAMPLE, Grid
from helpers.intake.headers import YEAR_COLUMNS, header_names
from helpers.intake.large_persons import faulty_persons, several_owners
from helpers.intake.large_text import Codes, Mask, Texts, header_of, read_texts
from helpers.intake.misplaced import like_a_name, like_a_number, numbers_of_persons
from helpers.intake.persons import PersonalColumn, personal_values
from helpers.intake.register import RegisteredFile
from helpers.intake.rows import like_a_total

if TYPE_CHECKING:
    import pyarrow

MOST_DOUBTFUL = 1_000_000
"""Rows that an excerpt holds at most."""

_PLAIN_KEY = "^[0-9A-Za-z_-]+$"
_PLAIN_BENEFICIARY = "^[A-Za-z][0-9A-Za-z_-]*$"


@dataclass(frozen=True)
class LargeTable:
    """A large file: an excerpt to explain, and the typed columns of all rows by English name, in the order of the file.

    `totals` are the sums of the absolute values of its numbers.
    """

    excerpt: Grid
    columns: dict[str, pyarrow.Array]
    totals: dict[str, int]
    rows: int
    personal_values: frozenset[str] = field(repr=False)


def read_large(path: Path, contract: Contract, aliases: Mapping[str, str], entry: RegisteredFile) -> LargeTable | None:
    """A CSV file as a large table; None where its header or its form must be looked at row by row."""
    header = header_of(path, entry.encoding)
    if header is None or (entry.header_row or 1) != 1:
        return None
    names = header_names(header, contract, aliases)
    places = {column.name: names.index(column.header) for column in contract.columns if names.count(column.header) == 1}
    if len(places) != len(contract.columns) or set(names) & set(YEAR_COLUMNS):
        return None
    own = [places[name] for name in contract.unique if len(contract.unique) == 1]
    texts = read_texts(path, len(header), own)
    if texts is None or not len(texts[0].codes()):
        return None
    rows = len(texts[0].codes())
    if _blank_rows(texts, rows).any() or any(normalise(column.at(0)) == normalise(SAMPLE) for column in texts.values()):
        return None
    doubtful = np.zeros(rows, dtype=bool)
    columns, totals = {}, {}
    for column in contract.columns:
        column_texts = texts[places[column.name]]
        values, faulty = _judged(column, column_texts)
        doubtful |= column_texts.of_rows(faulty)
        columns[column.name] = _typed(column, values, column_texts)
        if column.kind in ("money", "integer"):
            counts = np.bincount(column_texts.codes(), minlength=len(values))
            totals[column.name] = sum(
                abs(value) * int(n) for value, n in zip(values, counts, strict=True) if isinstance(value, int)
            )
    doubtful |= texts[0].of_rows(_told_by(texts[0].different, lambda text: header[0].strip() in text))
    for place in texts.keys() - places.values():
        doubtful |= texts[place].of_rows(_told_by(texts[place].different, like_a_total))
    by_name = {name: texts[place] for name, place in places.items()}
    persons = {place: texts[place] for place, name in enumerate(names) if name in PERSONAL}
    values = values_of(names, header, persons)
    doubtful |= _stated(by_name, values, rows)
    doubtful |= _repeated([by_name[name] for name in contract.unique], rows)
    doubtful |= faulty_persons([(names[place], column) for place, column in persons.items()], entry.as_of, rows)
    doubtful |= several_owners([(names[place], column) for place, column in persons.items()], by_name, rows)
    if doubtful.sum() > MOST_DOUBTFUL:
        return None
    sound = np.flatnonzero(~doubtful)
    kept = np.union1d(np.flatnonzero(doubtful), [0, *sound[-1:]])  # the last sound row ends what may be notes below it
    cells = [(int(row) + 2, [texts[place].at(int(row)) for place in range(len(header))]) for row in kept]
    excerpt = Grid(path.name, None, header, cells, excerpt=True)
    return LargeTable(excerpt, columns, totals, rows, values)


def read_personal_values(path: Path, contract: Contract, aliases: Mapping[str, str]) -> frozenset[str]:
    """The personal values of a file that was read as a large table before."""
    header = header_of(path, None) or []
    names = header_names(header, contract, aliases)
    places = [place for place, name in enumerate(names) if name in PERSONAL]
    return values_of(names, header, read_texts(path, len(header), only=places) or {}) if places else frozenset()


def values_of(names: Sequence[str], header: Sequence[str], persons: Mapping[int, Texts]) -> frozenset[str]:
    columns = [
        PersonalColumn(
            names[place], header[place], {row: text for row, text in enumerate(texts.different.to_pylist()) if text.strip()}
        )
        for place, texts in persons.items()
    ]
    return personal_values(columns)


def _blank_rows(texts: Mapping[int, Texts], rows: int) -> Mask:
    blank = np.ones(rows, dtype=bool)
    for column in texts.values():
        blank &= column.of_rows(_told_by(column.different, lambda text: not text.strip(), plain="^[0-9A-Za-z]"))
    return blank


def _told_by(different: pyarrow.Array, tell: Callable[[str], Any], plain: str = "^[0-9A-Za-z_. -]+$") -> Mask:
    """Of which texts something is true; those of the form `plain` are known not to be meant."""
    from pyarrow import compute

    told = np.zeros(len(different), dtype=bool)
    rest = np.flatnonzero(~compute.match_substring_regex(different, plain).to_numpy(zero_copy_only=False))
    told[rest] = [bool(tell(text)) for text in different.take(rest).to_pylist()]
    return told


def _judged(column: Column, texts: Texts) -> tuple[Sequence[Value] | pyarrow.Array, Mask]:
    """The values of the different texts (None where there is none) and of which of them something might be said."""
    from pyarrow import compute

    different = texts.different
    if column.kind == "key":
        plain = _PLAIN_BENEFICIARY if column.name == "beneficiary" else _PLAIN_KEY
        rest = np.flatnonzero(~compute.match_substring_regex(different, plain).to_numpy(zero_copy_only=False))
        if not len(rest):
            return different, np.zeros(len(different), dtype=bool)
    else:
        rest = np.arange(len(different))
    values: list[Value] = different.to_pylist()
    faulty = np.zeros(len(different), dtype=bool)
    for place in rest:
        values[place], faulty[place] = _value(column, str(values[place]))
    if column.name == "beneficiary":
        faulty |= _mostly_persons(texts)
    return values, faulty


def _value(column: Column, text: str) -> tuple[Value, bool]:
    """The value of a cell, and whether the rules for cells might say something of it."""
    try:
        value = convert_cell(column, text)
    except CellFault:
        return None, True
    strange = text[:1] == "#" or like_a_total(text) or (isinstance(value, int) and not text.strip().isascii())
    if isinstance(value, int):
        return value, strange or value < 0 or (column.zero_is_odd and value == 0)
    if not value:
        return value, strange or column.required
    if column.choices:
        return value, strange or value not in column.choices
    return value, strange or (column.kind == "text" and bool(numbers_of_persons(str(value))))


def _mostly_persons(texts: Texts) -> Mask:
    """The beneficiaries' numbers that look like names or like numbers of persons, where most of the filled rows have such."""
    counts = np.bincount(texts.codes(), minlength=len(texts.different))
    filled = ~_told_by(texts.different, lambda text: not normalise(text))
    found = np.zeros(len(texts.different), dtype=bool)
    for like in (like_a_name, like_a_number):
        alike = np.array([like(normalise(text)) for text in texts.different.to_pylist()], dtype=bool)
        if 2 * counts[alike].sum() > counts[filled].sum():
            found |= alike
    return found


def _stated(known: Mapping[str, Texts], values: AbstractSet[str], rows: int) -> Mask:
    """The rows whose beneficiary's number is one of the personal values of the table, if not of the same row."""
    if "beneficiary" not in known:
        return np.zeros(rows, dtype=bool)
    numbers = known["beneficiary"]
    return numbers.of_rows(np.array([normalise(text) in values for text in numbers.different.to_pylist()], dtype=bool))


def _repeated(columns: Sequence[Texts], rows: int) -> Mask:
    """The rows whose key, or one that only looks like it, stands in other rows too."""
    if not columns:
        return np.zeros(rows, dtype=bool)
    if len(columns) == 1 and columns[0].places is None and not _told_by(columns[0].different, lambda text: True).any():
        return np.zeros(rows, dtype=bool)
    return pd.Series(joined([folded(column, normalise) for column in columns])).duplicated(keep=False).to_numpy()


def folded(texts: Texts, fold: Callable[[str], str]) -> Codes:
    """Codes of the rows under which texts are one that `fold` makes alike; it leaves plain ones as they are."""
    strange = _told_by(texts.different, lambda text: fold(text) != text, plain="^[0-9A-Z]+$")
    if not strange.any():
        return texts.codes()
    codes = pd.factorize(np.array([fold(text) for text in texts.different.to_pylist()], dtype=object))[0]
    return codes.astype("int64")[texts.codes()]


def joined(columns: Sequence[Codes]) -> Codes:
    """One code for each combination of codes."""
    code = columns[0]
    for further in columns[1:]:
        code = pd.factorize(code)[0] * (int(further.max(initial=0)) + 1) + further
    return code


def _typed(column: Column, values: Sequence[Value] | pyarrow.Array, texts: Texts) -> pyarrow.Array:
    import pyarrow

    if column.kind in ("money", "integer"):
        numbers = np.array([value if isinstance(value, int) else 0 for value in values], dtype="int64")
        return pyarrow.array(numbers[texts.codes()])
    if column.kind == "date":
        days = np.array([value if isinstance(value, date) else None for value in values], dtype="datetime64[s]")
        return pyarrow.array(days[texts.codes()])
    words = values if isinstance(values, pyarrow.Array) else pyarrow.array([value or "" for value in values], pyarrow.string())
    if texts.places is None:
        return words
    if words.equals(texts.different):
        return pyarrow.DictionaryArray.from_arrays(pyarrow.array(texts.places), words)
    codes, different = pd.factorize(np.array(words.to_pylist(), dtype=object))
    return pyarrow.DictionaryArray.from_arrays(pyarrow.array(codes.astype("int32")[texts.places]), pyarrow.array(different))
