"""Commands that need no data or notebooks do not wait for the libraries of those."""

import subprocess
import sys

import pytest

HEAVY = ("pandas", "matplotlib", "nbconvert", "papermill", "distributed", "typst")
CODE = """
import sys
from helpers.cli import main
sys.argv = ["selfeval", *sys.argv[1:]]
try:
    main()
except SystemExit:
    pass
print("imported:", *[name for name in {heavy} if name in sys.modules])
"""


def imported(*words: str) -> str:
    """The heavy libraries that a command has imported when it ends."""
    code = CODE.format(heavy=HEAVY)
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()[-1].removeprefix("imported:").strip()


@pytest.mark.parametrize("words", [["--help"], ["run", "--help"], ["batch", "--help"]])
def test_help_imports_no_heavy_library(words):
    assert imported(*words) == ""


def test_what_a_check_imports_is_seen(tmp_path):
    assert imported("check", "2022", "--params", str(tmp_path / "2022.yml")) != ""
