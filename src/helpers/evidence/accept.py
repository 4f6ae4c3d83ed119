"""A notebook that was run by hand as evidence: only where a clean run gives the same outputs."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from helpers.executed import read_notebook
from helpers.execution.audit import audit
from helpers.execution.outline import Outline
from helpers.publishing.errors import ReportRefused


@dataclass(frozen=True)
class HandRun:
    """A section's notebook as somebody ran and saved it."""

    name: str
    stem: str
    notebook: NotebookNode
    sha256: str

    def refuse_unlike(self, folder: Path) -> None:
        """Compare with the clean run of the section in a folder of executed notebooks. Raises ReportRefused at the first cell
        whose outputs differ.
        """
        clean = read_notebook(folder / f"{self.stem}.ipynb")
        pairs = zip(_ran(self.notebook), _ran(clean), strict=True)
        for number, (by_hand, by_run) in enumerate(pairs, start=1):
            if _outputs(by_hand) != _outputs(by_run):
                raise ReportRefused(
                    f"“{self.name}”第 {number} 个代码单元的输出与重新运行的不同，没有采用，原有结果未改动。"
                    "可能是运行后改过数据、参数或前面的单元，或用到了没有保存的变量。"
                    "请在 JupyterLab 中“重启内核并运行所有单元格”，保存后再试。\n" + _head(by_hand)
                )

    def to_json(self) -> dict[str, str]:
        return {"notebook": self.stem, "sha256": self.sha256}


def read_hand_run(path: Path, outline: Outline, notebooks_dir: Path) -> HandRun:
    """A notebook run by hand. Raises ReportRefused where it is no section's, where its code is not the section's, or where its
    cells did not run from 1 on, each once and in order.
    """
    stems = [section.notebook for section in outline.sections]
    if path.stem not in stems or path.suffix != ".ipynb":
        raise ReportRefused(
            f"“{path.name}”不是大纲中的笔记本，没有采用。可用的文件名：{'、'.join(f'{stem}.ipynb' for stem in stems)}。"
        )
    try:
        notebook = read_notebook(path)
    except Exception:  # nbformat raises many kinds for what is no notebook
        raise ReportRefused(f"“{path.name}”不是可读的笔记本文件，没有采用。请在 JupyterLab 中打开并另存。") from None
    if failure := audit(notebook):
        raise ReportRefused(
            f"“{path.name}”没有从头到尾依次运行一遍，没有采用：{failure}\n"
            "请在 JupyterLab 中“重启内核并运行所有单元格”，保存后再试。"
        )
    source = read_notebook(notebooks_dir / path.name)
    if [cell.source for cell in _ran(notebook)] != [cell.source for cell in _ran(source)]:
        mend = f"请先把改动存入“{notebooks_dir.name}/{path.name}”，再运行。"
        raise ReportRefused(f"“{path.name}”的代码与项目中的笔记本不同，没有采用。{mend}")
    return HandRun(path.name, path.stem, notebook, sha256(path.read_bytes()).hexdigest())


def _ran(notebook: NotebookNode) -> list[NotebookNode]:
    """The code cells of the notebook itself: papermill's parameters are none of them."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return [cell for cell in code if "injected-parameters" not in cell.metadata.get("tags", [])]


def _outputs(cell: NotebookNode) -> list[dict[str, Any]]:
    """What a cell put out, without counts and with each stream in one piece."""
    told: list[dict[str, Any]] = []
    for output in cell.outputs:
        if output.output_type != "stream":
            told.append({"data": output.get("data"), "type": output.output_type})
        elif told and told[-1].get("stream") == output.name:
            told[-1]["text"] += output.text
        else:
            told.append({"stream": output.name, "text": output.text})
    return told


def _head(cell: NotebookNode) -> str:
    return "\n".join(f"    {line}" for line in cell.source.splitlines()[:3])
