"""`selfeval score`: any table scored, compared with its own scores, and told as text, JSON or workbook."""

import json
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from score_tables import FORM, table, write
from typer.testing import CliRunner

from conftest import ROOT
from helpers.cli import app
from helpers.scoring.report import exact_decimal, rules_folder

FUNDS = ("--budget", "12000000", "--executed", "11000000")


def call(*arguments):
    return CliRunner().invoke(app, ["score", *map(str, arguments), "--year", "2022"])


def scored(*arguments):
    """Exit code and JSON object of a call."""
    result = call(*arguments, "--json")
    return result.exit_code, json.loads(result.stdout)


def codes(card):
    return [(issue["code"], issue["row"]) for issue in card["issues"]]


@pytest.fixture
def form(tmp_path):
    return write(tmp_path, FORM)


def test_a_sound_table_has_total_and_grade_and_exit_code_0(form):
    code, card = scored(form, *FUNDS)
    assert (code, card["total"], card["grade"], card["issues"]) == (0, "98.46", "优", [])
    assert card["rules"] == "national-default"


def test_the_object_has_the_agreed_keys(form):
    _, card = scored(form, *FUNDS)
    assert list(card) == ["rules", "execution", "rows", "total", "grade", "issues"]
    assert list(card["execution"]) == ["budget", "executed", "rate", "score"]
    assert list(card["rows"][0]) == [
        *("row", "name", "direction", "weight", "target", "actual", "unit"),
        *("score", "status", "printed_score", "derivation"),
    ]


def test_numbers_are_exact_decimal_text_in_the_unit_of_the_row(form):
    _, card = scored(form, *FUNDS)
    keys = ("row", "weight", "target", "actual", "unit", "score", "printed_score")
    assert [[row[key] for key in keys] for row in card["rows"]] == [
        [9, "20", "3850", "3850", "人", "20.00", "20"],
        [10, "10", "14", "13", "个", "9.29", "9.29"],
        [11, "20", "2022-12-31", "2022-11-30", "日期", "20.00", "20"],
        [12, "30", "100", "120", "人次", "30.00", "30"],
        [13, "10", "90", "98", "%", "10.00", "10"],
    ]
    assert card["execution"] == {"budget": "12000000", "executed": "11000000", "rate": "0.9166666667", "score": "9.17"}


def test_without_amounts_execution_and_total_are_null(form):
    code, card = scored(form)
    assert (code, card["execution"], card["total"], card["grade"]) == (0, None, None, None)


def test_a_pending_row_alone_is_no_issue(form):
    form.write_text(FORM.replace("120人次", ""), "utf-8")
    code, card = scored(form, *FUNDS)
    assert (code, card["total"]) == (0, None)
    assert [row["score"] for row in card["rows"] if row["status"] == "pending"] == [None]


def test_a_score_that_differs_is_listed_and_fails(form):
    form.write_text(FORM.replace(",9.29,", ",10,"), "utf-8")
    code, card = scored(form, *FUNDS)
    assert (code, codes(card)) == (1, [("T201", 10)])


def test_a_total_and_an_execution_score_that_differ_are_listed(form):
    form.write_text(FORM.replace("98.46", "100").replace("9.17", "10"), "utf-8")
    _, card = scored(form, *FUNDS)
    assert codes(card) == [("T203", 3), ("T202", 14)]


def test_a_table_with_issues_is_still_scored_row_by_row(form):
    form.write_text(FORM.replace("＝14个", "约14个"), "utf-8")
    code, card = scored(form, *FUNDS)
    assert (code, codes(card)) == (1, [("T101", 10)])
    assert [row["status"] for row in card["rows"]] == ["scored", "pending", "scored", "scored", "scored"]


def test_an_actual_value_that_is_no_measurement_is_told_once(form):
    form.write_text(FORM.replace("98%", "≥98%"), "utf-8")
    _, card = scored(form, *FUNDS)
    assert codes(card) == [("T103", 13)]


