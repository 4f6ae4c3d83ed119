"""What notebooks import; each name is loaded when it is first asked for, so that a command that needs none stays quick."""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOMES = {"Section": "helpers.section", "difference": "helpers.facts", "ratio": "helpers.money", "total": "helpers.facts"}

__all__ = ["Section", "difference", "ratio", "total"]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'helpers' has no attribute {name!r}")
