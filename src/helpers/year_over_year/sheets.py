"""What a comparison of two years shows, as plain tables that every output draws: the page, the workbook, the terminal. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from helpers.facts import Fact
from helpers.wording import chinese_number, format_value
from helpers.year_over_year.causes import CODE, DATA, KINDS, PARAMETER, Explained
from helpers.year_over_year.change import Change
from helpers.year_over_year.restated import Restated
from helpers.year_over_year.score_bridge import ScoreBridge
from helpers.year_over_year.score_sheet import score_sheet
from helpers.year_over_year.sheet import ID, NOTHING, SECTION, WHY, Head, Sheet
from helpers.year_over_year.year_comparison import YearComparison

SAME = "（没有变化）"
NONE = "没有。"

HOW_TO_READ = (
    "“原因”列出一个数字所读到的、两年不同的数据表、参数、笔记本代码和评分规则：它们可能使数字改变，各占多少不能分开。"
    "得分另有逐步的计算，见“得分的变化”。单位为 % 的数字，增减是百分点。"
)


def sheets(comparison: YearComparison) -> list[Sheet]:
    """All tables of a comparison, in the order of reading."""
    main = comparison.main
    whole = [] if main == comparison.figures else [_figures("全部可比数字", comparison, comparison.figures, long=True)]
    former, current = comparison.former.report.year, comparison.current.report.year
    return [
        _summary(comparison),
        _figures("主要数字", comparison, main),
        _tables(comparison),
        _parameters(comparison),
        _method(comparison),
        score_sheet(comparison.score),
        _restated(comparison),
        _alone(f"只有 {current} 年度有的数字", comparison, comparison.only_current),
        _alone(f"只有 {former} 年度有的数字", comparison, comparison.only_former),
        *whole,
    ]


def change_cells(change: Change) -> tuple[str, ...]:
    """Unit, 上年, 本年, 增减 and 同比 as the cells of a table."""
    gap = format_value(change.difference, change.unit_of_difference, "cell")
    rate = NOTHING if change.rate is None else format_value(change.rate, "%", "cell")
    values = (format_value(fact.value, fact.unit, "cell") for fact in (change.former, change.current))
    return (change.unit, *values, gap, rate)


def _summary(comparison: YearComparison) -> Sheet:
    figures = comparison.figures
    changed = [one for one in figures if one.change.former.value != one.change.current.value]
    kinds = Counter(kind for one in changed for kind in one.causes)
    only_data = sum(set(one.causes) == {DATA} for one in changed)
    rows = [
        ("上年报告", _source(comparison, former=True)),
        ("本年报告", _source(comparison, former=False)),
        ("可比数字", f"{len(figures)} 个，其中有变化 {len(changed)} 个、没有变化 {len(figures) - len(changed)} 个"),
        ("只有一年有的数字", f"上年 {len(comparison.only_former)} 个，本年 {len(comparison.only_current)} 个"),
        ("变化读到的原因", "、".join(f"{kind} {kinds[kind]} 个" for kind in KINDS) + f"；只有数据一项的 {only_data} 个"),
        ("上年数的重述", f"{len(comparison.restated)} 个"),
        ("自评总分", _total(comparison.score)),
    ]
    return Sheet("概要", comparison.notes, (Head("项目", 18), Head("内容", 90)), tuple(rows))


def _source(comparison: YearComparison, *, former: bool) -> str:
    report = (comparison.former if former else comparison.current).report
    return f"{report.year} 年度，{report.where}；facts.json 的 SHA-256 为 {report.facts_sha256}"


def _total(bridge: ScoreBridge | None) -> str:
    if bridge is None:
        return "两年的评分不能分开比较"
    points = ["待补" if total is None else f"{total:f} 分" for total in (bridge.former, bridge.current)]
    return f"上年 {points[0]}，本年 {points[1]}"


def _figures(title: str, comparison: YearComparison, figures: Sequence[Explained], *, long: bool = False) -> Sheet:
    heads = (
        Head(SECTION, 6),
        Head("名称", 34),
        Head("单位", 9),
        Head("上年", 13, figures=True),
        Head("本年", 13, figures=True),
        Head("增减", 15, figures=True),
        Head("同比（%）", 11, figures=True),
        Head(WHY, 46),
        Head(ID, 40),
    )
    rows = []
    for one in figures:
        fact = one.change.current
        why = one.words or (SAME if one.change.former.value == fact.value else NOTHING)
        rows.append((_numeral(fact), _label(one.change), *change_cells(one.change), why, fact.id))
    groups = tuple(_section(comparison, one.change.current) for one in figures)
    return Sheet(title, (HOW_TO_READ,), heads, tuple(rows), groups, long)


def _label(change: Change) -> str:
    same = change.former.label == change.current.label
    return change.current.label if same else f"{change.current.label}（上年名称：{change.former.label}）"


def _section(comparison: YearComparison, fact: Fact) -> str:
    return comparison.current.titles.get(fact.section) or comparison.former.titles.get(fact.section) or str(fact.section)


def _numeral(fact: Fact) -> str:
    return chinese_number(fact.section)


def _tables(comparison: YearComparison) -> Sheet:
    notes = ("各表去掉个人信息后逐行比较；完全相同的行才算相同。没有列出的表两年相同，或两年都没有。",)
    heads = (
        Head("数据表", 26),
        Head("上年行数", 12, figures=True),
        Head("本年行数", 12, figures=True),
        Head("相同的行", 12, figures=True),
        Head("有变化并读它的数字", 20, figures=True),
    )
    read = Counter(name for one in comparison.figures for name in one.causes.get(DATA, ()))
    rows = []
    for table in comparison.causes.tables:
        counts = [
            _rows(table.former, has_table=table.name in comparison.former.tables),
            _rows(table.current, has_table=table.name in comparison.current.tables),
        ]
        same = NOTHING if table.same is None else str(table.same)
        rows.append((f"{table.title}（{table.name}）", *counts, same, str(read[table.title])))
    return Sheet("数据的变化", notes if rows else (NONE,), heads, tuple(rows))


def _rows(count: int | None, *, has_table: bool) -> str:
    if count is not None:
        return str(count)
    return "未读" if has_table else "没有此表"


def _parameters(comparison: YearComparison) -> Sheet:
    notes = (
        "按记录数字的语句所读到的参数归因；经由别的数字间接读到的，见那些数字。"
        "文字、目标、未决事项等只印在报告中，不影响数字，列在最后。",
    )
    heads = (Head("参数", 44), Head("上年", 40), Head("本年", 40), Head("有变化并读它的数字", 20, figures=True))
    read = Counter(name for one in comparison.figures for name in one.causes.get(PARAMETER, ()))
    found = sorted(comparison.causes.parameters, key=lambda one: one.in_words)
    rows = [(one.key, _cut(one.former), _cut(one.current), "不影响数字" if one.in_words else str(read[one.key])) for one in found]
    return Sheet("参数的变化", notes if rows else (NONE,), heads, tuple(rows))


def _cut(text: str, most: int = 120) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most]}…"


def _method(comparison: YearComparison) -> Sheet:
    heads = (Head("方法", 14), Head("内容", 34), Head("上年", 34), Head("本年", 34), Head("依据", 40))
    files = comparison.causes.program
    rows = [*_changed_code(comparison)]
    rows += [("评分规则", rule.name, rule.former, rule.current, rule.source) for rule in comparison.causes.rules]
    rows += [("程序", f"{len(files)} 个文件有改动", "", _cut("、".join(files)), "")] if files else []
    notes = []
    if files != ():
        notes.append(
            "程序的改动对各个数字的影响不能逐个分开：要确认，请用现在的程序重新运行上年度，"
            "再看“上年数的重述”，那里没有列出的数字不受影响。"
        )
    if not rows:
        notes.append(f"有变化的数字所用的笔记本代码、评分规则的取值{'和程序' if files == () else ''}都相同。")
    return Sheet("方法的变化", tuple(notes), heads, tuple(rows))


def _changed_code(comparison: YearComparison) -> Iterator[tuple[str, ...]]:
    """The sections of whose figures the code has changed."""
    changed: dict[str, list[str]] = {}
    for one in comparison.figures:
        if CODE in one.causes:
            changed.setdefault(_section(comparison, one.change.current), []).append(one.change.current.label)
    for section, labels in changed.items():
        yield "笔记本代码", section, "", f"{len(labels)} 个数字的算法有改动：{_cut('、'.join(labels))}", ""


def _restated(comparison: YearComparison) -> Sheet:
    heads = (
        Head(SECTION, 6),
        Head("名称", 34),
        Head("上年报告", 20, figures=True),
        Head("另一处", 20, figures=True),
        Head("另一处是", 40),
        Head(ID, 40),
    )
    rows = [_restated_row(comparison, one) for one in comparison.restated]
    groups = tuple(_section(comparison, one.subject) for one in comparison.restated)
    return Sheet("上年数的重述", () if rows else (NONE,), heads, tuple(rows), groups)


def _restated_row(comparison: YearComparison, one: Restated) -> tuple[str, ...]:
    values = ["没有" if fact is None else fact.display for fact in (one.reported, one.elsewhere)]
    return _numeral(one.subject), one.subject.label, *values, one.where, one.subject.id


def _alone(title: str, comparison: YearComparison, facts: Sequence[Fact]) -> Sheet:
    notes = ("另一年度没有这个编号的数字，或者单位不同、待补。",) if facts else (NONE,)
    heads = (Head(SECTION, 6), Head("名称", 44), Head("数值", 20, figures=True), Head(ID, 48))
    rows = tuple((_numeral(fact), fact.label, fact.display, fact.id) for fact in facts)
    return Sheet(title, notes, heads, rows, tuple(_section(comparison, fact) for fact in facts), long=True)
