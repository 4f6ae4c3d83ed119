"""Executed notebooks come together only where their facts and their order fit."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from helpers.blocks import BLOCK_MIME, FACT_MIME
from helpers.execution.outline import Outline, OutlineSection
from helpers.facts import FactError
from helpers.publishing.assemble import combine, gather
from samples import fact


def notebook(*, records=(), prints=()):
    outputs = [new_output("display_data", data={FACT_MIME: item.to_json()}) for item in records]
    for fact_id in prints:
        block = {"kind": "paragraph", "style": "body", "runs": [{"fact": fact_id, "display": "3862人"}]}
        outputs.append(new_output("display_data", data={BLOCK_MIME: block}))
    return new_notebook(cells=[new_code_cell("x", outputs=outputs, execution_count=1)])


def outline(needs=("01_first",)):
    return Outline(
        sections=[
            OutlineSection(number=1, title="甲", notebook="01_first"),
            OutlineSection(number=2, title="乙", notebook="02_second", needs=list(needs)),
        ]
    )


FIRST = notebook(records=[fact()])


def test_a_fact_knows_its_cell_and_the_sections_that_print_it():
    gathered = gather(outline(), {"01_first": FIRST, "02_second": notebook(prints=["a.people"])})
    entry = gathered.to_json(2022)["facts"][0]
    assert (entry["id"], entry["cell"], entry["printed_in"]) == ("a.people", "01_first#1", ["二"])


def test_an_id_recorded_by_two_sections_is_refused():
    with pytest.raises(FactError, match="记录过一次"):
        gather(outline(), {"01_first": FIRST, "02_second": FIRST})


def test_a_printed_fact_that_nobody_recorded_is_refused():
    with pytest.raises(FactError, match=r"a\.ghost"):
        gather(outline(), {"01_first": FIRST, "02_second": notebook(prints=["a.ghost"])})


def test_a_fact_of_a_section_outside_needs_is_refused():
    with pytest.raises(FactError, match=r"outline\.yml"):
        gather(outline(needs=()), {"01_first": FIRST, "02_second": notebook(prints=["a.people"])})


@pytest.mark.parametrize(
    ("origin", "recomputed_from", "notice"),
    [("published", None, None), ("synthetic", None, "含演示数据，不得报送"), ("published", "synthetic", "含演示数据，不得报送")],
)
def test_the_notice_stands_where_any_figure_rests_on_made_up_records(origin, recomputed_from, notice):
    notebooks = {"01_first": notebook(records=[fact(origin=origin, recomputed_from=recomputed_from)]), "02_second": notebook()}
    gathered = gather(outline(), notebooks)
    combined = combine(outline(), notebooks, gathered, year=2022, title=["题"], department="部", appendix=[], attachments=[])
    assert combined.metadata["selfeval"]["notice"] == notice


def test_the_combined_notebook_is_valid():
    notebooks = {"01_first": FIRST, "02_second": notebook(prints=["a.people"])}
    gathered = gather(outline(), notebooks)
    nbformat.validate(
        combine(outline(), notebooks, gathered, year=2022, title=["题"], department="部", appendix=[], attachments=[])
    )
