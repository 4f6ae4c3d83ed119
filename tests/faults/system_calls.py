"""Faults at system calls, injected by strace: which calls a program makes, and what it does when one of them fails."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CALLS = (
    "openat,read,write,fsync,rename,renameat,renameat2,mkdir,symlink,symlinkat,unlink,unlinkat,rmdir,getdents64,flock,ftruncate"
)
ERRORS = {
    "ENOSPC": {"openat", "write", "fsync", "rename", "mkdir", "symlink", "ftruncate"},
    "EIO": {"openat", "read", "write", "fsync", "rename", "mkdir", "symlink", "unlink", "unlinkat", "rmdir", "getdents64"},
    "EROFS": {"openat", "rename", "mkdir", "symlink", "unlink"},
    "EMFILE": {"openat"},
}
"""Errors of the system, with the calls that can have them."""

_LINE = re.compile(r"^(?:[0-9]+ +)?([a-z0-9_]+)\((.*)")


@dataclass(frozen=True)
class Fault:
    """What is done to the call `name` when it is made for the `number`-th time: killed, or an error of the system."""

    name: str
    number: int
    effect: str

    def options(self) -> list[str]:
        how = "signal=SIGKILL" if self.effect == "kill" else f"error={self.effect}"
        return ["-e", f"trace={self.name}", "-e", f"inject={self.name}:{how}:when={self.number}"]

    def __str__(self) -> str:
        return f"{self.effect} at {self.name} {self.number}"


def can_trace() -> bool:
    """Whether strace is here and may trace."""
    if shutil.which("strace") is None:
        return False
    return subprocess.run(["strace", "-qq", "-o", os.devnull, "true"], capture_output=True, check=False).returncode == 0


class Program:
    """A module of tests with a function `act`, imported once in a process of its own. A context: leaving it ends the process."""

    def __init__(self, module: str, log: Path) -> None:
        self._module, self._log = module, log

    def __enter__(self) -> Program:
        environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
        with self._log.open("wb") as log:
            self._server = subprocess.Popen(
                [sys.executable, "-P", "-m", "faults.forked", self._module],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                env=environment,
                text=True,
            )
        return self

    def __exit__(self, *_: object) -> None:
        self._server.communicate()

    @property
    def told(self) -> str:
        """The end of what the program wrote as errors."""
        return self._log.read_text("utf-8", "replace")[-600:]

    def run(self, *arguments: str) -> int:
        """The exit code of one run, negative for a signal."""
        os.kill(self._begin(arguments), signal.SIGCONT)
        return self._answer()

    def run_with(self, fault: Fault, *arguments: str) -> int:
        return self._traced(arguments, "-o", os.devnull, *fault.options())

    def faults(self, log: Path, *arguments: str, changes_only: bool = False) -> Iterator[Fault]:
        """Every fault at every call that a run makes; with `changes_only` none where it opens, reads or lists for reading."""
        code = self._traced(arguments, "-o", str(log), "-e", f"trace={CALLS}")
        assert code == 0, self.told
        made: Counter[str] = Counter()
        for line in log.read_text("utf-8", "replace").splitlines():
            call = _LINE.match(line)
            if not call:
                continue
            name, given = call.groups()
            made[name] += 1
            if changes_only and (name in ("read", "getdents64") or (name == "openat" and "O_CREAT" not in given)):
                continue
            yield Fault(name, made[name], "kill")
            for error, calls in ERRORS.items():
                if name in calls:
                    yield Fault(name, made[name], error)

    def _begin(self, arguments: tuple[str, ...]) -> int:
        """Have a run stand at its beginning; its process id."""
        assert self._server.stdin is not None
        self._server.stdin.write(json.dumps(arguments) + "\n")
        self._server.stdin.flush()
        return self._answer()

    def _answer(self) -> int:
        assert self._server.stdout is not None
        return int(self._server.stdout.readline())

    def _traced(self, arguments: tuple[str, ...], *options: str) -> int:
        child = self._begin(arguments)
        command = ["strace", "-f", "-p", str(child), *options]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as tracer:
            assert tracer.stderr is not None
            attached = tracer.stderr.readline()
            assert attached.endswith(" attached\n"), attached
            os.kill(child, signal.SIGCONT)
            return self._answer()
