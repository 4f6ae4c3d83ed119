"""The finished reports that several tests read, each made once in a session, however many processes share its tests."""

from __future__ import annotations

import gc
import os
import shutil
from pathlib import Path

import hypothesis
import pytest
from filelock import FileLock

from helpers.command_line import OBJECTS_BETWEEN_COLLECTIONS
from hostile import project as hostile

ROOT = Path(__file__).parents[1]

gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)  # thousands of collected tests would be searched for garbage again and again

# How long an example takes tells of the machine's load, not of the code.
hypothesis.settings.register_profile("untimed", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("untimed")


class Silent:
    """Progress that shows nothing."""

    def started(self, section):
        pass

    def ended(self, run):
        pass


@pytest.fixture(scope="session")
def reported(tmp_path_factory):
    """Makes the report of a parameter file under a name, once for all processes that share the tests; each has a copy of it."""
    from helpers.cache.memory import Memory
    from helpers.examination import open_year  # seconds of imports, which the tests of one part need not wait for
    from helpers.report import produce

    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def report(name: str, params: Path, *, published_only: bool = False) -> Path:
        year = open_year(int(params.stem), params)
        with FileLock(shared / f"{name}.lock"):
            if not (shared / name / params.stem).exists():  # a report appears whole or not at all
                memory = Memory(shared / name)
                produce(year, shared / name, published_only=published_only, only=None, jobs=2, progress=Silent(), memory=memory)
        if own != shared:
            shutil.copytree(shared / name, own / name, symlinks=True)
        return own / name / params.stem

    return report


@pytest.fixture(scope="session")
def full_report(reported):
    """Folder of the 2022 report from all tables."""
    return reported("full", ROOT / "params/2022.yml")


@pytest.fixture(scope="session")
def second_year(reported):
    """Folder of the report of the second example year."""
    return reported("second_year", ROOT / "params/2023.yml")


@pytest.fixture(scope="session")
def published_report(reported):
    """Folder of the 2022 report without synthetic tables."""
    return reported("published", ROOT / "params/2022.yml", published_only=True)


@pytest.fixture(scope="session")
def hostile_params(tmp_path_factory):
    """Parameter file of a project whose every name and text is hostile."""
    return hostile.write_project(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="session")
def hostile_report(reported, hostile_params):
    """Folder of that project's report."""
    return reported("hostile", hostile_params)
