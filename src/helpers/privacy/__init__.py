"""No person in what is published: small cells are suppressed, files are private, every byte is scanned.

What notebooks import; each name is loaded when it is first asked for, since what a run begins with needs none.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOMES = {"hidden_cells": "helpers.privacy.regions", "hide": "helpers.privacy.regions"}

__all__ = ["hidden_cells", "hide"]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'helpers.privacy' has no attribute {name!r}")
