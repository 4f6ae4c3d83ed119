"""Sections that would come out the same are taken from the cache, to the byte; the others run, and it is told why.

One project of five small notebooks, run once; each test changes one thing in a copy of it.
"""

import shutil
from types import SimpleNamespace

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from conftest import ROOT, Silent
from helpers.cache import programs
from helpers.cache.sections import SectionCache
from helpers.cache.store import Store
from helpers.cache.words import words
from helpers.execution.launchers import started_server
from helpers.execution.outline import Outline, OutlineSection
from helpers.execution.request import DEFAULT_ENGINE
from helpers.execution.run import run_sections
from helpers.intake import load_table

pytestmark = pytest.mark.skipif(DEFAULT_ENGINE != "selfeval", reason="no fork on this system")

KERNELSPEC = {"name": "python3", "display_name": "Python 3", "language": "python"}
PARAMETERS = """fiscal_year: int = 2022
data_dir: str = "data/2022"
upstream: str = ""
published_only: bool = False
texts: dict = None
"""
HANDLE = (
    "from helpers import Section\nsection = Section({number}, fiscal_year=fiscal_year, data_dir=data_dir, upstream=upstream, "
    "published_only=published_only, texts=texts)"
)
CODE = {
    "01_budget": [
        'budget = section.load("budget")',
        'section.record("a.amount", budget["initial"].sum(), unit="元", label="预算", source=budget)',
        'section.record("a.rows", len(budget), unit="项", label="项目数")\nprint("算完")',
    ],
    "02_told": ["for text in section.texts.spending:\n    section.say(text)", 'section.say("项目{{ a.rows }}。")'],
    "03_file": ['from pathlib import Path\nlen(Path("extra.txt").read_text("utf-8"))'],
    "04_beyond": ["import subprocess\nsubprocess.run(['true'], check=True)"],
    "05_apart": ["section.say('没有数字。')"],
}
NEEDS = {"02_told": ["01_budget"]}
STEMS = list(CODE)


def notebook(stem: str, *more: str, text: str = "说明") -> nbformat.NotebookNode:
    cells = [
        new_markdown_cell(text),
        new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]}),
        new_code_cell(HANDLE.format(number=int(stem[:2]))),
        *map(new_code_cell, [*CODE[stem], *more]),
    ]
    return new_notebook(cells=cells, metadata={"kernelspec": dict(KERNELSPEC)})


def outline() -> Outline:
    return Outline(
        sections=[
            OutlineSection(number=number, title=stem, notebook=stem, needs=NEEDS.get(stem, []))
            for number, stem in enumerate(STEMS, start=1)
        ]
    )


class Project:
    """The project and its cache, in one place in every test, since its place is part of what sections depend on."""

    def __init__(self, root, server):
        self.root, self.server = root, server
        texts = {
            "spending": ["预算安排了{{ a.amount }}。"],
            "assets": ["资产有专人管理。"],
            "problems": ["没有。"],
            "measures": ["没有。"],
            "general_spending": ["没有。"],
        }
        self.offered = {"fiscal_year": 2022, "data_dir": "data/2022", "published_only": False, "texts": texts}

    def write(self):
        shutil.rmtree(self.root / "notebooks", ignore_errors=True)
        (self.root / "notebooks").mkdir(parents=True)
        for stem in STEMS:
            self.write_notebook(stem, notebook(stem))
        shutil.copytree(ROOT / "params", self.root / "params", dirs_exist_ok=True)
        shutil.copytree(ROOT / "data/2022", self.root / "data/2022", dirs_exist_ok=True)
        (self.root / "extra.txt").write_text("甲", "utf-8")

    def write_notebook(self, stem, content):
        nbformat.write(content, self.root / "notebooks" / f"{stem}.ipynb")

    def run(self, *, cached=True, force=False):
        out = self.root / "out"
        shutil.rmtree(out, ignore_errors=True)
        tables = {name: load_table(self.root / "data/2022", name) for name in ("budget", "published")}
        store = Store(self.root / ".cache")
        cache = SectionCache(store, "2022", self.root, tables, force=force) if cached else None
        runs = run_sections(
            outline(),
            self.root / "notebooks",
            self.offered,
            out,
            root=self.root,
            jobs=2,
            progress=Silent(),
            server=self.server,
            cache=cache,
        )
        assert [str(run) for run in runs if run.state != "done"] == []
        if cache:
            cache.keep(out)
        return SimpleNamespace(
            kept=[run.section.notebook for run in runs if run.kept],
            bytes={path.name: path.read_bytes() for path in sorted(out.glob("*.ipynb"))},
            why={stem: words(reasons) for stem, reasons in cache.reasons.items()} if cache else {},
            damaged=store.damaged,
            outside=cache.outside if cache else None,
        )


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """The project after its first run, and what that run gave."""
    root = tmp_path_factory.mktemp("cached") / "project"
    root.mkdir()
    with started_server(root, DEFAULT_ENGINE) as started:
        project = Project(root, started)
        project.write()
        cold = project.run()
        shutil.copytree(root / ".cache", root.parent / "cache")
        yield project, cold


