"""What runs of before left in an output folder, as one run uses it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from helpers.cache import finished
from helpers.cache.digests import file_digest, untouched_since
from helpers.cache.documents import DocumentCache
from helpers.cache.sections import SectionCache, table_depends
from helpers.cache.store import FOLDER, Store
from helpers.examination import Examination, Year
from helpers.execution.run import SectionRun
from helpers.publishing.folder import RECORD
from helpers.year_over_year.reports import FACTS

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
        self, year: Year, started: datetime, sections: SectionCache, runs: Sequence[SectionRun], executed: Path
    ) -> None:
        """Keep what ran, in which nothing personal was found, and how long it took."""
        self.reasons |= sections.reasons
        with suppress(Exception):  # the cache never breaks a run
            taken = {run.section.notebook: round(run.seconds, 3) for run in runs if run.state == "done" and not run.kept}
            self.store.write(_SECONDS, json.dumps(self.last_seconds() | taken, sort_keys=True).encode())
            if untouched_since(started, *_inputs(year, sections)):
                sections.keep(executed)

    def documents(self, year: Year) -> DocumentCache:
        """The cache of documents for one run."""
        return DocumentCache(self.store, str(year.parameters.fiscal_year), force=self.force)

    def keep_documents(self, documents: DocumentCache) -> None:
        """Keep what was made, in which nothing personal was found, and remove what has not been used for longest."""
        self.reasons |= documents.reasons
        with suppress(Exception):  # as above
            documents.keep()
            self.store.evict()

    def remember_finished(
        self, year: Year, started: datetime, out: Path, sections: SectionCache, *, published_only: bool
    ) -> None:
        """Keep what the year's build, just finished, was made from, where that is known of all its sections."""
        with suppress(Exception):  # as above
            files, folders = _inputs(year, sections)
            if sections.outside is None or not untouched_since(started, files, folders):
                return
            fiscal_year = year.parameters.fiscal_year
            asked = finished.asked_for(year.params_file, published_only=published_only)
            former = [out / str(fiscal_year - 1) / name for name in (RECORD, FACTS)]
            archives = year.project.archive / str(fiscal_year - 1)
            finished.remember(self.store, out, fiscal_year, asked, files=[*files, *former], folders=[*folders, archives])

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


def _inputs(year: Year, sections: SectionCache) -> tuple[list[Path], list[Path]]:
    """The files that a run reads, and the folders of which it reads whatever is there."""
    data = [path for path in sorted(year.data_dir.iterdir()) if path.is_file()]
    outside = [name.partition(":")[::2] for name in sections.outside or {}]
    files = [*year.settings().values(), *data, *(Path(path) for kind, path in outside if kind == "file")]
    folders = [year.data_dir, year.project.rules, year.project.columns]
    return files, [*folders, *(Path(path) for kind, path in outside if kind == "folder")]
