"""Quantities as exact numbers, and exact numbers as the words of a derivation."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from helpers.money import FEN_PER_UNIT, round_half_up
from helpers.scoring.model import Quantity
from helpers.wording import format_value, trim

EXACT_PLACES = 6
"""Decimals that are printed in full: enough for a fen in 万元."""
ABOUT_PLACES = 4

_NO_MEASUREMENT = re.compile(
    r"\s*([≥≤<>＞＜≧≦=＝]|不[低少小]于|不[超高大]过?于?|[大小高低]于|超过|至[少多]|约|大约).*"
    r"|.*(以[上下内]|左右|前)\s*",
    re.DOTALL,
)


def is_measurement(text: str) -> bool:
    """Whether the text of an actual value can be one: ``≥95%``, ``95%以上`` and ``2022年12月底前`` are targets."""
    return not _NO_MEASUREMENT.fullmatch(text)


def number(quantity: Quantity) -> Fraction | None:
    """The quantity as it is held (fen, fraction of one, or plain), exactly; None for dates, text and what is no number."""
    value = quantity.value
    if isinstance(value, Decimal) and not value.is_finite():
        return None
    return Fraction(value) if isinstance(value, (int, Decimal, Fraction)) and not isinstance(value, bool) else None


def dimension(unit: str) -> str:
    """What is measured: amounts in 元, 万元 and 亿元 can be compared, all else only in the same unit."""
    return "元" if unit in FEN_PER_UNIT else unit


def printed(value: Fraction, unit: str) -> Fraction:
    """A number as its unit prints it: fen as 万元, a fraction of one as percent."""
    if unit in FEN_PER_UNIT:
        return Fraction(value, FEN_PER_UNIT[unit])
    return value * 100 if unit == "%" else value


@lru_cache(maxsize=4096)
def exact(value: Fraction) -> str:
    """A number in words of a formula: in full up to six decimals, else 约 and four."""
    if value.denominator == 1:
        return str(value.numerator)
    if 10**EXACT_PLACES % value.denominator == 0:
        return trim(format(round_half_up(value, EXACT_PLACES), "f"))
    return "约" + format(round_half_up(value, ABOUT_PLACES), "f")


def calculation(formula: str, result: Fraction) -> str:
    """A formula with its result, ``10×9÷10＝9``, or ``10×90÷95≈9.4737`` where the result or a number in it is not in full."""
    whole = f"{formula}＝{exact(result)}"
    return whole.replace("＝", "≈").replace("约", "") if "约" in whole else whole


def percent(value: Fraction) -> str:
    return exact(value * 100) + "%"


def shown(quantity: Quantity, unit: str | None = None) -> str:
    """A quantity in words, with its unit; money in `unit` where that is given."""
    value, unit = number(quantity), unit or quantity.unit
    if value is None or isinstance(quantity.value, date):
        return format_value(quantity.value, quantity.unit)
    return exact(printed(value, unit)) + unit
