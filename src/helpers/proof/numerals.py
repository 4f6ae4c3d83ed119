"""Numbers in a text, however they are written: 3862, ３８６２, 96.17%, 三百, 百分之五, 叁佰万, ①."""

from __future__ import annotations

import re
from collections.abc import Iterator

_CHINESE = "〇零一二两三四五六七八九十百千万亿半廿卅"
_FORMAL = "壹贰叁肆伍陆柒捌玖拾佰仟萬"
_OTHER = "²³¹¼-¾⁰-₉⅐-↋①-⓿❶-➓㈠-㈩㉈-㉟㊀-㊉㊱-㊿"

NUMERAL = re.compile(
    rf"""
    \d+ (?: [.,．] \d+ )* (?: \s? [%％‰] )?      # digits of any script, percentages
    | 百分之 [{_CHINESE}]+ (?: 点 [{_CHINESE}]+ )?
    | [{_CHINESE}]+ (?: (?:分之|点|又) [{_CHINESE}]+ )*
    | [{_FORMAL}]{{2,}} | [{_FORMAL}] (?= [元圆万亿] )  # one alone stands in words: 陆续, 队伍, 收拾
    | [{_OTHER}]
    """,
    re.VERBOSE,
)


def numerals(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every number in a text, each as long as it is written: 三百五十 is one. A Chinese numeral counts in words
    too (一致): what is none must be known.
    """
    return (found.span() for found in NUMERAL.finditer(text))
