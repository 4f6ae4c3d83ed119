"""What a fork server leaves alone when it ends."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no fork")

# Python's folder for temporary files is a stand-in here, so that a server which removed it would harm nothing.
SERVE = """
import sys, tempfile
from pathlib import Path
from helpers.execution import fork_server
fork_server._warm_up = lambda further: None
tempfile.tempdir = sys.argv[1]
fork_server.serve(Path(sys.argv[2]), [])
"""


@pytest.fixture
def everybodys(tmp_path: Path) -> Path:
    """A folder for temporary files in which somebody else has one."""
    folder = tmp_path / "everybodys"
    folder.mkdir()
    (folder / "of-another-program").write_text("kept", encoding="utf-8")
    return folder


def served(everybodys: Path, own: Path) -> None:
    """A server that was started and at once told to end."""
    subprocess.run([sys.executable, "-c", SERVE, everybodys, own], input=b"", check=True, timeout=60)


def test_it_removes_its_own_folder(everybodys: Path) -> None:
    own = everybodys / "own"
    own.mkdir()
    served(everybodys, own)
    assert not own.exists()


def test_it_removes_nothing_of_others_where_its_own_folder_is_gone_already(everybodys: Path) -> None:
    """As after an interrupt that came while the server was starting."""
    served(everybodys, everybodys / "gone")
    assert (everybodys / "of-another-program").exists()
