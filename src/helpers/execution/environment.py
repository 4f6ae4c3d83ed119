"""The environment of the processes that run sections: the same everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

SOURCE_DATE_EPOCH = "1640995200"
"""The clock of file formats that print one: 2022-01-01 UTC in every run, so that equal charts have equal bytes."""

_FIXED = {
    "TZ": "Asia/Shanghai",
    "LC_ALL": "C.UTF-8",
    "PYTHONHASHSEED": "0",
    "SOURCE_DATE_EPOCH": SOURCE_DATE_EPOCH,
    "OPENBLAS_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",  # pyarrow, where it is installed, starts no thread before a fork
}
# Each would change outputs: another plotting backend than the kernel's inline one, code run first, warnings shown or not.
_DROPPED = {"MPLBACKEND", "PYTHONSTARTUP", "PYTHONWARNINGS", "IPYKERNEL_CELL_NAME"}


def kernel_environment(environment: Mapping[str, str], folder: Path) -> dict[str, str]:
    """The environment of a section's processes: the caller's, with what notebooks could notice set to fixed values.

    Temporary files and the user's IPython profile, whose start-up files run in every kernel, are replaced by `folder`.
    """
    kept = {name: value for name, value in environment.items() if name not in _DROPPED}
    return kept | _FIXED | section_environment(folder)


def section_environment(folder: Path) -> dict[str, str]:
    """What names the section's own folder in the environment of its processes."""
    return {"TMPDIR": str(folder), "IPYTHONDIR": str(folder / "ipython")}
