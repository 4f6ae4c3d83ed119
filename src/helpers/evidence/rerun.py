"""Run an archive again: its own notebooks, parameters and program on its own tables, and compare what comes out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from helpers.evidence import verify_bag
from helpers.evidence.comparison import Comparison, compare
from helpers.evidence.environment import environment
from helpers.intake.register import FORMER_FILE
from helpers.params import load_parameters
from helpers.publishing.errors import ReportRefused

_READING = ("encoding", "sheet", "header_row", "fill_down", "sha256")
"""What a register says of how a raw file is read, which its clean table is not."""


def rerun_bag(path: Path, inputs: Path | None) -> Comparison:
    """Run the archive at `path` (verified before) in a folder of its own and compare facts, notebooks and documents.

    The tables are the sealed clean ones, or with `inputs` the raw files of that folder, whose hashes must be the sealed ones.
    Raises ReportRefused for a public package, for raw files that are missing or others, and where the run fails.
    """
    sealed = sealed_files(path)
    if "inputs/sealed.json" not in sealed:
        raise ReportRefused("公开包不含数据表和笔记本，不能重新运行。请用它在 bag-info.txt 中写明的完整档案。")
    run = json.loads(sealed["run.json"])
    files = [entry for entry in json.loads(sealed["inputs/sealed.json"])["files"] if entry["file"] != FORMER_FILE]
    raw = None if inputs is None else _raw_files(inputs, files)
    with tempfile.TemporaryDirectory(prefix="selfeval-") as name:
        root = Path(name) / "project"
        settings = _write_project(root, sealed, run["year"], files, raw)
        _write(Path(name), {n.removeprefix("code/"): data for n, data in sealed.items() if n.startswith("code/")})
        _run(root, settings, Path(name) / "src", published_only=run["published_only"])
        build = (root / "build" / str(run["year"])).resolve()
        made = {p.relative_to(build).as_posix(): p.read_bytes() for p in sorted(build.rglob("*")) if p.is_file()}
    renamed = {} if raw is not None else {entry["clean"]["sha256"]: entry["sha256"] for entry in files}
    changes = _changes(json.loads(sealed["environment/environment.json"]), environment())
    return compare(sealed, made, renamed, changes, strict=raw is not None)


def sealed_files(path: Path) -> dict[str, bytes]:
    """The payload of an archive, by names below `data/`."""
    found = verify_bag.Found()
    bag = verify_bag.Folder(path, found) if path.is_dir() else verify_bag.Zip(path, found)
    return {name.removeprefix("data/"): bag.read(name) for name in bag.files if name.startswith("data/")}


def _raw_files(folder: Path, files: list[dict[str, Any]]) -> dict[str, bytes]:
    raw, wrong = {}, []
    for entry in files:
        path = folder / entry["file"]
        raw[entry["file"]] = path.read_bytes() if path.is_file() else b""
        if not path.is_file():
            wrong.append(f"  {entry['file']}：没有这个文件，由{entry['keeper']}保管")
        elif sha256(raw[entry["file"]]).hexdigest() != entry["sha256"]:
            wrong.append(f"  {entry['file']}：内容与封存时的 SHA-256（{entry['sha256'][:12]}…）不符")
    if wrong:
        raise ReportRefused("\n".join([f"“{folder}”中的原始文件与档案登记的不同，没有重新运行：", *wrong]))
    return raw


def _write_project(
    root: Path, sealed: Mapping[str, bytes], year: int, files: list[dict[str, Any]], raw: Mapping[str, bytes] | None
) -> Path:
    """The project of the archive below `root`; returns its parameter file."""
    below = "parameters/"
    _write(root / "params", {name.removeprefix(below): data for name, data in sealed.items() if name.startswith(below)})
    settings = root / "params" / f"{year}.yml"
    parameters = load_parameters(settings)
    outline = root / (parameters.outline or "notebooks/outline.yml")
    below = "notebooks/source/"
    sources = {name.removeprefix(below): data for name, data in sealed.items() if name.startswith(below)}
    _write(outline.parent, {outline.name if name == "outline.yml" else name: data for name, data in sources.items()})
    register = yaml.safe_load(sealed["inputs/register.yml"])
    tables = {entry["file"]: entry["table"] for entry in files}
    absent = {entry["file"]: b"" for entry in register["files"] if entry["file"] not in tables}  # listed, left unread
    if raw is not None:
        written = {**raw, "register.yml": sealed["inputs/register.yml"]}
    else:
        for entry in register["files"]:
            if entry["file"] in tables:
                entry["file"] = f"{tables[entry['file']]}.csv"
                for key in _READING:
                    entry.pop(key, None)
        written = {f"{table}.csv": sealed[f"inputs/tables/{table}.csv"] for table in tables.values()}
        written["register.yml"] = yaml.dump(register, Dumper=_Plain, allow_unicode=True, sort_keys=False).encode()
    former = f"inputs/tables/{FORMER_FILE}"  # which comes from last year's report, whatever this year's tables are read from
    _write(root / parameters.data_dir, absent | written | ({FORMER_FILE: sealed[former]} if former in sealed else {}))
    return settings


class _Plain(yaml.SafeDumper):
    """YAML without aliases, which parameter files may not have."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _run(root: Path, settings: Path, source: Path, *, published_only: bool) -> None:
    """The sealed program on the project, in a process of its own."""
    arguments = ["run", settings.stem, "--params", str(settings), *(["--published-only"] if published_only else [])]
    done = subprocess.run(
        [sys.executable, "-P", "-m", "helpers.cli", *arguments],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(source)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        told = (done.stderr or done.stdout).decode("utf-8", "replace").strip()
        raise ReportRefused(f"重新运行没有完成（退出码 {done.returncode}）：\n{told}")


def _changes(sealed: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """Versions that are others than those that the build was made with."""
    then = {"python": sealed["python"], **sealed["packages"]}
    here = {"python": now["python"], **now["packages"]}
    return [
        f"{name} {then.get(name, '无')} → {here.get(name, '无')}"
        for name in sorted({*then, *here})
        if then.get(name) != here.get(name)
    ]
