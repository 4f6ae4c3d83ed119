"""Identities that hold in every report, whatever its department declares: between facts, and between facts and rows.

They know the fact ids that the section notebooks give each programme. Where a notebook records none of them, its
identities cannot be checked and say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from helpers.blocks import Block, Cell, Table, plain_text
from helpers.checks import Identity
from helpers.facts import Figure
from helpers.params import Parameters, Programme, Region

FAMILIES = {
    "full_year": "全年预算数 = 年初预算数 + 调增 － 调减 + 上年结转",
    "net_paid": "实际支付 = 支付 － 退回",
    "parts": "分项之和 = 合计",
    "table": "表内各行之和 = 合计行",
    "shares": "表内占比之和 = 100%",
    "same": "同一数字在各处相等",
    "rates": "比率 = 分子 ÷ 分母",
    "weights": "各指标分值 + 预算执行率分值 = 100 分",
    "scores": "得分 ≤ 分值",
}
"""What the second part of an identity's id means: `net_paid.general`."""

FUNDS = ("fiscal", "carry_over", "other")
_WEIGHT = re.compile(r"indicator\.n[0-9]+\.weight")


def generic_identities(parameters: Parameters, figures: Mapping[str, Figure]) -> list[Identity]:
    """All but those of tables; `figures` tell how many indicators there are, and of which regions figures are printed."""
    found = [
        identity
        for programme in parameters.programmes
        for identity in _of_programme(
            programme, [region for region in parameters.regions if _is_printed(programme, region, figures)]
        )
    ]
    return [*found, *_of_department(parameters), *_of_scorecard(figures)]


def _is_printed(programme: Programme, region: Region, figures: Mapping[str, Figure]) -> bool:
    return f"{programme.id}.by_region.{region.code}.paid" in figures


def table_identities(blocks: Iterable[Block], figures: Mapping[str, Figure]) -> list[Identity]:
    """For each column that a table block declares as summed (`totals`): its rows add up to the last one, shares to 100 %."""
    tables = [block for block in blocks if block["kind"] == "table" and block.get("totals")]
    return [identity for table in tables for identity in _of_table(table, figures)]


def _of_programme(programme: Programme, regions: Iterable[Region]) -> Iterator[Identity]:
    p, name = programme.id, programme.name
    yield _full_year(p, f"{name}财政预算")
    yield _net_paid(p, f"{p}.paid.amount", f"{name}实际支付")
    yield _sum("parts", f"{p}_sources", f"{name}财政资金与其他资金", [f"{p}.paid.fiscal", f"{p}.paid.own"], f"{p}.paid.amount")
    grants = [f"{p}.{grant.id}.amount" for grant in programme.grant_types]
    if grants:
        yield _sum("parts", f"{p}_grants", f"{name}各补助类型", grants, f"{p}.paid.amount")
    distributed, unit = programme.distributed, programme.unit_id
    if distributed:
        yield _same(f"{p}_allocated", f"{name}分地区分配合计", f"{p}.by_region.total.allocated", f"{p}.allocated.amount")
        yield _same(f"{p}_paid", f"{name}分地区支付合计", f"{p}.by_region.total.paid", f"{p}.paid.amount")
    if unit:
        yield _same(f"{p}_granted", f"{name}分地区发放合计", f"{p}.results_by_region.total.amount", f"{p}.paid.amount")
        yield _same(f"{p}_roster", f"{name}分地区名册合计", f"{p}.results_by_region.total.roster", f"{p}.roster.{unit}")
    else:
        yield _same(f"{p}_quarters", f"{name}分季度支付合计", f"{p}.by_quarter.total.amount", f"{p}.paid.amount")
        yield _same(f"{p}_count", f"{name}分季度支付笔数合计", f"{p}.by_quarter.total.count", f"{p}.payments.count")
    for region in regions if distributed and unit else ():
        spent, granted = f"{p}.by_region.{region.code}.paid", f"{p}.results_by_region.{region.code}.amount"
        yield _same(f"{p}_{region.code}", f"{name}{region.name}支付与发放", spent, granted)
    if distributed:
        yield _rate(f"{p}_allocated", f"{name}分配数占预算", f"{p}.allocated.amount", f"{p}.budget.amount", f"{p}.allocated.rate")
    yield _rate(f"{p}_use", f"{name}使用数占预算", f"{p}.paid.amount", f"{p}.budget.amount", f"{p}.use.rate")
    if unit:
        yield _rate(f"{p}_coverage", f"{name}发放覆盖率", f"{p}.paid.{unit}", f"{p}.roster.{unit}", f"{p}.coverage.rate")


