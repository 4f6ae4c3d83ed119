"""Which finished report an edited DOCX was printed from, found by the digest of its facts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers.project import ProjectNotFound, find_project
from helpers.publishing.docx_figures import facts_digest_of, year_of
from helpers.publishing.errors import ReportRefused
from helpers.publishing.word.package import facts_digest

BELOW = ("", "*/", "*/*/", "*/*/*/")
"""Where results lie below a folder that is searched: `<year>`, `batch/<code>/<year>`, and `<year>/<bag>/data` of an archive."""
REPORTS = ("report.docx", "report/report.docx")
"""Where its DOCX lies beside facts.json, in a build and in an archive."""


@dataclass(frozen=True)
class Result:
    """A finished report: its DOCX as it was published, and the entries of its facts.json by id."""

    original: Path
    facts: dict[str, dict[str, Any]]


def printed_from(docx: Path, out: Path | None, params: Path | None) -> Result:
    """The result that a DOCX was printed from: in `out`, by default in the folder of the DOCX, and in `build` and `archive` of
    the projects that hold `params` (or the current folder) and the DOCX.

    Raises ReportRefused where there is none, saying whether the DOCX carries no id or its build was made anew; DOCXRefused
    where the file cannot be read.
    """
    digest, year = facts_digest_of(docx), year_of(docx)
    if digest is None:
        raise ReportRefused(
            f"“{docx}”没有结果标识，无法知道它由哪次结果生成：它不是 selfeval 生成的报告，或保存它的软件丢掉了文件属性。"
            "请在结果文件夹中的 report.docx 上改写并保存为 .docx 后再复核。"
        )
    folders = [(out, BELOW)] if out is not None else list(_folders(docx, params))
    renewed = []
    for path in _fact_files(folders):
        content = json.loads(path.read_text("utf-8"))
        facts = {entry["id"]: entry for entry in content["facts"]}
        original = next((path.parent / name for name in REPORTS if (path.parent / name).is_file()), None)
        if original and facts_digest(facts) == digest == facts_digest_of(original):
            return Result(original, facts)
        if str(content["year"]) == year:
            renewed.append(str(path.parent))
    if renewed:
        raise ReportRefused(
            f"“{docx}”由 {year} 年度较早的一次结果生成，此后报告已重新生成，数字有了变化（现有结果：{'、'.join(renewed)}）。"
            "请在新生成的 report.docx 上改写；仍要核对这个文件的，请用 --out 指明保存那次结果的文件夹或档案。"
        )
    searched = "、".join(str(folder) for folder, _ in folders)
    raise ReportRefused(
        f"没有找到“{docx}”由哪次结果生成，已查找：{searched}。"
        "请在生成它的项目文件夹中运行，或用 --out 指明输出文件夹（含 <年度>/facts.json 的文件夹）或档案。"
    )


def _folders(docx: Path, params: Path | None) -> Iterator[tuple[Path, Sequence[str]]]:
    """Folders with what is searched below them: below that of the DOCX, which may be anybody's, nothing."""
    yield docx.resolve().parent, BELOW[:1]
    roots = []
    for start in (params.parent if params else Path.cwd(), docx.parent):
        try:
            project = find_project(start)
        except ProjectNotFound:
            continue
        if project.root not in roots:
            roots.append(project.root)
            yield project.build, BELOW
            yield project.archive, BELOW


def _fact_files(folders: Sequence[tuple[Path, Sequence[str]]]) -> Iterator[Path]:
    """Every facts.json, the nearest first, without those in hidden folders: of runs that go on, or that a link leads to."""
    for folder, below in folders:
        for depth in below:
            for path in sorted(folder.glob(f"{depth}facts.json")):
                if not any(part.startswith(".") for part in path.relative_to(folder).parts):
                    yield path
