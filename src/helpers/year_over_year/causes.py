"""What changed between two years beside the figures: rows of tables, values of parameters, code and rules; and which of these a
figure reads. Pure.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from helpers.facts import Fact
from helpers.intake.contracts import CONTRACTS
from helpers.params import Parameters
from helpers.scoring.rules import Rule, Rules
from helpers.year_over_year.change import Change
from helpers.year_over_year.code_reads import CodeReads, NotebookCode, covers
from helpers.year_over_year.compared_year import ComparedYear, TableRead

NAMING = ("id", "code")
"""Keys by which the items of a list are known."""
YEARLY = frozenset({"fiscal_year", "data_dir"})
"""Parameters that say which year it is; every figure reads them and none changes for them alone."""
WORDS = frozenset({"texts", "title", "text", "profile", "goals", "open_questions", "named_numbers", "acknowledged", "archive"})
"""Keys of what is printed as it stands, or says how the report is made; no figure is made from it."""
DATA, PARAMETER, CODE, RULES = "数据", "参数", "笔记本", "评分规则"
KINDS = (DATA, PARAMETER, CODE, RULES)
ABSENT = "（无）"


@dataclass(frozen=True)
class TableChange:
    """A table whose content differs: its rows in each year (None: no such table, or not read) and how many are the same."""

    name: str
    former: int | None
    current: int | None
    same: int | None

    @property
    def title(self) -> str:
        return CONTRACTS[self.name].title


@dataclass(frozen=True)
class ParameterChange:
    """A value of the parameters that differs: its key with the ids of items, its path with `[]` for them, both values as text."""

    key: str
    path: str
    former: str
    current: str

    @property
    def in_words(self) -> bool:
        """Whether no figure is made from it."""
        return bool(WORDS.intersection(self.key.split(".")))


@dataclass(frozen=True)
class RuleChange:
    """A value of the scoring rules that differs, with the source of the current one."""

    name: str
    former: str
    current: str
    source: str


@dataclass(frozen=True)
class Causes:
    """All that changed; `program` are the differing files of the program, None where it is another one and they are not known."""

    tables: tuple[TableChange, ...]
    parameters: tuple[ParameterChange, ...]
    rules: tuple[RuleChange, ...]
    program: tuple[str, ...] | None


MOST_NAMES = 4
"""Names of causes that a line tells; the others are counted."""


def _listed(names: Sequence[str]) -> str:
    more = f"等 {len(names)} 项" if len(names) > MOST_NAMES else ""
    return "、".join(names[:MOST_NAMES]) + more


@dataclass(frozen=True)
class Explained:
    """A change with what it read that changed, by the kinds DATA, PARAMETER, CODE and RULES."""

    change: Change
    causes: Mapping[str, tuple[str, ...]]

    @property
    def words(self) -> str:
        """The causes in words; nothing where the figure is the same."""
        return "；".join(kind if names == (kind,) else f"{kind}：{_listed(names)}" for kind, names in self.causes.items())


def causes_between(former: ComparedYear, current: ComparedYear) -> Causes:
    """What of the two years' tables, parameters, rules and program differs, as far as both can be read."""
    return Causes(
        tables=tuple(_tables(former.tables, current.tables)),
        parameters=tuple(_parameters(former.parameters, current.parameters)),
        rules=tuple(_rules(former.rules, current.rules)),
        program=_program(former, current),
    )


def explain(change: Change, causes: Causes, former: ComparedYear, current: ComparedYear) -> Explained:
    """The change with those causes that the figure reads, by the statements of its notebook that it needs."""
    if change.former.value == change.current.value:
        return Explained(change, {})
    reads = [_reads(year, fact) for year, fact in ((former, change.former), (current, change.current))]
    known = [one for one in reads if one is not None]
    tables = {source.table for fact in (change.former, change.current) for source in fact.sources}
    paths = frozenset(path for one in known for path in one.parameters)
    found = {
        DATA: tuple(table.title for table in causes.tables if table.name in tables),
        PARAMETER: tuple(one.key for one in causes.parameters if _concerns(one, paths, change.current.id, current.parameters)),
        CODE: (CODE,) if len(known) == 2 and known[0].code != known[1].code else (),
        RULES: (RULES,) if causes.rules and any(one.rules for one in known) else (),
    }
    return Explained(change, {kind: names for kind, names in found.items() if names})


