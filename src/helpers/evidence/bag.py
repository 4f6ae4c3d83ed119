"""A bag after BagIt 1.0 (RFC 8493) as bytes by name, and how it comes to stand in its folder: whole or not at all."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from helpers.evidence.verify_bag import ALGORITHMS, BAGIT

READ_ONLY = 0o400


def algorithms() -> list[str]:
    """SHA-256, and SM3 where this Python's OpenSSL has it."""
    return [name for name in ALGORITHMS if name in hashlib.algorithms_available]


def bag_files(contents: Mapping[str, bytes], info: Sequence[tuple[str, str]]) -> dict[str, bytes]:
    """All files of a bag with the given payload (names below `data/`) and the fields of its bag-info.txt, in their order.

    The size of the payload and the algorithms are added to the fields.
    """
    payload = {f"data/{name}": contents[name] for name in sorted(contents)}
    size = f"{sum(map(len, payload.values()))}.{len(payload)}"
    fields = [*info, ("Manifest-Algorithms", " ".join(algorithms())), ("Payload-Oxum", size)]
    tags = {"bagit.txt": BAGIT, "bag-info.txt": "".join(f"{key}: {_one_line(text)}\n" for key, text in fields).encode()}
    tags |= {f"manifest-{name}.txt": manifest(name, payload) for name in algorithms()}
    seals = {f"tagmanifest-{name}.txt": manifest(name, tags) for name in algorithms()}
    return payload | tags | seals


def manifest(algorithm: str, files: Mapping[str, bytes]) -> bytes:
    """One line a file: its hash and its name, in the order of the names."""
    lines = (f"{hashlib.new(algorithm, files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    return "".join(lines).encode()


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files below a new folder, read-only, each on the disk before this returns."""
    folders = sorted({folder, *(folder / parent for name in files for parent in Path(name).parents)})
    for made in folders:
        made.mkdir()
    for name, data in files.items():
        write_durably(folder / name, data)
    for made in folders:
        sync_folder(made)


def write_durably(path: Path, data: bytes) -> None:
    """A new read-only file that is on the disk before this returns. Raises FileExistsError."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), READ_ONLY)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Bring a folder's own entries to the disk; Windows has no way to ask for it."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _one_line(text: str) -> str:
    return " ".join(text.split())
