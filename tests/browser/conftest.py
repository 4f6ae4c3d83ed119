"""A real browser: Debian's Chromium, driven by playwright, and a page that may neither run, ask nor load anything."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from helpers.publishing.html import SelfevalHTMLExporter
from helpers.publishing.notebook_pages import notebook_pages
from publishing.sample import sample_notebook

NO_PLAYWRIGHT = "no playwright here: make browser-test installs it and runs these tests"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class Watched:
    """A page and what it did that a report must not do: dialogs, errors, requests for anything but the page itself."""

    page: Any
    events: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("dialog", self._dialog)
        self.page.on("pageerror", lambda error: self.events.append(f"script error: {error}"))
        self.page.on("console", lambda said: self.events.append(f"console: {said.text}") if said.type == "error" else None)
        self.page.on("request", self._request)

    def open(self, path: Path) -> None:
        """Load a file with all that it asks for."""
        self.page.goto(path.as_uri(), wait_until="load")

    def _dialog(self, dialog: Any) -> None:
        self.events.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _request(self, request: Any) -> None:
        if not request.is_navigation_request() and not request.url.startswith("data:"):
            self.events.append(f"request: {request.url}")
        elif request.is_navigation_request() and not request.url.startswith("file://"):
            self.events.append(f"navigation: {request.url}")


def _missing() -> str | None:
    if find_spec("playwright") is None:
        return "playwright"
    return None if shutil.which("chromium") else "chromium"


def pytest_collection_modifyitems(items):
    """Where there is no browser the tests say so and are skipped, before any report is made for them."""
    missing = _missing()
    for item in items if missing else ():
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason=f"no {missing} here: make browser-test installs it and runs these tests"))


# Not for the whole session: while playwright runs, its event loop keeps other tests of this thread from running theirs.
@pytest.fixture(scope="module")
def browser():
    """Debian's Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        yield started
        started.close()


@pytest.fixture
def watched(browser):
    """A fresh page under watch; what it did is left to the test to judge."""
    context = browser.new_context(locale="zh-CN", reduced_motion="reduce")
    yield Watched(context.new_page())
    context.close()


@pytest.fixture
def quiet(watched):
    """A fresh page under watch that must do nothing but show what it opens."""
    yield watched
    assert watched.events == []


@pytest.fixture(scope="session")
def sample_report(tmp_path_factory):
    """Folder of a small report with every kind of block, and its notebooks' pages."""
    folder = tmp_path_factory.mktemp("sample")
    page, _ = SelfevalHTMLExporter().from_notebook_node(sample_notebook())
    (folder / "report.html").write_text(page, "utf-8")
    (folder / "notebooks").mkdir()
    for name, notebook_page in notebook_pages(sample_notebook()).items():
        (folder / "notebooks" / f"{name}.html").write_text(notebook_page, "utf-8")
    return folder
