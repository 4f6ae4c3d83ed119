"""The list of bad inputs names each of the 82 mistakes, every case that tries one, and no case that is not there."""

from __future__ import annotations

import re

import pytest
from test_bad_files import CSV_FILES, WORKBOOKS
from test_bad_values import ALL
from test_good_inputs import CSV_FILES as GOOD_FILES
from test_good_inputs import WORKBOOKS as GOOD_WORKBOOKS

from conftest import ROOT
from params.broken import BROKEN

LIST = ROOT / "tests/bad_inputs/README.md"
ROWS = re.findall(r"^\| (\d+) \| (.+) \| (.+) \|$", LIST.read_text("utf-8"), re.MULTILINE)
CASES = [(int(number), case) for number, _, cases in ROWS for case in re.findall(r"(?:[a-z]+ )?`[^`]+`", cases)]
KNOWN = {
    *(f"`files/{name}`" for name in CSV_FILES),
    *(f"`values/{name}`" for name in ALL),
    *(f"workbook `{name}`" for name in WORKBOOKS),
    *(f"read `{name}`" for name in [*GOOD_FILES, *GOOD_WORKBOOKS]),
    *(f"parameters `{broken.name}`" for broken in BROKEN),
}
NUMBERED = {case: int(found[0]) for case in KNOWN if (found := re.search(r"(?<=[`/])\d\d(?=[ _])", case))}


def test_it_has_the_82_mistakes():
    assert [int(number) for number, *_ in ROWS] == list(range(1, 83))


def test_each_mistake_is_tried():
    assert {number for number, _ in CASES} == set(range(1, 83))


@pytest.mark.parametrize("case", sorted({case for _, case in CASES if not case.startswith("test ")}))
def test_a_case_that_is_listed_is_there(case):
    assert case in KNOWN


def test_a_test_that_is_listed_is_there():
    tests = {case.split("`")[1] for _, case in CASES if case.startswith("test ")}
    written = "".join(path.read_text("utf-8") for path in (ROOT / "tests/intake").glob("test_*.py"))
    assert {name for name in tests if f"def {name}(" not in written} == set()


def test_each_case_with_a_number_is_listed_there():
    assert NUMBERED.items() <= {(case, number) for number, case in CASES}
