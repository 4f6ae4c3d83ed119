"""The finished reports that several tests read, each made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.examination import open_year
from helpers.report import produce
from hostile import project as hostile
from in_process import produced

ROOT = Path(__file__).parents[1]


class Silent:
    """Progress that shows nothing."""

    def started(self, section):
        pass

    def ended(self, run):
        pass


def make_report(out: Path, *, published_only: bool) -> Path:
    """The 2022 report of this repository in `out/2022`."""
    year = open_year(2022, ROOT / "params" / "2022.yml")
    folder, _ = produce(year, out, published_only=published_only, only=None, jobs=2, progress=Silent())
    return folder


@pytest.fixture(scope="session")
def full_report(tmp_path_factory):
    """Folder of the report from all tables."""
    return make_report(tmp_path_factory.mktemp("full"), published_only=False)


@pytest.fixture(scope="session")
def published_report(tmp_path_factory):
    """Folder of the report without synthetic tables."""
    return make_report(tmp_path_factory.mktemp("published"), published_only=True)


@pytest.fixture(scope="session")
def hostile_report(tmp_path_factory):
    """Folder of the report of a project whose every name and text is hostile."""
    root = tmp_path_factory.mktemp("hostile")
    year = open_year(hostile.YEAR, hostile.write_project(root))
    return produced(year, root / "build", Silent())


@pytest.fixture(scope="session")
def example_report(tmp_path_factory):
    """Folder of the 2022 report for tests that look at its pages alone: made without kernels."""
    year = open_year(2022, ROOT / "params" / "2022.yml")
    return produced(year, tmp_path_factory.mktemp("example"), Silent())
