"""How a value may be written: which plain words count, and what is said of YAML that cannot be read."""

from __future__ import annotations

import re

from yaml import MarkedYAMLError

from helpers.params.mistake import Mistake, Place, excerpt

_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,17}")
_DATE = re.compile(r"[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}.*")
_LIKE_A_NUMBER = re.compile(r"[-+]?\.?[0-9][0-9A-Za-z_.,:/+\- ]*|[-+]?\.(inf|nan)", re.IGNORECASE)
_LIKE_A_SWITCH = {"true", "false", "yes", "no", "on", "off", "y", "n"}
_NOTHING = {"", "~", "null"}


def plain_value(text: str) -> bool | int | str:
    """The value of a word without quotation marks, once `refusal` has let it pass."""
    if text in ("true", "false"):
        return text == "true"
    return int(text) if _INTEGER.fullmatch(text) else text


def refusal(text: str, place: Place) -> Mistake | None:
    """What is wrong with a word without quotation marks that readers of YAML understand in different ways, or None.

    YAML 1.1 makes a date of 2022-05-17, 8 of 010, 90 of 1:30 and false of no; YAML 1.2 does not. Only true, false and
    whole numbers in plain digits are read; all else must be quoted or is text beyond doubt.
    """
    if text in ("true", "false") or _INTEGER.fullmatch(text):
        return None
    if text.lower() in _NOTHING:
        message = "此处没有值（空白、~ 和 null 都不算值）。"
        return Mistake("E602", place, message, "请填写；可以省略的键请整行删去。")
    message = f"“{excerpt(text)}”未加引号，可能被读成别的意思。"
    if text.lower() in _LIKE_A_SWITCH:
        return Mistake("E602", place, message, f'表示是非请写 true 或 false；若是文字，请加引号："{text}"。')
    if _DATE.fullmatch(text):
        return Mistake("E602", place, message, '日期请加引号，如 "2022-05-17"。')
    if _LIKE_A_NUMBER.fullmatch(text):
        mend = f'整数只写数字，不用前导零、下划线和小数，如 1000；编码等文字请加引号："{excerpt(text)}"。'
        return Mistake("E602", place, message, mend)
    return None


_QUOTES = ("引号没有配对。", "请检查引号是否成对、是否为英文引号。")
_BACKSLASH = ("双引号中的反斜杠用法有误。", "请把外层改为单引号，或把 \\ 写成 \\\\。")
_FIRST_CHARACTER = ("文字不能以这个符号开头。", "以 @ ` % * & ! 等符号开头的文字请整段加引号。")

_SYNTAX = {
    "found unexpected end of stream": _QUOTES,
    "found unexpected document separator": _QUOTES,
    "unknown escape character": _BACKSLASH,
    "expected escape sequence": _BACKSLASH,
    "could not find expected ':'": ("这一行缺少“键: 值”中的冒号。", "请在键后补上英文冒号和一个空格。"),
    "mapping values are not allowed": ("此处不应有冒号。", "请检查缩进、上一行是否缺少冒号；值中含“: ”时请给整个值加引号。"),
    "sequence entries are not allowed": ("此处不应有“- ”。", "列表请另起一行；以“- ”开头的文字请加引号。"),
    "expected ',' or": ("括号没有配对，或各项之间缺少逗号。", "请检查括号和逗号；以 {{ 或 [ 开头的文字请整段加引号。"),
    "expected <block end>": ("这一行与上文对不齐，或值后有多余的文字。", "请检查缩进；以引号或 {{ 开头的文字请整段加引号。"),
    "expected '<document start>'": ("这一行与上文不相连。", "请检查缩进是否比首行少、括号是否多余。"),
    "cannot start any token": _FIRST_CHARACTER,
    "expected alphabetic or numeric character": _FIRST_CHARACTER,
    "undefined tag handle": _FIRST_CHARACTER,
    "expected chomping or indentation": ("“|”和“>”的后面不应有文字。", "请另起一行并缩进，再写文字。"),
}
"""Parts of what the parser says, and both sentences said in their place."""
_CAUSE_AT_START = ("found unexpected", "could not find", "expected ',' or")
"""Complaints whose cause is where the broken piece starts, not where reading stopped."""
_OTHER = ("此处的 YAML 写法无法解读。", "请检查缩进、冒号和引号。")


def syntax_mistake(error: MarkedYAMLError) -> Mistake:
    """The parser's complaint in Chinese, on the line of its cause."""
    problem = error.problem or ""
    mark = error.context_mark if problem.startswith(_CAUSE_AT_START) else error.problem_mark
    message, mend = next((said for part, said in _SYNTAX.items() if part in problem), _OTHER)
    return Mistake("E609", (), message, mend, mark.line + 1 if mark else None)
