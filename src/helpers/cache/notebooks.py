"""What of a section's notebook its outputs depend on, and an executed notebook put together from outputs that were kept."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Mapping
from typing import Any

import nbformat
from nbformat import NotebookNode
from papermill.parameterize import parameterize_notebook  # type: ignore[import-untyped]

from helpers.cache.digests import digest
from helpers.execution.canonical import canonical_text

HANDLE = "section"
"""The name of the notebook's handle, whose attributes are the parameters."""


def code_depends(notebook: NotebookNode) -> dict[str, str]:
    """Digests of the code cells and of the notebook's own settings; its texts are no part of what runs."""
    cells = [(cell.source, cell.metadata) for cell in notebook.cells if cell.cell_type == "code"]
    return {"code": digest(cells), "notebook": digest([notebook.metadata, notebook.nbformat, notebook.nbformat_minor])}


def parameter_depends(notebook: NotebookNode, parameters: Mapping[str, Any]) -> dict[str, str]:
    """Digests of the given parameters by `parameter:<name>`; of those of which the code reads some fields alone (as
    `section.texts.spending`), of these fields by `parameter:<name>.<field>`, and of the names of all its fields.
    """
    sources = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    read = _fields_read(sources, set(parameters))
    found: dict[str, str] = {}
    for name, value in parameters.items():
        if read.get(name) and isinstance(value, dict):
            found |= {f"parameter:{name}.{field}": digest(value.get(field)) for field in sorted(read[name])}
            found[f"parameter names:{name}"] = digest(sorted(value))
        else:
            found[f"parameter:{name}"] = digest(value)
    return found


def _fields_read(sources: list[str], names: set[str]) -> dict[str, set[str]]:
    """For each parameter of which nothing but fields of `section.<name>` is read, those fields.

    Code that hands the handle or a parameter on as a whole (but the parameter to Section, under its own name), or looks names
    up by text, may read anything.
    """
    try:
        trees = [ast.parse(source) for source in sources]
    except SyntaxError:
        return {}  # magics and shell commands
    nodes = [node for tree in trees for node in ast.walk(tree)]
    if any(isinstance(node, ast.Name) and node.id in _BY_TEXT for node in nodes):
        return {}
    found: dict[str, set[str]] = {name: set() for name in names}
    fine: set[int] = set()
    for node in nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Section":
            fine |= {id(word.value) for word in node.keywords if isinstance(word.value, ast.Name) and word.value.id == word.arg}
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == HANDLE:
            fine.add(id(node.value))
            if node.attr.startswith("_"):
                return {}
        if isinstance(node, ast.Attribute) and (name := _parameter_of(node.value)) in found:
            fine.add(id(node.value))
            found[name].add(node.attr)
    for node in nodes:
        if id(node) in fine or not isinstance(getattr(node, "ctx", None), ast.Load):
            continue
        if isinstance(node, ast.Name) and node.id == HANDLE:
            return {}
        name = node.id if isinstance(node, ast.Name) else _parameter_of(node)
        found.pop(name, None)
    return found


_BY_TEXT = frozenset({"eval", "exec", "globals", "locals", "vars", "get_ipython"})


def _parameter_of(node: ast.AST) -> str:
    """The name in `section.<name>`, else nothing."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == HANDLE:
        return node.attr
    return ""


def with_kept_outputs(source: NotebookNode, parameters: Mapping[str, Any], kept: str, stem: str) -> str:
    """The executed notebook, to the byte as a run of `source` with these parameters would leave it: texts and parameters from
    here, outputs and counts from the executed notebook that was `kept`. Raises ValueError where their code differs.
    """
    executed: NotebookNode = nbformat.reads(kept, as_version=4)
    notebook = parameterize_notebook(_as_loaded(source), parameters, kernel_name="python3", language="python")
    outputs = _code_cells(executed)
    for cell in _code_cells(notebook):
        ran = next(outputs, None)
        if ran is None or (ran.source != cell.source and "injected-parameters" not in cell.metadata.tags):
            raise ValueError("other code")
        cell.outputs, cell.execution_count, cell.metadata = ran.outputs, ran.execution_count, ran.metadata
    if next(outputs, None) is not None:
        raise ValueError("other code")
    notebook.metadata, notebook.nbformat_minor = executed.metadata, executed.nbformat_minor
    return canonical_text(notebook, stem)


def _as_loaded(source: NotebookNode) -> NotebookNode:
    """A copy with the metadata that papermill gives a notebook when it loads it."""
    notebook: NotebookNode = nbformat.from_dict(json.loads(json.dumps(source)))
    notebook.metadata.papermill = {}
    for cell in notebook.cells:
        cell.metadata.setdefault("tags", [])
    return notebook


def _code_cells(notebook: NotebookNode) -> Iterator[NotebookNode]:
    return (cell for cell in notebook.cells if cell.cell_type == "code")
