"""A roster and allocations may be absent where the parameters do not speak of beneficiaries or of money for the regions."""

from __future__ import annotations

import pytest
from intake_files import FILES, example_parameters, write_folder

from helpers.control_figures import control_figures
from helpers.identities import generic_identities
from helpers.intake import load_inputs
from helpers.params import Parameters

OF_NOBODY = {"beneficiary": None, "unit": None, "unit_id": None, "grant_types": []}
PAYMENTS = FILES["payments"].replace("生活补助,H-1,甲市", ",,").replace("生活补助,H-2,乙县", ",,")
PAYMENTS_OF_DISTRICTS = FILES["payments"].replace("生活补助,H-1", ",").replace("生活补助,H-2", ",")


def parameters(**changed) -> Parameters:
    """The example's parameters, its programme with other values."""
    values = example_parameters()
    return values.model_copy(update={"programmes": [values.programmes[0].model_copy(update=changed)]})


def found(folder, parameters: Parameters, *absent: str, register_absent: bool = False, **changed: str):
    """The issues of the sound folder without some tables, and with others changed."""
    write_folder(folder, **changed)
    register = folder / "register.yml"
    for name in absent:
        (folder / f"{name}.csv").unlink()
        if not register_absent:
            lines = [line for line in register.read_text("utf-8").splitlines() if f"file: {name}.csv" not in line]
            register.write_text("\n".join(lines), "utf-8")
    return load_inputs(folder, parameters, published_only=False)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("beneficiaries", "参数中“示例补助”有补助对象（beneficiary: 示例家庭）"),
        ("allocations", "参数中“示例补助”的资金下达各地区（没有写 distributed: false）"),
    ],
)
def test_a_table_that_the_parameters_speak_of_is_missed_with_the_reason(tmp_path, name, words):
    (issue,) = found(tmp_path, parameters(), name).issues
    assert (issue.code, issue.severity, issue.file) == ("E117", "错误", f"{name}.csv")
    assert words in issue.message
    assert "或改正参数" in issue.mend


def test_a_registered_table_that_is_not_there_is_told_once(tmp_path):
    (issue,) = found(tmp_path, parameters(), "beneficiaries", register_absent=True).issues
    assert (issue.code, issue.file) == ("E117", "beneficiaries.csv")


def test_without_beneficiaries_and_allocation_both_tables_may_be_absent(tmp_path):
    alone = parameters(distributed=False, **OF_NOBODY)
    assert found(tmp_path, alone, "beneficiaries", "allocations", payments=PAYMENTS).issues == []


def test_money_for_regions_needs_no_beneficiaries(tmp_path):
    assert found(tmp_path, parameters(**OF_NOBODY), "beneficiaries", payments=PAYMENTS_OF_DISTRICTS).issues == []


def test_money_for_regions_is_paid_in_a_region(tmp_path):
    (issue,) = found(tmp_path, parameters(**OF_NOBODY), "beneficiaries", payments=PAYMENTS).issues
    assert (issue.code, issue.column) == ("E410", "地区")


def test_a_payment_of_a_programme_without_beneficiaries_names_none(tmp_path):
    named = PAYMENTS_OF_DISTRICTS.replace("P1,99T01,,", "P1,99T01,,H-1")
    (issue,) = found(tmp_path, parameters(**OF_NOBODY), "beneficiaries", payments=named).issues
    assert (issue.code, issue.row) == ("E709", 2)
    assert "参数中“示例补助”没有补助对象，本表却有“H-1”" in issue.message


def test_a_roster_of_a_programme_without_beneficiaries_is_refused(tmp_path):
    issues = found(tmp_path, parameters(**OF_NOBODY), payments=PAYMENTS_OF_DISTRICTS).issues
    assert {(issue.code, issue.file) for issue in issues} == {("E709", "beneficiaries.csv")}


def test_a_payment_of_a_programme_without_grant_types_has_none(tmp_path):
    typed = PAYMENTS_OF_DISTRICTS.replace("P1,99T01,", "P1,99T01,生活补助")
    (issue,) = found(tmp_path, parameters(**OF_NOBODY), "beneficiaries", payments=typed).issues
    assert (issue.code, issue.row) == ("E704", 2)
    assert "参数中这个项目没有补助类型，应为空" in issue.message


def test_an_allocation_of_money_that_is_not_distributed_is_refused(tmp_path):
    issues = found(tmp_path, parameters(distributed=False, **OF_NOBODY), "beneficiaries", payments=PAYMENTS).issues
    assert {(issue.code, issue.file, issue.column) for issue in issues} == {("E706", "allocations.csv", "地区")}
    assert "资金不下达各地区（distributed: false），本表却有“甲市”" in issues[0].message


def test_an_event_that_has_only_a_deadline_has_a_window(tmp_path):
    inputs = found(tmp_path, parameters())
    figures = control_figures({name: table.frame for name, table in inputs.tables.items() if not table.absent}, parameters())
    assert figures["aid.survey.window"].value == figures["aid.survey.deadline"].value == "5月底"


def test_no_figure_and_no_identity_counts_beneficiaries_where_there_are_none(tmp_path):
    alone = parameters(distributed=False, **OF_NOBODY)
    inputs = found(tmp_path, alone, "beneficiaries", "allocations", payments=PAYMENTS)
    figures = control_figures({name: table.frame for name, table in inputs.tables.items() if not table.absent}, alone)
    named = {*figures, *(name for identity in generic_identities(alone, figures) for name in identity.ids)}
    assert figures["aid.paid.amount"].value == 100_000
    assert [name for name in sorted(named) if "None" in name or "roster" in name or "allocated" in name] == []
