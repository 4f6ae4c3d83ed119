"""Finished reports and archives of which only what the index page reads is there."""

import json
from pathlib import Path


def write_report(folder: Path, *, amount: str = "148万元", label: str = "预算", department: str = "某局") -> None:
    """A report of two facts, one of them from made-up records, and two checks, one of them open."""
    folder.mkdir(parents=True)
    facts = [
        {"id": "a.budget.amount", "label": label, "display": amount, "origin": "ledger"},
        {"id": "a.paid.people", "label": "实际发放人数", "display": "38人", "origin": "synthetic"},
    ]
    checks = [
        {"label": "预算合计", "verdict": "相符", "message": "相差0元。"},
        {"label": "发放人数", "verdict": "待查", "message": "相差3人。"},
    ]
    run = {"department": department, "finished": f"{folder.name}-12-31T08:30:00+08:00"}
    for name, content in {"facts.json": {"facts": facts}, "checks.json": {"checks": checks}, "run.json": run}.items():
        (folder / name).write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    page = (
        f"<!DOCTYPE html><html lang=zh><title>x</title><h1>{folder.name}年度的报告</h1><p id='fact-a.budget.amount'>{amount}</p>"
    )
    (folder / "report.html").write_text(page, "utf-8")


def write_archive(place: Path, identifier: str) -> None:
    """An archive and its digest sheet."""
    bag = place / identifier
    bag.mkdir(parents=True)
    (bag / "bag-info.txt").write_text("Bagging-Date: 2023-02-01\nPackage: full\n", "utf-8")
    (bag / "tagmanifest-sha256.txt").write_text("", "utf-8")
    (place / f"{identifier}-digest.pdf").write_bytes(b"%PDF")
