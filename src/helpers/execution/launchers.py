"""How a section gets its process: forked from a warm server, or started afresh. Both run `worker` on a folder."""

from __future__ import annotations

import asyncio
import json
import os
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


class ForkServer:
    """Asks a fork server for a child a section. An asynchronous context: entering it starts the server, leaving it ends all
    that runs.
    """

    engine: EngineName = "selfeval"

    def __init__(self, root: Path) -> None:
        self._root = root
        self._waiting: dict[str, asyncio.Future[int]] = {}

    async def __aenter__(self) -> ForkServer:
        self._folder = tempfile.TemporaryDirectory(prefix="selfeval-", ignore_cleanup_errors=True)
        folder = Path(self._folder.name)
        with (folder / LOG).open("wb") as log:
            self._process = await asyncio.create_subprocess_exec(
                *[sys.executable, "-P", "-m", "helpers.execution.fork_server"],
                cwd=self._root,
                env=kernel_environment(os.environ, folder),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
                start_new_session=True,
            )
        self._answers = asyncio.create_task(self._read_answers())
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        await self._answers
        await self._process.wait()
        self._folder.cleanup()

    async def run(self, folder: Path) -> int:
        assert self._process.stdin is not None
        if self._answers.done():
            raise ServerEnded
        future = self._waiting[str(folder)] = asyncio.get_running_loop().create_future()
        self._process.stdin.write(json.dumps({"folder": str(folder), "cwd": str(self._root)}).encode() + b"\n")
        code: int = await future
        return code

    async def _read_answers(self) -> None:
        assert self._process.stdout is not None
        while line := await self._process.stdout.readline():
            answer = json.loads(line)
            future = self._waiting.pop(answer["folder"])
            if not future.done():
                future.set_result(answer["code"])
        for future in self._waiting.values():
            if not future.done():
                future.set_exception(ServerEnded())
