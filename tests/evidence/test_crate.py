"""The description of an archive is valid for rocrate-validator, which sees what is missing from one (`make crate-test`)."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from conftest import ROOT
from evidence import tiny

PYTHON = ROOT / ".venv/crate/bin/python"
PROFILES = ["ro-crate-1.1", "process-run-crate-0.5", "workflow-run-crate-0.5"]

pytestmark = pytest.mark.skipif(not PYTHON.exists(), reason="rocrate-validator is not installed (make crate-test)")


def validated(crate, *profiles):
    command = [PYTHON, Path(__file__).with_name("validate_crate.py"), crate, *profiles]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_full_archive(archived):
    done = validated(archived[0] / "data", *PROFILES)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert "workflow-run-crate-0.5: 63 checks" in done.stdout


def test_public_package(archived):
    assert validated(archived[1] / "data", PROFILES[0]).returncode == 0


@pytest.mark.parametrize(
    ("spoil", "check"),
    [
        (lambda entities: [entity.pop("instrument") for entity in entities if entity["@type"] == "CreateAction"], "process-run"),
        (lambda entities: [entity.pop("datePublished") for entity in entities if entity["@id"] == "./"], "ro-crate-1.1"),
        (lambda entities: [entity.pop("mainEntity") for entity in entities if entity["@id"] == "./"], "workflow-ro-crate"),
    ],
    ids=["instrument", "date", "workflow"],
)
def test_missing_parts_are_seen(tmp_path, spoil, check):
    path = tiny.sealed_bag(tmp_path, tiny.contents()) / "data/ro-crate-metadata.json"
    crate = json.loads(path.read_bytes())
    spoil(crate["@graph"])
    path.write_text(json.dumps(crate), "utf-8")
    done = validated(path.parent, PROFILES[-1])
    assert done.returncode > 0
    assert check in done.stdout
