"""The notebook's handle: what it records, says, tabulates and draws comes out as data beside what Jupyter shows."""

import shutil

import pandas as pd
import pytest
from matplotlib.figure import Figure

from conftest import ROOT
from helpers.blocks import BLOCK_MIME, FACT_MIME, FACTS_MIME, PROBLEM_MIME
from helpers.facts import FactError
from helpers.section import Section


@pytest.fixture
def shown(monkeypatch):
    """The display bundles, in order."""
    bundles = []
    monkeypatch.setattr("helpers.section.display", lambda bundle, raw: bundles.append(bundle))
    return bundles


@pytest.fixture
def project(tmp_path, monkeypatch):
    shutil.copytree(ROOT / "params", tmp_path / "params")
    shutil.copytree(ROOT / "data/2022", tmp_path / "data/2022")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def section(project, shown):
    return Section(1, fiscal_year=2022, data_dir="data/2022", programmes=None)


@pytest.fixture
def published_only(project, shown):
    return Section(1, fiscal_year=2022, data_dir="data/2022", published_only=True)


def test_a_parameter_left_open_is_read_from_the_years_file(section):
    assert [programme.id for programme in section.programmes] == ["hardship_aid", "model_workers"]


def test_a_parameter_that_was_not_declared_is_named(section):
    with pytest.raises(AttributeError, match="regions"):
        section.regions  # noqa: B018


def test_a_given_parameter_is_checked_like_the_file(project):
    with pytest.raises(ValueError, match=r"code|name"):
        Section(1, fiscal_year=2022, data_dir="data/2022", regions=[{"code": "65"}])


def test_a_recorded_figure_is_shown_with_its_lineage(section, shown):
    payments = section.load("payments")
    returns = payments[payments["kind"].eq("退回")]
    section.record("a.returns", len(returns), unit="笔", label="退回笔数", source=returns, where="业务类型为退回")
    record = shown[-1][FACT_MIME]
    assert (record["display"], record["origin"]) == (f"{len(returns)}笔", "synthetic")
    assert (record["sources"][0]["rows_kept"], record["sources"][0]["rows_read"]) == (len(returns), len(payments))


def test_a_figure_that_equals_the_published_one_prints_as_published(section):
    roster = section.load("beneficiaries")
    fact = section.record("model_workers.roster.people", 4016, unit="人", label="在册", source=roster)
    assert (fact.origin, fact.recomputed_from) == ("published", "synthetic")


def test_a_unit_other_than_the_published_one_is_refused(section):
    with pytest.raises(FactError, match=r"published\.csv"):
        section.record("model_workers.roster.people", 4016, unit="户", label="在册")


def test_without_its_table_a_figure_takes_the_published_value(published_only):
    roster = published_only.load("beneficiaries")
    fact = published_only.record("model_workers.roster.people", len(roster), unit="人", label="在册", source=roster)
    assert (fact.value, fact.origin) == (4016, "published")


def test_without_its_table_any_other_figure_is_missing(published_only):
    roster = published_only.load("beneficiaries")
    fact = published_only.record("a.people", len(roster), unit="人", label="某数", source=roster)
    assert (fact.value, fact.origin, fact.display) == (None, "missing", "「待补」")


def test_said_text_carries_its_facts(section, shown):
    section.record("a.people", 5, unit="人", label="人数")
    section.say("共{{ a.people }}。")
    assert shown[-1][BLOCK_MIME]["runs"][1] == {"fact": "a.people", "display": "5人"}
    assert shown[-1]["text/markdown"] == "共5人。"


def test_each_figure_of_a_table_becomes_a_fact(section, shown):
    frame = pd.DataFrame({"name": ["甲", "乙"], "amount": [100_00, 250_00]})
    facts = section.table(
        frame, {"name": "地区", "amount": ("金额", "元")}, id="a.by_region", row_ids=["north", "south"], caption="表", source=[]
    )
    assert [fact.id for fact in facts["amount"]] == ["a.by_region.north.amount", "a.by_region.south.amount"]
    assert [fact["display"] for fact in shown[-1][FACTS_MIME]] == ["100元", "250元"]
    assert shown[-1][BLOCK_MIME]["rows"][2][1]["runs"] == [{"fact": "a.by_region.south.amount", "display": "250.00"}]


def test_a_summed_column_is_marked_and_noted_where_its_print_does_not_foot(section, shown):
    frame = pd.DataFrame({"name": ["甲", "乙", "合计"], "amount": [5_000, 5_000, 10_000]})
    columns = {"name": "地区", "amount": ("金额", "万元")}
    section.table(frame, columns, id="a.t", row_ids=["a", "b", "total"], caption="表", source=[], totals=["amount"])
    block = shown[-1][BLOCK_MIME]
    assert block["totals"] == [1]
    assert block["notes"][0][1] == {"fact": "a.t.footing.amount", "display": "0.01万元"}
    assert shown[-1][FACTS_MIME][-1]["value"] == "10000"


def test_a_total_row_that_leaves_a_row_out_is_refused(section):
    frame = pd.DataFrame({"name": ["甲", "乙", "合计"], "amount": [100_00, 250_00, 349_99]})
    with pytest.raises(FactError, match=r"“表”的“金额”各行之和与合计行相差0\.01元"):
        section.table(frame, {"name": "地区", "amount": ("金额", "元")}, id="a.t", caption="表", source=[], totals=["amount"])


def test_a_table_without_its_records_says_so(published_only, shown):
    payments = published_only.load("payments")
    published_only.table(payments, {"amount": ("金额", "元")}, id="a.t", caption="支付", source=payments)
    assert shown[-1][BLOCK_MIME]["kind"] == "paragraph"
    assert shown[-1][FACTS_MIME][0]["origin"] == "missing"


def test_a_chart_with_a_figure_missing_is_not_drawn(section, shown):
    missing = section.record("a.people", None, unit="人", label="人数")
    section.chart(Figure, caption="图", alt="图", facts=[missing])
    assert BLOCK_MIME not in shown[-1]


def test_a_chart_is_shown_as_vector_picture_with_its_text(section, shown):
    fact = section.record("a.people", 5, unit="人", label="人数")
    section.chart(Figure, caption="图", alt="共{{ a.people }}", facts=[fact])
    assert shown[-1]["image/svg+xml"].startswith("<svg")
    assert shown[-1][BLOCK_MIME]["alt"] == "共5人"


def test_a_problem_names_its_rule_and_subject(section, shown):
    section.problem("late_payment", "{{ subject }}晚了。", subject="某资金")
    assert shown[-1][PROBLEM_MIME]["title"] == "某资金发放不及时"


def test_a_figure_of_a_section_that_was_not_run_names_what_to_run(project):
    section = Section(5, fiscal_year=2022, data_dir="data/2022")
    with pytest.raises(FactError, match="make report"):
        section.fact("a.people")
