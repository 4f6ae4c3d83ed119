"""The files that the documents name are there."""

import re

import pytest

from conftest import ROOT

PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]


def links(text):
    """Targets of links inside the repository."""
    return [target for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text) if "://" not in target]


def names(text):
    """What stands between backticks and reads as a path of the repository."""
    return [name for name in re.findall(r"`([\w./-]+)`", text) if re.search(r"/\w|^\.?\w[\w-]*\.(md|toml|yml|yaml|lock)$", name)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page):
    assert [target for target in links(page.read_text("utf-8")) if not (page.parent / target).exists()] == []


def test_every_proof_of_reproducible_analysis_is_there():
    text = (ROOT / "docs/reproducible-analysis.md").read_text("utf-8")
    named = [name for name in names(text) if name != "register.yml"]
    assert len(named) > 30
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_a_missing_file_is_seen():
    assert links("[a](docs/none.md), [b](https://example.org/c.md)") == ["docs/none.md"]
    assert names("`docs/none.md`, `make report`, `pyproject.toml`, `selfeval`") == ["docs/none.md", "pyproject.toml"]
