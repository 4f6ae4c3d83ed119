"""One cell: its text to a value, or a fault that says what is wrong with it and how to mend it.

Nothing is guessed: separators, units or other date forms are refused with a word on each, since a silent repair would
leave the file and the report saying different things. Full-width digits have one reading; they are taken, and told.
What a value may be, once it is one, is the matter of `schema.py`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date

from helpers.intake.contracts import Column, Kind
from helpers.intake.findings import quote
from helpers.money import LARGEST_FEN, parse_fen

Value = str | int | date | None

_PLAIN = "请写成不带单位、分隔符和括号的半角数字，最多两位小数，如 1234.50。"
_PLAIN_DATE = "请写成 YYYY-MM-DD，如 2022-05-17；在 Excel 中可选中该列，设自定义格式 yyyy-mm-dd 后保存。"
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_MIDNIGHT = re.compile(rf"({_DAY})[T ]00:00(:00(\.0+)?)?")
"""A day as databases export it. Midnight of Beijing and of UTC are on the same day in Beijing."""


class CellFault(ValueError):
    """A cell that cannot be converted; message and mend are for analysts and quote at most 30 characters of it."""

    def __init__(self, code: str, message: str, mend: str) -> None:
        super().__init__(message)
        self.code, self.message, self.mend = code, message, mend


_AMOUNT_FAULTS = (
    (r".*[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x1f].*", "E302", "含不可见的字符", "请删去该单元格内容后重新键入。"),
    (r"#.*", "E214", "是公式错误", "请在 Excel 中改正公式并重新计算，或填入数值。"),
    (r"[-－—–―/无]+", "E305", "不是数字，是否表示零无从判断", "金额为零请写 0.00。"),
    (r"(?i)[+-]?(nan|inf|infinity)", "E308", "不是有限的数字", _PLAIN),
    (r"(?i).*(元|万|亿|￥|¥|\$|rmb|cny).*", "E303", "含单位或货币符号", "金额列一律以元为单位，请只写数字，如 1234.50。"),
    (r".*[^\x00-\x7f].*", "E302", "含非数字字符", _PLAIN),
    (r"[+-]?[0-9.]+[eE][+-]?[0-9]+", "E301", "是科学计数法，位数可能已丢失", _PLAIN),
    (r".*[,_' ].*", "E301", "含分隔符", _PLAIN),
    (r"\(.*\)", "E301", "以括号表示负数", "金额不为负：退回请以业务类型“退回”记录，金额写正数。"),
    (r"[+-]?[0-9]*\.[0-9]{3,}", "E307", "超过两位小数（精确到分）", "请按原始凭证填写到分，如 1234.50。"),
)


# Not the whole of NFKC, which reads 10² as 102.
_HALF_WIDTH = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {ord("\N{MINUS SIGN}"): "-"}


def half_width(text: str) -> str:
    """`text` without white space around it, its full-width digits, points and signs as half-width ones."""
    return text.strip().translate(_HALF_WIDTH)


def _amount(text: str) -> int:
    """Fen of an amount in 元."""
    plain = half_width(text)
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]{1,2})?", plain):
        raise _amount_fault(text, plain)
    try:
        return parse_fen(plain)
    except ValueError:
        raise CellFault("E311", f"金额{quote(text)}超过单笔上限。", "请核对金额与单位（元）。") from None


def _amount_fault(text: str, plain: str) -> CellFault:
    for pattern, code, what, mend in _AMOUNT_FAULTS:
        if re.fullmatch(pattern, plain, re.DOTALL):
            return CellFault(code, f"金额{quote(text)}{what}。", mend)
    return CellFault("E301", f"金额{quote(text)}不是普通数字。", _PLAIN)


def _count(text: str) -> int:
    """A whole number that is not negative, within the bound of an amount."""
    plain = half_width(text)
    if not re.fullmatch(r"[0-9]+", plain):
        raise CellFault("E301", f"数量{quote(text)}不是非负整数。", "请写成不带单位、分隔符和小数的半角数字，如 12。")
    if len(plain) > len(str(LARGEST_FEN)) or int(plain) > LARGEST_FEN:
        raise CellFault("E311", f"数量{quote(text)}超过上限。", "请核对数量。")
    return int(plain)


def _day(text: str) -> date:
    """A real day, written YYYY-MM-DD, also with the time 00:00:00 behind it."""
    if re.fullmatch(r"[0-9]{5}", text):
        raise CellFault("E503", f"日期{quote(text)}疑为 Excel 日期序号。", _PLAIN_DATE)
    if midnight := _MIDNIGHT.fullmatch(text):
        text = midnight[1]
    if re.match(f"{_DAY}[T ]", text):
        raise CellFault("E505", f"日期{quote(text)}带有时间，所在时区不明。", f"请只留当地日期。{_PLAIN_DATE}")
    if re.fullmatch(r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-]([0-9]{2}|[0-9]{4})", text):
        raise CellFault("E502", f"日期{quote(text)}的日、月次序不明，不是 YYYY-MM-DD 格式。", _PLAIN_DATE)
    if not re.fullmatch(_DAY, text):
        raise CellFault("E502", f"日期{quote(text)}不是 YYYY-MM-DD 格式。", _PLAIN_DATE)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CellFault("E501", f"日期{quote(text)}不存在。", "请核对年、月、日。") from None


def _key(text: str) -> str:
    """A name that is matched with other tables: nothing in it that an analyst cannot see, and not a number cut by Excel."""
    if not text.isprintable() and any(unicodedata.category(character) in ("Cc", "Cf") for character in text):
        raise CellFault("E409", f"{quote(text)}含不可见字符或换行，无法与其他表对应。", "请删去该单元格内容后重新键入。")
    if re.fullmatch(r"[0-9](\.[0-9]+)?[eE]\+[0-9]+", text):
        raise CellFault("E401", f"编号{quote(text)}被存为数字，末位已丢失。", "请将该列设为文本格式，从源头重新导出。")
    return text


_CONVERTERS: dict[Kind, Callable[[str], Value]] = {
    "text": str,
    "choice": str,
    "key": _key,
    "money": _amount,
    "integer": _count,
    "date": _day,
}


def convert_cell(column: Column, text: str) -> Value:
    """The value of a cell: text, int (fen or a count), date, or None for a date left empty.

    White space around the text is not part of it. Raises CellFault.
    """
    text = text.strip()
    if not text and column.kind in ("money", "integer"):
        raise CellFault("E305", "单元格为空，是否表示零无从判断。", "数值为零请写 0。")
    if not text:
        return None if column.kind == "date" else ""
    return _CONVERTERS[column.kind](text)
