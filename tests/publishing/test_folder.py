"""The finished folder is swapped in whole, or the former one stays."""

import pytest

from helpers.publishing.errors import YearHeld
from helpers.publishing.folder import fresh_staging, held_year, swap_in


def build(out, text):
    staging = fresh_staging(out, 2022)
    (staging / "report.html").write_text(text)
    return staging


def content(out):
    return (out / "2022" / "report.html").read_text()


def test_a_new_build_takes_the_place_of_the_former(tmp_path):
    swap_in(build(tmp_path, "first"), tmp_path / "2022")
    swap_in(build(tmp_path, "second"), tmp_path / "2022")
    assert content(tmp_path) == "second"
    assert [path.name for path in tmp_path.iterdir()] == ["2022"]


def test_where_the_swap_fails_the_former_build_returns(tmp_path, monkeypatch):
    swap_in(build(tmp_path, "first"), tmp_path / "2022")
    staging = build(tmp_path, "second")
    rename = type(staging).rename

    def failing(path, target):
        if path == staging:
            raise OSError("disk")
        return rename(path, target)

    monkeypatch.setattr(type(staging), "rename", failing)
    with pytest.raises(OSError, match="disk"):
        swap_in(staging, tmp_path / "2022")
    assert content(tmp_path) == "first"


def test_what_an_interrupted_run_left_is_cleared_away(tmp_path):
    build(tmp_path, "half")
    assert list(fresh_staging(tmp_path, 2022).iterdir()) == []


def test_a_build_that_was_moved_aside_when_the_run_died_comes_back(tmp_path):
    swap_in(build(tmp_path, "first"), tmp_path / "2022")
    (tmp_path / "2022").rename(tmp_path / ".former-2022")
    fresh_staging(tmp_path, 2022)
    assert content(tmp_path) == "first"


def test_a_second_run_of_a_year_is_refused_at_once(tmp_path):
    with held_year(tmp_path, 2022), pytest.raises(YearHeld, match="2022"), held_year(tmp_path, 2022):
        pass


def test_another_year_may_run_beside_it(tmp_path):
    with held_year(tmp_path, 2022), held_year(tmp_path, 2023):
        pass
