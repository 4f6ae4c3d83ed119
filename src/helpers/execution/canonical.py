"""An executed notebook as text that is the same for the same run, whenever and wherever it was made."""

from __future__ import annotations

import ast
import re
from copy import deepcopy
from pprint import pformat

import nbformat
from nbformat import NotebookNode

# ipykernel names a cell after a file that carries the kernel's process number; warnings and tracebacks print it.
_CELL_FILE = re.compile(r"[^\s\"'\x1b]*[/\\]ipykernel_\d+[/\\](\d+\.py)")


WIDTH = 110
"""Characters of a line of injected parameters."""


def canonical_text(notebook: NotebookNode, stem: str) -> str:
    """The executed notebook without what differs from run to run, keys sorted, with a final line feed.

    Left out are the times and paths of papermill and nbclient; the injected parameters stay, set to be read. Cells are numbered
    ``<stem>-1``, ``<stem>-2`` …, since papermill gives the injected cell a random id: the ids stay unique when
    notebooks are strung together. Outputs are kept, but for the process number in the file names of cells.
    """
    plain = deepcopy(notebook)
    plain.metadata.pop("papermill", None)
    for number, cell in enumerate(plain.cells, start=1):
        cell.id = f"{stem}-{number}"
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell.source = _readable(cell.source)
        for output in cell.get("outputs", []):
            _settle(output)
    text: str = nbformat.writes(plain)
    return text.rstrip("\n") + "\n"


def _readable(source: str) -> str:
    """The injected assignments with Chinese as Chinese: papermill escapes it and sets each value on one line."""
    lines = [line for line in source.splitlines() if line.startswith("#")]
    for statement in ast.parse(source).body:
        if isinstance(statement, ast.Assign):
            value = pformat(ast.literal_eval(statement.value), width=WIDTH, sort_dicts=False)
            lines.append(f"{ast.unparse(statement.targets[0])} = {value}")
    return "\n".join(lines)


def _settle(output: NotebookNode) -> None:
    if output.output_type == "stream":
        output.text = _CELL_FILE.sub(r"\1", output.text)
    elif output.output_type == "error":
        output.evalue = _CELL_FILE.sub(r"\1", output.evalue)
        output.traceback = [_CELL_FILE.sub(r"\1", line) for line in output.traceback]
