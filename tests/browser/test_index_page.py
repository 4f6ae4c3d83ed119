"""The page that lists all reports, in a real browser: read without a script, searched with it, by keyboard alone."""

import pytest

from browser.conftest import NO_PLAYWRIGHT
from browser.findings import grave, needs_axe
from helpers.index_page import INDEX, refresh_index
from index_samples import write_archive, write_report

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api", reason=NO_PLAYWRIGHT).expect


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    root = tmp_path_factory.mktemp("project")
    write_report(root / "build/2022", amount="148万元")
    write_report(root / "build/2023", amount="151万元")
    write_archive(root / "archive/2022", "0123456789abcdef0123456789abcdef")
    assert refresh_index(root / "build", root / "archive") is None
    return root / "build" / INDEX


@pytest.fixture
def page(quiet, index):
    quiet.open(index)
    return quiet.page


def test_links_lead_to_the_files(page):
    page.get_by_role("link", name="2022年度某局：网页").click()
    expect(page.get_by_role("heading")).to_have_text("2022年度的报告")


def test_an_archive_leads_to_its_digest_sheet(page, index):
    link = page.get_by_role("link", name="的摘要单").get_attribute("href")
    assert (index.parent / link).is_file()


def test_a_figure_is_found_by_words_and_leads_to_its_entry(page):
    page.get_by_label("按名称、数值或编号").focus()
    page.keyboard.type("预算 2023")
    expect(page.get_by_role("status")).to_have_text("1 个")
    expect(page.locator("#results li:visible")).to_have_count(1)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/2023/report.html#fact-a.budget.amount")


def test_nothing_is_found_where_there_is_nothing(page):
    page.get_by_label("按名称、数值或编号").fill("没有的词")
    expect(page.get_by_role("status")).to_have_text("0 个")


def test_without_a_script_all_is_listed_and_no_search_is_offered(browser, index):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(index.as_uri())
    assert page.locator("#results li").count() == 4
    expect(page.locator("#finding")).to_be_hidden()
    context.close()


@needs_axe
@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_grave(page, width):
    page.set_viewport_size({"width": width, "height": 844})
    page.get_by_label("按名称、数值或编号").fill("预算")
    assert grave(page) == []
