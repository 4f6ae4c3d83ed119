"""`selfeval batch`: which reports it makes, what it writes of them, and what it says."""

import csv
import re
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from conftest import ROOT
from helpers.batch import command
from helpers.batch.outcome import DONE, FAILED, Outcome
from helpers.batch.plan import planned_reports
from helpers.batch.summary import write_summary
from helpers.cli import app
from helpers.publishing.errors import ReportRefused


def project(folder: Path, code: str) -> Path:
    """The parameter file of a project that differs from this repository's by the department's code."""
    folder.mkdir(parents=True)
    (folder / "params").mkdir()
    text = re.sub('code: "[^"]+"', f'code: "{code}"', (ROOT / "params/2022.yml").read_text("utf-8"), count=1)
    path = folder / "params" / "2022.yml"
    path.write_text(text, "utf-8")
    return path


def test_each_department_has_a_folder_of_its_own(tmp_path):
    files = [project(tmp_path / code, code) for code in ("DEMO-1", "DEMO-2")]
    planned, _ = planned_reports(files, tmp_path / "batch")
    assert [report.out for report in planned] == [tmp_path / "batch" / "DEMO-1", tmp_path / "batch" / "DEMO-2"]


def test_two_files_of_one_department_and_year_are_refused_with_their_names(tmp_path):
    files = [project(tmp_path / name, "DEMO-1") for name in "ab"]
    with pytest.raises(ReportRefused) as refused:
        planned_reports(files, tmp_path / "batch")
    assert all(str(file) in str(refused.value) for file in files)


def test_a_file_that_cannot_be_read_fails_alone(tmp_path):
    broken = project(tmp_path / "b", "DEMO-2")
    broken.write_text("fiscal_year: 二〇二二\n", "utf-8")
    planned, unread = planned_reports([project(tmp_path / "a", "DEMO-1"), broken], tmp_path / "batch")
    assert len(planned) == 1
    assert (unread[0].state, unread[0].params) == (FAILED, str(broken))


def test_without_the_extra_it_says_how_to_install_it(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules, "helpers.batch.on_dask", raising=False)
    monkeypatch.delitem(sys.modules, "helpers.batch.report_server", raising=False)
    result = CliRunner().invoke(app, ["batch", str(project(tmp_path / "a", "DEMO-1")), "--out", str(tmp_path / "out")])
    assert result.exit_code == 1
    assert "selfeval[batch]" in result.output


def ended(path: Path, *outcomes: Outcome) -> list[dict[str, str]]:
    write_summary(outcomes, path)
    with (path / "index.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_csv_lists_failures_first(tmp_path):
    good = Outcome("a.yml", DONE, code="A", department="甲局", year=2022, score="96.81", folder=tmp_path / "A" / "2022")
    rows = ended(tmp_path, good, Outcome("b.yml", FAILED, code="B", department="乙局", year=2022, message="缺少表"))
    assert [(row["状态"], row["说明"]) for row in rows] == [("失败", "缺少表"), ("成功", "")]


def test_the_csv_leads_to_the_report(tmp_path):
    rows = ended(tmp_path, Outcome("a.yml", DONE, code="A", year=2022, folder=tmp_path / "A" / "2022"))
    assert rows[0]["报告"] == "A/2022/report.html"


def test_no_cell_of_the_csv_is_a_formula(tmp_path):
    rows = ended(tmp_path, Outcome("a.yml", FAILED, department="=cmd|' /C calc'!A0", message="+1"))
    assert (rows[0]["部门"], rows[0]["说明"]) == ("'=cmd|' /C calc'!A0", "'+1")


def test_the_page_shows_a_hostile_name_as_text(tmp_path):
    ended(tmp_path, Outcome("a.yml", FAILED, department="<script>alert(1)</script>"))
    page = (tmp_path / "index.html").read_text("utf-8")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script" not in page


def test_what_an_interrupt_left_is_told_as_not_run(tmp_path, monkeypatch):
    pytest.importorskip("distributed", reason="the extra `batch` is not installed")
    from helpers.batch import on_dask

    def interrupted(planned, workers, scheduler):
        yield Outcome(str(planned[0].params), DONE, code="DEMO-1", department="甲局", year=2022)
        raise KeyboardInterrupt

    monkeypatch.setattr(on_dask, "outcomes", interrupted)
    files = [project(tmp_path / code, code) for code in ("DEMO-1", "DEMO-2")]
    result = CliRunner().invoke(app, ["batch", *map(str, files), "--out", str(tmp_path)])
    assert result.exit_code == 130
    with (tmp_path / "batch/index.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["状态"] for row in csv.DictReader(file)] == ["未运行", "成功"]


def test_a_line_names_the_department_and_the_score():
    one = Outcome("a.yml", DONE, code="A", department="甲局", year=2022, score="96.81", seconds=4.0)
    assert command.told(one) == "成功：甲局（A）2022 年度，自评总分 96.81，4.0 秒"
