"""What a run writes is for its user alone."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_NOBODY_ELSE = 0o077


@contextmanager
def private_files() -> Iterator[None]:
    """New files are 0600 and new folders 0700, in this process and in those that it starts; no memory is dumped at a crash."""
    former = os.umask(_NOBODY_ELSE)
    _dump_no_memory()
    try:
        yield
    finally:
        os.umask(former)


def _dump_no_memory() -> None:
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (0, hard))
