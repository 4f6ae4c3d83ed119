"""Documents that would come out the same, and the verdict that they agree, from the cache."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from helpers.cache.digests import digest
from helpers.cache.store import DAMAGED, FORCED, NOTHING, Store


def content_depends(combined: Mapping[str, Any]) -> dict[str, str]:
    """Digests of the parts of a combined notebook, by names that `words` can tell."""
    about = dict(combined["metadata"]["selfeval"])
    found: dict[str, str] = {}
    for section in about["sections"]:
        cells = [cell for cell in combined["cells"] if cell["metadata"]["selfeval"]["section"] == section["number"]]
        found[f"content:{section['notebook']}"] = digest(cells)
    attachments = {f"attachment:{entry['name']}": digest(entry) for entry in about.pop("attachments")}
    parts = {"appendix": about.pop("appendix"), "printed facts": about.pop("facts"), "title": about}
    return found | attachments | {name: digest(part) for name, part in parts.items()}


class DocumentCache:
    """The documents of one run, by what each is made from; `subject` names the year, with `force` nothing is found.

    `reasons` says for each that was asked for the names of what changed since it was kept, none where it is taken from the cache.
    """

    def __init__(self, store: Store, subject: str, *, force: bool = False) -> None:
        self.reasons: dict[str, list[str]] = {}
        self._store, self._subject, self._force = store, subject, force
        self._made: dict[str, tuple[dict[str, str], Mapping[str, bytes]]] = {}

    def find(self, name: str, depends: Mapping[str, str]) -> dict[str, bytes] | None:
        """The files that were made from the same; None where there are none."""
        about = f"{self._subject}/{name}"
        entries = [] if self._force else self._store.entries(about)
        nothing = FORCED if self._force else DAMAGED if about in self._store.damaged else NOTHING
        self.reasons[name] = [nothing]
        for place, entry in enumerate(entries):
            names = sorted(depends.keys() | entry.depends.keys())
            changed = [one for one in names if depends.get(one) != entry.depends.get(one)]
            if not changed:
                files = self._store.files(about, entry)
                self.reasons[name] = [DAMAGED] if files is None else []
                if files is not None:
                    return files
            elif place == 0 and nothing == NOTHING:
                self.reasons[name] = changed
        return None

    def made(self, name: str, depends: Mapping[str, str], files: Mapping[str, bytes]) -> None:
        """Take over what was made, to be kept when nothing personal is found in it."""
        self._made[name] = dict(depends), files

    def keep(self) -> None:
        """Keep what was made."""
        for name, (depends, files) in self._made.items():
            self._store.keep(f"{self._subject}/{name}", depends, files)
