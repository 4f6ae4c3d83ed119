"""Tables with one planted fault each, made from a clean table: exactly that fault is found, and nothing else."""

import csv
from datetime import datetime
from itertools import zip_longest

import pytest
from review_samples import CLEAN, FAULTY, FOLDER, places, reviewed_file, rows_of, write_xlsx

from helpers.review.codes import CODES

with (FOLDER / "planted.csv").open(encoding="utf-8", newline="") as file:
    PLANTED = list(csv.DictReader(file))

EXPECTED = {
    name: sorted((line["code"], [int(row) for row in line["rows"].split()]) for line in PLANTED if line["faulty"] == name)
    for name in FAULTY
}
BASES = {line["faulty"]: line["clean"] for line in PLANTED}
NOT_OF_A_TABLE = {"R303", *(code for code in CODES if code.startswith(("R4", "R5")))}
"""Last year's text and records are not in a table."""


def test_there_are_enough_faulty_tables_and_each_is_expected():
    assert len(FAULTY) >= 34
    assert BASES.keys() == FAULTY.keys()


def test_each_rule_has_a_faulty_table():
    assert {line["code"] for line in PLANTED} & CODES.keys() == CODES.keys() - NOT_OF_A_TABLE


@pytest.mark.parametrize("name", FAULTY)
def test_the_planted_fault_is_found_and_nothing_else(name):
    assert places(reviewed_file(FAULTY[name])) == EXPECTED[name]


@pytest.mark.parametrize("name", FAULTY)
def test_a_faulty_table_is_a_clean_one_with_a_single_fault(name):
    """The clean tables raise nothing (test_clean_tables), so each of them is the repaired table."""
    pairs = zip_longest(rows_of(FAULTY[name]), rows_of(CLEAN[BASES[name]]))
    assert 1 <= sum(faulty != clean for faulty, clean in pairs) <= 3


@pytest.mark.parametrize("name", FAULTY)
def test_a_finding_says_what_is_wrong_and_how_to_mend_it(name):
    for finding in reviewed_file(FAULTY[name]):
        assert "{" not in finding.message + finding.mend
        assert finding.mend or finding.code.startswith("T")


WORKBOOKS = {
    "rate_as_a_number": ("education_bureau", {"G5": 0.99}, [], [("R103", [5])]),
    "date_as_a_date": ("housing_bureau", {"D8": datetime(2023, 6, 30), "E8": datetime(2023, 6, 21)}, [], [("R205", [8])]),
    "repeated_under_merged_parents": (
        "emergency_bureau",
        {"C16": "检查企业家次"},
        ["A10:A14", "A15:A16"],
        [("R206", [11, 16])],
    ),
    "weights_as_numbers": ("statistics_bureau", {"F8": 17.5}, ["A8:A11", "B8:B9"], [("R101", [])]),
    "points_of_a_part": ("sports_bureau", {"F5": 10, "H5": 10}, ["A4:A7"], [("R104", [5])]),
    "actual_blank_in_a_merged_table": ("health_commission", {"E12": None}, ["A10:A13"], [("R201", [12])]),
}


@pytest.mark.parametrize("name", WORKBOOKS)
def test_the_planted_fault_is_found_in_a_workbook(name, tmp_path):
    base, cells, merges, expected = WORKBOOKS[name]
    rows = rows_of(CLEAN[base])
    for cell, value in cells.items():
        rows[int(cell[1:]) - 1][ord(cell[0]) - ord("A")] = value
    assert places(reviewed_file(write_xlsx(tmp_path / "table.xlsx", rows, merges))) == expected
