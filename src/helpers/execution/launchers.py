"""How a section gets its process: forked from a warm server, or started afresh. Both run `worker` on a folder."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
import tempfile
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import IO, Protocol

from helpers.execution.environment import kernel_environment
from helpers.execution.request import LOG, EngineName

WORKER = "helpers.execution.worker"
"""The module whose `run` executes a section."""


class Launcher(Protocol):
    """Runs the worker on a folder and returns the exit code of its process, negative for a signal."""

    engine: EngineName

    async def run(self, folder: Path) -> int: ...


class StandardLauncher:
    """A new interpreter for each section, which starts a Jupyter kernel."""

    engine: EngineName = "standard"

    def __init__(self, root: Path) -> None:
        self._root = root

    async def run(self, folder: Path) -> int:
        with (folder / LOG).open("wb") as log:
            process = await asyncio.create_subprocess_exec(
                *[sys.executable, "-P", "-m", WORKER, str(folder)],
                cwd=self._root,
                env=kernel_environment(os.environ, folder),
                stdin=asyncio.subprocess.PIPE,
                stdout=log,
                stderr=log,
                start_new_session=True,  # an interrupt at the terminal reaches this process alone, which then ends the workers
            )
            assert process.stdin is not None
            try:
                return await process.wait()
            finally:
                process.stdin.close()  # tells a worker that is still running to end
                await process.wait()


class ServerEnded(Exception):
    """The fork server is gone; what it was running is too."""


given_line: socket.socket | None = None
"""In a process that a fork server started and that may ask it for children: the line on which to ask."""


class ForkServer:
    """Asks a fork server for a child a task: the one that this process came from, where that takes requests, else one of its
    own. A context: entering it starts the server, which imports what tasks need while the caller goes on, leaving it ends all
    that runs.

    `folder` is for what tasks are given; it goes with the server, however the caller ends.
    """

    engine: EngineName = "selfeval"

    def __init__(self, root: Path) -> None:
        self._root = root
        self._waiting: dict[str, asyncio.Future[int]] = {}
        self._unread = b""
        self._asked = False
        self._process: subprocess.Popen[bytes] | None = None
        self._requests: IO[bytes] | socket.SocketIO
        self._answers: IO[bytes] | socket.SocketIO

    def __enter__(self) -> ForkServer:
        self._temporary = tempfile.TemporaryDirectory(prefix="selfeval-", ignore_cleanup_errors=True)
        self.folder = Path(self._temporary.name)
        if given_line is not None:
            self._requests = self._answers = given_line.makefile("rwb", buffering=0)
            return self
        self._process = start_server(self.folder, cwd=self._root)
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._requests, self._answers = self._process.stdin, self._process.stdout
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None and not self._asked:
            self._process.kill()  # it may still be importing
        self._requests.close()
        if self._process is not None:
            self._process.wait()
        self._answers.close()
        self._temporary.cleanup()

    async def run(self, folder: Path, task: str = WORKER) -> int:
        """Have the `run` of the module `task` called on a folder in a forked child. Raises ServerEnded."""
        loop = asyncio.get_running_loop()
        future = loop.create_future()
        self._waiting[str(folder)] = future
        self._asked = True
        loop.add_reader(self._answers.fileno(), self._read)
        try:
            self._requests.write(request_line(task, folder, cwd=self._root))
            code: int = await future
        except BrokenPipeError:
            raise ServerEnded from None
        finally:
            self._waiting.pop(str(folder), None)
            if not self._waiting:
                loop.remove_reader(self._answers.fileno())
        return code

    def _read(self) -> None:
        read = os.read(self._answers.fileno(), 65536)
        if not read:
            for future in self._waiting.values():
                if not future.done():
                    future.set_exception(ServerEnded())
            return
        *lines, self._unread = (self._unread + read).split(b"\n")
        for line in lines:
            answer = json.loads(line)
            waiting = self._waiting.get(answer["folder"])
            if waiting is not None and not waiting.done():
                waiting.set_result(answer["code"])


def start_server(folder: Path, *further: str, cwd: Path) -> subprocess.Popen[bytes]:
    """A process of `fork_server` with a folder of its own for its log and its temporary files; `further` are its tasks that may
    ask for children.
    """
    with (folder / LOG).open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "helpers.execution.fork_server", str(folder), *further],
            cwd=cwd,
            env=kernel_environment(os.environ, folder),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            start_new_session=True,
            bufsize=0,
        )


def request_line(task: str, folder: Path, *, cwd: Path) -> bytes:
    """What a fork server reads to start a child that works on a folder."""
    return json.dumps({"folder": str(folder), "cwd": str(cwd), "task": task}).encode() + b"\n"


def started_server(root: Path, engine: EngineName) -> AbstractContextManager[ForkServer | None]:
    """A fork server for the engine; none for the standard one."""
    return ForkServer(root.resolve()) if engine == "selfeval" else nullcontext()
