"""三公经费, 结转结余 and 政府采购 are printed where a department has the table, and nowhere else."""

import shutil

import pytest

from conftest import ROOT, Silent
from helpers.examination import open_year
from helpers.executed import read_notebook, read_records
from helpers.report import produce

TABLES = {
    "official_expenses": "费用项目,本年预算数,本年执行数,上年执行数\n因公出国（境）费,0,0,0\n公务接待费,30000,21000.50,25000\n",
    "carry_overs": "支出类别,上年末结转结余,本年预计结转结余,本年末结转结余\n项目,50000,0,12000\n",
    "procurement": "采购类别,采购预算数,实际采购数,上年采购数\n货物,80000,79000,60000\n服务,20000,20000,0\n",
}


def run(root, tables):
    """What the two sections that print these tables record of a project that has some of them."""
    for name in ("params", "data/2022", "notebooks"):
        shutil.copytree(ROOT / name, root / name)
    outline = root / "notebooks/outline.yml"
    alone = 'notebook: "04_assets"\n    needs: ["01_profile"'
    both = f'{alone}, "02_spending"'  # so that one run makes the two of them
    outline.write_text(outline.read_text("utf-8").replace(alone, both), "utf-8")
    entries = ""
    for name, text in tables.items():
        (root / f"data/2022/{name}.csv").write_text(text, "utf-8")
        registered = "title: 表, origin: ledger, keeper: 财务部门, as_of: '2022-12-31', note: 试用"
        entries += f"  - {{file: {name}.csv, {registered}}}\n"
    register = root / "data/2022/register.yml"
    register.write_text(register.read_text("utf-8").replace("files:\n", f"files:\n{entries}"), "utf-8")
    year = open_year(2022, root / "params/2022.yml")
    folder, _ = produce(year, root / "build", published_only=True, only="04_assets", jobs=1, progress=Silent())
    return [read_records(name, read_notebook(folder / f"notebooks/{name}.ipynb")) for name in ("02_spending", "04_assets")]


@pytest.fixture(scope="module")
def sections(tmp_path_factory):
    return run(tmp_path_factory.mktemp("with"), TABLES)


def headings(records):
    return [block["text"] for block in records.blocks if block["kind"] == "heading"]


def values(records, prefix):
    return {fact.id: fact.value for fact in records.facts if fact.id.startswith(prefix)}


def test_each_table_stands_in_its_section(sections):
    spending, assets = map(headings, sections)
    assert spending[-2:] == ["“三公”经费", "结转结余"]
    assert assets[-1] == "政府采购"


def test_totals_and_changes_are_facts_in_fen(sections):
    found = values(sections[0], "official_expenses.")
    assert found["official_expenses.executed.amount"] == 2100050
    assert found["official_expenses.by_item.reception.change"] == -399950
    assert values(sections[1], "procurement.")["procurement.change.amount"] == 3900000


def test_without_the_tables_nothing_is_printed_or_missing(published_report):
    for name in ("02_spending", "04_assets"):
        records = read_records(name, read_notebook(published_report / f"notebooks/{name}.ipynb"))
        assert not {"“三公”经费", "结转结余", "政府采购"} & set(headings(records))
        assert not any(fact.id.split(".")[0] in TABLES for fact in records.facts)
