"""No float enters a score: the modules hold no float literal, no true division, no float and no math."""

from __future__ import annotations

from pathlib import Path

import pytest

import helpers.scoring
from float_ways import ways_to_a_float

FOLDER = Path(helpers.scoring.__file__).parent
MODULES = ("engine", "exact_numbers", "formulas", "issues", "model", "rule_checks", "rule_set", "rules")


@pytest.mark.parametrize("module", MODULES)
def test_a_module_of_scoring_has_no_way_to_a_float(module):
    assert ways_to_a_float((FOLDER / f"{module}.py").read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("source", ["x = 0.1", "x = a / b", "x /= 2", "x = float(y)", "import math", "from math import floor"])
def test_a_way_to_a_float_is_found(source):
    """The negative control."""
    assert ways_to_a_float(source) != []
