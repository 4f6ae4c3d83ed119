"""The kernel that sections run in: the running interpreter, in an environment that is the same everywhere."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

import zmq
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from traitlets import default

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
_SOCKET_PATH_LIMIT = 100


def kernel_environment(environment: Mapping[str, str], folder: Path) -> dict[str, str]:
    """The environment of a section's processes: the caller's, with what notebooks could notice set to fixed values.

    Temporary files and the user's IPython profile, whose start-up files run in every kernel, are replaced by `folder`.
    """
    kept = {name: value for name, value in environment.items() if name not in _DROPPED}
    return kept | _FIXED | section_environment(folder)


def section_environment(folder: Path) -> dict[str, str]:
    """What names the section's own folder in the environment of its processes."""
    return {"TMPDIR": str(folder), "IPYTHONDIR": str(folder / "ipython")}


class InterpreterKernelManager(AsyncKernelManager):
    """Starts kernels of the running interpreter, whatever kernelspecs the user has installed under the name python3.

    Sockets lie beside the connection file in the temporary folder, which is the section's own. TCP, which any user of
    the machine can connect to, is left to systems without local sockets and to paths too long for them.
    """

    @default("kernel_spec_manager")
    def _kernel_spec_manager_default(self) -> KernelSpecManager:
        return KernelSpecManager(kernel_dirs=[])  # none but ipykernel's own, which names sys.executable

    @default("connection_file")
    def _connection_file_default(self) -> str:
        return str(Path(tempfile.gettempdir()) / "kernel.json")

    @default("transport")
    def _transport_default(self) -> str:
        fits = len(os.fsencode(self.connection_file)) < _SOCKET_PATH_LIMIT
        return "ipc" if zmq.has("ipc") and fits else "tcp"