def _reads(year: ComparedYear, fact: Fact) -> CodeReads | None:
    notebook, _, cell = year.report.cells[fact.id].partition("#")
    code: NotebookCode | None = year.notebooks.get(notebook)
    return code.reads_of(int(cell), fact.id) if code else None


def _concerns(one: ParameterChange, paths: frozenset[str], fact_id: str, parameters: Parameters | None) -> bool:
    """Whether a figure reads a parameter; what belongs to one programme does not concern the figures of another."""
    if one.in_words or not any(covers(path, one.path) for path in paths):
        return False
    programmes = {programme.id for programme in parameters.programmes} if parameters else set()
    own = fact_id.partition(".")[0]
    of, _, rest = one.key.partition(".")
    return of != "programmes" or own not in programmes or rest.partition(".")[0] == own


def _tables(former: Mapping[str, TableRead], current: Mapping[str, TableRead]) -> Iterator[TableChange]:
    for name in CONTRACTS:
        before, after = former.get(name), current.get(name)
        if (before is None and after is None) or (before and after and before.sha256 == after.sha256):
            continue
        rows = [None if one is None else one.rows for one in (before, after)]
        if rows[0] is not None and rows[0] == rows[1]:
            continue
        same = None if rows[0] is None or rows[1] is None else sum((Counter(rows[0]) & Counter(rows[1])).values())
        counts = [None if each is None else len(each) for each in rows]
        yield TableChange(name, counts[0], counts[1], same)


def _parameters(former: Parameters | None, current: Parameters | None) -> Iterator[ParameterChange]:
    if former is not None and current is not None:
        found = _differences(former.model_dump(mode="json"), current.model_dump(mode="json"), "", "")
        yield from (one for one in found if one.key not in YEARLY)


def _differences(former: Any, current: Any, key: str, path: str) -> Iterator[ParameterChange]:
    """The values that differ, each the smallest that can be named; items of lists are the same by their id or code."""
    if former == current:
        return
    if isinstance(former, Mapping) and isinstance(current, Mapping):
        for name in dict.fromkeys([*former, *current]):
            inner = (f"{part}.{name}" if part else name for part in (key, path))
            yield from _differences(former.get(name), current.get(name), *inner)
    elif _are_named(former) and _are_named(current):
        before, after = ({_name(item): item for item in items} for items in (former, current))
        for name in dict.fromkeys([*before, *after]):
            yield from _differences(before.get(name), after.get(name), f"{key}.{name}", f"{path}[]")
    else:
        yield ParameterChange(key, path, _text(former), _text(current))


def _text(value: Any) -> str:
    if value in (None, []):
        return ABSENT
    if isinstance(value, Mapping) and (name := value.get("name") or value.get("title") or value.get("text")):
        return str(name)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _are_named(items: Any) -> bool:
    return isinstance(items, list) and all(isinstance(item, Mapping) and _name(item) for item in items)


def _name(item: Mapping[str, Any]) -> str | None:
    return next((str(item[name]) for name in NAMING if item.get(name)), None)


def _rules(former: Rules | None, current: Rules | None) -> Iterator[RuleChange]:
    if former is None or current is None:
        return
    if former.id != current.id:
        yield RuleChange("规则集", former.name, current.name, "")
    before, after = (_values(one) for one in (former, current))
    for name in dict.fromkeys([*before, *after]):
        old, new = before.get(name), after.get(name)
        if (old and old.value) != (new and new.value):
            yield RuleChange(name, _shown(old), _shown(new), new.source if new else "")


def _values(rules: Rules) -> dict[str, Rule[Any]]:
    values = {field.name: getattr(rules, field.name) for field in fields(Rules)} | dict(rules.groups or {})
    return {name: value for name, value in values.items() if isinstance(value, Rule)}


def _shown(rule: Rule[Any] | None) -> str:
    return ABSENT if rule is None else str(rule.value)


def _program(former: ComparedYear, current: ComparedYear) -> tuple[str, ...] | None:
    if former.report.record["code"] == current.report.record["code"]:
        return ()
    before, after = former.program, current.program
    if before is None or after is None:
        return None
    return tuple(name for name in sorted({*before, *after}) if before.get(name) != after.get(name))
