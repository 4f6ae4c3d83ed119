"""Whatever a file holds, the reader either gives parameters or raises InputsInvalid."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from parameter_files import VALID, issues_of

PIECES = [
    *"&*!{}[]:-|>'\"%@`#?,~<= \n\t\\0aU1.é",
    "{{",
    "}}",
    "{%",
    ": ",
    "- ",
    "---",
    "<<",
    "!!str ",
    "yes",
    "%YAML ",
    "\n  ",
    "甲",
]
YAML_LIKE = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("params")


@given(content=st.binary(max_size=300))
def test_any_bytes_are_refused_in_order(content: bytes, folder: Path) -> None:
    assert issues_of(content, folder)


@given(content=st.one_of(st.text(max_size=300), YAML_LIKE))
def test_any_text_is_refused_in_order(content: str, folder: Path) -> None:
    assert issues_of(content.encode("utf-8", "surrogatepass"), folder)


@given(position=st.integers(0, len(VALID)), removed=st.integers(0, 40), piece=YAML_LIKE)
def test_any_damage_to_a_valid_file_is_valid_or_refused(position: int, removed: int, piece: str, folder: Path) -> None:
    for issue in issues_of(VALID[:position] + piece + VALID[position + removed :], folder):
        assert issue.message.endswith("。")
        assert issue.row is None or 1 <= issue.row <= VALID.count("\n") + piece.count("\n") + 1
