"""What the code behind a figure reads, told from its text: the statements that it needs, and the parameters in them."""

import pytest

from helpers.year_over_year.code_reads import NotebookCode, covers

PARAMETERS = ("programmes", "thresholds", "texts", "regions", "rules")


def reads(*cells, fact="a.paid.amount", cell=None):
    return NotebookCode(cells, PARAMETERS).reads_of(cell or len(cells), fact)


RECORD = 'section.record("a.paid.amount", paid, unit="元", label="支付")'


def test_a_statement_is_needed_where_it_sets_what_is_read():
    code = reads("paid = 1\nother = 2", RECORD).code
    assert code.splitlines()[0] == "paid = 1"
    assert "other" not in code


def test_what_is_set_anew_needs_nothing_of_before():
    assert "first" not in reads("paid = first", "paid = 2", RECORD).code


def test_a_change_in_place_is_needed_too():
    assert "paid['net'] = sign" in reads("paid = 1", 'paid["net"] = sign', RECORD).code


def test_a_field_of_a_parameter_is_a_path():
    assert reads("days = section.thresholds.late_short_days\npaid = days", RECORD).parameters == {"thresholds.late_short_days"}


def test_of_a_list_that_is_gone_through_the_fields_of_its_items_count():
    cell = "for p in section.programmes:\n    section.record(f'{p.id}.paid.amount', p.code, unit='元', label='支付')"
    assert reads(cell, fact="x.paid.amount").parameters == {"programmes[].id", "programmes[].code"}


def test_so_they_do_in_a_comprehension_and_of_the_item_that_next_chooses():
    cells = (
        "codes = [p.code for p in section.programmes]",
        "event = next(m for m in codes if m)\nfor p in section.programmes:\n"
        "    first = next(m for m in p.milestones if m.role == 'payment')\n    paid = codes, first.name",
        RECORD,
    )
    assert reads(*cells).parameters == {"programmes[].code", "programmes[].milestones[].role", "programmes[].milestones[].name"}


def test_a_parameter_that_is_handed_on_is_read_as_a_whole():
    assert reads("paid = total(section.regions)", RECORD).parameters == {"regions"}


def test_of_several_statements_of_a_cell_those_count_that_record_the_figure():
    cell = 'section.record("a.paid.amount", 1, unit="元")\nsection.record("b.days", section.thresholds.days, unit="天")'
    assert reads(cell).parameters == frozenset()
    assert reads(cell, fact="b.days").parameters == {"thresholds.days"}


def test_cells_of_a_table_belong_to_the_statement_that_names_the_table():
    cell = 'section.table(paid, {}, id="a.by_region", source=section.regions)\nsection.record("b.days", 1, unit="天")'
    assert reads(cell, fact="a.by_region.north.amount").parameters == {"regions"}


def test_code_that_names_a_figure_in_no_way_counts_as_a_whole():
    assert reads("section.record(name, section.regions, unit='元', label='甲')", fact="x.y").parameters == {"regions"}


def test_scoring_rules_are_seen():
    assert reads("paid = load_rules(section.rules)", RECORD).rules
    assert not reads("paid = 1", RECORD).rules


def test_cells_that_set_parameters_alone_are_passed_over():
    assert reads(None, "paid = programmes", RECORD).parameters == frozenset()


def test_lines_for_the_shell_and_broken_code_tell_nothing():
    assert reads("%matplotlib inline\npaid = 1", "!ls\n(", RECORD).code.splitlines()[0] == "paid = 1"


@pytest.mark.parametrize(
    ("read", "changed", "meant"),
    [
        ("thresholds.days", "thresholds.days", True),
        ("thresholds", "thresholds.days", True),
        ("programmes[].code", "programmes[]", True),
        ("programmes", "programmes[].code", True),
        ("programmes[].code", "programmes[].code_book", False),
        ("thresholds.days", "thresholds.percent", False),
    ],
)
def test_a_change_concerns_what_is_read_of_it(read, changed, meant):
    assert covers(read, changed) is meant
