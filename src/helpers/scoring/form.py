"""The official form 《部门整体支出绩效目标自评表》 as a table block: head, funds, goals, indicators, total."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from helpers.blocks import Cell, Run, Table, plain_text
from helpers.facts import Fact
from helpers.tables import fact_run
from helpers.wording import format_value

TITLE = "部门整体支出绩效目标自评表"
GOALS = "年度总体目标"
FUND_COLUMNS = ("initial", "full_year", "paid")
INDICATOR_HEAD = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施")
WIDTHS = (1.4, 1.7, 2.6, 1.5, 1.5, 1.0, 1.3, 3.1)


def scorecard_form(
    department: str,
    year: Fact,
    funds: Mapping[str, Mapping[str, Fact | None]],
    execution: Mapping[str, Fact],
    goals: Sequence[tuple[list[Run], list[Run]]],
    indicators: Sequence[Mapping[str, Any]],
    total: Mapping[str, Fact],
    notes: Sequence[list[Run]] = (),
) -> Table:
    """The form's table, eight columns wide.

    `funds` maps fiscal, carry_over, other and total to the facts initial, full_year, paid and rate (None prints —).
    `execution` holds weight and score of the execution rate, which belong to the total row of the funds alone; `goals` what was
    expected of the year and what was achieved, a row each; `total` weight, score and grade. `indicators` are rows of the table
    `indicators` with facts for target, weight, actual and score.
    """
    rows: list[list[Cell]] = [
        [_head("部门名称", colspan=2), _text(department, colspan=4), _head("评价年度"), _fact(year, unit=True)],
        *_funds(funds, execution),
        *_goals(goals),
        [_head(name) for name in INDICATOR_HEAD],
        *_indicators(indicators),
        _total(total),
    ]
    return {
        "kind": "table",
        "caption": TITLE,
        "unit": "万元",
        "columns": [{"align": "left" if index in (2, 7) else "center", "width": width} for index, width in enumerate(WIDTHS)],
        "header_rows": 0,
        "rows": rows,
        "notes": list(notes),
    }


def goal_texts(form: Table) -> list[list[Run]]:
    """The texts of the goals block of such a form."""
    names = [plain_text(row[0]["runs"]) for row in form["rows"]]
    block = form["rows"][names.index(GOALS) + 1 : names.index(INDICATOR_HEAD[0])]
    return [cell["runs"] for row in block for cell in row]


def _funds(funds: Mapping[str, Mapping[str, Fact | None]], execution: Mapping[str, Fact]) -> list[list[Cell]]:
    heads = ("资金", "年初预算数", "全年预算数（A）", "全年执行数（B）", "分值", "执行率（B/A，%）", "得分")
    rows = [[_head("年度资金", rowspan=5), *(_head(name) for name in heads)]]
    labels = {"total": "年度资金总额", "fiscal": "其中：当年财政拨款", "carry_over": "上年结转资金", "other": "其他资金"}
    for name, label in labels.items():
        amounts = [_fact(funds[name][column]) for column in FUND_COLUMNS]
        whole = name == "total"
        points, score = (_fact(execution["weight"]), _fact(execution["score"])) if whole else (_text("—"), _text("—"))
        cells = [*amounts, points, _fact(funds[name]["rate"]), score]
        rows.append([_text(label, align="left"), *(cell | {"align": "center"} for cell in cells)])
    return rows


def _goals(goals: Sequence[tuple[list[Run], list[Run]]]) -> list[list[Cell]]:
    head = [_head(GOALS, rowspan=1 + len(goals)), _head("预期目标", colspan=4), _head("实际完成情况", colspan=3)]
    texts: list[list[Cell]] = [
        [{"runs": expected, "colspan": 4, "align": "left"}, {"runs": achieved, "colspan": 3, "align": "left"}]
        for expected, achieved in goals
    ]
    return [head, *texts]


def _total(total: Mapping[str, Fact]) -> list[Cell]:
    grade = _fact(total["grade"])
    return [
        _head("总分", colspan=5),
        _fact(total["weight"]),
        _fact(total["score"]),
        grade | {"runs": [{"text": "自评等级："}, *grade["runs"]]},
    ]


def _indicators(indicators: Sequence[Mapping[str, Any]]) -> list[list[Cell]]:
    rows = []
    for index, row in enumerate(indicators):
        cells: list[Cell] = []
        for keys in (("level1",), ("level1", "level2")):
            span = _span(indicators, index, keys)
            if span:
                cells.append(_text(row[keys[-1]], rowspan=span))
        cells += [
            _text(row["level3"]),
            _target(row),
            _fact(row["actual"], unit=True),
            _fact(row["weight"]),
            _fact(row["score"]),
            _text(row["deviation"]),
        ]
        rows.append(cells)
    return rows


def _span(indicators: Sequence[Mapping[str, Any]], index: int, keys: Sequence[str]) -> int:
    """Rows that share the values of `keys` from `index` on; 0 where the row above shares them already."""
    own = [indicators[index][key] for key in keys]
    if index and [indicators[index - 1][key] for key in keys] == own:
        return 0
    span = 1
    while index + span < len(indicators) and [indicators[index + span][key] for key in keys] == own:
        span += 1
    return span


def _target(row: Mapping[str, Any]) -> Cell:
    sign = "" if row["direction"] == "定性" else row["direction"]
    cell = _fact(row["target"], unit=True)
    return cell | {"runs": [{"text": sign}, *cell["runs"]]} if sign else cell


def _fact(fact: Fact | None, *, unit: bool = False) -> Cell:
    """A fact in its cell: two decimals for money, without idle zeros and with its unit where `unit` is set."""
    if fact is None:
        return _text("—")
    if unit and fact.value is not None:
        return {"runs": [{"fact": fact.id, "display": format_value(fact.value, fact.unit)}]}
    return {"runs": [fact_run(fact)]}


def _head(text: str, **span: int) -> Cell:
    return {"runs": [{"text": text}], "header": True, "align": "center", **span}  # type: ignore[typeddict-item]


def _text(text: str, **more: Any) -> Cell:
    return {"runs": [{"text": text}], **more}  # type: ignore[typeddict-item]
