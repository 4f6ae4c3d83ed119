"""The report of a hostile project in a real browser: nothing runs, and everything shows as typed."""

import re

import pytest

from browser.conftest import Watched
from hostile.payloads import BLANKS, SHOWN, WITHOUT_DIGITS
from hostile.project import EVENTS, FIRST, GRANTS, MANY, SECOND

pytestmark = pytest.mark.browser


POLICY = '<meta http-equiv="Content-Security-Policy"[^>]*>'


@pytest.fixture(scope="module")
def shown(browser, hostile_report):
    """The page, opened once for all tests that only read it."""
    watched = Watched(browser.new_page())
    watched.open(hostile_report / "report.html")
    yield watched
    watched.page.close()


@pytest.fixture
def page(shown):
    return shown.page


def texts(page, selector):
    """What the reader sees of each element."""
    return page.locator(selector).evaluate_all("all => all.map(one => (one.innerText ?? one.textContent).trim())")


def test_nothing_runs_loads_or_fails(shown):
    assert shown.events == []
    assert shown.page.locator("img, iframe, object, embed, form, base").count() == 0
    assert shown.page.locator("script").count() == 1


def test_it_is_not_the_pages_policy_alone_that_keeps_it_quiet(quiet, hostile_report, tmp_path):
    """Without its Content-Security-Policy a page that has markup in it would run it."""
    bare, removed = re.subn(POLICY, "", (hostile_report / "report.html").read_text("utf-8"))
    assert removed == 1
    (tmp_path / "bare.html").write_text(bare, "utf-8")
    quiet.open(tmp_path / "bare.html")


def test_unescaped_it_would_run(watched, hostile_report, tmp_path):
    """Negative control: the first cell of the page with a payload, as it would be without escaping."""
    page = re.sub(POLICY, "", (hostile_report / "report.html").read_text("utf-8"))
    (tmp_path / "live.html").write_text(page.replace("&lt;svg onload=alert(1)&gt;", SHOWN["svg"], 1), "utf-8")
    watched.open(tmp_path / "live.html")
    assert "dialog: 1" in watched.events


@pytest.mark.parametrize("place", ["td", "#register dd, .entry .shown, .entry .label", ".chart svg text"])
def test_each_payload_shows_as_typed(page, place):
    """Regions, projects, indicators, remarks and asset classes in tables, in the register, and in charts."""
    found = "\n".join(texts(page, place))
    assert [name for name, text in SHOWN.items() if text not in found] == []


def test_a_line_break_in_a_cell_is_shown(page):
    assert BLANKS["newline"] in texts(page, "td")


@pytest.mark.parametrize(
    ("selector", "text"),
    [
        (".cover dd", MANY),
        ("h3", FIRST),
        ("h3", SECOND),
        ("nav.side a", FIRST),
        ("figcaption", FIRST),
        (".chart svg text", SECOND),
        (".chart svg text", GRANTS[0]),
        (".chart svg text", EVENTS[1]),
        ("td", MANY),
        ("main p", WITHOUT_DIGITS),
    ],
)
def test_names_show_as_typed_in_their_places(page, selector, text):
    assert [shown for shown in texts(page, selector) if text in shown]


def test_a_charts_description_is_as_typed(page):
    labels = page.locator(".chart svg").evaluate_all("pictures => pictures.map(picture => picture.ariaLabel)")
    assert [label for label in labels if FIRST in label]


def test_the_title_of_the_window_is_as_typed(page):
    assert MANY in page.title()


@pytest.mark.parametrize("text", [SHOWN["script"], SHOWN["image"], FIRST])
def test_search_and_cards_show_as_typed(quiet, hostile_report, text):
    quiet.open(hostile_report / "report.html")
    quiet.page.locator("#find").click()
    quiet.page.locator("#query").fill(text)
    found = quiet.page.locator("#results a[data-fact]").first
    assert text in found.inner_text()
    found.click()
    assert text in quiet.page.locator("#card .label").inner_text()


def test_the_pages_of_the_notebooks_do_nothing_and_show_as_typed(quiet, hostile_report):
    shown = ""
    for path in sorted((hostile_report / "notebooks").glob("*.html")):
        quiet.open(path)
        assert quiet.page.locator("script, img, iframe, object, embed, form, base").count() == 0
        shown += "\n".join(texts(quiet.page, "td, pre, p, .chart svg text"))
    assert [name for name, text in {**SHOWN, "first": FIRST, "many": MANY}.items() if text not in shown] == []
