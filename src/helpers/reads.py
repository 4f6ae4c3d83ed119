"""What a section reads while it runs, noted by name, so that a later run can tell whether it would read the same.

A process notes only after `start`. The names: `table:payments`, `fact:special.budget.amount`, `facts` (all facts before the
section), `fact ids`, `problems`, `file:<path>` and `folder:<path>` for what is opened or listed past these; and `beyond` for what
nobody can follow, another process or the network.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.util import source_from_cache
from pathlib import Path

BEYOND = "beyond"
_PACKAGE = Path(__file__).parent
_SYSTEM = ("/proc", "/sys", "/dev", "/etc", "/usr")
_LISTINGS = frozenset({"os.listdir", "os.scandir"})
_PROCESSES = frozenset({"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.forkpty", "socket.connect"})

_noted: set[str] = set()
_places: tuple[str, ...] = ()
_quiet = 0
_hooked = False


def start(*apart: Path) -> None:
    """Begin to note in this process; files below `apart`, of the interpreter and of this package are known otherwise."""
    global _places, _hooked
    prefixes: tuple[str | Path, ...] = (sys.prefix, sys.base_prefix, _PACKAGE, tempfile.gettempdir(), *_SYSTEM, *apart)
    _places = tuple(f"{Path(place).resolve()}{os.sep}" for place in prefixes)
    _noted.clear()
    if not _hooked:
        sys.addaudithook(_heard)
        _hooked = True


def noted() -> list[str]:
    """The names noted since `start`, sorted."""
    return sorted(_noted)


def note(name: str) -> None:
    """Note a name, where this process notes."""
    if _places:
        _noted.add(name)


@contextmanager
def as_a_whole(*names: str) -> Iterator[None]:
    """Note these names for all that is opened meanwhile."""
    global _quiet
    for name in names:
        note(name)
    _quiet += 1
    try:
        yield
    finally:
        _quiet -= 1


def _heard(event: str, arguments: Sequence[object]) -> None:
    if _quiet or not _places:
        return
    if event == "open":
        path, _, flags = arguments
        if isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR) == os.O_RDONLY:
            _note_path("file", path)
    elif event in _LISTINGS:
        _note_path("folder", arguments[0] or ".")
    elif event in _PROCESSES:
        _noted.add(BEYOND)


def _note_path(kind: str, path: object) -> None:
    if isinstance(path, str | bytes | os.PathLike):
        whole = os.path.realpath(os.fsdecode(path))
        if whole.endswith(".pyc"):
            with suppress(ValueError):  # what is no compiled module
                whole = source_from_cache(whole)
        if not f"{whole}{os.sep}".startswith(_places):
            _noted.add(f"{kind}:{whole}")
