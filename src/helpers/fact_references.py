"""References to facts, in texts, reconciliations and tables, that no notebook can record: told before one runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from helpers.checks import CONSTANTS
from helpers.facts import Fact
from helpers.intake import Table
from helpers.intake.findings import nearest, quote
from helpers.intake.rule_rows import issue_at
from helpers.issue import Issue
from helpers.params import Parameters
from helpers.params.load import sorted_issues, source_of
from helpers.params.mistake import Mistake
from helpers.params.rules import select
from helpers.params.templates import templates_of
from helpers.recordable import Recordable, recordable

_TERMS = tuple(("reconciliations", "*", *rest) for rest in (("left", "*"), ("right", "*"), ("rate",)))
_IDS = (
    ("programmes", "*", "unit_id"),
    ("programmes", "*", "grant_types", "*", "id"),
    ("programmes", "*", "milestones", "*", "id"),
    ("regions", "*", "code"),
    ("reconciliations", "*", "id"),
)
_OF_MONEY_FOR_REGIONS = ("allocated.", "by_region.")
_OF_BENEFICIARIES = (
    *("roster.", "suspended.", "coverage.", "grants.", "several.", "by_grant.", "results_by_region."),
    *("without_base.", "paid.average"),
)
_OF_PAYMENTS_ALONE = ("payments.", "schedule.", "by_quarter.")
"""What begins the ids of facts, after that of their programme, that not every programme has."""
_OF_A_FACT = {field.name for field in fields(Fact)}


def recordable_facts(parameters: Parameters, notebooks: Iterable[Path], tables: Mapping[str, Table]) -> Recordable:
    """What the notebooks can record with these parameters and with the facts that the table `profile` states."""
    values = parameters.model_dump()
    ids = {str(name) for pattern in _IDS for _, name in select(values, *pattern) if name is not None}
    programmes = [programme.id for programme in parameters.programmes]
    stated = [*tables["profile"].frame["fact"]] if "profile" in tables else []
    known = recordable(notebooks, programmes=programmes, ids=ids, stated=stated)
    return replace(known, never=tuple(_of_other_programmes(parameters)))


def _of_other_programmes(parameters: Parameters) -> Iterator[str]:
    """How ids begin that a programme has not, since its money is not for regions or for beneficiaries, or since it is."""
    for programme in parameters.programmes:
        absent = _OF_PAYMENTS_ALONE if programme.beneficiary else _OF_BENEFICIARIES
        for beginning in (*absent, *(() if programme.distributed else _OF_MONEY_FOR_REGIONS)):
            yield f"{programme.id}.{beginning}"


def unknown_in_parameters(parameters: Parameters, path: Path, known: Recordable) -> list[Issue]:
    """What templates and reconciliations of the file name and nobody can give them (E610), each with its line."""
    named = [(place, name) for place, text in templates_of(parameters) for name in _printed(text)]
    wrong = [(place, name) for place, name in named if name.split(".")[0] not in known.names and name not in known]
    values = parameters.model_dump()
    terms = [(place, str(term).removeprefix("-")) for pattern in _TERMS for place, term in select(values, *pattern) if term]
    wrong += [(place, fact_id) for place, fact_id in terms if fact_id not in CONSTANTS and fact_id not in known]
    if not wrong:
        return []
    source = source_of(path)
    mistakes = []
    for place, name in wrong:
        first, written = source.written[place]
        line = first + written[: written.find(name)].count("\n")
        mistakes.append(Mistake("E610", place, _message(name), _mend(name, known), line))
    return sorted_issues(mistakes, path, source)


def unknown_in_tables(tables: Mapping[str, Table], known: Recordable) -> Iterator[Issue]:
    """Published figures that nothing would be compared with, and indicators whose actual value would not be found (E710)."""
    for name, column in (("published", "fact"), ("indicators", "actual_source")):
        table = tables.get(name)
        if table is None:
            continue
        for row, fact_id in zip(table.frame.index, table.frame[column], strict=True):
            if fact_id not in ("", "填报") and fact_id not in known:
                message = _message(fact_id).removesuffix("。")
                yield issue_at("E710", table, [row], column, message, _mend(fact_id, known))


def _printed(template: str) -> Iterator[str]:
    """The dotted names in a template, each once, but those that it sets itself; without the part of a fact (`.value`)."""
    from jinja2.meta import find_undeclared_variables
    from jinja2.sandbox import SandboxedEnvironment

    tree = SandboxedEnvironment().parse(template)
    needed = find_undeclared_variables(tree)
    chains = dict.fromkeys(map(_without_part, _chains(tree)))
    yield from (chain for chain in chains if chain.split(".")[0] in needed)


def _without_part(chain: str) -> str:
    name, _, part = chain.rpartition(".")
    return name if part in _OF_A_FACT and "." in name else chain


def _chains(node: Any) -> Iterator[str]:
    from jinja2 import nodes

    attributes: list[str] = []
    inner = node
    while isinstance(inner, nodes.Getattr):
        attributes.insert(0, inner.attr)
        inner = inner.node
    if isinstance(inner, nodes.Name):
        yield ".".join([inner.name, *attributes])
    else:
        for child in inner.iter_child_nodes():
            yield from _chains(child)


def _message(name: str) -> str:
    return f"没有笔记本会记录事实{quote(name)}。" if "." in name else f"模板不会得到名称{quote(name)}的值。"


def _mend(name: str, known: Recordable) -> str:
    if "." not in name:
        return nearest(name, known.names) or "请改为事实编号，或删去。"
    if name.startswith(known.never):
        return "参数中这个项目没有补助对象、资金不下达各地区，或与此相反，不会有这个数字；请改写文字，或改正参数。"
    near = known.nearest(name)
    return f"是否应为{'或'.join(map(quote, near))}？" if near else "请核对事实编号；可用的编号见最近一次结果中的 facts.json。"
