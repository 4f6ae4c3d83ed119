"""From the combined notebook to the documents of the report, proved; what comes out the same as before, from the cache."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path

from nbformat import NotebookNode

from helpers.cache.digests import digest, file_digest
from helpers.cache.documents import DocumentCache, content_depends
from helpers.cache.programs import program
from helpers.documents import RENDERERS, Files, aside, render_all, to_text
from helpers.execution.launchers import ForkServer
from helpers.proof import Known, prove
from helpers.publishing.document import read_document

SCORECARD, PROOF = "scorecard.xlsx", "核对"
_OF_SCORECARD = ("helpers.publishing.scorecard_xlsx", "helpers.scoring")


def make_documents(
    combined: NotebookNode,
    staging: Path,
    scorecard: Callable[[], bytes],
    scorecard_depends: Mapping[str, str],
    *,
    server: ForkServer | None,
    cache: DocumentCache | None,
) -> None:
    """Write all documents of a combined notebook into `staging`. Raises why one was not made.

    The workbook is made by `scorecard`, from the combined notebook and what `scorecard_depends` gives digests of.
    """
    depends = _depends(combined, "helpers.documents") if cache else {}
    missing = []
    for name in RENDERERS:
        files = cache.find(name, depends) if cache else None
        if files is None:
            missing.append(name)
        else:
            _write(files, staging)
    of_scorecard = {**_depends(combined, *_OF_SCORECARD), **scorecard_depends} if cache else {}
    workbook = cache.find(SCORECARD, of_scorecard) if cache else None
    if workbook is None:
        workbook = {SCORECARD: scorecard()}
        if cache:
            cache.made(SCORECARD, of_scorecard, workbook)
    _write(workbook, staging)

    def done(name: str, files: Files) -> None:
        _write(files, staging)
        if cache:
            cache.made(name, depends, files)

    render_all(to_text(combined), missing, done, server=server)


def prove_documents(
    combined: NotebookNode,
    staging: Path,
    known: Known,
    scan: Callable[[], None],
    *,
    server: ForkServer | None,
    cache: DocumentCache | None,
) -> None:
    """Prove the documents in `staging`, while `scan` looks through them for personal values. Raises ReportRefused."""
    depends: dict[str, str] = {}
    if cache:
        files = (path for path in sorted(staging.iterdir()) if path.is_file())
        depends = {f"made:{path.name}": file_digest(path) for path in files} | _depends(combined, "helpers.proof")
        depends["known"] = digest({name: _plain(part) for name, part in asdict(known).items()})
    if cache and cache.find(PROOF, depends) is not None:
        scan()
        return
    aside(prove, staging, read_document(combined), known, meanwhile=scan, server=server)
    if cache:
        cache.made(PROOF, depends, {})


def _depends(combined: NotebookNode, *modules: str) -> dict[str, str]:
    return content_depends(combined) | program(modules, templates=True)


def _plain(part: object) -> object:
    return sorted(part) if isinstance(part, frozenset) else part


def _write(files: Mapping[str, bytes], staging: Path) -> None:
    for name, content in files.items():
        (staging / name).write_bytes(content)