def _of_department(parameters: Parameters) -> Iterator[Identity]:
    programmes = [programme.id for programme in parameters.programmes]
    yield _full_year("special", "专项资金财政预算")
    yield _full_year("general", "人员和日常经费等财政预算")
    yield _net_paid("general", "general.paid.amount", "人员和日常经费等实际支付")
    yield _net_paid("fiscal", "spending.fiscal.paid", "财政资金实际支付")
    yield _net_paid("own", "spending.own.paid", "其他资金实际支付")
    if programmes:
        yield _sum("parts", "special", "各专项资金财政预算", [f"{p}.budget.amount" for p in programmes], "special.budget.amount")
    budgets = ["special.budget.amount", "general.budget.amount"]
    yield _sum("parts", "fiscal_budget", "专项资金与其他财政预算", budgets, "budget.fiscal.amount")
    paid = [*(f"{p}.paid.fiscal" for p in programmes), "general.paid.amount"]
    yield _sum("parts", "fiscal_paid", "各专项与其他财政资金支付", paid, "spending.fiscal.paid")
    budgets = ["budget.fiscal.amount", "budget.own.amount"]
    yield _sum("parts", "scorecard_budget", "自评表全年预算数", budgets, "scorecard.total.full_year")
    paid = ["spending.fiscal.paid", "spending.own.paid"]
    yield _sum("parts", "scorecard_paid", "自评表全年执行数", paid, "scorecard.total.paid")
    yield _same("category_fiscal", "分类别财政资金合计", "budget.by_category.total.fiscal", "budget.fiscal.amount")
    yield _same("category_own", "分类别其他资金合计", "budget.by_category.total.own", "budget.own.amount")
    yield _same("category_paid", "分类别实际支付合计", "budget.by_category.total.paid", "scorecard.total.paid")
    yield _rate("fiscal", "财政预算执行率", "spending.fiscal.paid", "budget.fiscal.amount", "spending.fiscal.rate")


def _of_scorecard(figures: Mapping[str, Figure]) -> Iterator[Identity]:
    names = {"initial": "年初预算数", "full_year": "全年预算数", "paid": "全年执行数"}
    for column, name in names.items():
        parts = [f"scorecard.{fund}.{column}" for fund in FUNDS]
        yield _sum("parts", f"funds_{column}", f"自评表{name}", parts, f"scorecard.total.{column}")
    yield _rate("scorecard", "自评表执行率", "scorecard.total.paid", "scorecard.total.full_year", "scorecard.total.rate")
    rows = [figure.removesuffix(".weight") for figure in figures if _WEIGHT.fullmatch(figure)]
    if not rows:
        return
    parts = ["scorecard.execution", *rows]
    yield _sum("weights", "indicators", "分值合计", [f"{part}.weight" for part in parts], "constant.points")
    yield _sum("parts", "score", "总分", [f"{part}.score" for part in parts], "scorecard.total.score")
    for part in parts:
        subject = part.rpartition(".")[2]
        label = "预算执行率得分" if subject == "execution" else f"第 {subject.removeprefix('n')} 项指标得分"
        yield Identity(f"scores.{subject}", label, "at_most", (f"{part}.score",), (f"{part}.weight",))


def _of_table(table: Table, figures: Mapping[str, Figure]) -> Iterator[Identity]:
    head, *rows = table["rows"]
    for column in table["totals"]:
        *parts, total = [fact for row in rows if (fact := _fact(row[column]))]
        label = f"{table['caption']}：{plain_text(head[column]['runs'])}"
        subject = total.replace(".", "_")
        yield Identity(f"table.{subject}", label, "sum", tuple(parts), (total,))
        if figures[total].unit == "%":
            yield Identity(f"shares.{subject}", label, "sum", tuple(parts), ("constant.whole",))


def _fact(cell: Cell) -> str:
    return cell["runs"][0].get("fact", "")


def _full_year(name: str, label: str) -> Identity:
    terms = (f"rows.{name}.budget.{term}" for term in ("initial", "increase", "decrease", "carry_over"))
    right = tuple(f"-{term}" if term.endswith(".decrease") else term for term in terms)
    return Identity(f"full_year.{name}", label, "sum", (f"{name}.budget.amount",), right)


def _net_paid(name: str, fact: str, label: str) -> Identity:
    right = (f"rows.{name}.payments.paid", f"-rows.{name}.payments.returned")
    return Identity(f"net_paid.{name}", label, "sum", (fact,), right)


def _sum(family: str, subject: str, label: str, parts: Iterable[str], whole: str) -> Identity:
    return Identity(f"{family}.{subject}", label, "sum", tuple(parts), (whole,))


def _same(subject: str, label: str, left: str, right: str) -> Identity:
    return Identity(f"same.{subject}", label, "equality", (left,), (right,))


def _rate(subject: str, label: str, part: str, whole: str, rate: str) -> Identity:
    return Identity(f"rates.{subject}", label, "ratio", (part,), (whole,), rate)
