"""What one cell may hold, and what is said of anything else."""

from __future__ import annotations

from datetime import date

import pytest

from helpers.intake.cells import CellFault, convert_cell
from helpers.intake.contracts import Column

MONEY = Column("金额", "amount", "money")
INTEGER = Column("数量", "quantity", "integer")
DAY = Column("日期", "day", "date")
LATER_DAY = Column("日期", "day", "date", required=False)
KEY = Column("编号", "number", "key")
NOTE = Column("说明", "note", required=False)


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        (MONEY, "1234.50", 123450),
        (MONEY, " 0 ", 0),
        (MONEY, "385.9", 38590),
        (MONEY, "10000000000000", 10**15),
        (MONEY, "１２３４", 123400),
        (MONEY, "123．45", 12345),
        (MONEY, "−5", -500),
        (INTEGER, "12", 12),
        (INTEGER, "１２", 12),
        (DAY, "2028-02-29", date(2028, 2, 29)),
        (DAY, "2030-05-17 00:00:00", date(2030, 5, 17)),
        (DAY, "2030-05-17T00:00:00.000", date(2030, 5, 17)),
        (LATER_DAY, " ", None),
        (KEY, "\u300000123 ", "00123"),
        (KEY, "1E5", "1E5"),
        (NOTE, "", ""),
        (DAY, "", None),
        (KEY, "", ""),
    ],
)
def test_a_sound_cell_has_a_value(column, text, value):
    assert convert_cell(column, text) == value


@pytest.mark.parametrize(
    ("column", "text", "code", "word"),
    [
        (MONEY, "10²", "E302", "非数字"),
        (MONEY, "一百", "E302", "非数字"),
        (MONEY, "1\u200b000", "E302", "不可见"),
        (MONEY, "１，２３４", "E301", "分隔符"),
        (MONEY, "1,234.50", "E301", "分隔符"),
        (MONEY, "1_000", "E301", "分隔符"),
        (MONEY, "1 000", "E301", "分隔符"),
        (MONEY, "1e3", "E301", "科学计数法"),
        (MONEY, "1.5E+10", "E301", "科学计数法"),
        (MONEY, "0x10", "E301", "不是普通数字"),
        (MONEY, "1.234,50", "E301", "分隔符"),
        (MONEY, "+5", "E301", "不是普通数字"),
        (MONEY, ".5", "E301", "不是普通数字"),
        (MONEY, "(500)", "E301", "括号"),
        (MONEY, "12元", "E303", "单位"),
        (MONEY, "￥12", "E303", "单位"),
        (MONEY, "5.0万", "E303", "单位"),
        (MONEY, "-", "E305", "不是数字"),
        (MONEY, "—", "E305", "不是数字"),
        (MONEY, "", "E305", "为空"),
        (MONEY, "1000.005", "E307", "两位小数"),
        (MONEY, "NaN", "E308", "有限"),
        (MONEY, "-Inf", "E308", "有限"),
        (MONEY, "10000000000000.01", "E311", "上限"),
        (MONEY, "#REF!", "E214", "公式"),
        (INTEGER, "1.5", "E301", "整数"),
        (INTEGER, "-1", "E301", "整数"),
        (INTEGER, "9" * 5000, "E311", "上限"),
        (INTEGER, "", "E305", "为空"),
        (DAY, "2030-02-29", "E501", "不存在"),
        (DAY, "0000-01-01", "E501", "不存在"),
        (DAY, "05/06/2030", "E502", "次序不明"),
        (DAY, "5.6.30", "E502", "次序不明"),
        (DAY, "2030-5-1", "E502", "YYYY-MM-DD"),
        (DAY, "20300501", "E502", "YYYY-MM-DD"),
        (DAY, "2030年5月1日", "E502", "YYYY-MM-DD"),
        (DAY, "２０３０-05-01", "E502", "YYYY-MM-DD"),
        (DAY, "45000", "E503", "序号"),
        (DAY, "2030-12-31T16:00:00Z", "E505", "时间"),
        (DAY, "2030-12-31 00:00:00+08:00", "E505", "时间"),
        (DAY, "2030-02-30 00:00:00", "E501", "不存在"),
        (KEY, "L-0\u200b1", "E409", "不可见"),
        (KEY, "1.10105E+17", "E401", "末位"),
    ],
)
def test_an_unsound_cell_is_refused_with_its_reason(column, text, code, word):
    with pytest.raises(CellFault) as raised:
        convert_cell(column, text)
    assert raised.value.code == code
    assert word in raised.value.message
