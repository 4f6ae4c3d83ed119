"""What a cell prints, by Python or past it, as text for the cell's output."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Callable
from typing import BinaryIO

Send = Callable[[str, str], None]
"""Is called with the stream's name, stdout or stderr, and text."""


class CellStream(io.TextIOBase):
    """A text stream that is sent when flushed.

    What C code and child processes write to the file descriptor goes to `spill` and is read from there before each text
    of Python's, so that both stand in the order in which they were written.
    """

    encoding = "UTF-8"
    errors = None

    def __init__(self, name: str, spill: BinaryIO, send: Send) -> None:
        self.name = name
        self._spill = spill
        self._send = send
        self._read = os.fstat(spill.fileno()).st_size
        self._waiting: list[str] = []
        self._process = os.getpid()

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        if os.getpid() != self._process:  # a process that a cell forked
            os.write(self._spill.fileno(), text.encode("utf-8", "replace"))
            return len(text)
        self._take_spilt()
        self._waiting.append(text)
        return len(text)

    def flush(self) -> None:
        if os.getpid() != self._process:
            return
        self._take_spilt()
        text = "".join(self._waiting)
        self._waiting.clear()
        if text:
            self._send(self.name, text)

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return False

    def fileno(self) -> int:
        return self._spill.fileno()

    def _take_spilt(self) -> None:
        size = os.fstat(self._spill.fileno()).st_size
        if size > self._read:
            self._waiting.append(os.pread(self._spill.fileno(), size - self._read, self._read).decode("utf-8", "replace"))
            self._read = size


def captured_output(send: Send) -> tuple[CellStream, CellStream]:
    """Streams in the place of sys.stdout and sys.stderr; descriptors 1 and 2 lead to files that the streams read."""
    streams = []
    for descriptor, name in ((1, "stdout"), (2, "stderr")):
        spill = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - open as long as the process
        os.set_inheritable(spill.fileno(), True)
        os.dup2(spill.fileno(), descriptor)
        streams.append(CellStream(name, spill, send))
    return streams[0], streams[1]
