"""The small valid file of these tests, and the issues of what is made of it."""

from __future__ import annotations

from pathlib import Path

from helpers.issue import InputsInvalid, Issue
from helpers.params import load_parameters

VALID = Path(__file__).with_name("valid.yml").read_text(encoding="utf-8")


def patched(old: str, new: str, text: str = VALID) -> str:
    """The text with one piece, found exactly once, replaced."""
    assert text.count(old) == 1, f"{old!r} is not in one place"
    return text.replace(old, new)


def issues_of(content: str | bytes, folder: Path, name: str = "2030.yml") -> list[Issue]:
    """The issues of a text or of bytes as a parameter file; none where it is valid."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    try:
        load_parameters(path)
    except InputsInvalid as error:
        return error.issues
    return []
