"""The 2022 report in a real browser: every test also fails on a console error, a dialog or a request (see conftest.py)."""

import pypdfium2
import pytest

pytestmark = pytest.mark.browser

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


def test_a_figure_leads_to_its_entry_and_back(page):
    figure = page.locator("main a.fact").first
    figure.click()
    entry = page.locator(":target")
    assert entry.get_attribute("id") == figure.get_attribute("href").removeprefix("#")
    entry.locator("a").first.click()
    assert page.locator(":target").get_attribute("id").startswith(("at-", "section-"))


def test_the_keyboard_comes_to_the_text_first_and_then_through_the_navigation(page):
    page.keyboard.press("Tab")
    assert focused(page, "innerText") == "跳到正文"
    page.keyboard.press("Tab")
    first = page.locator(SIDE).first
    assert focused(page, "innerText") == first.inner_text()
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


def test_it_prints_as_pdf(page):
    """The navigation is not printed; the notice stands at the foot of each page."""
    printed = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    pages = [sheet.get_textpage().get_text_bounded() for sheet in printed]
    assert len(pages) > 10
    assert "绩效" in pages[0]
    assert "跳到正文" not in "".join(pages)
    assert [number for number, text in enumerate(pages, start=1) if "不得报送" not in text] == []


def test_on_a_phone_only_tables_scroll_sideways(page):
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
