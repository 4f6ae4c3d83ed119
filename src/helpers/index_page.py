"""`index.html` of an output folder: all years, departments, reports, figures, open checks and archives on one offline page."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import Any
from urllib.parse import quote

from filelock import FileLock

from helpers.evidence.verify_bag import archives_beside
from helpers.publishing.folder import RECORD
from helpers.publishing.web_page import TEMPLATES, environment, whole_page

INDEX = "index.html"
FILES = {
    "report.html": "网页",
    "report.pdf": "PDF",
    "report.docx": "Word",
    "scorecard.xlsx": "自评表",
    "facts.json": "数字登记",
    "checks.json": "核对结果",
}
_YEAR = re.compile("[0-9]{4}")
_PATIENCE = 10
"""Seconds to wait for another run that is writing the page."""


@dataclass(frozen=True)
class Report:
    """A finished report: `place` is its folder as a link from the page, `files` are those that it has, by name.

    `broken` tells that its records cannot be read; then it has neither facts nor checks.
    """

    year: str
    place: str
    department: str
    finished: str
    files: Mapping[str, str]
    facts: tuple[Mapping[str, Any], ...]
    checks: tuple[Mapping[str, Any], ...]
    broken: bool

    @property
    def verdicts(self) -> str:
        """How many checks have each verdict, in words."""
        count = Counter(check["verdict"] for check in self.checks)
        return "，".join(f"{verdict} {number}" for verdict, number in count.most_common())

    @property
    def unsettled(self) -> list[str]:
        """The checks that did not come out even, each once: what fails in the data mostly fails in the report too."""
        told = [f"{one['verdict']}：{one['label']}。{one['message']}" for one in self.checks if one["verdict"] != "相符"]
        return list(dict.fromkeys(told))

    def of_origin(self, origin: str) -> int:
        """How many facts are of an origin."""
        return sum(fact["origin"] == origin for fact in self.facts)


@dataclass(frozen=True)
class Archive:
    """A sealed archive; `place` is its folder as a link from the page, empty where it lies elsewhere."""

    year: str
    identifier: str
    place: str
    sheet: str
    sealed: str
    package: str


@dataclass(frozen=True)
class Comparison:
    """A page that compares two years, as a link from the page."""

    years: str
    place: str


def refresh_index(out: Path, archives: Path) -> str | None:
    """Write the page of `out` anew, at once; a page that cannot be made leaves the former one.

    Returns None, or in one Chinese sentence why the page is the former one. Never raises: the report that was just published
    stands whether or not it is listed.
    """
    try:
        with FileLock(out / ".index.lock", timeout=_PATIENCE):
            _replace(out / INDEX, index_page(_reports(out), _archives(archives, out), _comparisons(out)))
    except Exception as error:
        return f"报告已生成，但目录页 {INDEX} 没有更新（{type(error).__name__}）。下次生成报告时会再更新。"
    return None


def index_page(reports: list[Report], archives: list[Archive], comparisons: list[Comparison]) -> str:
    """The page, in one file that neither asks nor loads anything. Raises CharactersMissing for one that no font has."""
    templates = environment(report="")
    body = templates.get_template("index.html.j2").render(reports=reports, archives=archives, comparisons=comparisons)
    return whole_page(templates, "自评报告目录", body, None, (TEMPLATES / "index.js").read_text("utf-8"))


def _reports(out: Path) -> list[Report]:
    own = [folder for folder in out.iterdir() if _YEAR.fullmatch(folder.name) and folder.is_dir()]
    newest_first = sorted(own, key=lambda folder: folder.name, reverse=True)
    return [_report(folder, out) for folder in newest_first] + list(_batch(out))


def _batch(out: Path) -> Iterator[Report]:
    """The reports of a batch; their figures are left to their own pages, since there may be hundreds of departments."""
    for folder in sorted(out.glob("batch/*/*")):
        if _YEAR.fullmatch(folder.name) and folder.is_dir():
            yield _report(folder, out, figures=False)


def _report(folder: Path, out: Path, *, figures: bool = True) -> Report:
    run: Mapping[str, Any] = {}
    facts: list[Mapping[str, Any]] = []
    checks: list[Mapping[str, Any]] = []
    broken = True
    with suppress(OSError, ValueError, KeyError, TypeError):
        run = json.loads((folder / RECORD).read_text("utf-8"))
        if figures:
            facts = json.loads((folder / "facts.json").read_text("utf-8"))["facts"]
        checks = json.loads((folder / "checks.json").read_text("utf-8"))["checks"]
        broken = False
    return Report(
        year=folder.name,
        place=_link(folder.relative_to(out)),
        department=run.get("department", ""),
        finished=run.get("finished", "")[:16].replace("T", " "),
        files={name: label for name, label in FILES.items() if (folder / name).is_file()},
        facts=() if broken else tuple(facts),
        checks=() if broken else tuple(checks),
        broken=broken,
    )


def _archives(archives: Path, out: Path) -> list[Archive]:
    """The archives, newest year first; linked only where they lie beside `out`, so that no path of the machine is shown."""
    if not archives.is_dir():
        return []
    beside = archives.resolve().parent == out.resolve().parent
    found = []
    for year in sorted((folder for folder in archives.iterdir() if _YEAR.fullmatch(folder.name)), reverse=True):
        for name, (info, _) in sorted(archives_beside(year).items()):
            place = _link(Path("..", archives.name, year.name, name)) if beside else ""
            sheet = f"{place}-digest.pdf" if place and (year / f"{name}-digest.pdf").is_file() else ""
            package = "公开包" if info.get("Package") == "public" else "完整档案"
            found.append(Archive(year.name, name, place, sheet, info.get("Bagging-Date", ""), package))
    return found


def _comparisons(out: Path) -> list[Comparison]:
    """The comparisons of years, those of the newest years first."""
    pages = sorted(out.glob(f"compare/*/{INDEX}"), reverse=True)
    return [Comparison("、".join(page.parent.name.split("-")), _link(page.relative_to(out))) for page in pages]


def _link(path: Path) -> str:
    return quote(path.as_posix())


def _replace(page: Path, text: str) -> None:
    unfinished = page.with_name(f".{page.name}-{token_hex(4)}")
    try:
        with unfinished.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(page)
    finally:
        unfinished.unlink(missing_ok=True)
