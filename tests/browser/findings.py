"""What axe finds on a page."""

from importlib.util import find_spec

import pytest

needs_axe = pytest.mark.skipif(
    find_spec("axe_playwright_python") is None, reason="no axe here: make browser-test installs it and runs these tests"
)


def grave(page, *, contrast=True):
    """Id and first place of each serious or critical finding. Contrast takes minutes on thousands of elements."""
    from axe_playwright_python.sync_playwright import Axe

    options = {"resultTypes": ["violations"], "rules": {"color-contrast": {"enabled": contrast}}}
    found = Axe().run(page, options=options).response["violations"]
    return [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")]
