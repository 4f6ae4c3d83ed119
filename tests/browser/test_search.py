"""Search within the report, in a real browser, by keyboard alone where that is enough."""

import pytest

from browser.conftest import NO_PLAYWRIGHT

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api", reason=NO_PLAYWRIGHT).expect


@pytest.fixture
def page(quiet, sample_report):
    quiet.open(sample_report / "report.html")
    quiet.page.locator("#find").focus()
    quiet.page.keyboard.press("Enter")
    return quiet.page


def hits(page, wanted):
    """What is found, with the words that are marked in it."""
    page.keyboard.type(wanted)
    found = page.locator("#results a").all()
    expect(page.get_by_role("status")).to_have_text(f"{len(found)} 处")
    return [(link.locator("span").inner_text(), link.locator("mark").inner_text()) for link in found]


def test_a_figure_is_found_by_its_label_or_its_id(page):
    assert ("指标 a.late", "a.late") in hits(page, "A.Late")


def test_a_figure_is_found_by_its_value(page):
    assert hits(page, "145人")[0] == ("指标 a.late", "")


def test_text_is_found_in_paragraphs_tables_and_headings(page):
    assert [mark for _, mark in hits(page, "发放")] == ["发放"] * 10


def test_a_result_says_where_it_stands(page):
    hits(page, "第2地区")
    assert page.locator("#results small").all_inner_texts() == ["一、基本概况", "二、附表：《自评表》"]


def test_nothing_is_found_where_there_is_nothing(page):
    assert hits(page, "没有的词") == []


def test_a_result_leads_to_its_place(page):
    hits(page, "第1地区")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#finder")).to_be_hidden()
    row = page.locator("#section-2-5 tr", has_text="第1地区")
    expect(row).to_be_focused()
    expect(row).to_be_in_viewport()


def test_enter_takes_the_first_result(page):
    hits(page, "调整预算")
    page.keyboard.press("Enter")
    expect(page.locator("#appendix-1-1")).to_be_focused()


def test_a_figure_opens_its_card_over_the_results(page):
    hits(page, "a.late")
    page.keyboard.press("Enter")
    expect(page.locator("#card .label")).to_have_text("指标 a.late")
    page.keyboard.press("Escape")
    expect(page.locator("#card")).to_be_hidden()
    expect(page.locator("#results a").first).to_be_focused()


def test_a_place_in_the_card_leads_out_of_both(page):
    hits(page, "a.late")
    page.keyboard.press("Enter")
    page.locator("#card").get_by_role("link", name="图2").click()
    expect(page.locator("#card")).to_be_hidden()
    expect(page.locator("#finder")).to_be_hidden()
    expect(page.locator("#section-2-6")).to_be_in_viewport()


def test_escape_gives_the_focus_back(page):
    page.keyboard.press("Escape")
    expect(page.locator("#finder")).to_be_hidden()
    expect(page.locator("#find")).to_be_focused()
