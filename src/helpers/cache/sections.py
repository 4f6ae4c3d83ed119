"""Executed sections that would come out the same, from the cache."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pandas as pd
from nbformat import NotebookNode

from helpers import reads
from helpers.cache.digests import ABSENT, digest, file_digest, folder_digest
from helpers.cache.notebooks import code_depends, parameter_depends, with_kept_outputs
from helpers.cache.programs import modules_in, program
from helpers.cache.store import DAMAGED, FORCED, NOTHING, Entry, Store
from helpers.executed import SectionRecords, read_notebook, read_records
from helpers.intake.tables import Table

RUNNING = ("helpers.execution.fork_server", "helpers.execution.worker", "helpers.execution.engine")
"""Modules that run every section."""


def table_depends(table: Table) -> dict[str, str]:
    """Digests of a table: of what is known of its file, and of each column."""
    columns = {f"column:{table.name}.{name}": _column_digest(table.frame[name]) for name in table.frame}
    return {f"table:{table.name}": digest(table.frame.attrs["table"])} | columns


def _column_digest(column: pd.Series[Any]) -> str:
    return sha256(pd.util.hash_pandas_object(column).to_numpy().tobytes()).hexdigest()


@dataclass
class _Ran:
    """A section that ran: what it depends on, and whether it may be kept."""

    depends: dict[str, str]
    keepable: bool = False


class SectionCache:
    """The executed notebooks of one run: each section asks it before it runs, and hands over what it read when it has run.

    `subject` names the year, `tables` are those of the examination; with `force` nothing is found. `reasons` says for each
    notebook that was asked for the names of what changed since it was kept, none where it is taken from the cache.
    """

    def __init__(self, store: Store, subject: str, root: Path, tables: Mapping[str, Table], *, force: bool = False) -> None:
        self.reasons: dict[str, list[str]] = {}
        self.outside: dict[str, str] | None = {}
        """What the sections read past the tables, by `file:<path>` and `folder:<path>`; None where nobody knows of one."""
        self._store, self._subject, self._root, self._force = store, subject, root, force
        self._ran: dict[str, _Ran] = {}
        self._records: dict[Path, SectionRecords] = {}
        self._tables = dict(tables)
        self._of_tables: dict[str, dict[str, str]] = {}
        self._files: dict[str, str] = {}

    def find(self, source: Path, parameters: Mapping[str, Any], upstream: Sequence[Path]) -> str | None:
        """The executed notebook of a section, to the byte as a run would leave it; None where it has to run.

        `upstream` are the executed notebooks that it may read. Whatever goes wrong here, the section runs.
        """
        try:
            return self._find(source, parameters, upstream)
        except Exception:  # the cache never breaks a run
            self.reasons[source.stem] = [DAMAGED]
            return None

    def ran(self, stem: str, names: Sequence[str] | None, upstream: Sequence[Path]) -> None:
        """Take over what a section that has run has read, by the names of `reads`; None where nobody knows."""
        try:
            if names is None or reads.BEYOND in names:
                self.outside = None
            elif stem in self._ran:
                self._ran[stem].depends |= self._read(names, upstream)
                self._ran[stem].keepable = True
                self._add_outside(self._ran[stem].depends)
        except Exception:  # as above
            self._ran.pop(stem, None)
            self.outside = None

    def keep(self, out_dir: Path) -> None:
        """Keep what has run and done; to be called when nothing personal was found in it."""
        for stem, ran in self._ran.items():
            if ran.keepable:
                self._store.keep(self._about(stem), ran.depends, {"notebook": (out_dir / f"{stem}.ipynb").read_bytes()})

    def _find(self, source: Path, parameters: Mapping[str, Any], upstream: Sequence[Path]) -> str | None:
        notebook, stem = read_notebook(source), source.stem
        known = self._static(notebook, parameters, upstream)
        self._ran[stem] = _Ran(dict(known))
        if self._force:
            self.reasons[stem] = [FORCED]
            return None
        entries = self._store.entries(self._about(stem))
        self.reasons[stem] = [DAMAGED if self._about(stem) in self._store.damaged else NOTHING]
        for place, entry in enumerate(entries):
            changed = self._changed(entry, known, upstream)
            if not changed:
                files = self._store.files(self._about(stem), entry)
                if files is None:
                    self.reasons[stem] = [DAMAGED]
                    continue
                executed = with_kept_outputs(notebook, parameters, files["notebook"].decode(), stem)
                self.reasons[stem] = []
                del self._ran[stem]
                self._add_outside(entry.depends)
                return executed
            if place == 0 and self.reasons[stem] == [NOTHING]:
                self.reasons[stem] = changed
        return None

    def _add_outside(self, depends: Mapping[str, str]) -> None:
        if self.outside is not None:
            self.outside |= {name: value for name, value in depends.items() if name.startswith(("file:", "folder:"))}

    def _changed(self, entry: Entry, known: Mapping[str, str], upstream: Sequence[Path]) -> list[str]:
        """The names of what differs from when the entry was kept."""
        differs = [name for name in known if entry.depends.get(name) != known[name]]
        others = [name for name in entry.depends if name not in known]
        return differs + [name for name in others if self._digest(name, upstream) != entry.depends[name]]

    def _static(self, notebook: NotebookNode, parameters: Mapping[str, Any], upstream: Sequence[Path]) -> dict[str, str]:
        """What is known before the section runs."""
        imported = {module for cell in notebook.cells if cell.cell_type == "code" for module in modules_in(cell.source)}
        place = {"root": digest(str(self._root)), "upstream": digest(sorted(path.stem for path in upstream))}
        return place | code_depends(notebook) | parameter_depends(notebook, parameters) | program([*RUNNING, *sorted(imported)])

    def _read(self, names: Sequence[str], upstream: Sequence[Path]) -> dict[str, str]:
        found = {name: self._digest(name, upstream) for name in names if name != reads.BEYOND}
        for name in names:
            kind, _, table = name.partition(":")
            found |= self._of_table(table) if kind == "table" else {}
        return found

    def _digest(self, name: str, upstream: Sequence[Path]) -> str:
        """The digest of something by its name, as it is now; ABSENT where there is no such thing."""
        kind, _, what = name.partition(":")
        if kind in ("fact", "facts", "fact ids", "problems"):
            return self._digest_of_upstream(kind, what, upstream)
        if kind in ("table", "column"):
            return self._of_table(what.partition(".")[0]).get(name, ABSENT)
        if kind in ("file", "folder"):
            if name not in self._files:
                self._files[name] = file_digest(Path(what)) if kind == "file" else folder_digest(Path(what))
            return self._files[name]
        return ABSENT

    def _of_table(self, name: str) -> dict[str, str]:
        if name in self._tables and name not in self._of_tables:
            self._of_tables[name] = table_depends(self._tables[name])
        return self._of_tables.get(name, {})

    def _digest_of_upstream(self, kind: str, what: str, upstream: Sequence[Path]) -> str:
        records = [self._records_of(path) for path in sorted(upstream)]
        facts = [fact for record in records for fact in record.facts]
        if kind == "fact":
            return next((digest(fact.to_json()) for fact in facts if fact.id == what), ABSENT)
        if kind == "facts":
            return digest([fact.to_json() for fact in facts])
        if kind == "fact ids":
            return digest([fact.id for fact in facts])
        return digest([problem.to_json() for record in records for problem in record.problems])

    def _records_of(self, path: Path) -> SectionRecords:
        if path not in self._records:
            self._records[path] = read_records(path.stem, read_notebook(path))
        return self._records[path]

    def _about(self, stem: str) -> str:
        return f"{self._subject}/{stem}"