@pytest.fixture
def project(first):
    project, _ = first
    offered = project.offered
    project.offered = {**offered, "texts": dict(offered["texts"])}
    project.write()
    shutil.rmtree(project.root / ".cache")
    shutil.copytree(project.root.parent / "cache", project.root / ".cache")
    yield project
    project.offered = offered


@pytest.fixture
def cold(first):
    return first[1]


def test_a_first_run_has_no_cache(cold):
    assert (cold.kept, set(cold.why.values())) == ([], {"没有缓存"})


def test_where_nothing_changed_all_is_kept_but_what_nobody_can_follow(project, cold):
    again = project.run()
    assert again.kept == ["01_budget", "02_told", "03_file", "05_apart"]
    assert again.bytes == cold.bytes


def test_a_section_that_starts_a_process_makes_the_whole_unknown(project):
    assert project.run().outside is None


def test_another_text_cell_needs_no_run_and_is_in_the_notebook(project):
    project.write_notebook("01_budget", notebook("01_budget", text="另一段说明"))
    again = project.run()
    assert "01_budget" in again.kept
    assert again.bytes == project.run(cached=False).bytes


def test_a_field_of_a_parameter_that_a_section_does_not_read_is_in_its_notebook(project):
    project.offered["texts"]["assets"] = ["资产由两人管理。"]
    again = project.run()
    assert {"01_budget", "02_told"} & set(again.kept) == {"02_told"}  # the first reads no field, so it may read all
    assert again.bytes == project.run(cached=False).bytes


def test_a_parameter_that_changed_is_named(project):
    project.offered["texts"]["spending"] = ["预算共{{ a.amount }}。"]
    again = project.run()
    assert again.why["02_told"] == "参数 texts.spending 变了"
    assert again.bytes == project.run(cached=False).bytes


def test_a_column_that_changed_is_named_and_so_is_the_fact_made_from_it(project):
    file = project.root / "data/2022/budget.csv"
    file.write_text(file.read_text("utf-8").replace("1480000.00", "1480001.00"), "utf-8")
    again = project.run()
    assert again.why["01_budget"] == "表 budget 的列 initial 变了"
    assert again.why["02_told"] == "上游事实 a.amount 变了"
    assert "05_apart" in again.kept
    assert again.bytes == project.run(cached=False).bytes


def test_code_that_changed_is_told(project):
    project.write_notebook("05_apart", notebook("05_apart", "1 + 1"))
    again = project.run()
    assert again.why["05_apart"] == "笔记本的代码变了"


def test_a_file_that_a_notebook_opened_itself_is_named(project):
    (project.root / "extra.txt").write_text("乙乙", "utf-8")
    again = project.run()
    assert again.why["03_file"] == f"文件 {project.root / 'extra.txt'} 变了"
    assert {"01_budget", "02_told", "05_apart"} == set(again.kept)


def test_a_program_file_that_changed_is_named(project, monkeypatch):
    digests = programs.file_digests() | {"footing.py": "other"}
    monkeypatch.setattr(programs, "file_digests", lambda: digests)
    again = project.run()
    assert (again.kept, again.why["05_apart"]) == ([], "程序 helpers/footing.py 变了")


def test_a_version_that_changed_is_named(project, monkeypatch):
    versions = programs.versions() | {"version:pandas": "0"}
    monkeypatch.setattr(programs, "versions", lambda: versions)
    again = project.run()
    assert (again.kept, again.why["05_apart"]) == ([], "软件包 pandas 的版本变了")


def test_a_damaged_entry_is_made_again_with_the_same_bytes(project, cold):
    for stored in (project.root / ".cache/objects").iterdir():
        stored.write_bytes(stored.read_bytes()[:-1])
    again = project.run()
    assert (again.kept, set(again.why.values())) == ([], {"缓存已损坏", "没有缓存"})
    assert sorted(again.damaged) == ["2022/01_budget", "2022/02_told", "2022/03_file", "2022/05_apart"]
    assert again.bytes == cold.bytes


def test_by_force_all_run(project, cold):
    again = project.run(force=True)
    assert (again.kept, set(again.why.values())) == ([], {"没有使用缓存（--force 或 --accept）"})
    assert again.bytes == cold.bytes
