"""The documents of a report, each made in a forked process of its own while the others are, else in turn.

The processes come from the fork server, which was started before any record was read: no personal value is in them.
"""

from __future__ import annotations

import asyncio
import json
import os
import pickle
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import nbformat
from nbformat import NotebookNode

from helpers.execution.launchers import ForkServer, ServerEnded

Result = TypeVar("Result")
Files = dict[str, bytes]
"""Contents by path in the report's folder."""


def _html(combined: NotebookNode) -> Files:
    from helpers.publishing.html import SelfevalHTMLExporter

    page, _ = SelfevalHTMLExporter().from_notebook_node(combined)
    return {"report.html": page.encode()}


def _notebook_pages(combined: NotebookNode) -> Files:
    from helpers.publishing.notebook_pages import notebook_pages

    return {f"notebooks/{name}.html": page.encode() for name, page in notebook_pages(combined).items()}


def _pdf(combined: NotebookNode) -> Files:
    from helpers.publishing.pdf import SelfevalPDFExporter

    pages, _ = SelfevalPDFExporter().from_notebook_node(combined)
    return {"report.pdf": pages}


def _docx(combined: NotebookNode) -> Files:
    from helpers.publishing.docx import SelfevalDOCXExporter

    written, _ = SelfevalDOCXExporter().from_notebook_node(combined)
    return {"report.docx": written}


RENDERERS: Mapping[str, Callable[[NotebookNode], Files]] = {
    "report.pdf": _pdf,
    "report.html": _html,
    "report.docx": _docx,
    "notebooks/*.html": _notebook_pages,
}
"""What makes which files from the combined notebook, the longest first; each imports what it alone needs."""

TASK = __name__
REQUEST, RESULT = "request.pickle", "result.pickle"
"""Both are written and read by processes of one run, in a folder that is theirs alone."""


def from_text(text: str) -> NotebookNode:
    """A combined notebook from its JSON."""
    notebook: NotebookNode = nbformat.from_dict(json.loads(text))
    return notebook


def to_text(combined: NotebookNode) -> str:
    """A combined notebook as JSON, the same for the same content."""
    return json.dumps(combined, ensure_ascii=False, sort_keys=True)


def run(folder: Path) -> None:
    """Call, in a process of its own, what the folder's request names, and leave what it returns."""
    function, arguments = pickle.loads((folder / REQUEST).read_bytes())
    (folder / RESULT).write_bytes(pickle.dumps(function(*arguments)))


def rendered(renderer: str, combined_file: Path) -> Files:
    """The files of one renderer, from the combined notebook as `to_text` writes it. Raises what the renderer does."""
    return RENDERERS[renderer](from_text(combined_file.read_text("utf-8")))


def render_all(combined: str, renderers: Sequence[str], done: Callable[[str, Files], None], *, server: ForkServer | None) -> None:
    """Make documents of a combined notebook (given as `to_text` writes it) and hand each over, with the name of its renderer, as
    soon as it is made.

    Raises what the renderers do: CharactersMissing, FontMissing, PictureRefused, PDFRefused, DOCXRefused.
    """
    with tempfile.TemporaryDirectory(
        dir=server.folder if server else None, prefix="selfeval-", ignore_cleanup_errors=True
    ) as name:
        combined_file = Path(name) / "combined.json"
        combined_file.write_text(combined, "utf-8")
        asyncio.run(_render_all(combined_file, renderers, done, server))


def aside(
    function: Callable[..., Result], *arguments: object, meanwhile: Callable[[], None], server: ForkServer | None
) -> Result:
    """What a function of a module returns, called in a forked process where there is a server, while `meanwhile` is called here.

    Raises what either does, `meanwhile` first.
    """

    async def both() -> Result:
        called = asyncio.create_task(elsewhere(server, function, *arguments))
        if server is not None:
            await asyncio.sleep(0)  # until the server is asked
        meanwhile()
        return await called

    return asyncio.run(both())


async def _render_all(
    combined_file: Path, renderers: Sequence[str], done: Callable[[str, Files], None], server: ForkServer | None
) -> None:
    gate = asyncio.Semaphore(os.cpu_count() or 1)

    async def one(renderer: str) -> None:
        async with gate:
            files: Files = await elsewhere(server, rendered, renderer, combined_file)
        done(renderer, files)

    await asyncio.gather(*map(one, renderers))


async def elsewhere(server: ForkServer | None, function: Callable[..., Result], *arguments: object) -> Result:
    """What a function of a module returns, called in a forked process; where that ends without a result, or there is no server,
    called here, so that its error is told as it is.
    """
    if server is not None:
        with tempfile.TemporaryDirectory(dir=server.folder, prefix="selfeval-", ignore_cleanup_errors=True) as name:
            (Path(name) / REQUEST).write_bytes(pickle.dumps((function, arguments)))
            try:
                code = await server.run(Path(name), TASK)
            except ServerEnded:
                code = None
            if code == 0:
                result: Result = pickle.loads((Path(name) / RESULT).read_bytes())
                return result
    return function(*arguments)
