"""The parameters of a new year: what stays is carried as it is written, what must be decided anew is emptied and says why."""

from __future__ import annotations

import re

from helpers.new_year.yaml_edits import Edit, edited
from helpers.params.mistake import Place
from helpers.params.rules import select
from helpers.params.source import read_source

_DECIDED_ANEW = (
    (("programmes", "*", "code"), '""', "项目编码每年由财政部门核定"),
    (("programmes", "*", "plan", "name"), '""', "分配方案逐年制定，写本年度方案的名称"),
    (("programmes", "*", "plan", "date"), '""', "分配方案逐年制定，写本年度方案的日期"),
    (("programmes", "*", "statement_date"), '""', "部门陈述“已使用”的截至日期逐年不同；本年没有这项陈述的，删去这一项"),
    (("goals", "basis"), '""', "预期目标的来源逐年不同；没有的删去这一项"),
    (("goals", "items"), "[]", "年度总体目标以本年度批复的为准；没有写的在表中打印“待补”"),
    (("problems",), "[]", "部门自己提出的问题逐年重新判断"),
    (("measures",), "[]", "改进措施应回应本年度的问题，并说明上年措施是否落实"),
    (("reconciliations", "*", "open"), "false", "上年没有说明的差额须重新核对；本年仍未说明的再写 true"),
    (("open_questions",), "[]", "数据答不了的问题逐年重新清理；上年未答复的再写进来"),
    (("acknowledged",), "[]", "警告须逐年重新确认，并写明理由"),
)
"""Places, what is written there, and why the former year's value does not hold."""


_WAITED = re.compile("^ *# 待定：.*\n", re.MULTILINE)
"""What the former year's own beginning said of its places, which have been decided since."""


def next_parameters(text: str, former: int, year: int) -> str:
    """The text of the parameter file of `year` from that of `former`, comments kept.

    Of the former file, which has to be sound, each value that names the former year is emptied too.
    """
    text = _WAITED.sub("", text)
    values = read_source(text.encode()).values
    edits: dict[Place, Edit] = {
        ("fiscal_year",): Edit(str(year)),
        ("data_dir",): Edit(f"data/{year}"),
    }
    for pattern, value, why in _DECIDED_ANEW:
        edits |= {place: Edit(value, f"待定：{why}（上年写法见 {former}.yml）。") for place, _ in select(values, *pattern)}
    for place, written in _texts(values):
        if str(former) in written and not any(place[: len(known)] == known for known in edits):
            edits[place] = Edit('""', f"待定：上年的文字写有“{former}”，请按本年度改写（上年写法见 {former}.yml）。")
    return re.sub(rf"\A#(.*?){former}", rf"#\g<1>{year}", edited(text, edits))


def undecided(text: str) -> int:
    """How many places of a new year's parameters wait for a decision."""
    return text.count("# 待定：")


def _texts(values: object, place: Place = ()) -> list[tuple[Place, str]]:
    if isinstance(values, str):
        return [(place, values)]
    items = values.items() if isinstance(values, dict) else enumerate(values) if isinstance(values, list) else ()
    return [found for key, value in items for found in _texts(value, (*place, key))]
