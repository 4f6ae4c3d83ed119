"""A build is left as it is only where all it was made from is as it was, and its files read as recorded."""

import json
import subprocess
import sys

import pytest

from helpers.cache import finished, programs
from helpers.cache.store import Store
from helpers.publishing.errors import YearHeld
from helpers.publishing.folder import RECORD, fresh_staging, hashes_of, swap_in
from helpers.publishing.lock import held_year


@pytest.fixture
def place(tmp_path):
    """A finished build of 2022, made from a parameter file and a folder of data."""
    (tmp_path / "2022.yml").write_text("fiscal_year: 2022\n")
    (tmp_path / "data").mkdir()
    (tmp_path / "data/budget.csv").write_text("金额\n")
    out = tmp_path / "build"
    out.mkdir()
    staging = fresh_staging(out, 2022)
    (staging / "report.html").write_text("报告", "utf-8")
    (staging / RECORD).write_text(json.dumps({"outputs": hashes_of(staging)}), "utf-8")
    swap_in(staging, out / "2022")
    finished.remember(
        Store(out / ".cache"),
        out,
        2022,
        asked(tmp_path),
        files=[tmp_path / "2022.yml", tmp_path / "data/budget.csv", out / "2021" / RECORD],
        folders=[tmp_path / "data"],
    )
    return tmp_path


def asked(place, *, published_only=False):
    return finished.asked_for(place / "2022.yml", published_only=published_only)


def found(place, **more):
    return finished.unchanged(place / "build", 2022, asked(place, **more))


def test_the_build_where_nothing_changed(place):
    assert found(place) == place / "build/2022"


def test_not_where_something_else_is_asked_for(place):
    assert found(place, published_only=True) is None


@pytest.mark.parametrize("name", ["2022.yml", "data/budget.csv", "data/assets.csv", "build/2021/run.json"])
def test_not_where_a_file_is_another_or_new(place, name):
    (place / name).parent.mkdir(exist_ok=True)
    (place / name).write_text("另一个", "utf-8")
    assert found(place) is None


def test_not_where_a_file_of_the_build_is_another(place):
    (place / "build/2022/report.html").write_text("改过的报告", "utf-8")
    assert found(place) is None


def test_not_where_the_record_is_another(place):
    record = place / "build/2022" / RECORD
    record.write_text(json.dumps({"outputs": {"report.html": "0"}}), "utf-8")
    assert found(place) is None


@pytest.mark.parametrize("part", ["file_digests", "versions"])
def test_not_where_the_program_or_a_version_is_another(place, monkeypatch, part):
    monkeypatch.setattr(finished, part, lambda: getattr(programs, part)() | {"other": "1"})
    assert found(place) is None


def test_not_without_a_cache(tmp_path):
    assert finished.unchanged(tmp_path / "build", 2022, {}) is None
    assert not (tmp_path / "build").exists()


def test_not_while_another_run_holds_the_year(place):
    with held_year(place / "build", 2022), pytest.raises(YearHeld):
        found(place)


def test_nothing_heavy_is_imported_for_it():
    code = "import sys, helpers.cli, helpers.cache.finished, helpers.privacy.process; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert {"pandas", "matplotlib", "nbconvert", "papermill", "nbformat"}.isdisjoint(loaded)
