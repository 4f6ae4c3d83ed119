"""`selfeval review`: text and JSON, exit codes, messages for what cannot be read; never a traceback."""

import json
import shutil
from types import SimpleNamespace

import pytest
from review_samples import CLEAN, FAULTY
from typer.testing import CliRunner

from conftest import ROOT
from helpers.cli import app

ERROR = FAULTY["total_half_a_point_off"]
WARNING = FAULTY["missed_at_least"]
HINT = FAULTY["all_full_marks"]


def call(*arguments):
    result = CliRunner().invoke(app, ["review", *map(str, arguments)])
    assert "Traceback" not in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def test_text_tells_each_finding_with_place_and_mend_and_counts_them():
    result = call(ERROR)
    assert result.output.splitlines() == [
        "错误 R102 第 9 行：总分印为98.7分，各行得分与预算执行率得分之和为98.2分。请按各行得分重新汇总。",
        "复核完毕：错误 1 个，警告 0 个，提示 0 个。",
    ]


def test_json_is_one_object_of_findings():
    findings = json.loads(call(WARNING, "--json").stdout)
    assert list(findings) == ["findings"]
    assert [list(finding) for finding in findings["findings"]] == [["code", "severity", "message", "mend", "rows", "section"]]
    assert findings["findings"][0] | {"message": "", "mend": ""} == {
        "code": "R202",
        "severity": "警告",
        "message": "",
        "mend": "",
        "rows": [12],
        "section": "",
    }


def test_json_of_a_clean_table_is_an_empty_list():
    assert json.loads(call(CLEAN["library"], "--json").stdout) == {"findings": []}


@pytest.mark.parametrize(("table", "code"), [(ERROR, 1), (WARNING, 0), (HINT, 0), (CLEAN["library"], 0)])
def test_only_an_error_exits_with_1(table, code):
    assert call(table).exit_code == code
    assert call(table, "--json").exit_code == code


def test_the_rule_set_says_what_the_execution_rate_has(tmp_path):
    """80 points in the rows: right in a province whose form gives 20 to the execution rate."""
    path = tmp_path / "table.csv"
    text = CLEAN["museum"].read_text("utf-8").replace("66万人次,15,15", "66万人次,5,5").replace("88.2", "78.2")
    path.write_text(text, "utf-8")
    assert call(path).exit_code == 1
    assert call(path, "--rules", "hubei").exit_code == 0


def test_the_year_can_be_given(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text(CLEAN["library"].read_text("utf-8").replace("已在次年一季度入藏", "已在2023年入藏"), "utf-8")
    assert "R302" not in call(path).output
    assert "R302" in call(path, "--year", "2020").output


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("blank.csv", b"\n \n,,\n"),
        ("header.csv", "一级指标,三级指标,年度指标值,分值\n".encode()),
        ("other.csv", "日期,金额\n2023-01-01,5\n".encode()),
        ("letter.csv", "尊敬的领导：\n现将情况报告如下。\n".encode()),
        ("binary.csv", bytes(range(256)) * 8),
        ("nul.csv", "一级指标,三级指标,年度指标值,分值\n产出,人数\0,≥1,5\n".encode()),
        ("open_quote.csv", '一级指标,三级指标,年度指标值,分值\n产出,"人数,≥1,5\n'.encode()),
        ("fake.xlsx", b"PK\x03\x04 not a workbook"),
        ("old.xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 100),
        ("empty.xlsx", b""),
        ("table.txt", "一级指标,三级指标,年度指标值,分值\n产出,人数,≥1,5\n".encode()),
        ("table", b"x"),
    ],
)
def test_what_is_no_table_is_told_with_its_name(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    result = call(path)
    assert result.exit_code == 1
    assert name in result.output
    assert json.loads(call(path, "--json").stdout)["issues"][0]["severity"] == "错误"


@pytest.mark.parametrize("name", ["none.csv", "."])
def test_a_file_that_is_not_there_is_told(tmp_path, name):
    assert call(tmp_path / name).exit_code == 1


@pytest.mark.parametrize(
    "row",
    [
        "产出,数量指标,人数,≥1e999,1,10,10,,",
        "产出,数量指标,人数,≥1人,九十九,10,10,,",
        "产出,数量指标,,,,,,,",
        "产出,数量指标,=cmd|' /C calc'!A0,≥1人,1人,10,10,,",
        f"产出,数量指标,{'人' * 20_000},≥1人,1人,10,10,,",
        f"产出,数量指标,人数,≥{'9' * 400}人,1人,10,10,,",
        "产出,数量指标,{name},≥1人,1人,10,10,{0},{score.__class__}",
        "产出,数量指标,人数,≥1人,1人,1e9999,NaN,,",
        "产出,时效指标,完成时间,2023年13月45日前,2023年2月30日,10,10,,",
    ],
)
def test_hostile_cells_are_read_or_told(tmp_path, row):
    path = tmp_path / "table.csv"
    path.write_text(f"{','.join(HEAD)}\n产出,数量指标,场次,≥1场,1场,80,70,,\n{row}\n", "utf-8")
    result = call(path)
    assert result.exit_code in (0, 1)
    assert "复核完毕" in result.output


HEAD = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "佐证材料", "偏差原因分析及改进措施")


def test_an_unknown_rule_set_is_told_with_those_that_are_known():
    result = call(CLEAN["library"], "--rules", "atlantis")
    assert result.exit_code == 1
    assert "national-default" in result.output


def test_without_a_build_the_report_cannot_be_reviewed(tmp_path):
    result = call(2022, "--params", ROOT / "params/2022.yml", "--out", tmp_path)
    assert result.exit_code == 1
    assert "selfeval run 2022" in result.output


@pytest.fixture
def project(tmp_path):
    """A copy of the project's parameters, data and notebooks."""
    for name in ("params", "data/2022", "notebooks"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return SimpleNamespace(params=tmp_path / "params/2022.yml", table=tmp_path / "data/2022/indicators.csv")


def test_a_finished_report_is_reviewed_as_text(project, full_report):
    result = call(2022, "--params", project.params, "--out", full_report.parent)
    assert result.exit_code == 0
    assert "R408" in result.output


def test_a_table_of_indicators_that_was_changed_after_the_build_is_told(project, full_report):
    text = project.table.read_text("utf-8")
    project.table.write_text(text.replace("实际发放劳模人数,≥,3850", "实际发放劳模人数,≥,3800"), "utf-8")
    assert project.table.read_text("utf-8") != text
    result = call(2022, "--params", project.params, "--out", full_report.parent)
    assert result.exit_code == 1
    assert "indicators.csv" in result.output
    assert "selfeval run 2022" in result.output
