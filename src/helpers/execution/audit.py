"""Whether an executed notebook really ran to its end, judged by the notebook alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nbformat import NotebookNode

NOT_RUN = "NotRun"

_HEAD_LINES = 3
_HEAD_WIDTH = 120
_MESSAGE_WIDTH = 500


@dataclass(frozen=True)
class Failure:
    """Where and why a notebook stopped.

    `cell` counts code cells from 1 (the injected parameters are one of them); it is None where no cell had begun.
    `source` is the head of that cell, `name` the kind of error, `message` what it says.
    """

    cell: int | None
    source: str
    name: str
    message: str

    def __str__(self) -> str:
        place = "启动时" if self.cell is None else f"第 {self.cell} 个代码单元"
        lines = [f"{place}出错：{self.name}：{self.message}", *(f"    {line}" for line in self.source.splitlines())]
        return "\n".join(lines)


def audit(notebook: NotebookNode) -> Failure | None:
    """The first failure, or None where every code cell ran, once and in order, without an error.

    papermill's own marks are not asked: it calls the cells after a dead kernel or a SystemExit(0) completed.
    Empty cells do not run and are passed over.
    """
    executed = 0
    for number, cell in code_cells(notebook):
        if not cell.source.strip():
            continue
        for output in cell.outputs:
            if output.output_type == "error":
                return failure_at(number, cell, output.ename, output.evalue)
        executed += 1
        if cell.execution_count != executed:
            message = "该单元没有运行。" if cell.execution_count is None else f"该单元不是依次第 {executed} 个运行的。"
            return failure_at(number, cell, NOT_RUN, message)
    return None


def failure_at(number: int, cell: NotebookNode, name: str, message: str) -> Failure:
    """A failure in a cell; long sources and messages are cut."""
    lines = [line.rstrip() for line in cell.source.splitlines() if line.strip()]
    head = [_cut(line, _HEAD_WIDTH) for line in lines[:_HEAD_LINES]]
    return Failure(number, "\n".join([*head, "…"] if len(lines) > _HEAD_LINES else head), name, _cut(message, _MESSAGE_WIDTH))


def code_cells(notebook: NotebookNode) -> Iterator[tuple[int, NotebookNode]]:
    """The code cells with their numbers, from 1."""
    return enumerate((cell for cell in notebook.cells if cell.cell_type == "code"), start=1)


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[:width] + "…"
