"""The notebooks in JupyterLab: each runs by Run All without an error, and what explore.ipynb shows follows its widgets."""

import re
from importlib.util import find_spec

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from browser.conftest import NO_PLAYWRIGHT
from browser.lab import LONGEST, jupyter_lab
from conftest import ROOT
from helpers.execution.outline import load_outline

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(find_spec("jupyterlab") is None, reason="no JupyterLab here: make browser-test installs it"),
]
expect = pytest.importorskip("playwright.sync_api", reason=NO_PLAYWRIGHT).expect

SECTIONS = [section.notebook for section in load_outline(ROOT / "notebooks/outline.yml").sections]
BLOCK = "application/vnd.selfeval.block+json"


@pytest.fixture(scope="module")
def lab(browser, tmp_path_factory, full_report):
    expect.set_options(timeout=LONGEST)
    with jupyter_lab(browser, tmp_path_factory.mktemp("lab"), full_report) as lab:
        yield lab


@pytest.fixture(scope="module")
def explored(lab):
    """What explore.ipynb holds once all its cells were run; its panel is in the page, all of 2022 chosen."""
    held = lab.run_all("explore")
    choose(lab.page, "年度", "2022")
    return held


@pytest.fixture(scope="module")
def one_programme(explored, lab):
    """The charts before one programme was chosen, and after."""
    before = charts(lab.page)
    choose(lab.page, "项目", "劳模专项补助资金")
    return before, charts(lab.page)


def choose(page, name, label):
    """Choose in a dropdown of the panel, and wait until it shows what was chosen."""
    last_to_change = page.get_by_text(re.compile(r"^所选支付的对象"))
    expect(last_to_change).to_have_count(1)
    before = last_to_change.text_content()
    page.get_by_label(name).select_option(label=label)
    expect(last_to_change).not_to_have_text(before)


def charts(page):
    """Text and bytes of the charts in the page."""
    return {image.get_attribute("alt"): image.get_attribute("src") for image in page.locator("figure img").all()}


def test_explore_runs_without_an_error(explored):
    assert explored["errors"] == []


def test_every_chart_follows_the_programme(one_programme):
    before, after = one_programme
    assert len(before) == len(after) == 4
    assert not set(before.values()) & set(after.values())


def test_a_chart_tells_in_words_what_it_shows(one_programme):
    (told,) = (text for text in one_programme[1] if "阶梯图" in text)
    assert "劳模专项补助资金：支付" in told
    assert "专项帮扶资金：" not in told


def test_what_can_be_chosen_follows_the_programme(one_programme, lab):
    offered = lab.page.get_by_label("补助类型").locator("option").all_text_contents()
    assert offered == ["全部", "春节慰问金", "生活困难补助金", "特殊困难帮扶金"]


def test_the_table_is_filtered_as_one_types(one_programme, lab):
    lab.page.get_by_label("查找：").first.fill("特殊困难帮扶金")
    expect(lab.page.locator(".dt-info").first).to_contain_text("筛选")
    types = lab.page.locator("table.dataTable").first.locator("tbody tr td:nth-child(4)")
    assert set(types.all_text_contents()) == {"特殊困难帮扶金"}


def test_nothing_is_asked_of_another_server(one_programme, lab):
    assert lab.elsewhere == []


@pytest.mark.parametrize("notebook", SECTIONS)
def test_a_section_runs_without_an_error(lab, notebook):
    held = lab.run_all(notebook)
    lab.end_kernel()
    assert held["errors"] == []
    assert BLOCK in held["mimes"]


@pytest.mark.parametrize(
    ("cell", "message"),
    [("raise ValueError('wrong')", "wrong"), ("import warnings; warnings.warn('odd')", "odd")],
    ids=["error", "warning"],
)
def test_what_goes_wrong_in_a_cell_is_found(lab, cell, message):
    notebook = new_notebook(cells=[new_code_cell(cell), new_code_cell("1")])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, lab.folder / f"notebooks/{message}.ipynb")
    (error,) = lab.run_all(message)["errors"]
    lab.end_kernel()
    assert message in error
