"""A large CSV file as its different texts: pyarrow reads it where its form leaves nothing to interpret."""

from __future__ import annotations

import codecs
import csv
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from helpers.intake.encodings import Encoding

if TYPE_CHECKING:
    import pyarrow

LARGE = 4 * 1024**2
"""Bytes from which a file is read this way: below, row by row takes no longer than importing pyarrow."""

_BLOCK = 16 * 1024**2

Codes = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Texts:
    """A column: its different texts, and for each row the place of its text among them (None: each row has its own, in order)."""

    different: pyarrow.Array
    places: npt.NDArray[np.int32] | None

    def codes(self) -> Codes:
        return np.arange(len(self.different)) if self.places is None else self.places.astype("int64")

    def of_rows(self, of_texts: Mask) -> Mask:
        """For each row what is true of its text."""
        return of_texts if self.places is None else of_texts[self.places]

    def at(self, row: int) -> str:
        """The text of a row, counted from 0."""
        text: str = self.different[row if self.places is None else self.places[row]].as_py()
        return text


class Form:
    """Whether nothing in a file, given block by block, needs interpretation: no quotes, no NUL, line ends of one kind."""

    def __init__(self) -> None:
        self._plain, self._last = True, b""

    def look(self, block: bytes) -> None:
        """The next block."""
        joined = self._last + block if self._last else block
        self._last = b"\r" if joined.endswith(b"\r") else b""
        returns = joined.count(b"\r") - len(self._last)
        self._plain &= b'"' not in block and b"\0" not in block and returns == joined.count(b"\r\n")

    @property
    def plain(self) -> bool:
        return self._plain and not self._last


def header_of(path: Path, encoding: Encoding | None) -> list[str] | None:
    """The cells of the first line, where it is Chinese in UTF-8, as declared or not, and no name is empty; else None."""
    with path.open("rb") as file:
        line = file.readline(_BLOCK)
    marked = line.startswith(codecs.BOM_UTF8)
    if encoding not in (None, "UTF-8-BOM" if marked else "UTF-8"):
        return None
    try:
        header = next(csv.reader([line.decode("utf-8-sig")]))
    except (UnicodeDecodeError, StopIteration):
        return None
    chinese = any(character >= "\u0800" for character in header[0]) if header else False
    return header if chinese and len(header) > 1 and all(map(str.strip, header)) else None


def read_texts(path: Path, width: int, own: Sequence[int] = (), only: Sequence[int] | None = None) -> dict[int, Texts] | None:
    """The columns below the first line by their place, all or `only` some; None where a row has another width or is no UTF-8.

    `own` are columns of which each row is expected to have a text of its own.
    """
    import pyarrow
    from pyarrow import compute, csv

    names = [str(place) for place in range(width)]
    wanted = names if only is None else [str(place) for place in only]
    repeated = pyarrow.dictionary(pyarrow.int32(), pyarrow.string())
    types = {name: pyarrow.string() if int(name) in own else repeated for name in wanted}
    try:
        table = csv.read_csv(
            os.fspath(path),
            read_options=csv.ReadOptions(column_names=names, skip_rows=1, block_size=_BLOCK),
            parse_options=csv.ParseOptions(quote_char=False, ignore_empty_lines=False),
            convert_options=csv.ConvertOptions(column_types=types, include_columns=wanted, strings_can_be_null=False),
        )
    except pyarrow.ArrowInvalid:
        return None
    texts = {}
    for name in wanted:
        column = table[name]
        if int(name) in own and compute.count_distinct(column).as_py() == len(column):
            texts[int(name)] = Texts(column.combine_chunks(), None)
            continue
        column = column.dictionary_encode() if int(name) in own else column.unify_dictionaries()
        places = [chunk.indices.to_numpy() for chunk in column.chunks]
        different = column.chunk(0).dictionary if places else pyarrow.array([], pyarrow.string())
        texts[int(name)] = Texts(different, np.concatenate(places) if places else np.array([], "int32"))
    return texts
