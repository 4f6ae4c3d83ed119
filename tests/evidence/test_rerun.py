"""An archive run again gives the same, from its clean tables and from the raw files; another figure is named with its cell."""

from __future__ import annotations

import json
import shutil

import pytest

from conftest import ROOT
from evidence import tiny
from helpers.evidence.rerun import rerun_bag
from helpers.publishing.errors import ReportRefused

DATA = ROOT / "data/2022"


def test_raw_files_that_are_missing_or_others(archived, tmp_path):
    shutil.copy(DATA / "payments.csv", tmp_path)
    (tmp_path / "budget.csv").write_text("x", "utf-8")
    with pytest.raises(ReportRefused) as caught:
        rerun_bag(archived[0], tmp_path)
    assert "budget.csv：内容与封存时的 SHA-256" in str(caught.value)
    assert "milestones.csv：没有这个文件，由" in str(caught.value)
    assert "payments.csv" not in str(caught.value)


@pytest.mark.run
@pytest.mark.parametrize(("inputs", "others"), [(None, ["report.pdf"]), (DATA, [])], ids=["clean tables", "raw files"])
def test_the_same_again(archived, inputs, others, tmp_path):
    """The PDF has the register of the files that were read attached, compressed: with the clean tables it is another."""
    found = rerun_bag(tiny.zipped(archived[0], tmp_path / "bag.zip"), inputs)
    assert (found.facts, [line.partition("：")[0] for line in found.others], found.environment) == ([], others, [])
    assert found.same
    assert found.compared > 400


@pytest.mark.run
def test_day_changed_in_a_clean_table(archived, tmp_path):
    bag = shutil.copytree(archived[0], tmp_path / "bag")
    table = bag / "data/inputs/tables/milestones.csv"
    table.chmod(0o600)
    lines = table.read_text("utf-8").splitlines()
    lines[1] = lines[1][: -len("2022-01-01")] + "2022-12-31"
    table.write_text("\n".join(lines) + "\n", "utf-8", newline="")
    found = rerun_bag(bag, None)
    assert not found.same
    assert any(".ipynb 第 " in line and "2022-12-31" in line for line in found.facts)


def test_sealed_tables_are_named_with_their_keepers(archived):
    files = json.loads((archived[0] / "data/inputs/sealed.json").read_bytes())["files"]
    assert {entry["table"] for entry in files} >= {"budget", "payments", "beneficiaries"}
    assert all(entry["keeper"] and entry["columns"] and len(entry["sha256"]) == 64 for entry in files)
