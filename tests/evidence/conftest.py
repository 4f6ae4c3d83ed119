"""The 2022 report as an archive, made once."""

from __future__ import annotations

import subprocess

import pytest

from conftest import ROOT
from helpers.evidence import seal
from helpers.examination import examine, open_year


def new_key(path):
    """A signing key without a password."""
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "finance", "-f", path], check=True)
    return path


@pytest.fixture(scope="session")
def year():
    return open_year(2022, ROOT / "params/2022.yml")


@pytest.fixture(scope="session")
def examination(year):
    return examine(year, published_only=False)


@pytest.fixture(scope="session")
def archived(year, full_report, tmp_path_factory):
    """The signed full archive of the 2022 report and its public package."""
    place = tmp_path_factory.mktemp("archived")
    full, public = seal.archive(year, full_report.parent, place / "archive", public=True, key=new_key(place / "key"))
    return full.folder, public.folder
