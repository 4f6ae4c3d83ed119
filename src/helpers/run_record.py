"""What run.json says of a run: what it was made from, by which program, when, and how long each section took."""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from helpers.examination import Examination, Year
from helpers.execution.run import SectionRun
from helpers.source_code import code_digest, commit

PACKAGES = ("papermill", "nbclient", "nbconvert", "ipykernel", "pandas", "matplotlib", "typst", "python-docx")


def run_record(
    year: Year, examination: Examination, runs: Sequence[SectionRun], started: datetime, *, published_only: bool
) -> dict[str, Any]:
    """The record of a run that ends now, but for what comes of looking through its files."""
    tables = [
        {"file": table.file, "sha256": table.sha256, "origin": table.origin, "rows_read": table.rows_read}
        for table in examination.inputs.tables.values()
        if not table.absent
    ]
    return {
        "schema": 1,
        "year": year.parameters.fiscal_year,
        "department": year.parameters.department.name,
        "published_only": published_only,
        "started": started.isoformat(timespec="seconds"),
        "finished": datetime.now().astimezone().isoformat(timespec="seconds"),
        "sections": [{"notebook": run.section.notebook, "seconds": round(run.seconds, 3), "cached": run.kept} for run in runs],
        "inputs": tables,
        "parameters": {name: sha256(path.read_bytes()).hexdigest() for name, path in year.settings().items()},
        "code": code_digest(),
        "commit": commit(),
        "versions": {"python": platform.python_version(), "selfeval": version("selfeval")}
        | {name: version(name) for name in PACKAGES},
        "platform": {"system": platform.platform(), "executable": Path(sys.executable).name},
    }


def as_json(content: Mapping[str, Any]) -> str:
    """A JSON file of the build as text."""
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
