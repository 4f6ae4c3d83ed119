"""Figures and their cards in a real browser, by mouse, by keyboard and without a script."""

import pytest

from browser.conftest import NO_PLAYWRIGHT, Watched

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api", reason=NO_PLAYWRIGHT).expect

FIGURE = "#section-1-2 a[data-fact='a.people']"
OTHER = "#section-1-2 a[data-fact='a.late']"
FOCUSED = "document.activeElement"


@pytest.fixture
def page(quiet, sample_report):
    quiet.open(sample_report / "report.html")
    return quiet.page


@pytest.fixture
def card(page):
    """The card of `FIGURE`, open."""
    page.locator(FIGURE).click()
    return page.locator("#card")


@pytest.fixture
def plain(browser, sample_report):
    """The page in a browser that runs no script."""
    context = browser.new_context(java_script_enabled=False)
    watched = Watched(context.new_page())
    watched.open(sample_report / "report.html")
    yield watched.page
    context.close()
    assert watched.events == []


def same(page, figure):
    return page.locator(figure).evaluate(f"figure => figure === {FOCUSED}")


def test_a_click_on_a_figure_opens_its_card(page, card):
    expect(card).to_be_visible()
    assert card.locator(".entry").text_content() == page.locator("[id='fact-a.people']").text_content()


def test_the_card_is_named_by_its_figure(card):
    expect(card).to_have_accessible_name("指标 a.people")


def test_enter_opens_it_and_escape_gives_the_focus_back(page):
    page.locator(FIGURE).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#card")).to_be_visible()
    assert not same(page, FIGURE)
    page.keyboard.press("Escape")
    expect(page.locator("#card")).to_be_hidden()
    assert same(page, FIGURE)


def test_its_button_closes_it_and_gives_the_focus_back(page, card):
    card.get_by_role("button", name="关闭").click()
    expect(card).to_be_hidden()
    assert same(page, FIGURE)


def test_a_click_beside_it_closes_it(page, card):
    page.mouse.click(5, 300)
    expect(card).to_be_hidden()


def test_the_keyboard_stays_in_the_card(page, card):
    for _ in range(8):
        page.keyboard.press("Tab")
        assert page.evaluate(f"{FOCUSED} === document.body || Boolean({FOCUSED}.closest('#card'))")


def test_a_place_in_it_leads_there(page, card):
    card.get_by_role("link", name="表2").click()
    expect(card).to_be_hidden()
    assert page.locator(":target").text_content() == "3862"
    assert page.locator(":target").evaluate("target => target.closest('figure').id") == "section-2-5"


def test_it_leads_to_the_cell_that_recorded_the_figure(page, card):
    card.get_by_role("link", name="01_profile 单元 1").click()
    page.wait_for_load_state()
    assert page.locator(":target").get_attribute("id") == "cell-1"


def test_the_next_figure_has_a_card_of_its_own(page, card):
    page.keyboard.press("Escape")
    page.locator(OTHER).click()
    expect(card.locator(".label")).to_have_text("指标 a.late")


def test_an_open_card_repeats_no_id(page, card):
    ids = page.locator("[id]").evaluate_all("all => all.map(one => one.id)")
    assert len(ids) == len(set(ids))


def test_a_charts_figure_has_its_card_too(page):
    page.locator("#section-1-6 summary").click()
    page.locator("#section-1-6 a[data-fact]").click()
    expect(page.locator("#card .label")).to_have_text("指标 a.late")


# --- the switch of the register, which needs no script ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("choice", "listed"), [("演示数据", ["fact-a.late"]), ("待补", ["fact-a.open"])], ids=["synthetic", "missing"]
)
def test_the_register_lists_what_is_made_up_or_missing(plain, choice, listed):
    plain.get_by_role("link", name="演示与待补").click()
    plain.get_by_role("radio", name=choice).check()
    shown = plain.locator(".entry")
    assert [one.get_attribute("id") for one in shown.all() if one.is_visible()] == listed
    plain.get_by_role("radio", name="全部").check()
    assert all(one.is_visible() for one in shown.all())


def test_the_switch_works_by_keyboard(page):
    page.locator("#listed input").first.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("[id='fact-a.late']")).to_be_visible()
    expect(page.locator("[id='fact-a.people']")).to_be_hidden()


def test_what_is_not_listed_is_printed_all_the_same(page):
    page.locator("#only-missing").check()
    page.emulate_media(media="print")
    expect(page.locator("[id='fact-a.people']")).to_be_visible()


# --- without a script ---------------------------------------------------------------------------------------------------


def test_without_a_script_a_figure_leads_to_its_entry_and_back(plain):
    plain.locator(FIGURE).click()
    assert plain.url.endswith("#fact-a.people")
    expect(plain.locator("[id='fact-a.people']")).to_be_in_viewport()
    plain.locator("[id='fact-a.people'] a").get_by_text("表1").click()
    expect(plain.locator("#section-1-5")).to_be_in_viewport()


def test_without_a_script_there_is_no_control_that_would_do_nothing(plain):
    expect(plain.get_by_role("button")).to_have_count(0)
    expect(plain.locator("dialog")).to_have_count(2)
    expect(plain.locator("#card")).to_be_hidden()
    expect(plain.locator("#finder")).to_be_hidden()


def test_without_a_script_the_data_of_a_chart_are_a_click_away(plain):
    row = plain.locator("#section-1-6 tbody tr")
    expect(row).to_be_hidden()
    plain.locator("#section-1-6 summary").click()
    expect(row).to_be_visible()
