"""An executed notebook as text that is the same for the same run, whenever and wherever it was made."""

from __future__ import annotations

import re
from copy import deepcopy

import nbformat
from nbformat import NotebookNode

# ipykernel names a cell after a file that carries the kernel's process number; warnings and tracebacks print it.
_CELL_FILE = re.compile(r"[^\s\"'\x1b]*[/\\]ipykernel_\d+[/\\](\d+\.py)")


def canonical_text(notebook: NotebookNode, stem: str) -> str:
    """The executed notebook without what differs from run to run, keys sorted, with a final line feed.

    Left out are the times and paths of papermill and nbclient; the injected parameters stay. Cells are numbered
    ``<stem>-1``, ``<stem>-2`` …, since papermill gives the injected cell a random id: the ids stay unique when
    notebooks are strung together. Outputs are kept, but for the process number in the file names of cells.
    """
    plain = deepcopy(notebook)
    plain.metadata.pop("papermill", None)
    for number, cell in enumerate(plain.cells, start=1):
        cell.id = f"{stem}-{number}"
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            _settle(output)
    text: str = nbformat.writes(plain)
    return text.rstrip("\n") + "\n"


def _settle(output: NotebookNode) -> None:
    if output.output_type == "stream":
        output.text = _CELL_FILE.sub(r"\1", output.text)
    elif output.output_type == "error":
        output.evalue = _CELL_FILE.sub(r"\1", output.evalue)
        output.traceback = [_CELL_FILE.sub(r"\1", line) for line in output.traceback]
