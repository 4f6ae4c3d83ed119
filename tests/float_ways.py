"""How a module could make a float, by its syntax tree."""

from __future__ import annotations

import ast


def ways_to_a_float(source: str) -> list[str]:
    """Pieces of a module that can make a float; quotients are written ``Fraction(a, b)``."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, (float, complex)):
            found.append(str(node.value))
        elif isinstance(node, (ast.BinOp, ast.AugAssign)) and isinstance(node.op, ast.Div) and not _exact(node):
            found.append("/")
        elif isinstance(node, ast.Name) and node.id in ("float", "math", "pow"):
            found.append(node.id)
        elif isinstance(node, (ast.Import, ast.ImportFrom)) and "math" in ast.unparse(node).split():
            found.append("math")
    return found


def _exact(node: ast.BinOp | ast.AugAssign) -> bool:
    """A quotient that starts with ``Fraction(…)`` stays one."""
    return isinstance(node, ast.BinOp) and isinstance(node.left, ast.Call) and ast.unparse(node.left.func) == "Fraction"
