"""Made-up persons with valid numbers, put into the personal columns of a copy of the example year."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import psutil
from stdnum import luhn
from stdnum.iso7064 import mod_11_2

from conftest import ROOT

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
GIVEN = "".join(chr(code) for code in range(0x9A70, 0x9B80))  # horses and fish, which no report speaks of
CANARIES = 1500
"""Beneficiaries with personal values, of the five thousand that there are."""
HEADERS = ["姓名", "身份证号", "银行账号", "手机号"]
OFFICE_HEADERS = ["收款人名称", "身份证号码", "收款人账号", "联系电话"]
"""What an export calls them: the first and third by the map of the project, the others by custom."""


@dataclass(frozen=True)
class Person:
    name: str
    identity: str
    account: str
    mobile: str

    @property
    def values(self) -> list[str]:
        return [self.name, self.identity, self.account, self.mobile]


def persons(count: int, seed: int = 4) -> list[Person]:
    """So many persons, no two alike in any value."""
    draw = random.Random(seed)
    made: dict[tuple[str, ...], Person] = {}
    used: set[str] = set()
    while len(made) < count:
        identity = f"65{draw.choice(['0102', '2801', '3101'])}{draw.randrange(1940, 2005)}{draw.randrange(1, 13):02}"
        identity += f"{draw.randrange(1, 29):02}{draw.randrange(1000):03}"
        account = f"622848{draw.randrange(10**12):012}"
        person = Person(
            draw.choice(SURNAMES) + "".join(draw.sample(GIVEN, 2)),
            identity + mod_11_2.calc_check_digit(identity),
            account + luhn.calc_check_digit(account),
            f"1{draw.choice('3578')}{draw.randrange(10**9):09}",
        )
        if used.isdisjoint(person.values):
            used.update(person.values)
            made[tuple(person.values)] = person
    return list(made.values())


def canary_project(root: Path) -> list[Person]:
    """A copy of the project in which each table has the four personal columns: the first beneficiaries have a person's values
    in the roster and in the payments (there under other names), and every row of another table some person's.
    """
    for name in ("params", "data/2022", "notebooks"):
        shutil.copytree(ROOT / name, root / name)
    data = root / "data/2022"
    roster = _rows(data / "beneficiaries.csv")
    by_number = dict(zip(sorted({row["对象编号"] for row in roster}), persons(CANARIES), strict=False))
    for path in sorted(data.glob("*.csv")):
        rows = _rows(path)
        headers = OFFICE_HEADERS if path.stem == "payments" else HEADERS
        some = list(by_number.values())
        for number, row in enumerate(rows):
            person = by_number.get(row["对象编号"]) if "对象编号" in row else some[number]
            row.update(zip(headers, person.values if person else [""] * 4, strict=True))
        _write(path, rows)
    return some


def move_to(root: Path, project: str, region: str, other: str, *, keep: int) -> set[str]:
    """Leave only so many beneficiaries of a project in a region, the others move on; the numbers of those left."""
    data = root / "data/2022"
    roster = _rows(data / "beneficiaries.csv")
    here = [row for row in roster if row["项目编码"] == project and row["地区"] == region and row["状态"] == "在册"]
    left = {row["对象编号"] for row in here[:keep]}
    for name in ("beneficiaries.csv", "payments.csv"):
        rows = _rows(data / name)
        for row in rows:
            if row["项目编码"] == project and row["地区"] == region and row["对象编号"] not in left:
                row["地区"] = other
        _write(data / name, rows)
    return left


def values_of(people: list[Person]) -> frozenset[str]:
    return frozenset(value for person in people for value in person.values)


def change_notebook(root: Path, stem: str, source: str) -> None:
    """Put code at the end of a notebook."""
    path = root / f"notebooks/{stem}.ipynb"
    notebook = json.loads(path.read_text("utf-8"))
    notebook["cells"][-1]["source"] = [notebook["cells"][-1]["source"], "\n", source]
    notebook["cells"][-1]["source"] = ["".join(map("".join, notebook["cells"][-1]["source"]))]
    path.write_text(json.dumps(notebook), "utf-8")


@dataclass(frozen=True)
class Place:
    """A project with a home, a temporary folder and a log of its own."""

    root: Path

    @property
    def project(self) -> Path:
        return self.root / "project"

    @property
    def log(self) -> str:
        return (self.root / "log").read_text("utf-8")

    def left_behind(self) -> list[Path]:
        """Every file but the inputs."""
        inputs = [self.project / name for name in ("params", "data", "notebooks")]
        files = [path for path in self.root.rglob("*") if path.is_file() and not path.is_symlink()]
        return [path for path in files if not any(path.is_relative_to(folder) for folder in inputs)]

    def run(self, *arguments: str, driver: str = "from helpers.cli import main; main()") -> int:
        """Run the command (or a driver of it) with everything it could write to in this place; its exit code."""
        for name in ("home", "tmp"):
            (self.root / name).mkdir(exist_ok=True)
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT / "src"),
            "HOME": str(self.root / "home"),
            "TMPDIR": str(self.root / "tmp"),
            "SELFEVAL_PLACE": str(self.root),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        words = ["run", "2022", "--params", str(self.project / "params/2022.yml"), *arguments]
        with (self.root / "log").open("ab") as log:
            code = subprocess.run(
                [sys.executable, "-c", driver, *words],
                cwd=self.project,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                umask=0o022,
            ).returncode
        psutil.wait_procs(self._processes(), timeout=30)  # after a kill, the workers end themselves
        return code

    def _processes(self) -> list[psutil.Process]:
        return [process for process in psutil.process_iter() if _place_of(process) == str(self.root)]


def _place_of(process: psutil.Process) -> str | None:
    try:
        return process.environ().get("SELFEVAL_PLACE")
    except psutil.Error:
        return None


def canary_place(root: Path) -> tuple[Place, list[Person]]:
    place = Place(root)
    return place, canary_project(place.project)


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(text.getvalue(), "utf-8")
