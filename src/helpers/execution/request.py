"""What a section's process is asked for, in a folder of its own (see `worker`)."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Literal

EngineName = Literal["selfeval", "standard"]
"""How cells are executed: in the section's process, or by a Jupyter kernel beside it."""

DEFAULT_ENGINE: EngineName = "selfeval" if hasattr(os, "fork") and hasattr(os, "pidfd_open") else "standard"
"""Systems without them (Windows, macOS) have the standard engine alone."""

LOG = "log.txt"
"""The file in the folder that holds what the process prints outside of cells."""


@dataclass(frozen=True)
class Limits:
    """Seconds that a cell and a whole notebook may take."""

    cell_seconds: int = 600
    notebook_seconds: int = 1800
