"""Text of a target or an actual value → direction, exact number and unit, or one error that says why it cannot be read.

Nothing is guessed: a sign, a number and a unit have to stand there whole. 以上, 以下 and 以内 include the number, 超过 and
不满 do not (民法典 art. 1259).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from helpers.facts import Value
from helpers.intake.findings import quote
from helpers.money import FEN_PER_UNIT
from helpers.published import parse_value
from helpers.scoring.cell_text import Unreadable, fold, is_blank
from helpers.scoring.deadlines import read_days
from helpers.scoring.model import Direction, Quantity

DATE = "日期"
QUALITATIVE: Final = "定性"
MOST_DIGITS = 18

_TARGET_FORM = "“符号＋数值＋单位”。请写成如 ≥95%、＝14个、2022年12月31日前"
_ACTUAL_FORM = "“数值＋单位”。请只写实际完成的数，如 95%、14个，说明文字写入备注"

_SYMBOLS: dict[str, Direction] = {
    **dict.fromkeys(("≥", ">=", "=>", "≧", "⩾"), "≥"),
    **dict.fromkeys(("≤", "<=", "=<", "≦", "⩽"), "≤"),
    **dict.fromkeys((">", "﹥"), ">"),
    **dict.fromkeys(("<", "﹤"), "<"),
    "=": "=",
}
_WORDS: dict[str, Direction] = {
    **dict.fromkeys(("不低于", "不少于", "不小于", "大于等于", "大于或等于", "至少", "达到"), "≥"),
    **dict.fromkeys(("不高于", "不超过", "不大于", "不多于", "小于等于", "小于或等于", "至多"), "≤"),
    **dict.fromkeys(("大于", "高于", "超过", "多于"), ">"),
    **dict.fromkeys(("小于", "低于", "少于", "不满", "不足"), "<"),
    "等于": "=",
}
_ENDS: dict[str, Direction] = {
    **dict.fromkeys(("以上", "及以上"), "≥"),
    **dict.fromkeys(("以下", "及以下", "以内", "之内"), "≤"),
}
_SIGNS = _SYMBOLS | _WORDS
_STATED: dict[str, Direction] = {
    **_SIGNS,
    QUALITATIVE: QUALITATIVE,
    "正向": "≥",
    **dict.fromkeys(("反向", "负向", "逆向"), "≤"),
}
"""What stands in a column of its own."""


def _one_of(words: dict[str, Direction]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


_SIGN = re.compile(_one_of(_SIGNS))
_NUMBER = re.compile(
    r"(?P<number>-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)"
    rf"(?P<unit>[%‰]|(?:[^\W\d_]|[℃㎡])(?:[^\W\d_]|[/·㎡])*?)?(?P<end>{_one_of(_ENDS)})?"
)
_DATE_PIECE = re.compile(r"[年月日号]..*")
_INEXACT = re.compile(r"[余多来].*|.*(左右|上下)|[十百千万亿]+")


@dataclass(frozen=True)
class Reading:
    """A text as read. `assumed`: no sign stood there."""

    direction: Direction
    quantity: Quantity
    assumed: bool = False


def parse_sign(sign: str) -> Direction | None:
    """What a column 方向 or 指标性质 says, None where it is blank or says only that there is a number. Raises Unreadable."""
    folded = fold(sign).removesuffix("指标")
    if is_blank(folded) or folded == "定量":
        return None
    if folded not in _STATED:
        raise Unreadable(f"方向{quote(sign)}无法识别。请写 ≥、>、=、≤、< 或 定性。")
    return _STATED[folded]


def parse_target(text: str, unit: str = "", sign: str = "") -> Reading:
    """The target that `text` states; `unit` and `sign` are what columns of their own say, empty where there are none.

    A number without any sign is read as ≥ (`assumed`), a date as on or before it (a month or year: its last day), a text
    without digits as qualitative.
    Raises Unreadable.
    """
    if is_blank(text):
        raise Unreadable("没有写目标值。请补填。")
    stated = parse_sign(sign)
    if stated == QUALITATIVE:
        return Reading(QUALITATIVE, Quantity(text.strip(), ""))
    folded, unit = fold(text), fold(unit)
    found = _SIGN.match(folded)
    own, body = (_SIGNS[found[0]], folded[found.end() :]) if found else (None, folded)
    if not re.search("[0-9]", folded):
        return _qualitative(text, folded, found, stated)
    day = read_days(body)
    if day is not None:
        return Reading(_agreed(stated, own, text) or "≤", Quantity(day.last, DATE))
    body, held = (body.removeprefix("控制在"), True) if body.startswith("控制在") else (body, False)
    number, own_unit, end = _numeral(body, text, _TARGET_FORM)
    direction = _agreed(_agreed(stated, own, text), _ENDS.get(end), text)
    if direction is None and (held or own_unit in ("月", "日", "号")):
        raise Unreadable(f"{quote(text)}的含义不明确。请写明符号，或写成完整的日期，如 2022年12月31日。")
    if unit and own_unit and unit != own_unit:
        raise Unreadable(f"{quote(text)}的单位与计量单位{quote(unit)}不同。请统一。")
    return Reading(direction or "≥", _quantity(number, own_unit or unit, text), assumed=direction is None)


def parse_actual(text: str, target: Reading | None, unit: str = "") -> Reading | None:
    """The measured value that `text` states, None where it is blank; a missing unit is the target's, else `unit`.

    Raises Unreadable for anything that is no measurement: a sign, a span of time still to come, a number in words.
    """
    if is_blank(text):
        return None
    direction: Direction = target.direction if target else "≥"
    if direction == QUALITATIVE:
        return Reading(direction, Quantity(text.strip(), ""))
    folded = fold(text)
    day = read_days(folded)
    if day is not None:
        if day.limit:
            raise Unreadable(f"{quote(text)}是期限，不是实际完成日期。请填写完成当日，如 2022年11月30日。")
        if target and isinstance(target.quantity.value, date) and day.first <= target.quantity.value < day.last:
            raise Unreadable(f"{quote(text)}没有写到日，不能判断是否晚于目标日期。请填写完成当日，如 2022年11月30日。")
        return Reading(direction, Quantity(day.last, DATE))
    wanted = target.quantity.unit if target else fold(unit)
    if wanted == DATE:
        raise Unreadable(f"{quote(text)}不是日期。请填写完成当日，如 2022年11月30日。")
    if _SIGN.match(folded):
        raise Unreadable(f"{quote(text)}带有比较符号，是目标值的写法，不是实测值。请填写实际完成的数值。")
    number, own_unit, end = _numeral(folded, text, _ACTUAL_FORM)
    if end:
        raise Unreadable(f"{quote(text)}是范围，不是实测值。请填写实际完成的数值。")
    value = _quantity(number, own_unit or wanted, text)
    if not own_unit and wanted == "%" and target and _maybe_share(value, target):
        raise Unreadable(f"{quote(text)}没有百分号，与目标值对照可能差一百倍。请把目标值和实际完成值都写成带 % 的文字。")
    return Reading(direction, value)


def _agreed(left: Direction | None, right: Direction | None, text: str) -> Direction | None:
    if left and right and left != right:
        raise Unreadable(f"{quote(text)}含有互相矛盾的方向（{left} 与 {right}）。请只保留一个。")
    return left or right


def _qualitative(text: str, folded: str, found: re.Match[str] | None, stated: Direction | None) -> Reading:
    symbol = found is not None and found[0] in _SYMBOLS
    if stated or symbol or "百分之" in folded or not any(character.isalpha() for character in folded):
        raise Unreadable(f"{quote(text)}中没有阿拉伯数字。请写成如 ≥95% 的数值，或将方向写为“定性”。")
    return Reading(QUALITATIVE, Quantity(text.strip(), ""))


def _numeral(body: str, text: str, form: str) -> tuple[str, str, str]:
    """Number without separators, unit and end word of `body`."""
    found = _NUMBER.fullmatch(body)
    if found is None:
        raise Unreadable(f"{quote(text)}无法读成{form}。")
    if sum(character.isdigit() for character in found["number"]) > MOST_DIGITS:
        raise Unreadable(f"{quote(text)}的位数过多（超过 {MOST_DIGITS} 位）。请核对。")
    unit = found["unit"] or ""
    if _DATE_PIECE.fullmatch(unit):
        raise Unreadable(f"{quote(text)}是不完整的日期。请写明年、月、日，如 2022年12月31日前。")
    if _INEXACT.fullmatch(unit) or (unit[:1].isnumeric() and not unit[0].isalpha()):
        raise Unreadable(f"{quote(text)}不是确切的数值，或数值和单位无法分开。请写成带单位的阿拉伯数字，如 38500人。")
    return found["number"].replace(",", ""), unit, found["end"] or ""


def _quantity(number: str, unit: str, text: str) -> Quantity:
    """The exact quantity: fen, a share for %, else a whole number or Decimal."""
    if unit == DATE:
        raise Unreadable(f"{quote(text)}不是日期。请写成如 2022年12月31日前。")
    if unit not in FEN_PER_UNIT and unit != "%":
        return Quantity(int(number) if "." not in number else Decimal(number), unit)
    try:
        value: Value = parse_value(number, unit)
    except ValueError:
        raise Unreadable(f"{quote(text)}超出可记录的金额（精确到分）。请核对金额与单位。") from None
    return Quantity(value, unit)


def _maybe_share(actual: Quantity, target: Reading) -> bool:
    """Whether one of the two may be the 0.98 that Excel holds for a cell shown as 98%, and the other not."""
    small, small_target = _within_one(actual.value), _within_one(target.quantity.value)
    if small_target:
        return not small and bool(actual.value) and target.direction in ("≥", ">", "=")
    return small


def _within_one(value: Value) -> bool:
    """Whether a share is other than zero and at most one per cent."""
    return isinstance(value, Fraction) and 0 < abs(value) * 100 <= 1
