"""What axe finds: nothing serious or critical in any state of a small report, which has each kind of element."""

import pytest

from browser.findings import grave, needs_axe

pytestmark = [pytest.mark.browser, needs_axe]


@pytest.fixture(params=[1440, 390], ids=["desktop", "phone"])
def page(request, quiet, sample_report):
    quiet.page.set_viewport_size({"width": request.param, "height": 844})
    quiet.open(sample_report / "report.html")
    return quiet.page


def test_the_report_and_the_data_of_its_charts(page):
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    assert grave(page) == []


def test_an_open_card(page):
    page.locator("#section-1-2 a[data-fact]").first.click()
    assert grave(page) == []


def test_search_with_results(page):
    page.locator("#find").click()
    page.locator("#query").fill("发放")
    assert grave(page) == []


def test_the_page_of_a_notebook(page, sample_report):
    page.goto((sample_report / "notebooks" / "01_profile.html").as_uri())
    assert grave(page) == []


@pytest.mark.parametrize(
    ("body", "finding"),
    [("<a href='#x'></a>", "link-name"), ("<p>太淡的文字</p><style>p {color: #ccc}</style>", "color-contrast")],
)
def test_what_is_wrong_is_found(watched, tmp_path, body, finding):
    (tmp_path / "page.html").write_text(f"<!DOCTYPE html><html lang=zh><title>x</title><main>{body}</main>", "utf-8")
    watched.open(tmp_path / "page.html")
    assert finding in [name for name, _ in grave(watched.page)]
