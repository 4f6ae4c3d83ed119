"""`selfeval verify` and `selfeval archive` as commands."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from evidence import tiny
from helpers.cli import app

HEAVY = ("pandas", "matplotlib", "nbconvert", "papermill", "nbclient", "IPython", "numpy")


@pytest.fixture
def bag(tmp_path):
    return tiny.sealed_bag(tmp_path, tiny.contents())


def verified(*arguments):
    return CliRunner().invoke(app, ["verify", *map(str, arguments)])


def test_good_archive(bag):
    done = verified(bag)
    assert done.exit_code == 0
    assert done.stdout.splitlines()[1:5] == ["真实性：通过", "完整性：通过", "可用性：通过", "安全性：通过"]
    assert done.stdout.splitlines()[-1] == "结论：通过。"


def test_tampered_archive(bag):
    (bag / "data/note.txt").write_bytes(b"")
    done = verified(bag)
    assert done.exit_code == 1
    assert "  V201 data/note.txt：清单上没有这个文件，是后来加入的" in done.stdout


def test_json(bag):
    told = json.loads(verified(bag, "--json").stdout)
    assert (told["ok"], told["findings"], set(told["digests"])) == (True, [], {"sha256", "sm3"})


def test_name_that_steers_the_terminal(bag):
    (bag / "data/\x1b[2J").write_bytes(b"")
    assert "\x1b" not in verified(bag).stdout


def test_rerun_of_a_tampered_archive_is_not_begun(bag):
    (bag / "data/note.txt").write_bytes(b"")
    done = verified(bag, "--rerun")
    assert done.exit_code == 1
    assert "没有重新运行" in done.stdout


def test_rerun_of_a_public_package(bag, tmp_path):
    done = verified(tiny.public_bag(tmp_path, tiny.contents(), bag), "--rerun")
    assert done.exit_code == 1
    assert "公开包不含数据表和笔记本" in done.stderr


def test_inputs_without_rerun(bag):
    assert verified(bag, "--inputs", bag).exit_code == 2


def test_reason_without_what_it_supersedes():
    assert CliRunner().invoke(app, ["archive", "2022", "--reason", "更正"]).exit_code == 2


def test_needs_none_of_the_heavy_packages(bag):
    code = f"""
import sys
from helpers.cli import app
try:
    app(["verify", {str(bag)!r}])
except SystemExit as end:
    assert not end.code
print("heavy:", sorted(set({HEAVY!r}) & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "heavy: []"
