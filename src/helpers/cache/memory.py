"""What runs of before left in an output folder, as one run uses it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from helpers.cache import finished
from helpers.cache.digests import file_digest
from helpers.cache.documents import DocumentCache
from helpers.cache.sections import SectionCache, table_depends
from helpers.cache.store import FOLDER, Store
from helpers.examination import Examination, Year
from helpers.execution.run import SectionRun
from helpers.publishing.folder import RECORD

_SECONDS = "seconds.json"


class Memory:
    """The cache in the folder of all outputs; with `force` nothing is taken from it.

    `reasons` says for each notebook and document, by its name, why it was made: names of what changed (see `words`), none where
    it was taken from the cache.
    """

    def __init__(self, out: Path, *, force: bool = False) -> None:
        self.store, self.force = Store(out / FOLDER), force
        self.reasons: dict[str, list[str]] = {}

    def sections(self, year: Year, examination: Examination) -> SectionCache:
        """The cache of executed notebooks for one run."""
        tables = examination.inputs.tables
        return SectionCache(self.store, str(year.parameters.fiscal_year), year.project.root, tables, force=self.force)

    def keep_sections(
        self, sections: SectionCache, runs: Sequence[SectionRun], executed: Path, finds: Callable[[bytes], bool]
    ) -> None:
        """Keep what ran and how long it took. `finds` tells of personal values, of which the notebooks hold none."""
        self.store.refuses = finds
        sections.keep(executed)
        self.reasons |= sections.reasons
        taken = {run.section.notebook: round(run.seconds, 3) for run in runs if run.state == "done" and not run.kept}
        self.store.write(_SECONDS, json.dumps(self.last_seconds() | taken, sort_keys=True).encode())

    def documents(self, year: Year) -> DocumentCache:
        """The cache of documents for one run."""
        return DocumentCache(self.store, str(year.parameters.fiscal_year), force=self.force)

    def keep_documents(self, documents: DocumentCache) -> None:
        """Keep what was made, in which nothing personal was found, and remove what has not been used for longest."""
        documents.keep()
        self.reasons |= documents.reasons
        self.store.evict()

    def remember_finished(self, year: Year, out: Path, published_only: bool, sections: SectionCache) -> None:
        """Keep what the year's build, just finished, was made from, where that is known of all its sections."""
        if sections.outside is None:
            return
        folders = [year.data_dir, year.project.rules, year.project.columns]
        data = [path for path in sorted(year.data_dir.iterdir()) if path.is_file()]
        former = out / str(year.parameters.fiscal_year - 1) / RECORD
        read = [name.partition(":")[::2] for name in sections.outside]
        finished.remember(
            self.store,
            out,
            year.parameters.fiscal_year,
            finished.asked_for(year.params_file, published_only=published_only),
            files=[*year.settings().values(), *data, former, *(Path(path) for kind, path in read if kind == "file")],
            folders=[*folders, *(Path(path) for kind, path in read if kind == "folder")],
        )

    def last_seconds(self) -> dict[str, float]:
        """Seconds that notebooks took when they last ran."""
        with suppress(OSError, ValueError, TypeError, AttributeError):
            content = json.loads((self.store.folder / _SECONDS).read_text("utf-8"))
            return {str(name): float(seconds) for name, seconds in content.items()}
        return {}


def scorecard_depends(year: Year, examination: Examination) -> dict[str, str]:
    """Digests of what the workbook of the scorecard is made from beside the combined notebook."""
    rules = {f"file:{path.name}": file_digest(path) for path in sorted(year.project.rules.glob("*.yml"))}
    return rules | table_depends(examination.inputs.tables["indicators"])
