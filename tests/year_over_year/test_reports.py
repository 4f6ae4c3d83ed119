"""The finished report of a year is found in its archive or its build, and refused where it does not read as it was made."""

import pytest

from helpers.year_over_year.reports import ReportDamaged, archived_report, built_report, latest_report
from samples import fact
from year_over_year.reported import write_archive, write_build

FACTS = [fact("a.people", 5)]


@pytest.fixture
def places(tmp_path):
    return {"out": tmp_path / "build", "archives": tmp_path / "archive"}


@pytest.fixture
def build(places):
    return write_build(places["out"], 2022, FACTS)


def test_where_there_is_nothing_nothing_is_found(places):
    assert latest_report(2022, "某局", **places) is None


def test_a_build_is_found_with_its_facts(build, places):
    report = latest_report(2022, "某局", **places)
    assert (report.archive, [one.value for one in report.facts]) == (None, [5])


def test_an_archive_goes_before_a_build(build, places):
    write_archive(places["archives"], build, "a" * 32)
    write_build(places["out"], 2022, [fact("a.people", 6)])
    report = latest_report(2022, "某局", **places)
    assert (report.archive, [one.value for one in report.facts]) == ("a" * 32, [5])


def test_the_last_archive_of_the_chain_is_taken(build, places):
    write_archive(places["archives"], write_build(places["out"], 2022, FACTS), "b" * 32)
    write_archive(places["archives"], write_build(places["out"], 2022, [fact("a.people", 6)]), "a" * 32, previous="b" * 32)
    assert archived_report(2022, "某局", places["archives"]).archive == "a" * 32


def test_another_departments_report_is_none(build, places):
    write_archive(places["archives"], build, "a" * 32)
    assert latest_report(2022, "某馆", **places) is None


def test_a_build_that_was_edited_is_refused_with_what_to_do(build, places):
    (build / "facts.json").write_text("{}", "utf-8")
    with pytest.raises(ReportDamaged, match="重新运行 selfeval run 2022"):
        built_report(2022, "某局", places["out"])


@pytest.mark.parametrize("name", ["data/facts.json", "data/run.json", "manifest-sha256.txt"])
def test_an_archive_that_was_edited_is_refused_with_the_file(build, places, name):
    bag = write_archive(places["archives"], build, "a" * 32)
    (bag / name).write_bytes((bag / name).read_bytes() + b" ")
    with pytest.raises(ReportDamaged, match=f"{name}.*selfeval verify"):
        archived_report(2022, "某局", places["archives"])


def test_archives_that_are_no_chain_are_refused(build, places):
    for name in ("a" * 32, "b" * 32):
        write_archive(places["archives"], build, name)
    with pytest.raises(ReportDamaged, match="接不成一条链"):
        archived_report(2022, "某局", places["archives"])
