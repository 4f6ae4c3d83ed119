"""Finished reports of which only what a comparison reads is there: a build, or an archive of it."""

import json
from hashlib import sha256
from pathlib import Path

from helpers.blocks import FACT_MIME
from helpers.evidence.bag import bag_files, write_files
from helpers.evidence.verify_bag import output_path, setting_path
from helpers.facts import Fact
from helpers.source_code import code_digest

NOTEBOOK = "02_spending"
CODE = """\
paid = section.load("budget")
section.record("a.paid.amount", paid["initial"].sum(), unit="万元", label="支付", source=paid)
section.record("a.limit.days", section.thresholds.late_short_days, unit="天", label="界限")
"""


def entry(fact: Fact, cell: int = 2) -> dict[str, object]:
    """A fact as facts.json has it."""
    return fact.to_json() | {"cell": f"{NOTEBOOK}#{cell}", "printed_in": []}


def notebook(facts: list[Fact], code: str = CODE) -> dict[str, object]:
    """An executed notebook whose second code cell recorded the facts."""
    outputs = [{"output_type": "display_data", "data": {FACT_MIME: fact.to_json()}, "metadata": {}} for fact in facts]
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": "# 二、支出管理"},
        {"cell_type": "code", "metadata": {"tags": ["parameters"]}, "source": "thresholds = None", "outputs": []},
        {"cell_type": "code", "metadata": {"tags": []}, "source": code, "outputs": outputs},
    ]
    return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def write_build(
    out: Path,
    year: int,
    facts: list[Fact],
    *,
    department: str = "某局",
    inputs: dict[str, str] | None = None,
    settings: dict[str, Path] | None = None,
    code: str = CODE,
    program: str = "",
) -> Path:
    """A whole build in `out`; `inputs` are hashes of files of tables, `settings` files of parameters and rules by their keys."""
    folder = out / str(year)
    made = {
        "facts.json": {"schema": 1, "year": year, "facts": [entry(fact) for fact in facts]},
        f"notebooks/{NOTEBOOK}.ipynb": notebook(facts, code),
    }
    files = {name: json.dumps(content, ensure_ascii=False).encode() for name, content in made.items()}
    run = {
        "year": year,
        "department": department,
        "published_only": False,
        "finished": f"{year + 1}-02-01T08:00:00+08:00",
        "sections": [{"notebook": NOTEBOOK}],
        "inputs": [{"file": file, "sha256": digest} for file, digest in (inputs or {}).items()],
        "parameters": {key: sha256(path.read_bytes()).hexdigest() for key, path in (settings or {}).items()},
        "code": program or code_digest(),
        "outputs": {name: sha256(data).hexdigest() for name, data in files.items()},
    }
    for name, data in (files | {"run.json": json.dumps(run).encode()}).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def write_archive(
    archives: Path, build: Path, name: str, *, previous: str | None = None, settings: dict[str, Path] | None = None
) -> Path:
    """An archive of a build, in the year's chain after `previous`."""
    run = json.loads((build / "run.json").read_text("utf-8"))
    contents = {output_path(key): (build / key).read_bytes() for key in run["outputs"]}
    contents |= {"run.json": (build / "run.json").read_bytes()}
    contents |= {setting_path(key, run["year"]): path.read_bytes() for key, path in (settings or {}).items()}
    info = [("Package", "full"), ("Source-Organization", run["department"]), ("External-Identifier", name)]
    info += [("Previous-Archive-Identifier", previous)] if previous else []
    bag = archives / str(run["year"]) / name
    bag.parent.mkdir(parents=True, exist_ok=True)
    write_files(bag, bag_files(contents, info))
    return bag