def test_a_target_without_sign_is_no_issue_and_told_in_the_derivation(form):
    form.write_text(FORM.replace("≥100人次", "100人次"), "utf-8")
    code, card = scored(form, *FUNDS)
    assert (code, card["issues"]) == (0, [])
    assert "目标≥100人次（没有写符号，按≥计）" in card["rows"][3]["derivation"]


def test_a_reminder_is_an_issue(form):
    """120 of 100 人次."""
    code, card = scored(form, *FUNDS, "--rules", "integrated-system")
    assert (code, codes(card)) == (1, [("S208", 12)])


def test_the_year_is_that_of_the_head(form):
    form.write_text("2023年度" + FORM, "utf-8")
    card = json.loads(CliRunner().invoke(app, ["score", str(form), "--json"]).stdout)
    assert "（2023年度）" in card["rows"][0]["derivation"]


def test_the_workbook_names_the_department(tmp_path, form):
    form.write_text(FORM.replace("部门整体支出绩效自评表", "部门名称：某市图书馆"), "utf-8")
    call(form, "--xlsx", tmp_path / "out.xlsx")
    assert load_workbook(tmp_path / "out.xlsx")["自评表"]["C3"].value == "某市图书馆"


def test_weights_that_do_not_add_to_100_fail(tmp_path):
    code, card = scored(write(tmp_path, table("产出,数量,人数,≥10人,12人,80,80,")), *FUNDS)
    assert (code, card["issues"][0]["row"]) == (1, None)


def test_rules_are_chosen_by_name(form):
    _, card = scored(form, *FUNDS, "--rules", "hubei")
    assert (card["rules"], card["execution"]["score"]) == ("hubei", "18.33")


def test_an_unknown_rule_set_is_refused_with_the_known_names(form):
    result = call(form, "--rules", "hubai")
    assert result.exit_code == 1
    assert "hubei" in result.stderr


def test_rules_are_found_outside_a_project(tmp_path, monkeypatch, form):
    monkeypatch.chdir(tmp_path)
    assert call(form, *FUNDS).exit_code == 0


def test_a_projects_own_rules_come_first(tmp_path):
    (tmp_path / "params/rules").mkdir(parents=True)
    (tmp_path / "params/2022.yml").touch()
    assert rules_folder(tmp_path) == tmp_path / "params/rules"


@pytest.mark.parametrize("amount", ["1,000", "一千", "1.234", "1e6"])
def test_an_amount_that_is_no_plain_number_is_wrong_usage(form, amount):
    assert call(form, "--budget", amount, "--executed", "1").exit_code == 2


def test_a_file_that_is_not_there_is_told_without_traceback(tmp_path):
    result = call(tmp_path / "none.csv")
    assert result.exit_code == 1
    assert "E117" in result.stderr


def test_the_text_tells_score_derivation_and_total(form):
    text = call(form, *FUNDS).stdout
    assert "第 10 行 表彰场次：9.29／10 分（表中 9.29）" in text
    assert "10×13÷14" in text
    assert "总分：98.46 分，等级：优" in text


def test_the_text_says_what_is_pending(form):
    assert "总分：待补" in call(form).stdout


def test_the_workbook_is_written_and_can_be_scored_again(tmp_path, form):
    out = tmp_path / "out.xlsx"
    call(form, *FUNDS, "--xlsx", out)
    assert load_workbook(out).sheetnames == ["自评表", "得分计算过程", "系统导入"]
    _, again = scored(out, *FUNDS)
    assert again["total"] == "98.46"


def test_five_thousand_rows_are_all_scored(tmp_path):
    rows = [f"产出,数量,指标{number},≥{number}个,{number}个,0.018,0.02," for number in range(1, 5001)]
    _, card = scored(write(tmp_path, table(*rows)), *FUNDS)
    assert len(card["rows"]) == 5000
    assert {row["status"] for row in card["rows"]} == {"scored"}


def test_the_projects_own_table_is_all_pending():
    code, card = scored(ROOT / "data/2022/indicators.csv")
    assert code == 0
    assert {row["status"] for row in card["rows"]} == {"pending"}


@given(st.decimals(-(10**12), 10**12, places=8))
def test_exact_decimal_keeps_every_digit(number):
    assert Decimal(exact_decimal(Fraction(number))) == number
