"""The finished report of a year, wherever it lies: sealed in an archive, or in a build."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from helpers.evidence import verify_bag
from helpers.evidence.chain import last_first
from helpers.facts import Fact
from helpers.publishing.errors import ReportRefused
from helpers.publishing.folder import RECORD, is_whole

FACTS = "facts.json"
_MANIFEST = "manifest-sha256.txt"


class ReportDamaged(ReportRefused):
    """A finished report that does not read as it was made: what was found, and how to mend it."""

    def __init__(self, found: str, mend: str) -> None:
        super().__init__(found + mend)
        self.found, self.mend = found, mend


@dataclass(frozen=True)
class FinishedReport:
    """A report of a year in `folder`: its record (run.json) and facts; `archive` is the archive's identifier, None in a build.

    `cells` are the cells that recorded the facts (`05_results#6`), `digests` the SHA-256 of the archive's files by path.
    """

    year: int
    folder: Path
    archive: str | None
    record: Mapping[str, Any]
    facts: tuple[Fact, ...]
    facts_sha256: str
    cells: Mapping[str, str]
    digests: Mapping[str, str]

    @property
    def department(self) -> str:
        return str(self.record["department"])

    @property
    def where(self) -> str:
        """Which report this is, in words."""
        return f"档案 {self.archive}" if self.archive else "最近一次生成的结果（未归档）"

    def read(self, name: str) -> bytes:
        """A file of the build by its name there, such as ``notebooks/02_spending.ipynb``. Raises ReportDamaged."""
        if self.archive is None:
            return (self.folder / name).read_bytes()
        return _sealed(self.folder, verify_bag.output_path(name), self.digests)

    def sealed(self, name: str) -> bytes | None:
        """A file of the archive below `data/`; None where there is none, or this is a build. Raises ReportDamaged."""
        return _sealed(self.folder, name, self.digests) if f"data/{name}" in self.digests else None


def latest_report(year: int, department: str, *, out: Path, archives: Path) -> FinishedReport | None:
    """The department's report of a year: its last archive, else its build in `out`; None where there is neither.

    Raises ReportDamaged where one is there and does not read as it was made.
    """
    return archived_report(year, department, archives) or built_report(year, department, out)


def archived_report(year: int, department: str, archives: Path) -> FinishedReport | None:
    """The department's last archive of a year, None where there is none. Raises ReportDamaged."""
    place = archives / str(year)
    full = {name: info for name, (info, _) in verify_bag.archives_beside(place).items() if info.get("Package") == "full"}
    own = next((name for name in _last_first(full, place) if full[name].get("Source-Organization") == department), None)
    if own is None:
        return None
    folder = place / own
    digests = _digests(folder)
    return _report(year, folder, own, _sealed(folder, RECORD, digests), _sealed(folder, FACTS, digests), digests)


def built_report(year: int, department: str | None, out: Path) -> FinishedReport | None:
    """The build of a year in `out`, None where there is none, or with a `department` none of its. Raises ReportDamaged."""
    folder = (out / str(year)).resolve()
    if not (folder / RECORD).is_file():
        return None
    if not is_whole(folder):
        raise ReportDamaged(
            f"“{out / str(year)}”中的文件与运行记录登记的不同，生成之后被改动、删除或加入过。",
            f"请重新运行 selfeval run {year}，或把这个文件夹移走。",
        )
    report = _report(year, folder, None, (folder / RECORD).read_bytes(), (folder / FACTS).read_bytes(), {})
    return report if department in (None, report.department) else None


def _report(
    year: int, folder: Path, archive: str | None, record: bytes, facts: bytes, digests: Mapping[str, str]
) -> FinishedReport:
    entries = json.loads(facts)["facts"]
    known = tuple(map(Fact.from_json, entries))
    cells = {entry["id"]: entry["cell"] for entry in entries}
    return FinishedReport(year, folder, archive, json.loads(record), known, sha256(facts).hexdigest(), cells, digests)


def _last_first(archives: Mapping[str, Mapping[str, str]], place: Path) -> list[str]:
    """The archives of one chain, the last one first. Raises ReportDamaged where they are none."""
    previous = {name: info.get("Previous-Archive-Identifier") for name, info in archives.items()}
    chain = last_first(previous)
    if previous and not chain:
        raise ReportDamaged(
            f"“{place}”中的档案接不成一条链（{'、'.join(previous)}），不知以哪一份为准。",
            "请先用 selfeval verify 逐份核对，找回缺少的档案。",
        )
    return chain


def _digests(bag: Path) -> dict[str, str]:
    """The manifest of an archive, which its tag manifest must confirm. Raises ReportDamaged."""
    try:
        manifest = (bag / _MANIFEST).read_bytes()
        if sha256(manifest).hexdigest() != _entries((bag / verify_bag.SIGNED).read_bytes()).get(_MANIFEST):
            raise ValueError
        return _entries(manifest)
    except (OSError, ValueError):
        raise _damaged(bag, _MANIFEST) from None


def _entries(manifest: bytes) -> dict[str, str]:
    lines = (line.partition("  ") for line in manifest.decode("utf-8").splitlines())
    return {name: digest for digest, _, name in lines}


def _sealed(bag: Path, name: str, digests: Mapping[str, str]) -> bytes:
    path = f"data/{name}"
    try:
        data = (bag / path).read_bytes()
    except OSError:
        raise _damaged(bag, path) from None
    if sha256(data).hexdigest() != digests.get(path):
        raise _damaged(bag, path)
    return data


def _damaged(bag: Path, name: str) -> ReportDamaged:
    return ReportDamaged(f"档案“{bag}”中的 {name} 缺失或与封存时不同。", "请用 selfeval verify 核对，并从备份中换回这份档案。")
