"""Of a parameter with fields a section depends on those that its code reads, where that can be told from the code."""

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from helpers.cache.notebooks import parameter_depends

GIVEN = {"texts": {"spending": ["甲"], "assets": ["乙"]}}
HANDLE = "section = Section(2, fiscal_year=2022, texts=texts)"


def names(*sources: str) -> set[str]:
    notebook = new_notebook(cells=[new_code_cell("texts: dict = None"), new_code_cell(HANDLE), *map(new_code_cell, sources)])
    return set(parameter_depends(notebook, GIVEN))


def test_fields_of_the_handles_parameter():
    assert names("section.texts.spending") == {"parameter:texts.spending", "parameter names:texts"}


@pytest.mark.parametrize(
    "source",
    [
        "show(section)",
        "show(texts)",
        "show(section.texts)",
        "getattr(section, name).spending",
        "globals()['texts']",
        "section._parameters",
        "%run other.ipynb",
        "1",
    ],
)
def test_the_whole_parameter_where_the_code_may_read_more(source):
    shown = "section.texts.spending" if source != "1" else ""
    assert names(shown, source) == {"parameter:texts"}
