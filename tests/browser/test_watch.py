"""The watch itself: a page that acts is caught."""

import pytest

pytestmark = pytest.mark.browser

LIVE = {
    "<script>alert(1)</script>": "dialog: 1",
    "<svg onload=alert(1)></svg>": "dialog: 1",
    "<script>throw Error('x')</script>": "script error: x",
    "<script>console.error('x')</script>": "console: x",
    "<img src=x.png>": "request: file:///",
    "<img src='http://127.0.0.1:9/x.png'>": "request: http://127.0.0.1:9/x.png",
    "<script>location = 'http://127.0.0.1:9/'</script>": "navigation: http://127.0.0.1:9/",
}


@pytest.mark.parametrize("body", LIVE)
def test_what_a_page_does_is_seen(watched, tmp_path, body):
    page = tmp_path / "page.html"
    page.write_text(f"<!DOCTYPE html><meta charset=utf-8>{body}", "utf-8")
    watched.open(page)
    assert [event for event in watched.events if event.startswith(LIVE[body])]


def test_a_page_that_does_nothing_is_left_in_peace(watched, tmp_path):
    page = tmp_path / "page.html"
    page.write_text("<!DOCTYPE html><meta charset=utf-8>&lt;script>alert(1)", "utf-8")
    watched.open(page)
    assert watched.events == []
