"""Digests of what results depend on."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

ABSENT = "absent"


def digest(content: Any) -> str:
    """The SHA-256 of a plain value, the same for the same content."""
    return sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def file_digest(path: Path) -> str:
    """The SHA-256 of a file's bytes; ABSENT where none can be read."""
    try:
        with path.open("rb") as file:
            whole = sha256()
            while block := file.read(1 << 20):
                whole.update(block)
        return whole.hexdigest()
    except OSError:
        return ABSENT


def folder_digest(path: Path) -> str:
    """A digest of the names in a folder; ABSENT where it cannot be listed."""
    try:
        return digest(sorted(entry.name for entry in path.iterdir()))
    except OSError:
        return ABSENT


def untouched_since(started: datetime, files: Iterable[Path], folders: Iterable[Path]) -> bool:
    """Whether no input was changed or replaced while the run went on: its digest may then not be of what was read."""
    found = (path.stat() for path in (*files, *folders) if path.exists())
    return all(max(one.st_mtime, one.st_ctime) <= started.timestamp() for one in found)
