"""Which section starts first: the one that most work waits for."""

from __future__ import annotations

from collections.abc import Mapping

from helpers.execution.outline import Outline

_UNKNOWN_SECONDS = 1.0


def urgency(outline: Outline, seconds: Mapping[str, float]) -> dict[str, float]:
    """For each notebook the seconds from its start to the end of the longest chain of sections that need it.

    `seconds` are those that notebooks took last time; one that is not among them is taken for one of middling length.
    """
    known = [seconds[section.notebook] for section in outline.sections if section.notebook in seconds]
    middling = sum(known) / len(known) if known else _UNKNOWN_SECONDS
    longest: dict[str, float] = {}
    for section in reversed(list(outline.in_running_order())):
        after = [longest[other.notebook] for other in outline.sections if section.notebook in other.needs]
        longest[section.notebook] = seconds.get(section.notebook, middling) + max(after, default=0.0)
    return longest
