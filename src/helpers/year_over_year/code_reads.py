"""What the code that records a fact reads: the statements of its notebook that it needs, and the parameters in them. Pure.

Told from the text of the code, which is not run: a statement is needed where it sets a name that a needed statement after it
reads. What a fact reads through another section's facts is told by those facts.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

HANDLE = "section"
_RECORDING = frozenset({"record", "table", "show_table", "year_over_year"})
_RULES = "load_rules"
_GAP = "\0"
_FORM = re.compile(f"[a-z{_GAP}][a-z0-9_{_GAP}]*([.][a-z0-9_{_GAP}]+)+")


@dataclass(frozen=True)
class CodeReads:
    """The needed statements as text, the paths of the parameters that they read (`thresholds.small_cells`, `programmes[].unit`),
    and whether they read the scoring rules.
    """

    code: str
    parameters: frozenset[str]
    rules: bool


@dataclass(frozen=True)
class _Statement:
    cell: int
    node: ast.stmt
    needs: frozenset[str]
    sets: frozenset[str]
    changes: frozenset[str]
    parameters: frozenset[str]

    @cached_property
    def records(self) -> bool:
        return any(isinstance(node, ast.Attribute) and node.attr in _RECORDING for node in ast.walk(self.node))

    @cached_property
    def texts(self) -> frozenset[str]:
        return frozenset(text for node in ast.walk(self.node) if (text := _text(node)) is not None)

    @cached_property
    def ids(self) -> list[re.Pattern[str]]:
        """The ids that stand in it, each as a pattern that also fits the cells of a table of that id."""
        known = sorted(filter(_FORM.fullmatch, self.texts))
        return [re.compile(re.escape(text).replace(re.escape(_GAP), "[a-z0-9_.]+") + r"(\..+)?") for text in known]


class NotebookCode:
    """The code of a section's notebook: `cells` are the sources of its code cells, None for those that only set parameters."""

    def __init__(self, cells: Sequence[str | None], parameters: Collection[str]) -> None:
        self._statements = [
            _statement(number, node, parameters)
            for number, source in enumerate(cells, start=1)
            if source is not None
            for node in _parsed(source)
        ]
        self._known: dict[tuple[int, ...], CodeReads] = {}

    def reads_of(self, cell: int, fact_id: str) -> CodeReads:
        """What is read for a fact that the code cell of this number recorded."""
        places = [place for place, one in enumerate(self._statements) if one.cell == cell and one.records]
        exact = [place for place in places if fact_id in self._statements[place].texts]
        named = [place for place in places if any(known.fullmatch(fact_id) for known in self._statements[place].ids)]
        key = tuple(exact or named or places)
        if key not in self._known:
            self._known[key] = self._reads(key)
        return self._known[key]

    def _reads(self, places: Sequence[int]) -> CodeReads:
        wanted: set[str] = set()
        needed: list[_Statement] = []
        for place in range(max(places, default=-1), -1, -1):
            one = self._statements[place]
            if place in places or wanted & (one.sets | one.changes):
                needed.append(one)
                wanted = (wanted - one.sets) | one.needs
        needed.reverse()
        names = {node.id for one in needed for node in ast.walk(one.node) if isinstance(node, ast.Name)}
        return CodeReads(
            code="\n".join(ast.unparse(one.node) for one in needed),
            parameters=frozenset(path for one in needed for path in one.parameters),
            rules=_RULES in names,
        )


def covers(read: str, changed: str) -> bool:
    """Whether a parameter that is read at the path `read` is, holds or lies in the one that `changed`."""
    return read == changed or changed.startswith((f"{read}.", f"{read}[")) or read.startswith((f"{changed}.", f"{changed}["))


def _parsed(source: str) -> list[ast.stmt]:
    try:
        return ast.parse(re.sub(r"^[ \t]*[%!].*$", "pass", source, flags=re.MULTILINE)).body
    except SyntaxError:
        return []


def _statement(cell: int, node: ast.stmt, parameters: Collection[str]) -> _Statement:
    names = _Names(frozenset(parameters))
    names.visit(node)
    imported = isinstance(node, ast.Import | ast.ImportFrom)
    sets = frozenset() if imported else frozenset(names.sets)
    return _Statement(cell, node, frozenset(names.needs), sets, frozenset(names.changes), frozenset(names.parameters))


