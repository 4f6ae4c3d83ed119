"""The summary of a batch: a web page and a CSV file with one row a report."""

from __future__ import annotations

import csv
import io
import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from helpers.batch.outcome import DONE, FAILED, NOT_RUN, Outcome
from helpers.publishing.web_page import environment, whole_page

COLUMNS = ("部门编码", "部门", "年度", "状态", "自评总分", "等级", "复核发现", "用时（秒）", "说明", "报告", "参数文件")
ORDER = (FAILED, NOT_RUN, DONE)
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_summary(outcomes: Sequence[Outcome], folder: Path) -> None:
    """Write `index.html` and `index.csv` into the folder, each at once; what needs a hand stands first."""
    outcomes = sorted(outcomes, key=lambda one: (ORDER.index(one.state), one.code, one.year or 0, one.params))
    for name, text in {"index.csv": _csv(outcomes, folder), "index.html": _page(outcomes, folder)}.items():
        unfinished = folder / f".{name}"
        unfinished.write_text(text, "utf-8", newline="")
        unfinished.replace(folder / name)


def counted(outcomes: Sequence[Outcome]) -> str:
    """How many reports are in each state, in words."""
    count = Counter(one.state for one in outcomes)
    return "，".join(f"{state} {count[state]} 份" for state in (DONE, FAILED, NOT_RUN))


def _row(one: Outcome, folder: Path) -> dict[str, str]:
    findings = "、".join(code if count == 1 else f"{code}（{count} 处）" for code, count in sorted(one.findings.items()))
    report = "" if one.folder is None else Path(os.path.relpath(one.folder / "report.html", folder)).as_posix()
    values = (
        one.code,
        one.department,
        str(one.year or ""),
        one.state,
        one.score,
        one.grade,
        findings,
        f"{one.seconds:.1f}" if one.seconds else "",
        one.message,
        report,
        one.params,
    )
    return dict(zip(COLUMNS, values, strict=True))


def _csv(outcomes: Sequence[Outcome], folder: Path) -> str:
    """For people: with the mark by which Excel knows UTF-8, and no cell that it would take for a formula."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    for one in outcomes:
        cells = _row(one, folder)
        writer.writerow({name: f"'{cell}" if cell.startswith(_STARTS_FORMULA) else cell for name, cell in cells.items()})
    return "\ufeff" + text.getvalue()


def _page(outcomes: Sequence[Outcome], folder: Path) -> str:
    templates = environment(report="")
    rows = [_row(one, folder) for one in outcomes]
    body = templates.get_template("batch.html.j2").render(rows=rows, count=counted(outcomes))
    return whole_page(templates, "批量生成的自评报告", body, notice=None)
