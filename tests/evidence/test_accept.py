"""A notebook run by hand is taken only where it ran from 1 on and a clean run puts out the same."""

from __future__ import annotations

import json

import nbformat
import pytest

from conftest import ROOT
from helpers.evidence.accept import read_hand_run
from helpers.publishing.errors import ReportRefused

STEM = "04_assets"


@pytest.fixture
def by_hand(full_report, tmp_path):
    """A section's notebook as an analyst saves it after running all cells: without papermill's parameters."""
    notebook = json.loads((full_report / f"notebooks/{STEM}.ipynb").read_bytes())
    cells = [cell for cell in notebook["cells"] if "injected-parameters" not in cell["metadata"].get("tags", [])]
    for number, cell in enumerate((cell for cell in cells if cell["cell_type"] == "code"), start=1):
        cell["execution_count"] = number
    notebook["cells"] = cells
    return save(notebook, tmp_path / f"{STEM}.ipynb")


def save(notebook, path):
    path.write_text(json.dumps(notebook), "utf-8")
    return path


def edited(path, edit):
    notebook = json.loads(path.read_bytes())
    edit([cell for cell in notebook["cells"] if cell["cell_type"] == "code"])
    return save(notebook, path)


@pytest.fixture
def read(year):
    outline, _ = year.outline()
    return lambda path: read_hand_run(path, outline, ROOT / "notebooks")


def test_same_outputs(by_hand, read, full_report):
    read(by_hand).refuse_unlike(full_report / "notebooks")


def test_stream_in_other_pieces(by_hand, read, full_report, tmp_path):
    pieces = [{"output_type": "stream", "name": "stdout", "text": text} for text in ("一", "二\n")]
    edited(by_hand, lambda code: code[1]["outputs"].extend(pieces))
    clean = nbformat.read(full_report / f"notebooks/{STEM}.ipynb", as_version=4)
    ran = [
        cell for cell in clean.cells if cell.cell_type == "code" and "injected-parameters" not in cell.metadata.get("tags", [])
    ]
    ran[1].outputs.append(nbformat.v4.new_output("stream", name="stdout", text="一二\n"))
    (tmp_path / "run").mkdir()
    nbformat.write(clean, tmp_path / f"run/{STEM}.ipynb")
    read(by_hand).refuse_unlike(tmp_path / "run")


def test_other_output(by_hand, read, full_report):
    def edit(code):
        cell = next(cell for cell in code if cell["outputs"])
        cell["outputs"][0]["data"]["text/plain"] = "改过"

    with pytest.raises(ReportRefused, match="个代码单元的输出与重新运行的不同，没有采用"):
        read(edited(by_hand, edit)).refuse_unlike(full_report / "notebooks")


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda code: code[1].update(execution_count=7), "不是依次第 2 个运行的"),
        (lambda code: code[2].update(execution_count=None, outputs=[]), "没有运行"),
        (lambda code: code[1].update(source="1 + 1"), "代码与项目中的笔记本不同"),
    ],
    ids=["out of order", "not run", "other code"],
)
def test_refused(by_hand, read, edit, said):
    with pytest.raises(ReportRefused, match=said):
        read(edited(by_hand, edit))


def test_notebook_of_no_section(by_hand, read):
    with pytest.raises(ReportRefused, match="不是大纲中的笔记本"):
        read(by_hand.rename(by_hand.with_name("explore.ipynb")))


def test_no_notebook(by_hand, read):
    by_hand.write_text("{", "utf-8")
    with pytest.raises(ReportRefused, match="不是可读的笔记本文件"):
        read(by_hand)
