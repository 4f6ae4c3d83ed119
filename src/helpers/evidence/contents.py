"""What an archive of a build holds, as bytes by name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from helpers.evidence import verify_bag
from helpers.evidence.clean_tables import clean_csv, sealed_files
from helpers.evidence.environment import environment, environment_files
from helpers.examination import Year
from helpers.intake import Inputs
from helpers.publishing.errors import ReportRefused
from helpers.publishing.folder import is_whole
from helpers.source_code import code_digest, package_files

HERE = Path(__file__).parent
REPORTS = [name.removeprefix("report/") for name in verify_bag.REPORTS]
MADE = [*REPORTS, "facts.json", "checks.json", "run.json"]


def full_contents(year: Year, build: Path, inputs: Inputs) -> dict[str, bytes]:
    """The payload of the full archive but for its description, by names below `data/`."""
    tables = [table for table in inputs.tables.values() if not table.absent]
    run = json.loads((build / "run.json").read_text("utf-8"))
    sealed = {"schema": 1, "files": sealed_files(tables, inputs.register, year.data_dir)}
    settings = year.settings().items()
    return (
        public_contents(build)
        | {name: (build / name).read_bytes() for name in ("checks.json", "run.json")}
        | {f"notebooks/executed/{path.name}": path.read_bytes() for path in sorted((build / "notebooks").glob("*.ipynb"))}
        | {verify_bag.setting_path(name, run["year"]): path.read_bytes() for name, path in settings}
        | {f"inputs/tables/{table.name}.csv": clean_csv(table) for table in tables}
        | {"inputs/sealed.json": json_bytes(sealed), "environment/environment.json": json_bytes(environment())}
        | {f"environment/{name}": data for name, data in environment_files(year.project.root).items()}
        | {f"code/src/helpers/{name}": path.read_bytes() for name, path in package_files().items()}
    )


def public_contents(build: Path) -> dict[str, bytes]:
    """The payload of the public package but for its description: reports, facts, and how to verify them."""
    return {
        "facts.json": (build / "facts.json").read_bytes(),
        **{f"report/{name}": (build / name).read_bytes() for name in REPORTS},
        **{f"report/notebooks/{path.name}": path.read_bytes() for path in sorted((build / "notebooks").glob("*.html"))},
        "VERIFY.md": (HERE / "VERIFY.md").read_bytes(),
        "verify.py": Path(verify_bag.__file__).read_bytes(),
    }


def json_bytes(content: Mapping[str, Any]) -> bytes:
    """JSON in one form: keys sorted, Chinese as Chinese, a final line feed."""
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def refuse_stale(year: Year, build: Path, inputs: Inputs) -> None:
    """Raise ReportRefused where there is no whole build, or where what it was made of has changed since."""
    fiscal_year = year.parameters.fiscal_year
    lacking = [name for name in MADE if not (build / name).is_file()]
    if lacking:
        raise ReportRefused(
            f"“{build}”中没有完整的报告（缺少 {'、'.join(lacking)}）。"
            f"请先运行 selfeval run {fiscal_year}，或用 --out 指明输出文件夹。"
        )
    if not is_whole(build):
        raise ReportRefused(
            f"“{build}”中的文件与运行记录登记的不同，生成之后被改动、删除或加入过，没有归档。"
            f"请重新运行 selfeval run {fiscal_year}。"
        )
    run = json.loads((build / "run.json").read_text("utf-8"))
    used = {entry["file"]: entry["sha256"] for entry in run["inputs"]}
    now = {table.file: table.sha256 for table in inputs.tables.values() if not table.absent}
    settings = {name: sha256(path.read_bytes()).hexdigest() for name, path in year.settings().items()}
    changed = [*_differing(used, now), *_differing(run["parameters"], settings)]
    if run.get("code") != code_digest():
        changed.append("程序")
    if changed:
        raise ReportRefused(
            "报告生成之后，它所用的内容有改动，没有归档：\n"
            + "".join(f"  {name}\n" for name in changed)
            + f"请重新运行 selfeval run {fiscal_year} 后再归档；不应有的改动，请先改回。"
        )


def _differing(used: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    return [name for name in sorted({*used, *now}) if used.get(name) != now.get(name)]
