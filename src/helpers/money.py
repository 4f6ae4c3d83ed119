"""Money as integer fen: parsing text, ratios, and rounding once at print.

A float never touches an amount: ``float * 100`` is wrong for about one amount in twenty, and ``f"{x:.2f}"``
rounds every second exact tie the wrong way.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

FEN_PER_YUAN = 100
FEN_PER_UNIT = {"元": 100, "万元": 1_000_000, "亿元": 10_000_000_000}
LARGEST_FEN = 10**15
"""Bound for one amount and for all of a column together: far below the int64 limit, so that no sum overflows."""

_PLAIN = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def parse_fen(text: str, unit: str = "元") -> int:
    """Exact fen of a plain decimal amount such as ``"1234.50"`` in `unit` (元, 万元 or 亿元).

    Raises ValueError for anything else: separators, signs in brackets, exponents, fractions of a fen,
    more than `LARGEST_FEN`.
    """
    if not _PLAIN.fullmatch(text):
        raise ValueError(f"not a plain decimal amount: {text!r}")
    fen = Decimal(text) * FEN_PER_UNIT[unit]
    if fen != fen.to_integral_value() or abs(fen) > LARGEST_FEN:
        raise ValueError(f"not a whole number of fen within bounds: {text!r}")
    return int(fen)


def yuan(fen: int) -> str:
    """An amount as plain text in 元 with two decimals, as a file has it."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // FEN_PER_YUAN}.{abs(fen) % FEN_PER_YUAN:02}"


def ratio(part: int | Fraction | None, whole: int | Fraction | None) -> Fraction | None:
    """`part` / `whole` exactly; None where one of them is missing or the whole is zero."""
    if part is None or not whole:
        return None
    return Fraction(part) / Fraction(whole)


def round_half_up(value: int | Decimal | Fraction, places: int) -> Decimal:
    """`value` rounded once to `places` decimals, ties away from zero (the practice of finance offices and of Excel's ROUND).

    GB/T 8170-2008 rounds ties to even unless another rule is named; the report's notes name this one.
    """
    exact = Fraction(value) * 10**places
    doubled = abs(exact) * 2
    whole = (doubled.numerator // doubled.denominator + 1) // 2
    signed = whole if exact >= 0 else -whole
    return Decimal(signed).scaleb(-places).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
