"""No float enters a score: the modules hold no float literal, no true division, no float and no math."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import helpers.scoring

FOLDER = Path(helpers.scoring.__file__).parent
MODULES = ("engine", "exact_numbers", "formulas", "issues", "model", "rule_checks", "rule_set", "rules")


def ways_to_a_float(source: str) -> list[str]:
    """Pieces of a module that can make a float; quotients are written ``Fraction(a, b)``."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, (float, complex)):
            found.append(str(node.value))
        elif isinstance(node, (ast.BinOp, ast.AugAssign)) and isinstance(node.op, ast.Div):
            found.append("/")
        elif isinstance(node, ast.Name) and node.id in ("float", "math", "pow", "divmod"):
            found.append(node.id)
        elif isinstance(node, (ast.Import, ast.ImportFrom)) and "math" in ast.unparse(node).split():
            found.append("math")
    return found


@pytest.mark.parametrize("module", MODULES)
def test_a_module_of_scoring_has_no_way_to_a_float(module):
    assert ways_to_a_float((FOLDER / f"{module}.py").read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("source", ["x = 0.1", "x = a / b", "x /= 2", "x = float(y)", "import math", "from math import floor"])
def test_a_way_to_a_float_is_found(source):
    """The negative control."""
    assert ways_to_a_float(source) != []
