"""The pages of the 2022 notebooks in a real browser: every test also fails on a console error, a dialog or a request."""

import json

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def a_fact(full_report):
    """A figure that its notebook recorded by itself, and the page and cell that facts.json names."""
    entries = json.loads((full_report / "facts.json").read_text("utf-8"))["facts"]
    entry = next(entry for entry in entries if entry["cell"].startswith("05_results") and entry["id"].endswith(".median"))
    notebook, _, cell = entry["cell"].partition("#")
    return entry | {"page": full_report / "notebooks" / f"{notebook}.html", "anchor": f"cell-{cell}"}


def test_it_opens_at_the_cell_that_recorded_the_figure(quiet, a_fact):
    quiet.page.goto(f"{a_fact['page'].as_uri()}#{a_fact['anchor']}", wait_until="load")
    cell = quiet.page.locator(":target")
    assert cell.get_attribute("id") == a_fact["anchor"]
    top = cell.locator("h2").evaluate("heading => heading.getBoundingClientRect().top")
    assert quiet.page.locator(".bar").evaluate("bar => bar.getBoundingClientRect().bottom") <= top < 300
    assert cell.locator(f"[data-fact='{a_fact['id']}']").count()


def test_a_figure_in_it_leads_to_its_entry_in_the_report(quiet, a_fact):
    quiet.open(a_fact["page"])
    quiet.page.locator(f"#{a_fact['anchor']} [data-fact='{a_fact['id']}']").first.click()
    quiet.page.wait_for_load_state()
    assert quiet.page.locator(":target .shown").inner_text() == a_fact["display"]


def test_it_leads_back_to_its_section(quiet, a_fact):
    quiet.open(a_fact["page"])
    quiet.page.get_by_role("link", name="返回报告").click()
    quiet.page.wait_for_load_state()
    assert quiet.page.locator(":target").get_attribute("id") == "section-5"


@pytest.mark.parametrize("width", [1440, 390])
def test_only_program_text_tables_and_charts_scroll_sideways(quiet, full_report, width):
    quiet.page.set_viewport_size({"width": width, "height": 844})
    for path in sorted((full_report / "notebooks").glob("*.html")):
        quiet.open(path)
        assert quiet.page.evaluate("document.documentElement.scrollWidth") <= width, path.name
