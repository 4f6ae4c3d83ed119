"""Entries and contents on disk: found by what they depend on, verified when read, the oldest used removed first.

In the folder stand `entries/<subject>/<name>.json`, each what a result depends on and the hashes of its files, and
`objects/<hash>`, the files. Nothing that goes wrong here is raised: an entry that cannot be read or written is none.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from secrets import token_hex

FOLDER = ".cache"
"""The cache's place in the folder of all outputs."""
FORMAT = "1"
"""Changes when entries of before must not be read any more."""
MOST_BYTES = 500_000_000
SPARE_BYTES = 200_000_000
"""Where less is free on the disk, it is left to the report."""
MOST_ENTRIES = 20
"""Of one subject."""
NOTHING, DAMAGED, FORCED = "nothing", "damaged", "forced"
"""Why nothing was found, where it is not for what changed."""


@dataclass(frozen=True)
class Entry:
    """A result that was kept: digests by the names of what it `depends` on, and hashes of its files by their names."""

    path: Path
    depends: Mapping[str, str]
    files: Mapping[str, str]


class Store:
    """The cache in a folder, which only its owner can read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.damaged: list[str] = []
        """The subjects of which an entry was found damaged, and removed."""
        self.refuses: Callable[[bytes], bool] = lambda body: False
        """Whether what an entry says must not be kept."""

    def entries(self, subject: str) -> list[Entry]:
        """The entries of a subject, the last used first."""
        read = [self._read(subject, path) for path in self._by_use(self.folder / "entries" / subject)]
        return [entry for entry in read if entry is not None]

    def files(self, subject: str, entry: Entry) -> dict[str, bytes] | None:
        """The files of an entry, which counts as used; None where one is not what was written, with the entry removed."""
        found = {}
        for name, digest in entry.files.items():
            try:
                content = (self.folder / "objects" / digest).read_bytes()
            except OSError:
                content = b""
            if sha256(content).hexdigest() != digest:
                self._drop(subject, entry.path)
                with suppress(OSError):
                    (self.folder / "objects" / digest).unlink()
                return None
            found[name] = content
        with suppress(OSError):
            os.utime(entry.path)
        return found

    def keep(self, subject: str, depends: Mapping[str, str], files: Mapping[str, bytes]) -> None:
        """Keep the files of a result by what it depends on."""
        with suppress(OSError):
            hashes = {name: sha256(content).hexdigest() for name, content in files.items()}
            body = json.dumps({"format": FORMAT, "depends": depends, "files": hashes}, ensure_ascii=False, sort_keys=True)
            if self.refuses(body.encode()) or shutil.disk_usage(self.folder.parent).free < SPARE_BYTES:
                return
            for name, content in files.items():
                self._write(self.folder / "objects" / hashes[name], content)
            digest = sha256(body.encode()).hexdigest()
            self._write(self.folder / "entries" / subject / f"{digest[:32]}.json", f"{digest}\n{body}\n".encode())

    def write(self, name: str, content: bytes) -> None:
        """Write a file of the folder that is no entry."""
        with suppress(OSError):
            self._write(self.folder / name, content)

    def evict(self, most_bytes: int = MOST_BYTES, most_entries: int = MOST_ENTRIES) -> None:
        """Remove the entries used longest ago, as far as there are too many of a subject or all are too large; and the files
        that no entry has.
        """
        with suppress(OSError):
            counts: dict[Path, int] = {}
            size = 0
            kept: set[str] = set()
            for path in self._by_use(self.folder / "entries"):
                subject = path.parent.relative_to(self.folder / "entries").as_posix()
                entry = self._read(subject, path)
                counts[path.parent] = counts.get(path.parent, 0) + 1
                new = set() if entry is None else set(entry.files.values()) - kept
                size += path.stat().st_size + sum(self._size(digest) for digest in new)
                if entry is None or counts[path.parent] > most_entries or size > most_bytes:
                    path.unlink(missing_ok=True)
                else:
                    kept |= new
            for path in (self.folder / "objects").iterdir():
                if path.name not in kept:
                    path.unlink(missing_ok=True)

    def _read(self, subject: str, path: Path) -> Entry | None:
        try:
            digest, _, body = path.read_text("utf-8").partition("\n")
            if sha256(body.rstrip("\n").encode()).hexdigest() != digest:
                raise ValueError
            content = json.loads(body)
            if content["format"] != FORMAT:
                return None
            return Entry(path, content["depends"], content["files"])
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError):
            self._drop(subject, path)
            return None

    def _drop(self, subject: str, path: Path) -> None:
        self.damaged.append(subject)
        with suppress(OSError):
            path.unlink()

    def _by_use(self, folder: Path) -> list[Path]:
        def used(path: Path) -> tuple[int, str]:
            try:
                return path.stat().st_mtime_ns, path.name
            except OSError:
                return 0, path.name

        return sorted(_files(folder, "*.json"), key=used, reverse=True)

    def _size(self, digest: str) -> int:
        try:
            return (self.folder / "objects" / digest).stat().st_size
        except OSError:
            return 0

    def _write(self, target: Path, content: bytes) -> None:
        """Write a file at once, for its owner alone."""
        self._make_private(target.parent)
        unfinished = target.with_name(f"{target.name}.{token_hex(4)}")
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
            unfinished.replace(target)
        except OSError:
            unfinished.unlink(missing_ok=True)
            raise

    def _make_private(self, folder: Path) -> None:
        if folder != self.folder:
            self._make_private(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


def _files(folder: Path, pattern: str) -> Iterable[Path]:
    def found() -> Iterator[Path]:
        with suppress(OSError):
            yield from folder.rglob(pattern)

    return [path for path in found() if path.is_file()]
