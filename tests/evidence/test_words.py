"""What auditors read keeps pace with the verifier."""

from __future__ import annotations

import re

from conftest import ROOT
from helpers.evidence.verify_bag import CODES

GUIDE = (ROOT / "docs/evidence.md").read_text("utf-8")


def test_guide_explains_each_code():
    listed = re.findall(r"^\| (V\d{3}) \| (\S+) \| (.+) \|$", GUIDE, re.M)
    assert listed == [(code, quality, message) for code, (quality, message) in CODES.items()]


def test_each_step_of_the_guide_is_a_command():
    steps = GUIDE.split("\n## ")[1:6]
    assert all("```sh" in step for step in steps)
