"""Faults at system calls, injected by strace: which calls a program makes, and what it does when one of them fails."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
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

_LINE = re.compile(r"^(?:\[pid +[0-9]+\] )?([a-z0-9_]+)\(")


@dataclass(frozen=True)
class Fault:
    """What is done to the call `name` when it is made for the `number`-th time: killed, or an error of the system."""

    name: str
    number: int
    effect: str

    def option(self) -> str:
        how = "signal=SIGKILL" if self.effect == "kill" else f"error={self.effect}"
        return f"inject={self.name}:{how}:when={self.number}"

    def __str__(self) -> str:
        return f"{self.effect} at {self.name} {self.number}"


def can_trace() -> bool:
    """Whether strace is here and may trace."""
    if shutil.which("strace") is None:
        return False
    return subprocess.run(["strace", "-qq", "-o", os.devnull, "true"], capture_output=True, check=False).returncode == 0


def faults_of(program: Sequence[str], marker: str, log: Path) -> Iterator[Fault]:
    """Every fault at every call that the program makes after it has looked for the file `marker`."""
    traced = ["strace", "-f", "-qq", "-o", str(log), "-e", f"trace=stat,newfstatat,{CALLS}", *command(program)]
    subprocess.run(traced, check=True, env=environment())
    made: Counter[str] = Counter()
    begun = False
    for line in log.read_text("utf-8", "replace").splitlines():
        begun = begun or marker in line
        call = _LINE.match(re.sub(r"^[0-9]+ +", "", line))
        if not call or call[1] not in CALLS.split(","):
            continue
        made[call[1]] += 1
        if begun:
            yield Fault(call[1], made[call[1]], "kill")
            for error, calls in ERRORS.items():
                if call[1] in calls:
                    yield Fault(call[1], made[call[1]], error)


def run_with(fault: Fault, program: Sequence[str]) -> int:
    """Run the program with a fault; its exit code, negative or over 128 for a signal."""
    traced = ["strace", "-f", "-qq", "-o", os.devnull, "-e", f"trace={fault.name}", "-e", fault.option(), *command(program)]
    return subprocess.run(traced, capture_output=True, check=False, env=environment()).returncode


def command(program: Sequence[str]) -> list[str]:
    return [sys.executable, "-P", *program]


def environment() -> dict[str, str]:
    """The same calls in each run: no compiled module is written, nothing hangs on the order of sets."""
    tests = str(Path(__file__).parents[1])
    return os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0", "PYTHONPATH": tests}
