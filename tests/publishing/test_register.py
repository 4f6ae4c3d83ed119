"""The register of facts: all of them, by section, with the places where each is printed."""

import pytest

from helpers.blocks import plain_text
from helpers.publishing.document import read_document
from helpers.publishing.register import places_of, prints, register, register_label, with_register
from publishing.sample import fact, sample_notebook


@pytest.fixture
def document():
    notebook = sample_notebook()
    facts = notebook.metadata["selfeval"]["facts"]
    facts["a.b.unprinted"] = fact("a.b.unprinted", "1人", "ledger")
    facts["a.a.unprinted"] = fact("a.a.unprinted", "2人", "ledger")
    facts["second"] = fact("second", "3人", "ledger", section=2)
    facts["elsewhere"] = fact("elsewhere", "4人", "ledger", section=9)
    return read_document(notebook)


def ids(document):
    return {heading: [entry["id"] for entry in entries] for heading, entries in register(document, places_of(document))}


def test_facts_stand_under_the_section_that_records_them(document):
    assert list(ids(document)) == ["一、基本概况", "二、附表：《自评表》", "第 9 部分"]


def test_no_fact_is_left_out_or_stands_twice(document):
    listed = [name for names in ids(document).values() for name in names]
    assert sorted(listed) == sorted(document.facts)


def test_printed_facts_stand_first_in_the_order_of_the_report(document):
    assert ids(document)["一、基本概况"] == ["a.people", "a.late", "a.open", "a.a.unprinted", "a.b.unprinted"]


def test_a_fact_is_printed_in_headed_text_tables_and_charts(document):
    assert places_of(document)["a.people"] == ["一（一）", "表1", "二（一）", "表2"]
    assert places_of(document)["a.late"] == ["一（一）", "图1", "二（一）", "图2"]


def test_an_unprinted_fact_has_no_place(document):
    entries = [entry for _, group in register(document, places_of(document)) for entry in group]
    assert {entry["id"] for entry in entries if not entry["places"]} == {"a.a.unprinted", "a.b.unprinted", "second", "elsewhere"}


def test_a_print_tells_its_block_and_run(document):
    first = next(prints(document))
    assert (first.run["display"], first.block["kind"]) == ("3862人", "paragraph")


def test_what_a_chart_draws_has_no_run(document):
    assert {found.block["kind"] for found in prints(document) if found.run is None} == {"figure"}


def test_the_register_follows_the_other_appendix_parts(document):
    assert register_label(document) == "附录二"


def test_on_paper_it_is_an_appendix_of_a_table_for_each_section(document):
    (*_, part) = with_register(document).appendix
    assert (part.label, part.title, part.landscape) == ("附录二", "事实登记", True)
    assert [f"{block['label']}　{block['caption']}" for block in part.blocks if block["kind"] == "table"] == [
        "表3　一、基本概况",
        "表4　二、附表：《自评表》",
        "表5　第 9 部分",
    ]


def test_a_row_tells_id_name_value_origin_records_and_places(document):
    rows = {plain_text(row[0]["runs"]): [plain_text(cell["runs"]) for cell in row] for row in rows_of(document)}
    assert rows["a.late"] == ["a.late", "指标 a.late", "145人", "演示数据", "payments", "一（一）、图1、二（一）、图2"]
    assert rows["a.people"][3] == "已公布数（演示数据复算）"
    assert rows["second"][5] == "—"


def test_its_values_are_figures_like_all_others(document):
    values = [row[2]["runs"] for row in rows_of(document) if plain_text(row[0]["runs"]) in ("a.people", "a.open")]
    assert values == [
        [{"fact": "a.people", "display": "3862人", "mark": ""}],
        [{"fact": "a.open", "display": "「待补」", "mark": "missing"}],
    ]


def rows_of(document):
    return [row for block in with_register(document).appendix[-1].blocks if block["kind"] == "table" for row in block["rows"][1:]]
