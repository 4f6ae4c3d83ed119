"""The order of the archives of one year, each of which names the one before it. Pure."""

from __future__ import annotations

from collections.abc import Mapping


def last_first(previous: Mapping[str, str | None]) -> list[str]:
    """The archives of which `previous` names the one before each, the last one first; none where they are not one chain."""
    ends = [name for name in previous if name not in previous.values()]
    chain: list[str] = []
    following = ends[0] if len(ends) == 1 else None
    while following is not None and following in previous and following not in chain:
        chain.append(following)
        following = previous[following]
    return chain if len(chain) == len(previous) else []
