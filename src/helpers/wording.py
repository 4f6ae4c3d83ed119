"""Values to Chinese text: the one formatter of prose, tables and chart labels."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from helpers.facts import Value
from helpers.money import FEN_PER_UNIT, FEN_PER_YUAN, round_half_up

Style = Literal["prose", "cell"]

MISSING = {"prose": "「待补」", "cell": "待补"}
SUPPRESSED = "＊"
"""Stands in a table's cell, and at a chart's bar, that is left out because it counts too few persons."""
DECIMALS = 2
POINTS = "分"
"""Points print without idle zeros in tables too, as forms do."""
DIGITS = "〇一二三四五六七八九"


def format_value(value: Value, unit: str, style: Style = "prose") -> str:
    """The text that is printed for a value.

    Prose carries the unit and no idle zeros (925万元, 385.9万元, 100%, 2022年5月17日); a table cell carries neither
    unit nor trimming (925.00, 100.00, 2022-05-17), since its column head names the unit. Rounded once, half up.
    """
    if value is None:
        return MISSING[style]
    if isinstance(value, date):
        return value.isoformat() if style == "cell" else f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, str):
        return value
    number = _number(value, unit, style)
    return number if style == "cell" else number + unit


def exact_text(value: Value, unit: str) -> str:
    """A value as prose prints it where that is exact; else money in 元, and any other number with its exact fraction."""
    if not isinstance(value, int | Decimal | Fraction):
        return format_value(value, unit)
    scale = Fraction(1, FEN_PER_UNIT[unit]) if unit in FEN_PER_UNIT else Fraction(100 if unit == "%" else 1)
    if (Fraction(value) * scale * 10**DECIMALS).denominator == 1:
        return format_value(value, unit)
    return format_value(value, "元") if unit in FEN_PER_UNIT else f"{format_value(value, unit)}（精确值 {Fraction(value)}）"


def unrounded_text(value: Value, unit: str) -> str:
    """A value in full: money in 元 to the fen, a ratio as fraction and percentage, another fraction with its rounded value."""
    if not isinstance(value, int | Decimal | Fraction):
        return format_value(value, unit)
    number = Fraction(value)
    if unit in FEN_PER_UNIT:
        number = Fraction(value) / FEN_PER_YUAN
        shown = f"{round_half_up(number, DECIMALS)}元"
    else:
        shown = format_value(value, unit)
    rounded = (number * (100 if unit == "%" else 1) * 10**DECIMALS).denominator != 1
    if rounded or (unit == "%" and number.denominator != 1):
        return f"{number}（{'约' if rounded else '即'}{shown}）"
    return shown


def _number(value: int | Decimal | Fraction, unit: str, style: Style) -> str:
    if unit in FEN_PER_UNIT:
        scaled: int | Decimal | Fraction = Fraction(value) / FEN_PER_UNIT[unit]
    elif unit == "%":
        scaled = Fraction(value) * 100
    elif isinstance(value, int):
        return str(value)
    else:
        scaled = value
    rounded = format(round_half_up(scaled, DECIMALS), "f")
    return trim(rounded) if style == "prose" or unit == POINTS else rounded


def trim(number: str) -> str:
    """A decimal number without idle zeros: ``"385.90"`` becomes ``"385.9"``."""
    return number.rstrip("0").rstrip(".") if "." in number else number


def chinese_number(number: int) -> str:
    """1 to 99 as Chinese numerals (heading numbers, 十二); raises ValueError outside that range."""
    if not 0 < number < 100:
        raise ValueError(f"only 1 to 99: {number}")
    tens, ones = divmod(number, 10)
    if not tens:
        return DIGITS[ones]
    return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")


def month_part(day: date) -> str:
    """A date as officials write a rough one: 10月底, 12月初, 6月中旬 (to the 10th, to the 20th, after it)."""
    part = "初" if day.day <= 10 else "中旬" if day.day <= 20 else "底"
    return f"{day.month}月{part}"


def window(start: date | None, finish: date) -> str:
    """A rough period: 11月底至12月初, or 10月底 where only its end is set or both ends word alike."""
    end = month_part(finish)
    if start is None or month_part(start) == end:
        return end
    return f"{month_part(start)}至{end}"
