"""Text of a date or deadline → the days that it can mean."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from helpers.intake.findings import quote
from helpers.scoring.cell_text import Unreadable

_DONE = "(?:完成|完工|竣工|办结)?"
_DAY = re.compile(r"([0-9]{4})[年/.-]([0-9]{1,2})[月/.-]([0-9]{1,2})日?(?P<before>(?:以|之)?前)?" + _DONE)
_MONTH = re.compile(r"([0-9]{4})年([0-9]{1,2})月份?(?P<last>底|末)?(?P<before>(?:以|之)?前)?" + _DONE)
_YEAR = re.compile(r"((?:19|20)[0-9]{2})年(?P<last>度|底|末|内|度内)?(?P<before>(?:以|之)?前)?" + _DONE)


@dataclass(frozen=True)
class Days:
    """The days that a text can mean: one, or all of a month or year. `limit`: before the end of them (…前)."""

    first: date
    last: date
    limit: bool


def read_days(text: str) -> Days | None:
    """The days that a folded text names, None where it is no date. Raises Unreadable for a day that is none or may be two."""
    try:
        if found := _DAY.fullmatch(text):
            first = last = date(int(found[1]), int(found[2]), int(found[3]))
        elif found := _MONTH.fullmatch(text):
            first = date(int(found[1]), int(found[2]), 1)
            last = first.replace(day=monthrange(first.year, first.month)[1])
        elif found := _YEAR.fullmatch(text):
            first, last = date(int(found[1]), 1, 1), date(int(found[1]), 12, 31)
        else:
            return None
    except ValueError:
        raise Unreadable(f"日期{quote(text)}不存在。请核对年、月、日。") from None
    end = found.groupdict().get("last") in ("底", "末")
    if first != last and found["before"] and not end:
        raise Unreadable(f"{quote(text)}可指期初之前或期末之前。请写明日期，如 2022年12月31日前 或 2022年12月底前。")
    return Days(last if end else first, last, bool(found["before"]))
