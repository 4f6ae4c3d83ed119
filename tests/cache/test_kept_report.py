"""A report that is taken from the cache as a whole is the report, to the byte; `run.json` alone tells of it."""

import json
import shutil

import pytest

from conftest import ROOT, Silent
from helpers.cache.finished import asked_for, unchanged
from helpers.cache.memory import Memory
from helpers.cache.words import words
from helpers.execution.request import DEFAULT_ENGINE
from helpers.publishing.folder import RECORD, hashes_of

pytestmark = pytest.mark.skipif(DEFAULT_ENGINE != "selfeval", reason="no fork on this system")


@pytest.fixture(scope="module")
def again(full_report, tmp_path_factory):
    """The folder of the report made again from what the first run kept, and what was remembered of it."""
    from helpers.examination import open_year
    from helpers.report import produce

    out = tmp_path_factory.mktemp("again")
    shutil.copytree(full_report.parent / ".cache", out / ".cache")
    memory = Memory(out)
    year = open_year(2022, ROOT / "params/2022.yml")
    folder, _ = produce(year, out, published_only=False, only=None, jobs=2, progress=Silent(), memory=memory)
    return folder, memory


def test_all_is_taken_from_the_cache(again):
    _, memory = again
    assert {name: words(reasons) for name, reasons in memory.reasons.items() if reasons} == {}
    assert {"02_spending", "report.pdf", "notebooks/*.html", "scorecard.xlsx"} <= memory.reasons.keys()


def test_it_is_the_same_to_the_byte(again, full_report):
    assert hashes_of(again[0]) == hashes_of(full_report)


def test_a_report_of_the_year_before_is_noticed(again):
    out, asked = again[0].parent, asked_for(ROOT / "params/2022.yml", published_only=False)
    assert unchanged(out, 2022, asked) is not None
    (out / "2021").mkdir()
    (out / "2021/facts.json").write_text("{}", "utf-8")
    assert unchanged(out, 2022, asked) is None


def test_the_record_tells_which_sections_ran(again, full_report):
    def cached(folder):
        return {section["cached"] for section in json.loads((folder / RECORD).read_text("utf-8"))["sections"]}

    assert (cached(full_report), cached(again[0])) == ({False}, {True})
