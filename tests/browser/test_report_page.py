"""The 2022 report in a real browser: every test also fails on a console error, a dialog or a request (see conftest.py)."""

from itertools import pairwise

import pypdfium2
import pytest

from browser.conftest import NO_PLAYWRIGHT
from browser.findings import grave, needs_axe

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api", reason=NO_PLAYWRIGHT).expect

SIDE = "nav.contents.side a"
IN_SIGHT = """heading => {
    const {top} = heading.getBoundingClientRect();
    return document.querySelector(".band").getBoundingClientRect().bottom <= top && top < innerHeight;
}"""


@pytest.fixture
def page(quiet, full_report):
    quiet.open(full_report / "report.html")
    return quiet.page


def focused(page, what):
    return page.evaluate(f"document.activeElement.{what}")


def test_each_entry_of_the_navigation_leads_to_its_heading(page):
    links = page.locator(SIDE).all()
    assert len(links) > 8
    for link in links:
        link.click()
        target = page.locator(f"[id='{link.get_attribute('href').removeprefix('#')}']")
        assert page.evaluate("document.querySelector(':target').id") == target.get_attribute("id")
        assert target.inner_text().startswith(link.inner_text())
        heading = target.locator("h2").or_(target).first
        assert heading.evaluate(IN_SIGHT), link.inner_text()


@pytest.mark.parametrize("part", ["#section-2", "#section-5", "#appendix-2"])
def test_the_navigation_marks_where_the_reader_is(page, part):
    page.evaluate("part => document.querySelector(part).scrollIntoView()", part)
    expect(page.locator(f"{SIDE}[aria-current=location][href^='{part}']")).to_have_count(1)
    expect(page.locator("[aria-current]")).to_have_count(1)


def test_the_keyboard_comes_to_the_text_first_then_to_the_tools_and_through_the_navigation(page):
    reached = []
    for _ in range(4):
        page.keyboard.press("Tab")
        reached.append(focused(page, "innerText"))
    first = page.locator(SIDE).first
    assert reached == ["跳到正文", "演示与待补", "查找", first.inner_text()]
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == first.get_attribute("href")


def test_what_has_the_focus_can_be_seen(page):
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    outline = page.evaluate(
        "(({outlineStyle, outlineWidth}) => [outlineStyle, outlineWidth])(getComputedStyle(document.activeElement))"
    )
    assert outline[0] != "none"
    assert outline[1] != "0px"


def test_the_fonts_in_the_page_are_loaded(page):
    assert page.evaluate("document.fonts.ready.then(fonts => [...fonts].filter(font => font.status == 'error').length)") == 0
    assert page.evaluate("[...document.fonts].filter(font => font.status == 'loaded').length") > 3


@needs_axe
def test_axe_finds_nothing_grave(page):
    """But for contrast, which test_accessibility.py judges on a small report."""
    assert grave(page, contrast=False) == []


def test_it_prints_as_pdf(page):
    """Without navigation, tools and tables behind charts; the notice stands at the foot of each page."""
    printed = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    pages = [sheet.get_textpage().get_text_bounded() for sheet in printed]
    assert len(pages) > 10
    assert "绩效" in pages[0]
    assert [word for word in ("跳到正文", "查找", "只列出", "图1的数据", "计算过程") if word in "".join(pages[:-1])] == []
    assert [number for number, text in enumerate(pages, start=1) if "不得报送" not in text] == []


def test_the_head_of_a_table_is_printed_on_each_of_its_pages(page):
    page.evaluate("document.querySelectorAll('section:not(#appendix-3)').forEach(part => part.remove())")
    printed = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    heads = [sheet for sheet in printed if "另行计算报告已公布数" in "".join(sheet.get_textpage().get_text_bounded().split())]
    assert len(heads) > 1


def test_on_a_phone_only_tables_and_charts_scroll_sideways(page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_on_a_phone_the_tools_fit_beside_the_notice(page):
    page.set_viewport_size({"width": 390, "height": 844})
    places = page.locator(".bar :is(.band, a, button)").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect()).map(({left, right, height}) => [left, right, height])"
    )
    assert len(places) == 4
    assert all(after[0] > before[1] for before, after in pairwise(places))
    assert max(height for _, _, height in places) < 40
