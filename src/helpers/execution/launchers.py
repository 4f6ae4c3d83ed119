"""How a section gets its process: forked from a warm server, or started afresh. Both run `worker` on a folder."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import sys
import tempfile
from pathlib import Path
from typing import Protocol

from helpers.execution.kernel import kernel_environment
from helpers.execution.request import LOG, EngineName


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
                *[sys.executable, "-P", "-m", "helpers.execution.worker", str(folder)],
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
"""In a process that a fork server started for more than a section: the line on which that server takes requests from it."""


class ForkServer:
    """Asks a fork server for a child a section: the one that this process came from, where it did, else one of its own. An
    asynchronous context: entering it starts the server, leaving it ends all that runs.
    """

    engine: EngineName = "selfeval"

    def __init__(self, root: Path) -> None:
        self._root = root
        self._waiting: dict[str, asyncio.Future[int]] = {}
        self._process: asyncio.subprocess.Process | None = None
        self._folder = tempfile.TemporaryDirectory(prefix="selfeval-", ignore_cleanup_errors=True)

    async def __aenter__(self) -> ForkServer:
        if given_line is not None:
            reader, self._requests = await asyncio.open_connection(sock=given_line.dup())
        else:
            self._process = await start_server(Path(self._folder.name), self._root)
            assert self._process.stdin is not None
            assert self._process.stdout is not None
            self._requests, reader = self._process.stdin, self._process.stdout
        self._answers = asyncio.create_task(self._read_answers(reader))
        return self

    async def __aexit__(self, *_: object) -> None:
        self._requests.close()
        if self._process is not None:
            await self._answers
            await self._process.wait()
        self._answers.cancel()
        self._folder.cleanup()

    async def run(self, folder: Path) -> int:
        if self._answers.done():
            raise ServerEnded
        future = self._waiting[str(folder)] = asyncio.get_running_loop().create_future()
        self._requests.write(request_line("helpers.execution.worker", folder, self._root))
        code: int = await future
        return code

    async def _read_answers(self, reader: asyncio.StreamReader) -> None:
        while line := await reader.readline():
            answer = json.loads(line)
            future = self._waiting.pop(answer["folder"])
            if not future.done():
                future.set_result(answer["code"])
        for future in self._waiting.values():
            if not future.done():
                future.set_exception(ServerEnded())


def request_line(module: str, folder: Path, cwd: Path) -> bytes:
    """What a fork server reads to start a child that works on a folder."""
    return json.dumps({"run": module, "folder": str(folder), "cwd": str(cwd)}).encode() + b"\n"


def server_command(*further: str) -> list[str]:
    """The command line of a fork server with further modules imported."""
    return [sys.executable, "-P", "-m", "helpers.execution.fork_server", *further]


async def start_server(folder: Path, root: Path) -> asyncio.subprocess.Process:
    """A fork server for sections, with a folder of its own."""
    with (folder / LOG).open("wb") as log:
        return await asyncio.create_subprocess_exec(
            *server_command(),
            cwd=root,
            env=kernel_environment(os.environ, folder),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=log,
            start_new_session=True,
        )
