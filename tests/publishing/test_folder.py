"""The finished folder is swapped in whole, or the former one stays."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.publishing.errors import ReportRefused, YearHeld
from helpers.publishing.folder import RECORD, RUNS, fresh_staging, hashes_of, is_whole, swap_in
from helpers.publishing.lock import held_year


def staged(out: Path, text: str) -> Path:
    staging = fresh_staging(out, 2022)
    (staging / "report.html").write_text(text)
    (staging / "notebooks").mkdir()
    (staging / "notebooks" / "01.ipynb").write_text("{}")
    (staging / RECORD).write_text(json.dumps({"outputs": hashes_of(staging)}))
    return staging


def publish(out: Path, text: str) -> None:
    swap_in(staged(out, text), out / "2022")


def content(out: Path) -> str:
    return (out / "2022" / "report.html").read_text()


def test_a_new_build_takes_the_place_of_the_former(tmp_path):
    publish(tmp_path, "first")
    publish(tmp_path, "second")
    assert content(tmp_path) == "second"


def test_the_former_build_is_removed_once_the_new_one_stands(tmp_path):
    publish(tmp_path, "first")
    publish(tmp_path, "second")
    assert [run.resolve() for run in (tmp_path / RUNS).iterdir()] == [(tmp_path / "2022").resolve()]


def test_the_link_holds_when_the_output_folder_is_moved(tmp_path):
    (tmp_path / "a").mkdir()
    publish(tmp_path / "a", "first")
    (tmp_path / "a").rename(tmp_path / "b")
    assert content(tmp_path / "b") == "first"


def test_a_build_of_one_part_leaves_the_whole_one(tmp_path):
    publish(tmp_path, "whole")
    swap_in(staged(tmp_path, "part"), tmp_path / "2022-only")
    fresh_staging(tmp_path, 2022)
    assert content(tmp_path) == "whole"


def test_a_build_that_is_a_plain_folder_is_replaced(tmp_path):
    (tmp_path / "2022").mkdir()
    (tmp_path / "2022" / "report.html").write_text("of an earlier version")
    publish(tmp_path, "new")
    assert content(tmp_path) == "new"


@pytest.mark.parametrize("failing", ["rename", "replace"])
def test_where_the_swap_fails_the_former_build_stays(tmp_path, monkeypatch, failing):
    publish(tmp_path, "first")
    staging = staged(tmp_path, "second")
    monkeypatch.setattr(Path, failing, lambda *_: (_ for _ in ()).throw(OSError("disk")))
    with pytest.raises(OSError, match="disk"):
        swap_in(staging, tmp_path / "2022")
    assert content(tmp_path) == "first"


@pytest.mark.parametrize(
    "damage",
    [
        lambda staging: (staging / "report.html").write_text("other"),
        lambda staging: (staging / "report.html").unlink(),
        lambda staging: (staging / "more.html").write_text("unlisted"),
        lambda staging: (staging / RECORD).write_text("{"),
    ],
    ids=["changed", "missing", "unlisted", "no record"],
)
def test_what_reads_otherwise_than_it_was_written_is_not_published(tmp_path, damage):
    publish(tmp_path, "first")
    staging = staged(tmp_path, "second")
    damage(staging)
    with pytest.raises(ReportRefused, match="读回"):
        swap_in(staging, tmp_path / "2022")
    assert content(tmp_path) == "first"


def test_what_an_interrupted_run_left_is_cleared_away(tmp_path):
    staged(tmp_path, "half")
    assert list(fresh_staging(tmp_path, 2022).iterdir()) == []


def test_a_finished_run_without_its_link_becomes_the_build_again(tmp_path):
    publish(tmp_path, "first")
    (tmp_path / "2022").unlink()
    fresh_staging(tmp_path, 2022)
    assert content(tmp_path) == "first"


def test_a_run_that_is_not_whole_never_becomes_the_build(tmp_path):
    publish(tmp_path, "first")
    (tmp_path / "2022" / "report.html").unlink()
    (tmp_path / "2022").unlink()
    fresh_staging(tmp_path, 2022)
    assert not (tmp_path / "2022").exists()


def test_without_links_the_folder_itself_is_put_in_place(tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "symlink_to", lambda *_, **__: (_ for _ in ()).throw(OSError("no privilege")))
    monkeypatch.setattr(sys, "platform", "win32")
    publish(tmp_path, "first")
    publish(tmp_path, "second")
    assert content(tmp_path) == "second"
    assert not (tmp_path / "2022").is_symlink()
    assert list((tmp_path / RUNS).iterdir()) == []


def test_a_whole_build_is_known_as_whole(tmp_path):
    publish(tmp_path, "first")
    assert is_whole(tmp_path / "2022")


def test_a_second_run_of_a_year_is_refused_at_once(tmp_path):
    with held_year(tmp_path, 2022), pytest.raises(YearHeld, match=f"2022.*进程 {os.getpid()}"), held_year(tmp_path, 2022):
        pass


def test_another_year_may_run_beside_it(tmp_path):
    with held_year(tmp_path, 2022), held_year(tmp_path, 2023):
        pass


def test_a_holder_that_was_killed_holds_no_longer(tmp_path):
    dies = "import os, sys\nfrom pathlib import Path\nfrom helpers.publishing.lock import held_year\n"
    dies += "with held_year(Path(sys.argv[1]), 2022): os.kill(os.getpid(), 9)"
    subprocess.run([sys.executable, "-c", dies, str(tmp_path)], check=False)
    with held_year(tmp_path, 2022):
        pass


def test_the_holder_is_named_no_longer_than_it_holds(tmp_path):
    with held_year(tmp_path, 2022):
        pass
    assert not list(tmp_path.glob("*.holder"))
