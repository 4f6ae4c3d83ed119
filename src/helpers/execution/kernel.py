"""The kernel that sections run in with the standard engine: the running interpreter."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import zmq
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from traitlets import default

_SOCKET_PATH_LIMIT = 100


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
