"""No float in a money path: neither in the modules that amounts go through, nor in a frame, a control figure or a fact."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest
from intake_files import example_parameters, write_folder

import helpers
from conftest import ROOT
from float_ways import ways_to_a_float
from helpers.control_figures import control_figures
from helpers.intake import load_inputs
from helpers.intake.contracts import CONTRACTS
from helpers.params import load_parameters

SOURCE = Path(helpers.__file__).parent

# Modules with a float or a slash that no amount meets.
ELSEWHERE = {
    "intake/xlsx_file": "where floats of a workbook end: it makes text of at most 15 digits of them, which cells.py parses",
    "lineage": "refuses a float as the value of a fact",
    "charts": "pictures",
    "command_line": "seconds",
    **dict.fromkeys(("blocks", "section", "tables", "scoring/form"), "widths of columns"),
    **dict.fromkeys(("cli", "documentation", "documents", "examination", "finishing", "index_page"), "paths of files"),
    **dict.fromkeys(("project", "report"), "paths of files"),
    **dict.fromkeys(("intake/column_maps", "intake/register", "intake/section_tables", "intake/tables"), "paths of files"),
    **dict.fromkeys(("intake/files", "intake/package"), "megabytes"),
    "intake/findings": "likeness of names",
    **dict.fromkeys(("scoring/printed", "scoring/report", "scoring/table_row"), "quotients of Decimal and Fraction"),
}
MODULES = {
    str(path.relative_to(SOURCE).with_suffix("")): path
    for folder in (SOURCE, *(SOURCE / name for name in ("intake", "params", "scoring")))
    for path in sorted(folder.glob("*.py"))
}


@pytest.mark.parametrize("module", sorted(MODULES.keys() - ELSEWHERE.keys()))
def test_a_module_has_no_way_to_a_float(module):
    """All that is new is looked at, unless it is named above."""
    assert ways_to_a_float(MODULES[module].read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("module", ELSEWHERE)
def test_a_module_that_is_left_out_has_one(module):
    """The negative control, and no module is left out for nothing."""
    assert ways_to_a_float(MODULES[module].read_text(encoding="utf-8")) != []


def test_amounts_of_every_table_are_integers_of_fen(tmp_path):
    tables = load_inputs(write_folder(tmp_path), example_parameters(), published_only=False).tables
    for contract in CONTRACTS.values():
        types = tables[contract.name].frame.dtypes
        assert {str(types[column.name]) for column in contract.columns if column.kind == "money"} <= {"int64"}
        assert "float64" not in set(map(str, types))


def test_control_figures_of_the_example_year_are_exact():
    """Integers, fractions and words: sums of the frames must not have passed a float either."""
    parameters = load_parameters(ROOT / "params/2022.yml")
    inputs = load_inputs(ROOT / "data/2022", parameters, published_only=False)
    values = control_figures({name: table.frame for name, table in inputs.tables.items() if not table.absent}, parameters)
    assert not [fact for fact, figure in values.items() if isinstance(figure.value, float)]
    assert any(isinstance(figure.value, Fraction) for figure in values.values())


def test_facts_of_a_report_hold_no_float(full_report):
    """JSON numbers with a point would be floats to any reader: exact values are integers or text."""
    found: list[str] = []
    json.loads((full_report / "facts.json").read_text("utf-8"), parse_float=found.append)
    assert found == []