@dataclass
class _Names(ast.NodeVisitor):
    """The names that a statement needs, sets and changes in place, in the order in which it runs; the parameters it reads."""

    known: frozenset[str]
    needs: set[str] = field(default_factory=set)
    sets: set[str] = field(default_factory=set)
    changes: set[str] = field(default_factory=set)
    parameters: set[str] = field(default_factory=set)
    bound: dict[str, str] = field(default_factory=dict)

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Store):
            self.sets.add(node.id)
            self.bound.pop(node.id, None)
        elif node.id in self.bound:
            self.parameters.add(self.bound[node.id])
        elif node.id not in self.sets and node.id != HANDLE:
            self.needs.add(node.id)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        path = self._path(node)
        if path is None:
            self.generic_visit(node)
        else:
            self.parameters.add(path)

    def visit_Assign(self, node: ast.Assign) -> None:
        match node:
            case ast.Assign(
                targets=[ast.Name(id=target)],
                value=ast.Call(func=ast.Name(id="next"), args=[ast.GeneratorExp(elt=ast.Name(id=name), generators=[one])]),
            ) if (path := self._path(one.iter)) and isinstance(one.target, ast.Name) and one.target.id == name:
                self._comprehension([one], [])
                self.sets.add(target)
                self.bound[target] = f"{path}[]"  # the item that is chosen
            case _:
                self.visit(node.value)
                for each in node.targets:
                    self._set(each)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        self.visit(node.value)
        self._set(node.target)
        if isinstance(node.target, ast.Name):
            self.needs.add(node.target.id)

    def visit_For(self, node: ast.For) -> None:
        self._each(node.target, node.iter)
        for one in [*node.body, *node.orelse]:
            self.visit(one)

    def visit_If(self, node: ast.If) -> None:
        self.visit(node.test)
        before = set(self.sets)
        for branch in (node.body, node.orelse):
            for one in branch:
                self.visit(one)
            self.changes |= self.sets - before
            self.sets = set(before)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        before = set(self.sets)
        self.sets |= {argument.arg for argument in ast.walk(node.args) if isinstance(argument, ast.arg)}
        for one in node.body:
            self.visit(one)
        self.sets = before | {node.name}

    def visit_ListComp(self, node: ast.ListComp) -> None:
        self._comprehension(node.generators, [node.elt])

    def visit_SetComp(self, node: ast.SetComp) -> None:
        self._comprehension(node.generators, [node.elt])

    def visit_GeneratorExp(self, node: ast.GeneratorExp) -> None:
        self._comprehension(node.generators, [node.elt])

    def visit_DictComp(self, node: ast.DictComp) -> None:
        self._comprehension(node.generators, [node.key, node.value])

    def visit_Lambda(self, node: ast.Lambda) -> None:
        before = set(self.sets)
        self.sets |= {argument.arg for argument in ast.walk(node.args) if isinstance(argument, ast.arg)}
        self.visit(node.body)
        self.sets = before

    def visit_Expr(self, node: ast.Expr) -> None:
        call = node.value
        base = _base(call.func) if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) else None
        if base not in (None, HANDLE):
            self.changes.add(str(base))
        self.generic_visit(node)

    def _comprehension(self, generators: Iterable[ast.comprehension], parts: Iterable[ast.expr]) -> None:
        before, bound = set(self.sets), dict(self.bound)
        for one in generators:
            self._each(one.target, one.iter)
            for test in one.ifs:
                self.visit(test)
        for part in parts:
            self.visit(part)
        self.sets, self.bound = before, bound

    def _each(self, target: ast.expr, over: ast.expr) -> None:
        """A loop: over a list of the parameters, what is read of its items counts, not the list."""
        path = self._path(over)
        if path is None or not isinstance(target, ast.Name):
            self.visit(over)
            self._set(target)
        else:
            self.sets.add(target.id)
            self.bound[target.id] = f"{path}[]"

    def _set(self, target: ast.expr) -> None:
        if isinstance(target, ast.Subscript | ast.Attribute):
            if (base := _base(target)) is not None:
                self.changes.add(base)
            self.generic_visit(target)
        else:
            self.visit(target)

    def _path(self, node: ast.expr) -> str | None:
        """The path of a parameter, where the expression is one."""
        match node:
            case ast.Name(id=name):
                return self.bound.get(name)
            case ast.Attribute(value=ast.Name(id=name), attr=attribute) if name == HANDLE:
                return attribute if attribute in self.known else None
            case ast.Attribute(value=value, attr=attribute):
                path = self._path(value)
                return None if path is None else f"{path}.{attribute}"
        return None


def _base(node: ast.expr) -> str | None:
    while isinstance(node, ast.Subscript | ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None


def _text(node: ast.AST) -> str | None:
    """A text of the code, with gaps where it is computed."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if not isinstance(node, ast.JoinedStr):
        return None
    return "".join(str(part.value) if isinstance(part, ast.Constant) else _GAP for part in node.values)


def code_cells(notebook: Iterable[dict[str, object]]) -> Iterator[str | None]:
    """The sources of the code cells of an executed notebook; None for the cells that only set its parameters."""
    for cell in notebook:
        if cell["cell_type"] == "code":
            tags = set(cell.get("metadata", {}).get("tags", []))  # type: ignore[attr-defined]
            yield None if tags & {"parameters", "injected-parameters"} else "".join(cell["source"])  # type: ignore[arg-type]
