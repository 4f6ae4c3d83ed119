"""A new year starts from the former one: comments kept, what must be decided emptied, workbooks that are read as filled in."""

import shutil
from datetime import date

import pytest
import yaml
from openpyxl import load_workbook
from typer.testing import CliRunner

from conftest import ROOT
from helpers.cli import app
from helpers.examination import open_year
from helpers.intake.contracts import CONTRACTS
from helpers.intake.convert import convert
from helpers.intake.grid import SAMPLE
from helpers.intake.xlsx_file import read_xlsx
from helpers.issue import InputsInvalid
from helpers.new_year.parameters import next_parameters, undecided
from helpers.new_year.workbooks import DATA_SHEET, input_workbook
from helpers.new_year.yaml_edits import Edit, edited
from helpers.params import load_parameters

FORMER = (ROOT / "params/2022.yml").read_text("utf-8")
NEXT = next_parameters(FORMER, 2022, 2023)


def comments(text):
    return [line.partition("#")[2].strip() for line in text.splitlines() if "#" in line]


def test_an_edit_leaves_the_comments_around_a_removed_block():
    text = "a:   # 甲\n  - {b: 1}\n  - {b: 2}   # 乙\n\n# 丙\nc: 3   # 丁\n"
    assert edited(text, {("a",): Edit("[]", "空")}) == "# 空\na: []   # 甲   # 乙\n\n# 丙\nc: 3   # 丁\n"


def test_without_edits_the_text_is_the_same():
    assert edited(FORMER, {}) == FORMER


def test_the_year_and_its_folder_are_the_new_ones():
    values = yaml.safe_load(NEXT)
    assert (values["fiscal_year"], values["data_dir"]) == (2023, "data/2023")


def test_what_is_not_decided_anew_is_carried_as_it_is():
    before, after = yaml.safe_load(FORMER), yaml.safe_load(NEXT)
    for key in ("report", "department", "regions", "thresholds", "rules", "archive", "named_numbers"):
        assert after[key] == before[key]


def test_what_must_be_decided_is_emptied():
    values = yaml.safe_load(NEXT)
    programme = values["programmes"][0]
    assert (programme["code"], programme["plan"]["date"], programme["statement_date"]) == ("", "", "")
    assert [values[key] for key in ("problems", "measures", "open_questions")] == [[], [], []]
    assert not any(item.get("open") for item in values["reconciliations"])


def test_each_emptied_value_has_a_line_above_it_that_says_why():
    lines = NEXT.splitlines()
    emptied = [number for number, line in enumerate(lines) if '""' in line]
    assert all(lines[number - 1].lstrip().startswith("# 待定：") for number in emptied)
    assert undecided(NEXT) == NEXT.count("待定：")


def test_a_text_that_names_the_former_year_is_emptied():
    before, after = (yaml.safe_load(text)["programmes"][1]["texts"]["spending"] for text in (FORMER, NEXT))
    assert "2022" in before[0]
    assert after == [""]


def test_all_comments_stay():
    kept = comments(NEXT)
    lost = [comment for comment in comments(FORMER) if comment not in kept]
    assert lost == ["2022 年度部门整体支出绩效自评的参数。"]  # which names the new year now


def test_what_the_former_years_beginning_said_is_not_said_again():
    again = next_parameters(NEXT.replace('""', '"2023-05-17"'), 2023, 2024)
    assert "上年写法见 2022.yml" not in again


def test_the_new_parameters_name_every_open_place_with_its_line(tmp_path):
    path = tmp_path / "2023.yml"
    path.write_text(NEXT, "utf-8")
    with pytest.raises(InputsInvalid) as caught:
        load_parameters(path)
    lines = NEXT.splitlines()
    assert {issue.row for issue in caught.value.issues} == {n for n, line in enumerate(lines, 1) if '""' in line}


@pytest.fixture(scope="module")
def parameters():
    return open_year(2022, ROOT / "params/2022.yml").parameters


def filled(contract, parameters, folder, *rows):
    """The path of the contract's workbook with rows filled in below the sample."""
    path = folder / f"{contract.name}.xlsx"
    path.write_bytes(input_workbook(contract, parameters, 2023))
    workbook = load_workbook(path)
    for row in rows:
        workbook[DATA_SHEET].append(row)
    workbook.save(path)
    return path


@pytest.mark.parametrize("contract", CONTRACTS.values(), ids=CONTRACTS)
def test_a_workbook_has_the_columns_of_its_table(contract, parameters, tmp_path):
    sheet = load_workbook(filled(contract, parameters, tmp_path))[DATA_SHEET]
    assert [cell.value for cell in sheet[1]] == [column.header for column in contract.columns]


def test_a_workbook_offers_what_a_cell_may_be(parameters, tmp_path):
    workbook = load_workbook(filled(CONTRACTS["payments"], parameters, tmp_path))
    rules = {str(rule.sqref).partition("3")[0]: rule for rule in workbook[DATA_SHEET].data_validations.dataValidation}
    offered = [cell.value for cell in workbook["取值"]["C"]]
    assert rules["F"].type == "list"
    assert [cell.value for cell in workbook["取值"][1]] == ["补助类型", "地区", "资金来源", "业务类型"]
    assert offered[:5] == ["资金来源", "财政拨款", "部门预算", "上年结转", "其他"]
    assert (rules["G"].type, rules["H"].type) == ("decimal", "date")


