"""selfeval compare: both years' figures, the causes that each reads, restated figures, and what is refused with which words."""

import re
import shutil
from hashlib import sha256

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from conftest import ROOT
from helpers.cli import app
from helpers.facts import Source
from helpers.publishing import web_page
from samples import fact
from year_over_year.reported import CODE, write_archive, write_build

DEPARTMENT = "新疆维吾尔自治区总工会"


@pytest.fixture(scope="module", autouse=True)
def _without_fonts():
    """Fonts take a second a page and are seen in the browser tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(web_page, "font_faces", lambda *texts: "")
        yield


def copied(root):
    (root / "data").mkdir()
    for name in ("params", "data/2022", "data/2023"):
        shutil.copytree(ROOT / name, root / name)
    return root


@pytest.fixture
def project(tmp_path):
    return copied(tmp_path)


def settings(project, year):
    rules = {f"rules/{path.name}": path for path in sorted((project / "params/rules").glob("*.yml"))}
    return {"parameters": project / f"params/{year}.yml", **rules}


def figures(year, amount, *more):
    source = Source("budget", f"{year}" * 16, 7, 7, "")
    paid = fact("a.paid.amount", amount, "万元", label="实际支付", sources=(source,), section=2)
    return [paid, fact("a.limit.days", 7 if year == 2022 else 9, "天", label="界限", origin="parameter", section=2), *more]


def both(project, *, facts=None, departments=None, codes=None, programs=None):
    """A build of each year, with the budget table and the parameters that are there now; what is given goes by year."""
    parameters = project / "params/2023.yml"
    parameters.write_text(parameters.read_text("utf-8").replace("thresholds:\n", "thresholds:\n  late_short_days: 9\n"), "utf-8")
    for year, amount in ((2022, 100_000_000), (2023, 150_000_000)):
        budget = sha256((project / f"data/{year}/budget.csv").read_bytes()).hexdigest()
        write_build(
            project / "build",
            year,
            figures(year, amount, *(facts or {}).get(year, [])),
            department=(departments or {}).get(year, DEPARTMENT),
            inputs={"budget.csv": budget},
            settings=settings(project, year),
            code=(codes or {}).get(year, CODE),
            program=(programs or {}).get(year, ""),
        )


def compare(project, former=2022, year=2023):
    arguments = ["compare", former, year, "--params", project / f"params/{year}.yml"]
    return CliRunner().invoke(app, list(map(str, arguments)))


def sheet(project, title):
    rows = load_workbook(project / "build/compare/2022-2023/compare.xlsx")[title].iter_rows(values_only=True)
    return [[str(cell) for cell in row if cell is not None] for row in rows]


def row_of(project, title, name):
    return next(row for row in sheet(project, title) if name in row[:2])


OF_BOTH = fact("a.same.count", 5, "个", label="不变的数", section=2)
FORMER = [
    OF_BOTH,
    fact("b.old.count", 1, label="旧的数", section=2),
    fact("official_expenses.executed.amount", 100_00, "元", section=2),
]
CURRENT = [
    OF_BOTH,
    fact("b.new.count", 1, label="新的数", section=2),
    fact("official_expenses.former.amount", 120_00, "元", section=2),
]


@pytest.fixture(scope="module")
def usual(tmp_path_factory):
    """A project in which two years were compared, and what the command printed."""
    project = copied(tmp_path_factory.mktemp("usual"))
    both(project, facts={2022: FORMER, 2023: CURRENT})
    result = compare(project)
    assert result.exit_code == 0
    return project, result.output


def test_it_sets_the_figures_side_by_side(usual):
    _, output = usual
    line = next(line.split() for line in output.splitlines() if line.startswith("实际支付"))
    assert line == ["实际支付", "万元", "100.00", "150.00", "50.00", "50.00"]


def test_each_figure_names_what_it_reads_that_changed(usual):
    project, _ = usual
    assert "数据：部门预算" in row_of(project, "主要数字", "实际支付")
    assert "参数：thresholds.late_short_days" in row_of(project, "主要数字", "界限")


def test_a_figure_that_is_the_same_names_nothing(usual):
    project, _ = usual
    assert "（没有变化）" in row_of(project, "主要数字", "不变的数")


def test_rows_of_a_table_are_counted(usual):
    project, _ = usual
    assert row_of(project, "数据的变化", "部门预算（budget）") == ["部门预算（budget）", "7", "8", "0", "1"]


def test_figures_of_one_year_alone_are_listed(usual):
    project, _ = usual
    assert row_of(project, "只有2022年度有的数字", "旧的数")[-1] == "b.old.count"
    assert row_of(project, "只有2023年度有的数字", "新的数")[-1] == "b.new.count"


def test_what_the_tables_now_say_of_the_former_year_is_held_against_its_report(usual):
    project, _ = usual
    assert row_of(project, "上年数的重述", "人数")[2:5] == ["100元", "120元", "2023 年度数据表中的上年数"]


def test_other_code_is_told_of_the_figures_that_it_makes(project):
    both(project, codes={2023: CODE.replace('"initial"', '"increase"')})
    compare(project)
    assert "笔记本" in row_of(project, "主要数字", "实际支付")[7]
    assert "笔记本" not in row_of(project, "主要数字", "界限")[7]
    assert row_of(project, "方法的变化", "笔记本代码")


def test_a_table_that_was_changed_since_is_not_set_side_by_side(project):
    both(project)
    path = project / "data/2022/budget.csv"
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    assert "2022 年度的 budget.csv 在报告生成之后有改动，或者过大，没有逐行比较。" in compare(project).output
    assert row_of(project, "数据的变化", "部门预算（budget）")[1] == "未读"


def test_parameters_that_were_changed_since_are_not_compared(project):
    both(project)
    path = project / "params/2022.yml"
    path.write_text(path.read_text("utf-8") + "# 改\n", "utf-8")
    assert "2022 年度的参数或评分规则在报告生成之后有改动" in compare(project).output
    assert sheet(project, "参数的变化") == [["参数的变化"], ["没有。"]]


def test_another_program_that_is_not_at_hand_is_told(project):
    both(project, programs={2022: "ab" * 32})
    assert "两年的报告由不同的程序生成" in compare(project).output
    assert "重新运行上年度" in str(sheet(project, "方法的变化"))


def test_a_former_archive_is_held_against_its_present_build(project):
    both(project)
    build = (project / "build/2022").resolve()
    write_archive(project / "archive", build, "a" * 32, settings=settings(project, 2022))
    write_build(project / "build", 2022, figures(2022, 101_000_000), department=DEPARTMENT, settings=settings(project, 2022))
    output = compare(project).output
    assert f"档案 {'a' * 32}" in output
    assert row_of(project, "上年数的重述", "实际支付")[2:5] == ["100万元", "101万元", "2022 年度现在生成的结果"]


def test_the_same_reports_give_the_same_bytes(project):
    both(project)
    folder = project / "build/compare/2022-2023"
    made = []
    for _ in range(2):
        compare(project)
        made.append([(path.name, path.read_bytes()) for path in sorted(folder.iterdir())])
    assert made[0] == made[1]
    assert [name for name, _ in made[0]] == ["compare.xlsx", "index.html"]


def test_the_page_loads_nothing_and_shows_text_as_typed(project):
    both(project, facts={2023: [fact("b.new.count", 1, label="<script>alert(1)</script>", section=2)]})
    compare(project)
    page = (project / "build/compare/2022-2023/index.html").read_text("utf-8")
    assert "<script>alert" not in page
    assert not re.search(r"(src|href)=\"[^#]|url\((?!data:)", page)


def test_a_year_without_a_report_is_refused_with_what_to_run(project):
    both(project)
    shutil.rmtree(project / "build/2022")
    result = compare(project)
    assert result.exit_code == 1
    assert "没有 2022 年度的报告" in result.output
    assert "selfeval run 2022" in result.output
    assert not (project / "build/compare").exists()


def test_a_report_that_was_edited_is_refused(project):
    both(project)
    (project / "build/2023/facts.json").write_text("{}", "utf-8")
    result = compare(project)
    assert (result.exit_code, "请重新运行 selfeval run 2023" in result.output) == (1, True)


def test_another_departments_report_is_refused_by_name(project):
    both(project, departments={2022: "某市图书馆"})
    result = compare(project)
    assert (result.exit_code, f"是某市图书馆的报告，不是{DEPARTMENT}的" in result.output) == (1, True)


def test_years_in_no_order_are_refused(project):
    result = compare(project, 2023, 2023)
    assert (result.exit_code, "2023 不早于 2023 年度" in result.output) == (1, True)
