"""Nothing that a run leaves behind holds a personal value: not when it is done, fails, or is killed at any step."""

import json
import re
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from canaries import CANARIES, Place, canary_place, change_notebook, move_to, persons, values_of

from conftest import Silent
from helpers import examination, report
from helpers.privacy.regions import SUPPRESSED
from helpers.privacy.scanner import Scanner
from helpers.publishing.errors import ReportRefused

pytestmark = pytest.mark.run

PROGRAMME, PROJECT = "model_workers", "65000022T000000000002"
REGION, CODE, OTHER = "阿勒泰地区", "654300", "塔城地区"

# Kills itself at a step of the run: when a section starts or has ended, or when a function of helpers.report is called.
KILLED = """
import os, signal, sys
import helpers.execution.progress as progress, helpers.report as report
def die(*_, **__): os.kill(os.getpid(), signal.SIGKILL)
step, notebook = {step!r}, {notebook!r}
if notebook:
    def maybe(self, about):
        section = getattr(about, "section", about)
        if section.notebook == notebook: die()
    setattr(progress.PlainProgress, step, maybe)
else:
    setattr(report, step, die)
from helpers.cli import main
main()
"""
PRINTS_RAW_FILE = "print(open('data/2022/beneficiaries.csv', encoding='utf-8').readlines()[1])"
RAISES_RAW_ROW = "raise ValueError(open('data/2022/beneficiaries.csv', encoding='utf-8').readlines()[1])"
RAISES_FRAME_ROW = "raise ValueError(section.load('beneficiaries').iloc[0].to_dict())"
PRINTS_NAME = "print(open('data/2022/beneficiaries.csv', encoding='utf-8').readlines()[1].split(',')[-4])"


@pytest.fixture(scope="module")
def people():
    """The same ones in each project."""
    return persons(CANARIES)


def leaks_in(place: Place, people) -> list[str]:
    """File, kind and number of what a place holds of these people's values, and the files that hold one plainly."""
    contents = [(path.name, path.read_bytes()) for path in place.left_behind()]
    scanner = Scanner(values_of(people), (), frozenset())
    found = [str(leak) for name, content in contents for leak in scanner.leaks(name, content)]
    some = [value.encode() for person in people[:100] for value in person.values]
    return found + [name for name, content in contents if any(value in content for value in some)]


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """A whole run with canary persons, of a project of which two beneficiaries live in one region."""
    place, _ = canary_place(tmp_path_factory.mktemp("canaries"))
    move_to(place.project, PROJECT, REGION, OTHER, keep=2)
    assert place.run() == 0, place.log
    return place


@pytest.fixture
def place(tmp_path):
    return canary_place(tmp_path)[0]


def cells_of(finished, *tables: str) -> set[str]:
    folder = finished.project / "data/2022"
    return {cell for table in tables for cell in re.split("[,\n]", (folder / table).read_text("utf-8"))}


def test_the_inputs_hold_a_thousand_persons_in_every_personal_column(finished, people):
    cells = cells_of(finished, "payments.csv")
    assert sum(cells.issuperset(person.values) for person in people) > 1000


def test_every_table_has_every_personal_column(finished, people):
    tables = [path.name for path in (finished.project / "data/2022").glob("*.csv")]
    assert len(tables) == 8
    held = {table: cells_of(finished, table) for table in tables}
    assert [table for table in tables if not any(held[table].issuperset(person.values) for person in people)] == []


def test_the_scanner_is_given_every_value_of_every_table(finished, people):
    """Whatever their columns are called."""
    year = examination.open_year(2022, finished.project / "params/2022.yml")
    inputs = examination.load_inputs(year.data_dir, year.parameters, published_only=False)
    cells = cells_of(finished, *(table.file for table in inputs.tables.values() if not table.absent))
    assert inputs.issues == []
    assert cells & values_of(people) <= inputs.personal_values


def test_a_finished_run_leaves_no_personal_value_behind(finished, people):
    assert (finished.project / "build/2022/report.pdf").exists()
    assert leaks_in(finished, people) == []


def test_the_search_finds_a_planted_value(tmp_path, people):
    planted = tmp_path / "home/planted"
    planted.parent.mkdir()
    planted.write_text(people[50].name, "utf-8")
    assert leaks_in(Place(tmp_path), people) == ["planted：姓名 1 处", "planted"]


def test_files_and_folders_are_for_their_owner_alone(finished):
    """Also where the user's umask would let others read. A link has no rights of its own."""
    wrong = {
        str(path.relative_to(finished.root)): oct(path.lstat().st_mode)
        for folder in ("project/build", "home", "tmp")
        for path in (finished.root / folder).rglob("*")
        if not path.is_symlink() and stat.S_IMODE(path.lstat().st_mode) != (0o700 if path.is_dir() else 0o600)
    }
    assert wrong == {}
    assert stat.S_IMODE((finished.project / "build").stat().st_mode) == 0o700


def test_no_temporary_file_is_left(finished):
    assert list((finished.root / "tmp").iterdir()) == []


def rows_of(finished, notebook, caption):
    """Cells of a table by region, in one executed notebook."""
    content = json.loads((finished.project / f"build/2022/notebooks/{notebook}.ipynb").read_text("utf-8"))
    outputs = [output.get("data", {}) for cell in content["cells"] for output in cell.get("outputs", [])]
    blocks = [data["application/vnd.selfeval.block+json"] for data in outputs if "application/vnd.selfeval.block+json" in data]
    table = next(block for block in blocks if block.get("caption", "").endswith(caption) and PROGRAMME in json.dumps(block))
    texts = [["".join(run.get("display", run.get("text", "")) for run in cell["runs"]) for cell in row] for row in table["rows"]]
    return {row[0]: row[1:] for row in texts[1:]}, "".join(run.get("display", run.get("text", "")) for run in table["notes"][-1])


