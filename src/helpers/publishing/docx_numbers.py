"""Numbers in the plain text of an edited report, Arabic and Chinese, each as long as it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator

_CHINESE = "〇零一二两三四五六七八九十百千万亿"
_FORMAL = "壹贰叁肆伍陆柒捌玖拾佰仟萬"
_UNIT = "(?:[元角人名户家个笔项次天日月年周件份批期处类种场所台套辆亩吨倍成折]|万元|亿元|公里|分(?=[，。；、）]|$))"
_NUMBER = re.compile(
    rf"""
    (?:[0-9０-９]+年)?[0-9０-９]+月(?:[0-9０-９]+日)?                   # a date is one
    | [0-9]{{17}}[Xx]                                                   # an identity number
    | [0-9０-９]+(?:[.,．，][0-9０-９]+)*[%％‰]?
    | 百分之[{_CHINESE}]+(?:点[{_CHINESE}]+)?
    | [{_CHINESE}]+分之[{_CHINESE}]+
    | [{_CHINESE}]{{2,}}点?[{_CHINESE}]*余?(?={_UNIT})
    | (?<![第每同逐各统单])[二两三四五六七八九十百千万亿](?={_UNIT})
    | 一(?=元|万元|亿元|成)
    | [{_FORMAL}][{_FORMAL}万亿]+
    """,
    re.VERBOSE,
)


def numbers(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every number in a text. A Chinese numeral counts before a unit, 一 only where it counts money."""
    return (found.span() for found in _NUMBER.finditer(text))
