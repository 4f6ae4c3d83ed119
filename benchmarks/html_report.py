"""A report of notebooks and web page alone, to compare a batch with papermill and nbconvert commands that make just these."""

from __future__ import annotations

import json
from pathlib import Path

from helpers.batch.report_process import Untold
from helpers.examination import open_year
from helpers.executed import read_notebook
from helpers.execution.run import run_sections
from helpers.publishing.assemble import combine, gather
from helpers.publishing.html import SelfevalHTMLExporter
from helpers.report import offered_parameters


def run(folder: Path) -> None:
    request = json.loads((folder / "request.json").read_text("utf-8"))
    year = open_year(request["year"], Path(request["params"]))
    outline, notebooks_dir = year.outline()
    out = Path(request["out"]) / str(request["year"])
    offered = offered_parameters(year.parameters, published_only=False)
    run_sections(outline, notebooks_dir, offered, out, root=year.project.root, jobs=1, progress=Untold())
    notebooks = {section.notebook: read_notebook(out / f"{section.notebook}.ipynb") for section in outline.sections}
    combined = combine(
        outline,
        notebooks,
        gather(outline, notebooks),
        year=request["year"],
        title=year.parameters.report.title,
        department=year.parameters.department.name,
        appendix=[],
        attachments=[],
    )
    page, _ = SelfevalHTMLExporter().from_notebook_node(combined)
    (out / "report.html").write_text(page, "utf-8")
    (folder / "result.json").write_text(json.dumps({"message": ""}), "utf-8")