def test_a_workbook_formats_amounts_and_dates(parameters, tmp_path):
    sheet = load_workbook(filled(CONTRACTS["allocations"], parameters, tmp_path))[DATA_SHEET]
    assert [sheet.column_dimensions[letter].number_format for letter in "ACE"] == ["@", "#,##0.00", "yyyy-mm-dd"]


PAYMENT = ["P1", "A1", "", "", "", "财政拨款", 12.5, date(2023, 6, 1), "支付", ""]


def test_the_sample_row_is_not_read(parameters, tmp_path):
    path = filled(CONTRACTS["payments"], parameters, tmp_path, PAYMENT)
    frame, issues = convert(read_xlsx(path.name, path.read_bytes(), sheet=DATA_SHEET), CONTRACTS["payments"])
    assert (frame["payment"].tolist(), frame["amount"].tolist(), frame.index.tolist(), issues) == (["P1"], [1250], [3], [])


def test_a_workbook_without_the_sample_row_is_read_alike(parameters, tmp_path):
    path = filled(CONTRACTS["payments"], parameters, tmp_path, PAYMENT)
    workbook = load_workbook(path)
    workbook[DATA_SHEET].delete_rows(2)
    workbook.save(path)
    frame, issues = convert(read_xlsx(path.name, path.read_bytes(), sheet=DATA_SHEET), CONTRACTS["payments"])
    assert (frame["payment"].tolist(), issues) == (["P1"], [])


def test_a_sample_anywhere_else_is_a_record_like_others(parameters, tmp_path):
    path = filled(CONTRACTS["payments"], parameters, tmp_path, PAYMENT, [SAMPLE, *PAYMENT[1:]])
    frame, _ = convert(read_xlsx(path.name, path.read_bytes(), sheet=DATA_SHEET), CONTRACTS["payments"])
    assert frame["payment"].tolist() == ["P1", SAMPLE]


def test_a_workbook_that_nobody_filled_in_has_no_rows(parameters, tmp_path):
    path = filled(CONTRACTS["payments"], parameters, tmp_path)
    with pytest.raises(InputsInvalid, match="只有表头，没有数据行"):
        read_xlsx(path.name, path.read_bytes(), sheet=DATA_SHEET)


@pytest.fixture
def project(tmp_path):
    for name in ("params", "data/2022"):
        shutil.copytree(ROOT / name, tmp_path / name)
    (tmp_path / "params/2023.yml").unlink(missing_ok=True)
    return tmp_path


def new_year(project, year=2023):
    return CliRunner().invoke(app, ["new-year", str(year), "--from", "2022", "--params", str(project / "params/2022.yml")])


def test_the_command_writes_the_year_and_prints_what_to_do(project):
    result = new_year(project)
    assert result.exit_code == 0
    assert {path.stem for path in (project / "data/2023").glob("*.xlsx")} == set(CONTRACTS)
    assert (project / "params/2023.yml").read_text("utf-8") == NEXT
    steps = [line for line in result.output.splitlines() if line[:1].isdigit()]
    assert steps == ["1. 取数", "2. 对列", "3. 定参数", "4. 检查", "5. 生成", "6. 复核", "7. 比较", "8. 归档"]
    assert "selfeval run 2023" in result.output


def test_without_beneficiaries_no_roster_is_asked_for(tmp_path):
    for name in ("params", "data"):
        shutil.copytree(ROOT / "examples/library" / name, tmp_path / name)
    result = CliRunner().invoke(app, ["new-year", "2024", "--from", "2023", "--params", str(tmp_path / "params/2023.yml")])
    assert result.exit_code == 0
    assert {path.stem for path in (tmp_path / "data/2024").glob("*.xlsx")} == CONTRACTS.keys() - {"beneficiaries"}
    assert "beneficiaries" not in (tmp_path / "data/2024/register.yml").read_text("utf-8")


@pytest.mark.parametrize("there", ["params/2023.yml", "data/2023/budget.csv"])
def test_nothing_is_written_over(project, there):
    (project / there).parent.mkdir(exist_ok=True)
    (project / there).write_text("原有", "utf-8")
    before = sorted(path.relative_to(project) for path in project.rglob("*"))
    result = new_year(project)
    assert result.exit_code == 1
    assert "已经存在" in result.output
    assert sorted(path.relative_to(project) for path in project.rglob("*")) == before
    assert (project / there).read_text("utf-8") == "原有"


def test_a_year_that_is_not_later_is_refused(project):
    result = new_year(project, 2022)
    assert result.exit_code == 1
    assert "不晚于 2022 年度" in result.output


def test_rules_that_change_with_the_new_year_are_told(project):
    rules, params = project / "params/rules/fujian.yml", project / "params/2022.yml"
    params.write_text(FORMER.replace("rules: national-default", "rules: fujian"), "utf-8")
    head, key, rest = rules.read_text("utf-8").partition("  full_from:\n")
    first, end, after = rest.partition("\nindicators:")
    change = '    - from: "2023"\n      value: 98\n      source: {title: "新表样", kind: form, verified: false}\n'
    rules.write_text(head + key + first + change + end + after, "utf-8")
    output = new_year(project).output
    assert "有 1 处取值与 2022 年度不同" in output
    assert "新表样" in output
