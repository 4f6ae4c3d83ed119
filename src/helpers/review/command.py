"""`selfeval review`: a finished build, its edited DOCX or a table is read and reviewed; findings are told as text or JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from helpers.examination import Year
from helpers.executed import read_notebook
from helpers.intake import load_table
from helpers.issue import Severity
from helpers.publishing.errors import ReportRefused
from helpers.review.from_docx import edit_findings
from helpers.review.from_report import former_paragraphs, reviewed_report
from helpers.review.from_table import reviewed_table
from helpers.review.model import Finding
from helpers.review.printed_from import printed_from
from helpers.review.registry import review
from helpers.scoring.report import rules_folder
from helpers.scoring.rules import load_rules
from helpers.scoring.table import IndicatorTable, read_indicators
from helpers.scoring.table_head import stated_year

SEVERITIES: tuple[Severity, ...] = ("错误", "警告", "提示")


def review_year(year: Year, out: Path) -> list[Finding]:
    """The findings on the finished build in `out/<year>/`; the build of the year before beside it is what text is compared with.

    Raises ReportRefused where there is no build, or where the table of indicators was changed after it.
    """
    parameters, build = year.parameters, out / str(year.parameters.fiscal_year)
    if not (build / "run.json").is_file():
        raise ReportRefused(
            f"没有找到“{build}”中的报告。请先运行 selfeval run {parameters.fiscal_year}，或用 --out 指明输出文件夹。"
        )
    run = json.loads((build / "run.json").read_text("utf-8"))
    outline, _ = year.outline()
    table = load_table(year.data_dir, "indicators", published_only=run["published_only"])
    if not table.absent and table.sha256 not in [entry["sha256"] for entry in run["inputs"]]:
        raise ReportRefused(f"“{table.file}”在报告生成之后有改动。请重新运行 selfeval run {parameters.fiscal_year} 再复核。")
    reviewed = reviewed_report(
        parameters,
        outline,
        {section.notebook: read_notebook(build / "notebooks" / f"{section.notebook}.ipynb") for section in outline.sections},
        table.frame,
        used=[Path(entry["file"]).stem for entry in run["inputs"]],
        last_year=former_paragraphs(out, parameters.fiscal_year),
    )
    return review(reviewed)


def review_table(path: Path, rules: str, year: int | None) -> list[Finding]:
    """The findings on a table in a CSV or XLSX file, those of reading it first. Raises InputsInvalid where it cannot be read."""
    table = read_indicators(path)
    known = year or stated_year(table)
    in_force = load_rules(rules, rules_folder()).in_force(known or date.today().year)
    weight = Fraction(in_force.execution_weight.value)
    found = review(reviewed_table(table, year=known, execution_weight=weight))
    return [*_reading(table, found), *found]


def review_docx(path: Path, out: Path | None, params: Path | None) -> list[Finding]:
    """The findings on a report that was edited in Word: every number that is not the fact's any more, and every new one.

    Raises ReportRefused where the result that it was printed from is not found (see `printed_from`), DOCXRefused where the file
    cannot be read.
    """
    return edit_findings(path, printed_from(path, out, params))


def findings_json(findings: Sequence[Finding]) -> dict[str, Any]:
    """The findings as one object."""
    return {"findings": [finding.to_json() for finding in findings]}


def findings_text(findings: Sequence[Finding]) -> str:
    """The findings for reading, a line each, and how many there are of each severity."""
    counts = Counter(finding.severity for finding in findings)
    last = "，".join(f"{severity} {counts[severity]} 个" for severity in SEVERITIES)
    return "\n".join([*map(str, findings), f"复核完毕：{last}。"])


def fails(findings: Sequence[Finding]) -> bool:
    """Whether something is wrong in itself (exit code 1), not only to be explained."""
    return any(finding.severity == "错误" for finding in findings)


def _reading(table: IndicatorTable, found: Sequence[Finding]) -> list[Finding]:
    """What reading told, without the actual values that R209 objects to already."""
    copied = {row for finding in found if finding.code == "R209" for row in finding.rows}
    return [
        Finding(issue.code, issue.severity, issue.message, "", () if issue.row is None else (issue.row,))
        for issue in table.issues
        if not (issue.code == "T103" and issue.row in copied)
    ]
