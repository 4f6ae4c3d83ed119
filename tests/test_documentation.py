"""The generated documents are current, and every code that the source raises is explained."""

import re
from pathlib import Path

import pytest

from conftest import ROOT
from helpers import documentation
from helpers.intake.contracts import TABLES
from helpers.issue_codes import CODES, GROUPS

SOURCE = ROOT / "src" / "helpers"
EXPLAINED_IN = "src/helpers/issue_codes/{files,cells,parameters,scoring,review}.py"
TABLES_OF_MESSAGES = {SOURCE / "scoring" / "issues.py", SOURCE / "review" / "codes.py"}
"""Where messages are kept by code; that a code stands there does not mean that anything raises it."""


def raised(folder):
    """Codes in quotation marks in the sources of a folder, each with the first place where it stands."""
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*.py")):
        if path.parent.name == "issue_codes" or path in TABLES_OF_MESSAGES:
            continue
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            for code in re.findall(r"[\"']([EWNSTR][0-9]{3})[\"']", line):
                found.setdefault(code, f"{path.relative_to(folder)}:{number}")
    return found


def unexplained(places, explained):
    """What to add for each code that is raised and not explained."""
    entry = f"error(title, explanation, mend, example) to {EXPLAINED_IN}"
    return [
        f'{places[code]} raises {code}: add "{code}": {entry}, then run make docs' for code in sorted(places.keys() - explained)
    ]


def test_every_code_that_is_raised_is_explained():
    assert unexplained(raised(SOURCE), CODES.keys()) == []


def test_every_explained_code_is_raised():
    assert sorted(CODES.keys() - raised(SOURCE).keys()) == []


def test_a_code_without_explanation_is_found_with_its_place(tmp_path):
    (tmp_path / "new.py").write_text('\nraise finding("E998", file)\nMistake("W997", place)\n')
    first, second = unexplained(raised(tmp_path), CODES.keys())
    assert "new.py:2 raises E998" in first
    assert "new.py:3 raises W997" in second


def test_no_code_is_explained_twice():
    assert sum(map(len, GROUPS.values())) == len(CODES)


@pytest.mark.parametrize("code", CODES)
def test_an_entry_is_whole_sentences_and_its_severity_fits_the_code(code):
    entry = CODES[code]
    assert all(text.endswith(("。", "？", "……")) for text in (entry.explanation, entry.mend, entry.example))
    assert code[0] not in "EW" or entry.severity == {"E": "错误", "W": "警告"}[code[0]]
    assert "{" not in entry.example or code == "E608"


def test_the_list_of_codes_is_current():
    assert (ROOT / "docs" / "errors.md").read_text("utf-8") == documentation.error_list(), "run make docs"


def test_the_data_dictionary_is_current():
    text = documentation.data_dictionary(TABLES, ROOT / "data" / "2022")
    assert (ROOT / "docs" / "data-dictionary.md").read_text("utf-8") == text, "run make docs"


def test_the_data_dictionary_names_every_table_and_column():
    text = documentation.data_dictionary(TABLES, Path("no such folder"))
    for contract in TABLES.values():
        assert f"## {contract.name}\n" in text
        assert all(f"| {column.header} | `{column.name}` |" in text for column in contract.columns)


def test_every_table_has_a_purpose():
    assert documentation.PURPOSES.keys() == TABLES.keys()
