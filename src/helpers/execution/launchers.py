"""How a section gets its process: forked from a warm server, or started afresh. Both run `worker` on a folder."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import tempfile
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Protocol

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


class ForkServer:
    """Asks a fork server for a child a task. A context: entering it starts the server, which imports what tasks need while the
    caller goes on, leaving it ends all that runs.

    `folder` is for what tasks are given; it goes with the server, however the caller ends.
    """

    engine: EngineName = "selfeval"

    def __init__(self, root: Path) -> None:
        self._root = root
        self._waiting: dict[str, asyncio.Future[int]] = {}
        self._unread = b""
        self._asked = False

    def __enter__(self) -> ForkServer:
        self._temporary = tempfile.TemporaryDirectory(prefix="selfeval-", ignore_cleanup_errors=True)
        self.folder = Path(self._temporary.name)
        with (self.folder / LOG).open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "helpers.execution.fork_server"],
                cwd=self._root,
                env=kernel_environment(os.environ, self.folder),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                start_new_session=True,
                bufsize=0,
            )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._requests, self._answers = self._process.stdin, self._process.stdout
        return self

    def __exit__(self, *_: object) -> None:
        if not self._asked:
            self._process.kill()  # it may still be importing
        self._requests.close()
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
            request = {"folder": str(folder), "cwd": str(self._root), "task": task}
            self._requests.write(json.dumps(request).encode() + b"\n")
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


def started_server(root: Path, engine: EngineName) -> AbstractContextManager[ForkServer | None]:
    """A fork server for the engine; none for the standard one."""
    return ForkServer(root.resolve()) if engine == "selfeval" else nullcontext()
