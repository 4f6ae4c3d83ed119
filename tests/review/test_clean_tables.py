"""Sound tables of many departments and layouts: the re-check raises nothing at all."""

import pytest
from review_samples import CLEAN, reviewed_file, rows_of, write_xlsx

from helpers.review.command import fails


def test_there_are_enough_clean_tables():
    assert len(CLEAN) >= 22


@pytest.mark.parametrize("name", CLEAN)
def test_nothing_is_raised_on_a_clean_table(name):
    assert reviewed_file(CLEAN[name]) == []


@pytest.mark.parametrize("name", CLEAN)
def test_nothing_is_raised_on_the_same_table_as_a_workbook_with_merged_cells(name, tmp_path):
    rows = rows_of(CLEAN[name])
    path = write_xlsx(tmp_path / f"{name}.xlsx", rows, merged_levels(rows))
    assert reviewed_file(path) == []


def test_no_findings_are_no_failure():
    assert not fails([])


def merged_levels(rows):
    """Ranges of 一级指标 cells that stand empty under another one."""
    header = next(number for number, row in enumerate(rows) if row[0] == "一级指标")
    start = None
    for number, row in enumerate(rows[header + 1 :], start=header + 2):
        if row[0]:
            start = number
        elif row[1] or row[2]:
            following = rows[number] if number < len(rows) else ["end"]
            if following[0]:
                yield f"A{start}:A{number}"
