"""What is examined before a run: quick to load, since it needs nothing that only notebooks and formats need."""

import subprocess
import sys

HEAVY = ("IPython", "matplotlib", "nbclient", "nbconvert", "nbformat", "openpyxl", "papermill", "typst")


def test_a_check_loads_nothing_that_only_a_run_needs():
    code = "import sys, helpers.cli, helpers.examination; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert [name for name in HEAVY if name in loaded] == []
