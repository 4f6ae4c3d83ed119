"""No process outlives the one that started it."""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress

import psutil  # type: ignore[import-untyped]

_PR_SET_CHILD_SUBREAPER = 36


def adopt_descendants() -> None:
    """On Linux, become the parent of descendants whose own parent dies, so that `end_descendants` finds them."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def end_descendants() -> None:
    """Kill every descendant of this process and wait until they are gone, those started meanwhile included."""
    while descendants := [child for child in psutil.Process().children(recursive=True) if _is_alive(child)]:
        for descendant in descendants:
            with suppress(psutil.NoSuchProcess):
                descendant.kill()
        psutil.wait_procs(descendants, timeout=1)


def end_process(pid: int) -> None:
    """Kill a child of this process and every descendant of it. It stands still meanwhile, so that it starts no more."""
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        process.suspend()
        for descendant in process.children(recursive=True):
            with suppress(psutil.NoSuchProcess):
                descendant.kill()
        process.kill()


def _is_alive(process: psutil.Process) -> bool:
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False
