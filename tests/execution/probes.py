"""Tiny notebooks, each with one behaviour."""

from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook, new_output

PARAMETERS = 'fiscal_year: int = 2022\ndata_dir: str = "data/2022"\nupstream: str = ""\npublished_only: bool = False'
OFFERED = {"fiscal_year": 2023, "data_dir": "data/2023", "upstream": "build/notebooks", "published_only": True}
KERNELSPEC = {"name": "python3", "display_name": "Python 3", "language": "python"}


def probe(*sources: str, parameters: str = PARAMETERS) -> NotebookNode:
    """A notebook of a `parameters` cell and one cell for each source."""
    cells = [new_code_cell(parameters, metadata={"tags": ["parameters"]}), *map(new_code_cell, sources)]
    return new_notebook(cells=cells, metadata={"kernelspec": dict(KERNELSPEC)})


def executed(*cells: NotebookNode) -> NotebookNode:
    """A notebook as a run leaves it, of cells made by `ran`."""
    return new_notebook(cells=list(cells), metadata={"kernelspec": dict(KERNELSPEC)})


def ran(count: int | None, source: str = "1", *outputs: NotebookNode) -> NotebookNode:
    """A code cell with execution count and outputs."""
    return new_code_cell(source, execution_count=count, outputs=list(outputs))


def error_output(name: str, message: str) -> NotebookNode:
    return new_output("error", ename=name, evalue=message, traceback=[])


def write(folder: Path, **notebooks: NotebookNode) -> Path:
    """Write notebooks by stem; the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for stem, notebook in notebooks.items():
        nbformat.write(notebook, folder / f"{stem}.ipynb")
    return folder
