"""What the list of codes says of one code."""

from __future__ import annotations

from typing import NamedTuple

from helpers.issue import Severity


class Entry(NamedTuple):
    """In Chinese: what a code is called, what it means, how to mend it, and a message as it may read."""

    severity: Severity
    title: str
    explanation: str
    mend: str
    example: str


def error(title: str, explanation: str, mend: str, example: str) -> Entry:
    """A code that stops the run."""
    return Entry("错误", title, explanation, mend, example)


def warning(title: str, explanation: str, mend: str, example: str) -> Entry:
    """A code that needs a look."""
    return Entry("警告", title, explanation, mend, example)


def hint(title: str, explanation: str, mend: str, example: str) -> Entry:
    """A code that only tells."""
    return Entry("提示", title, explanation, mend, example)
