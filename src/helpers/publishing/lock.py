"""One run a year: the lock on a year's outputs, which ends with the process that holds it."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from helpers.publishing.errors import YearHeld


@contextmanager
def held_year(out: Path, year: int) -> Iterator[None]:
    """Hold the year's lock in the output folder.

    Raises YearHeld at once where another run holds it. The system frees the lock of a process that died; the file beside
    it only tells who holds it.
    """
    out.mkdir(parents=True, exist_ok=True)
    holder = out / f".{year}.holder"
    try:
        with FileLock(out / f".{year}.lock", timeout=0, mode=0o600):
            about = {"pid": os.getpid(), "host": socket.gethostname(), "since": datetime.now().isoformat(" ", "seconds")}
            holder.write_text(json.dumps(about), "utf-8")
            try:
                yield
            finally:
                with suppress(OSError):  # what went wrong before is worth more than this file
                    holder.unlink()
    except Timeout:
        raise YearHeld(f"{year} 年度正在由另一次运行生成（{out}{_who(holder)}）。请等它结束后再试。") from None


def _who(holder: Path) -> str:
    try:
        about = json.loads(holder.read_text("utf-8"))
        return f"，主机 {about['host']} 的进程 {about['pid']}，自 {about['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return ""
