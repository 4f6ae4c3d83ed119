"""Seal a finished build: a bag that verifies without this project, appended to the year's chain of archives."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from helpers.evidence import verify_bag
from helpers.evidence.bag import bag_files, sync_folder, write_durably, write_files
from helpers.evidence.chain import last_first
from helpers.evidence.contents import full_contents, public_contents, refuse_stale
from helpers.evidence.crate import full_crate, public_crate
from helpers.evidence.digest_sheet import digest_sheet
from helpers.evidence.signature import key_fingerprint, sign
from helpers.examination import Year, examine
from helpers.issue import InputsInvalid
from helpers.privacy.guard import Guard
from helpers.privacy.process import private_files
from helpers.publishing.errors import ReportRefused
from helpers.publishing.lock import held_year

CRATE_FILE = "ro-crate-metadata.json"
SHEET = "digest.pdf"
_LEAK = "将要归档的内容中有个人信息，没有归档，已有的档案未改动："


@dataclass(frozen=True)
class Correction:
    """The identifier of the archive that a new one supersedes, and why."""

    identifier: str
    reason: str


@dataclass(frozen=True)
class Sealed:
    """An archive in its folder; `new` is false where the same build had been archived before."""

    folder: Path
    new: bool


def archive(
    year: Year, out: Path, archives: Path, *, public: bool, correction: Correction | None = None, key: Path | None = None
) -> list[Sealed]:
    """Seal the year's build in `out` as `archives/<year>/<identifier>/`, and with `public` a package for disclosure beside it.

    Raises ReportRefused where there is no build, where what it was made of has changed since, where a personal value would be
    sealed, where the chain of former archives is broken; InputsInvalid for the inputs; YearHeld.
    """
    fiscal_year = year.parameters.fiscal_year
    if year.parameters.archive is None:
        mend = "请补上 archive，写明 retention_class（保管期限）和 legal_basis（依据）。"
        raise ReportRefused(f"{year.params_file.name} 没有写明保管期限，没有归档。{mend}")
    with private_files(), held_year(out, fiscal_year), held_year(archives, fiscal_year):
        place = archives / str(fiscal_year)
        place.mkdir(exist_ok=True)
        sync_folder(archives)
        for left in place.glob(".staging-*"):
            shutil.rmtree(left)
        sealer = _Sealer(year, out / str(fiscal_year), place, key)
        full = sealer.full(correction)
        return [full, sealer.public(full.folder)] if public else [full]


class _Sealer:
    """One build on its way into the folder of the year's archives."""

    def __init__(self, year: Year, build: Path, place: Path, key: Path | None) -> None:
        self._year, self._build, self._place, self._key = year, build, place, key
        run = build / "run.json"
        self._run: dict[str, Any] = json.loads(run.read_text("utf-8")) if run.is_file() else {}
        found = examine(year, published_only=self._run.get("published_only", False), out=build.parent)
        if errors := [issue for issue in found.inputs.issues if issue.stops]:
            raise InputsInvalid(errors)
        refuse_stale(year, build, found.inputs)
        self._inputs = found.inputs

    def full(self, correction: Correction | None) -> Sealed:
        contents = full_contents(self._year, self._build, self._inputs)
        identifier = _identifier(contents)
        folder = self._place / identifier
        if folder.exists():
            return self._known(folder, correction)
        outline, _ = self._year.outline()
        needs = {section.notebook: section.needs for section in outline.sections}
        about = self._about(identifier, "完整档案")
        contents[CRATE_FILE] = full_crate(contents, self._run, about, needs)
        info = [*self._info(identifier, identifier, "full"), *self._chain(identifier, correction)]
        self._put(folder, contents, info)
        return Sealed(folder, new=True)

    def public(self, full: Path) -> Sealed:
        contents = public_contents(self._build)
        identifier = f"{full.name}-public"
        folder = self._place / identifier
        if folder.exists():
            return self._known(folder, None)
        own = _identifier(contents)
        contents[CRATE_FILE] = public_crate(contents, self._about(identifier, "公开包"))
        tie = [("Full-Archive-Identifier", full.name), ("Full-Archive-SHA256", _seal_of(full))]
        self._put(folder, contents, [*self._info(identifier, own, "public"), *tie])
        return Sealed(folder, new=True)

    def _known(self, folder: Path, correction: Correction | None) -> Sealed:
        """The same build was archived before: only a digest sheet that an interruption left unwritten is made up for."""
        found = verify_bag.verify(folder)
        if found.findings:
            raise ReportRefused(f"同一份档案已在“{folder}”，但没有通过核对，没有改动它：\n{found.text(folder.name)}")
        if correction is not None and found.info.get("Supersedes") != correction.identifier:
            raise ReportRefused(
                f"报告与已有的档案“{folder.name}”完全相同，没有可更正的内容，没有归档。"
                f"请先改正，重新运行 selfeval run {self._year.parameters.fiscal_year} 后再归档。"
            )
        if not self._sheet_of(folder).exists():
            with _staging(self._place, folder.name) as staging:
                write_durably(staging / SHEET, self._sheet(folder, found))
                (staging / SHEET).replace(self._sheet_of(folder))
            sync_folder(self._place)
        return Sealed(folder, new=False)

    def _about(self, identifier: str, kind: str) -> dict[str, str]:
        parameters = self._year.parameters
        assert parameters.archive is not None
        title = f"{parameters.department.name}{parameters.fiscal_year}年度部门整体支出绩效自评报告"
        kept = f"保管期限：{parameters.archive.retention_class}；依据：{parameters.archive.legal_basis}"
        return {
            "identifier": identifier,
            "name": f"{title}（{kind}）",
            "description": kept,
            "license": f"由{parameters.department.name}按上述依据保管和提供利用",
            "department": parameters.department.name,
            "date": self._run["finished"][:10],
        }

    def _info(self, identifier: str, content: str, package: str) -> list[tuple[str, str]]:
        about = self._about(identifier, "公开包" if package == "public" else "完整档案")
        kept = self._year.parameters.archive
        assert kept is not None
        signing = [("Signing-Key", key_fingerprint(self._key))] if self._key else []
        return [
            ("Source-Organization", about["department"]),
            ("External-Description", about["name"]),
            ("Bagging-Date", date.today().isoformat()),
            ("External-Identifier", identifier),
            ("Content-Identifier", content),
            ("Bag-Software-Agent", f"selfeval {version('selfeval')}"),
            ("Fiscal-Year", str(self._year.parameters.fiscal_year)),
            ("Package", package),
            ("Retention-Class", kept.retention_class),
            ("Legal-Basis", kept.legal_basis),
            *signing,
        ]

    def _chain(self, identifier: str, correction: Correction | None) -> Iterator[tuple[str, str]]:
        former = {
            name: entry for name, entry in verify_bag.archives_beside(self._place).items() if entry[0].get("Package") == "full"
        }
        if former:
            last = _end_of_chain({name: info.get("Previous-Archive-Identifier") for name, (info, _) in former.items()})
            yield "Previous-Archive-Identifier", last
            yield "Previous-Archive-SHA256", former[last][1]
        if correction is not None:
            if correction.identifier not in former:
                known = f"已有的档案：{'、'.join(former)}。" if former else "该年度还没有档案。"
                raise ReportRefused(f"没有编号为“{correction.identifier}”的档案可以取代。{known}")
            yield "Supersedes", correction.identifier
            yield "Supersedes-Reason", correction.reason

    def _put(self, folder: Path, contents: dict[str, bytes], info: Sequence[tuple[str, str]]) -> None:
        """Write the bag aside, read it back, and move it to its place with its digest sheet."""
        files = bag_files(contents, info)
        if self._key:
            files[f"{verify_bag.SIGNED}.sig"] = sign(files[verify_bag.SIGNED], self._key)
        with _staging(self._place, folder.name) as staging:
            bag = staging / folder.name
            write_files(bag, files)
            settings = [*self._year.settings().values()]
            Guard(staging, self._inputs.personal_values, settings, head=_LEAK).refuse_leaks()
            found = verify_bag.verify(bag)
            if found.findings:
                raise ReportRefused(f"写好的档案没有通过核对，没有归档：\n{found.text(folder.name)}")
            write_durably(staging / SHEET, self._sheet(bag, found))
            bag.rename(folder)
            (staging / SHEET).replace(self._sheet_of(folder))
        sync_folder(self._place)

    def _sheet_of(self, folder: Path) -> Path:
        return self._place / f"{folder.name}-{SHEET}"

    def _sheet(self, bag: Path, found: verify_bag.Found) -> bytes:
        """The digest sheet of a bag that was verified; the same whenever it is made."""
        info = found.info
        sizes = [path.stat().st_size for path in bag.rglob("*") if path.is_file()]
        rows = [
            ("单位", info["Source-Organization"]),
            ("内容", info["External-Description"]),
            ("档案编号", info["External-Identifier"]),
            ("封存日期", info["Bagging-Date"]),
            ("保管期限", info["Retention-Class"]),
            ("依据", info["Legal-Basis"]),
            ("文件", f"{len(sizes)} 个，{sum(sizes):,} 字节"),
            ("前一份档案", info.get("Previous-Archive-Identifier", "无")),
        ]
        rows += [("取代", f"{info['Supersedes']}：{info['Supersedes-Reason']}")] if "Supersedes" in info else []
        names = {"sha256": "SHA-256", "sm3": "SM3"}
        digests = {names[name]: value for name, value in found.digests.items()}
        return digest_sheet("自评档案摘要单", rows, digests, self._year.parameters.fiscal_year)


@contextmanager
def _staging(place: Path, name: str) -> Iterator[Path]:
    """A folder in the same file system, which is gone afterwards whatever happens."""
    folder = place / f".staging-{name}"
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _identifier(contents: dict[str, bytes]) -> str:
    return verify_bag.content_identifier({f"data/{name}": sha256(data).hexdigest() for name, data in contents.items()})


def _seal_of(folder: Path) -> str:
    return sha256((folder / verify_bag.SIGNED).read_bytes()).hexdigest()


def _end_of_chain(previous: dict[str, str | None]) -> str:
    """The archive that none follows. Raises ReportRefused where the archives are not one chain."""
    chain = last_first(previous)
    if not chain or any(name is not None and name not in previous for name in previous.values()):
        raise ReportRefused(
            f"该年度的档案接不成一条链（{'、'.join(previous)}），可能有档案被移走、改名或另行加入，没有归档。"
            "请先用 selfeval verify 逐份核对，找回缺少的档案。"
        )
    return chain[0]
