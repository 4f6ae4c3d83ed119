"""The names that a statement of a notebook needs, sets and changes, and the parameters that it reads. Pure."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass, field

HANDLE = "section"
"""The name of the notebook's handle, whose attributes are the parameters."""


@dataclass
class Names(ast.NodeVisitor):
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
