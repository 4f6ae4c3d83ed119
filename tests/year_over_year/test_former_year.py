"""The former year's figures as a table: the same from archive and build, each with its own origin, among the inputs of a year."""

from fractions import Fraction

import pytest

from conftest import ROOT
from helpers.intake import Inputs, Register
from helpers.intake.register import FORMER_FILE
from helpers.issue import InputsInvalid
from helpers.params import load_parameters
from helpers.year_over_year.former_inputs import with_former_year
from helpers.year_over_year.reports import archived_report, built_report
from helpers.year_over_year.table import former_facts, leave_former_table, read_former_table, table_of_report
from samples import fact
from year_over_year.reported import write_archive, write_build

FACTS = [
    fact("a.paid.amount", 14_800_000_0, "万元", label="实际支付"),
    fact("a.timely.rate", Fraction(2, 3), "%", origin="synthetic"),
    fact("a.note", "约百人", ""),
]
PARAMETERS = load_parameters(ROOT / "params/2023.yml")


@pytest.fixture
def build(tmp_path):
    return write_build(tmp_path / "build", 2022, FACTS, department=PARAMETERS.department.name)


def report_of(build):
    return built_report(2022, None, build.parent)


def inputs_of(tmp_path, *, published_only=False):
    (tmp_path / "data").mkdir(exist_ok=True)
    places = {"out": tmp_path / "build", "archives": tmp_path / "archive"}
    read = Inputs({}, Register(files=[], assumptions=[]), [])
    return with_former_year(read, PARAMETERS, tmp_path / "data", **places, published_only=published_only)


def test_figures_come_through_the_file_exactly(build, tmp_path):
    leave_former_table(table_of_report(report_of(build)), tmp_path)
    read = read_former_table(tmp_path / FORMER_FILE)
    assert {name: one.value for name, one in former_facts(read.frame).items()} == {one.id: one.value for one in FACTS[:2]}


def test_the_table_of_the_file_is_that_of_the_report(build, tmp_path):
    table = table_of_report(report_of(build))
    leave_former_table(table, tmp_path)
    read = read_former_table(tmp_path / FORMER_FILE)
    assert read.frame.attrs == table.frame.attrs
    assert read.frame.equals(table.frame)


def test_archiving_the_former_report_changes_nothing(build, tmp_path):
    write_archive(tmp_path / "archive", build, "a" * 32)
    archived = archived_report(2022, PARAMETERS.department.name, tmp_path / "archive")
    assert table_of_report(archived).sha256 == table_of_report(report_of(build)).sha256


def test_it_is_among_the_inputs_with_whose_report_it_is(build, tmp_path):
    inputs = inputs_of(tmp_path)
    assert len(inputs.tables["former_year"].frame) == 2
    (entry,) = inputs.register.files
    assert (entry.keeper, entry.as_of.year) == (PARAMETERS.department.name, 2022)
    assert report_of(build).facts_sha256 in entry.note


def test_without_a_former_report_there_is_an_empty_table_and_nothing_in_the_register(tmp_path):
    inputs = inputs_of(tmp_path)
    assert inputs.tables["former_year"].absent
    assert inputs.register.files == []


def test_made_up_figures_are_left_out_of_a_report_without_made_up_records(build, tmp_path):
    assert inputs_of(tmp_path, published_only=True).tables["former_year"].absent


def test_a_damaged_former_report_stops_the_year(build, tmp_path):
    (build / "facts.json").write_text("{}", "utf-8")
    (issue,) = inputs_of(tmp_path).issues
    assert (issue.code, issue.file, issue.stops) == ("E125", FORMER_FILE, True)
    assert "重新运行 selfeval run 2022" in issue.mend


def test_a_table_that_lies_in_the_data_folder_is_read_before_any_report(build, tmp_path):
    other = table_of_report(built_report(2022, None, write_build(tmp_path / "other", 2022, FACTS[:1]).parent))
    (tmp_path / "data").mkdir()
    leave_former_table(other, tmp_path / "data")
    assert inputs_of(tmp_path).tables["former_year"].sha256 == other.sha256


HEAD = "事实编号,名称,精确值,计量单位,来源,出处\n"


@pytest.mark.parametrize(
    "text", ["事实编号,名称\na.b,名称\n", f"{HEAD}a.b,名称,多,人,原始记录,某处\n", f"{HEAD}a.b,名称,1,人,听说,某处\n", HEAD]
)
def test_a_file_that_the_program_did_not_write_is_refused(tmp_path, text):
    (tmp_path / FORMER_FILE).write_text(text, "utf-8")
    with pytest.raises(InputsInvalid, match="E125"):
        read_former_table(tmp_path / FORMER_FILE)
