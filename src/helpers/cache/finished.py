"""Whether a finished build would come out the same, told from bytes alone: nothing is read, imported or run for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from helpers.cache.digests import digest, file_digest, folder_digest
from helpers.cache.programs import file_digests, versions
from helpers.cache.store import FOLDER, Store
from helpers.publishing.folder import RECORD, is_whole
from helpers.publishing.lock import held_year


def asked_for(params_file: Path, *, published_only: bool) -> dict[str, Any]:
    """What a run is asked for."""
    return {"params_file": str(params_file.resolve()), "published_only": published_only}


def unchanged(out: Path, year: int, asked: Mapping[str, Any]) -> Path | None:
    """The year's build in `out`, where all that it was made from is as it was then, the same was `asked` for, and every file of
    it reads as its record says; None where something is otherwise, or unknown. Raises YearHeld.
    """
    store = Store(out / FOLDER)
    if not (store.folder.is_dir() and (out / str(year)).is_dir()):
        return None
    with held_year(out, year):
        build = (out / str(year)).resolve()
        for entry in store.entries(_about(year))[:1]:
            now = _now(entry.depends, asked, file_digest(build / RECORD))
            if now == dict(entry.depends) and is_whole(build):
                return out / str(year)
    return None


def remember(
    store: Store, out: Path, year: int, asked: Mapping[str, Any], *, files: Iterable[Path], folders: Iterable[Path]
) -> None:
    """Keep what the build that was just finished was made from: all these files, and what is in these folders."""
    names = [f"file:{path.resolve()}" for path in files] + [f"folder:{path.resolve()}" for path in folders]
    store.keep(_about(year), _now(names, asked, file_digest(out / str(year) / RECORD)), {})


def _now(names: Iterable[str], asked: Mapping[str, Any], record: str) -> dict[str, str]:
    found = {"asked": digest(dict(asked)), "program": digest(file_digests()), "versions": digest(versions()), "record": record}
    for name in names:
        kind, _, path = name.partition(":")
        if kind == "file":
            found[name] = file_digest(Path(path))
        elif kind == "folder":
            found[name] = folder_digest(Path(path))
    return found


def _about(year: int) -> str:
    return f"{year}/finished"