def test_two_persons_of_a_region_are_neither_counted_nor_is_their_money_printed(finished):
    spending, note = rows_of(finished, "02_spending", "分地区分配和支付")
    results, _ = rows_of(finished, "05_results", "分地区发放情况")
    assert spending[REGION] == [SUPPRESSED] * 3
    assert results[REGION] == [SUPPRESSED] * 4
    assert note == "注：人数不足5的单元格及为防止倒推而一并隐去的单元格以“＊”表示。"


def test_a_second_region_is_hidden_with_it_and_the_same_in_both_sections(finished):
    spending, _ = rows_of(finished, "02_spending", "分地区分配和支付")
    results, _ = rows_of(finished, "05_results", "分地区发放情况")
    hidden = [region for region, cells in results.items() if cells[1] == SUPPRESSED]
    assert len(hidden) == 2
    assert [region for region, cells in spending.items() if cells[1] == SUPPRESSED] == hidden
    assert SUPPRESSED not in results["合计"] + spending["合计"]


def test_suppressed_figures_are_no_facts_and_stand_in_no_output(finished):
    """By the ids, which every output format would carry."""
    ids = [f"{PROGRAMME}.results_by_region.{CODE}", f"{PROGRAMME}.by_region.{CODE}"]
    holding = [
        path.name
        for path in (finished.project / "build/2022").rglob("*")
        if path.is_file() and any(fact_id.encode() in path.read_bytes() for fact_id in ids)
    ]
    assert holding == []


def test_the_chart_shows_a_mark_where_the_table_does(finished):
    text = (finished.project / "build/2022/notebooks/02_spending.ipynb").read_text("utf-8")
    assert text.count(f">{SUPPRESSED}<") >= 4  # two regions, two bars each


def test_all_formats_print_the_mark_and_its_note(finished):
    page = (finished.project / "build/2022/report.html").read_text("utf-8")
    assert SUPPRESSED in page
    assert "为防止倒推而一并隐去的单元格" in page


FAST = ("--only", "01_profile")


def test_a_notebook_that_prints_a_raw_file_stops_publishing(place, people):
    (place.project / "build/2022-only").mkdir(parents=True)
    (place.project / "build/2022-only/former").write_text("former")
    change_notebook(place.project, "01_profile", PRINTS_RAW_FILE)
    assert place.run(*FAST) == 1
    assert all(text in place.log for text in ("01_profile.ipynb：证件号码 1 处", "手机号码", "银行账号", "原有结果未改动"))
    assert leaks_in(place, people) == []
    assert [path.name for path in (place.project / "build/2022-only").iterdir()] == ["former"]


def test_an_error_message_with_a_row_of_a_raw_file_is_not_told(place, people):
    change_notebook(place.project, "01_profile", RAISES_RAW_ROW)
    assert place.run(*FAST) == 1
    assert "出错信息：证件号码 1 处" in place.log
    assert leaks_in(place, people) == []


def test_an_error_message_with_a_row_of_a_frame_holds_no_personal_value(place, people):
    change_notebook(place.project, "01_profile", RAISES_FRAME_ROW)
    assert place.run(*FAST) == 1
    assert "H-00001" in place.log
    assert leaks_in(place, people) == []


def test_a_name_alone_stops_publishing(place, people, monkeypatch):
    """Names have no form to be found by: the intake hands over the values."""
    change_notebook(place.project, "01_profile", PRINTS_NAME)
    load = examination.load_inputs
    monkeypatch.setattr(
        examination, "load_inputs", lambda *given, **more: replace(load(*given, **more), personal_values=values_of(people))
    )
    year = examination.open_year(2022, place.project / "params/2022.yml")
    with pytest.raises(ReportRefused, match=r"01_profile\.ipynb：姓名 1 处"):
        report.produce(year, place.project / "build", published_only=False, only="01_profile", jobs=1, progress=Silent())
    assert list((place.project / "build").iterdir()) == [place.project / "build/.2022.lock"]


def killed_at(place: Place, step: str, notebook: str | None, *arguments: str) -> None:
    code = place.run(*arguments, driver=KILLED.format(step=step, notebook=notebook))
    assert code == -9, place.log


@pytest.mark.parametrize(("step", "notebook"), [("ended", "01_profile"), ("swap_in", None)], ids=lambda value: str(value))
def test_a_killed_run_leaves_no_personal_value_behind(place, people, step, notebook):
    killed_at(place, step, notebook, *FAST)
    assert leaks_in(place, people) == []
    assert list((place.root / "tmp").rglob("*.*")) == []


STEPS = [
    *[
        (step, path.stem)
        for path in sorted((Path(__file__).parents[2] / "notebooks").glob("0*.ipynb"))
        for step in ("started", "ended")
    ],
    *[(step, None) for step in ("fresh_staging", "run_sections", "Guard", "gather", "combine", "make_documents", "_scorecard")],
    *[(step, None) for step in ("prove_documents", "run_record", "swap_in")],
]


@pytest.mark.long
@pytest.mark.parametrize(("step", "notebook"), STEPS, ids=lambda value: str(value))
def test_a_whole_run_killed_at_any_step_leaves_no_personal_value_behind(place, people, step, notebook):
    killed_at(place, step, notebook)
    assert leaks_in(place, people) == []
