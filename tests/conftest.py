"""The finished reports that several tests read, each made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.examination import open_year
from helpers.report import produce

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
