"""The command: exit codes, messages in Chinese, no traceback."""

import json
import shutil
import signal
import subprocess
import sys

import nbformat
import pytest
from typer.testing import CliRunner

from conftest import ROOT
from helpers.cli import app
from helpers.publishing.lock import held_year

PARAMS = ("--params", ROOT / "params/2022.yml")


def call(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def project(tmp_path):
    """A copy of the project's parameters, data and notebooks."""
    for name in ("params", "data/2022", "notebooks"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


def change(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def first_grant(project):
    """The line of a grant of 1,000 yuan."""
    lines = (project / "data/2022/payments.csv").read_text("utf-8").splitlines()
    return next(line for line in lines if ",春节慰问金," in line and line.endswith(",支付,"))


def test_check_passes_on_the_example_year():
    result = call("check", 2022, *PARAMS)
    assert result.exit_code == 0
    assert "不符 0 项" in result.output


def test_check_as_json_holds_issues_checks_and_tables():
    content = json.loads(call("check", 2022, *PARAMS, "--json").output)
    assert sorted(content) == ["checks", "issues", "tables"]
    assert {"file", "rows_read", "rows_kept", "sum"} <= set(content["tables"][0])


def pay(project, amount):
    """Make the first grant of 1,000 yuan another amount."""
    line = first_grant(project)
    change(project / "data/2022/payments.csv", line, line.replace(",1000.00,", f",{amount},"))


def test_one_fen_more_in_one_payment_fails_the_control_totals_with_the_figures_id(project):
    pay(project, "1000.01")
    result = call("check", 2022, "--params", project / "params/2022.yml")
    assert result.exit_code == 1
    assert "不符 model_workers.spring_festival.amount" in result.output
    assert "相差0.01元" in result.output


def test_weights_that_miss_a_hundred_points_are_told_before_any_notebook(project):
    change(project / "data/2022/indicators.csv", ",3850,人,6,", ",3850,人,7,")
    result = call("check", 2022, "--params", project / "params/2022.yml")
    assert result.exit_code == 1
    assert "不符 generic.data.weights.indicators" in result.output
    assert "左边101分，右边100分，相差1分" in result.output


def test_a_declared_identity_is_checked_from_the_rows_alone(project):
    change(project / "params/2022.yml", "    open: true", "    open: false")
    result = call("check", 2022, "--params", project / "params/2022.yml")
    assert result.exit_code == 1
    assert "不符 declared.data.base_grant" in result.output


def test_an_unknown_rule_set_is_told_with_the_other_issues(project):
    change(project / "params/2022.yml", "rules: national-default", "rules: national")
    result = call("check", 2022, "--params", project / "params/2022.yml")
    assert result.exit_code == 1
    assert "national-default" in result.output


def test_a_run_stops_before_any_kernel_where_a_control_total_differs(project):
    pay(project, "999.99")
    result = call("run", 2022, "--params", project / "params/2022.yml")
    assert result.exit_code == 1
    assert "model_workers.spring_festival.amount" in result.output
    assert not (project / "build").exists()


def test_mistakes_in_the_parameters_are_told_at_once_with_line_and_nearest_name(project):
    change(project / "params/2022.yml", "thresholds:", "treshholds:")
    change(project / "params/2022.yml", 'date: "2022-05-17"', "date: 2022-05-17")
    result = call("check", 2022, "--params", project / "params/2022.yml")
    assert result.exit_code == 1
    assert "thresholds" in result.output
    assert "plan.date" in result.output
    assert "Traceback" not in result.output


def test_json_tells_mistakes_in_the_parameters_too(project):
    change(project / "params/2022.yml", "thresholds:", "treshholds:")
    result = call("check", 2022, "--params", project / "params/2022.yml", "--json")
    assert json.loads(result.output)["issues"][0]["code"].startswith("E6")


def test_a_year_without_parameters_is_told(project):
    result = call("check", 2031, "--params", project / "params/2031.yml")
    assert result.exit_code == 1
    assert "2031.yml" in result.output


def test_a_bad_table_is_told_with_file_row_and_column(project):
    pay(project, "壹仟元")
    result = call("check", 2022, "--params", project / "params/2022.yml")
    assert result.exit_code == 1
    assert "payments.csv" in result.output
    assert "“金额”" in result.output


def test_a_second_run_of_a_year_exits_with_75(project):
    with held_year(project / "build", 2022):
        assert call("run", 2022, "--params", project / "params/2022.yml").exit_code == 75


def test_an_interrupt_exits_with_130(project, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("helpers.report.produce", interrupted)
    assert call("run", 2022, "--params", project / "params/2022.yml").exit_code == 130


INTERRUPTED_IN_A_CALLBACK = """
import select, signal, sys
from helpers import cli
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where the tests themselves run in the background
class Forgotten:
    def __del__(self):
        raise KeyboardInterrupt
def app(*_, **__):
    Forgotten()
    select.select([], [], [], 10)
cli.app = app
cli.main()
"""


def test_an_interrupt_that_python_drops_in_a_callback_ends_the_command_all_the_same():
    ended = subprocess.run([sys.executable, "-c", INTERRUPTED_IN_A_CALLBACK], capture_output=True, timeout=60, check=False)
    assert ended.returncode == -signal.SIGINT


@pytest.mark.parametrize("arguments", [["run"], ["run", "abc"], ["run", "2022", "--no"], ["run", "2022", "--only", "99_none"]])
def test_wrong_usage_exits_with_2(arguments, project):
    more = ["--params", project / "params/2022.yml"] if "--only" in arguments else []
    assert call(*arguments, *more).exit_code == 2


def test_explain_shows_value_formula_rows_and_places(full_report):
    result = call(
        "explain", "model_workers.paid.people", "--year", 2022, "--out", full_report.parent, "--params", ROOT / "params/2022.yml"
    )
    assert result.exit_code == 0
    assert all(text in result.output for text in ("3862人", "payments", "SHA-256", "五"))


def test_explain_names_the_nearest_fact(full_report):
    result = call(
        "explain", "model_workers.paid.peple", "--year", 2022, "--out", full_report.parent, "--params", ROOT / "params/2022.yml"
    )
    assert result.exit_code == 1
    assert "model_workers.paid.people" in result.output


def test_a_failing_section_is_shown_with_notebook_cell_and_cause_and_the_former_build_stays(project):
    (project / "build/2022").mkdir(parents=True)
    (project / "build/2022/report.html").write_text("former")
    path = project / "notebooks/01_profile.ipynb"
    notebook = nbformat.read(path, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    code[1].source = f"1/0\n{code[1].source}"
    nbformat.write(notebook, path)
    result = call("run", 2022, "--params", project / "params/2022.yml", "--only", "01_profile")
    assert result.exit_code == 1
    assert all(text in result.output for text in ("01_profile.ipynb", "ZeroDivisionError", "1/0"))
    assert (project / "build/2022/report.html").read_text() == "former"
