"""A process that has everything imported and forks a fresh child for each task:
``python -m helpers.execution.fork_server FOLDER [TASK …]``. FOLDER is its own, and goes when it ends.

It reads one line of JSON a task from standard input, ``{"folder": …, "cwd": …, "task": …}``: the child calls the `run` of the
module `task` on the folder (a section is one for `worker`). It writes one line when the child has ended, ``{"folder": …,
"code": …}``, a negative code being the signal that ended it. The child of a task named on the command line, which is imported
early, may ask for children too, on a line of its own (`launchers.given_line`). When standard input closes the server ends all
that it started, and itself; when another line closes, what was asked on it.
No thread may run in it: a lock held by a thread at a fork is held in the child for ever.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import json
import os
import random
import selectors
import shutil
import signal
import socket
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from helpers.execution import launchers
from helpers.execution.direct_kernel import direct_kernel
from helpers.execution.environment import section_environment
from helpers.execution.processes import adopt_descendants, end_descendants, end_process
from helpers.execution.request import LOG

WARM = (
    "numpy",
    "pandas",
    "matplotlib.pyplot",
    "nbconvert.exporters",
    "helpers.section",
    "helpers.execution.worker",
    "helpers.execution.direct_client",
)
"""Imported through the shell, since libraries ask whether they are in a notebook."""

_PR_SET_PDEATHSIG = 1
_MOST_DESCRIPTORS = 4096


@dataclass
class _Line:
    """Where requests come from: where answers go, what of a request was read so far, and the children by their handles."""

    answers: int
    unread: bytes = b""
    children: dict[int, tuple[int, str]] = field(default_factory=dict)

    def requests(self, read: bytes) -> Iterator[dict[str, str]]:
        *lines, self.unread = (self.unread + read).split(b"\n")
        yield from map(json.loads, lines)


def serve(own: Path, asking: Sequence[str]) -> None:
    """Fork for each request until standard input closes; then remove the folder `own`, with those of the tasks that still ran.

    `asking` are the tasks that may ask for children themselves.
    """
    adopt_descendants()
    requests, answers = os.dup(0), os.dup(1)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    _warm_up(asking)
    with selectors.DefaultSelector() as selector:
        selector.register(requests, selectors.EVENT_READ, _Line(answers))
        while True:
            for key, _ in selector.select():
                line: _Line = key.data
                if key.fd in line.children:
                    selector.unregister(key.fd)
                    _answer(line, key.fd)
                elif read := os.read(key.fd, 65536):
                    for request in line.requests(read):
                        _start(request, line, selector, may_ask=request["task"] in asking)
                elif key.fd == requests:
                    _end([own, *(folder for other in selector.get_map().values() for _, folder in other.data.children.values())])
                    return
                else:
                    selector.unregister(key.fd)
                    os.close(key.fd)
                    for pid, _ in line.children.values():
                        end_process(pid)


def _start(request: dict[str, str], line: _Line, selector: selectors.BaseSelector, *, may_ask: bool) -> None:
    given = None
    if may_ask:
        own, given = socket.socketpair()
        selector.register(own.fileno(), selectors.EVENT_READ, _Line(own.fileno()))
        own.detach()
    pid = _fork(request, given)
    if given is not None:
        given.close()
    handle = os.pidfd_open(pid)
    line.children[handle] = pid, request["folder"]
    selector.register(handle, selectors.EVENT_READ, line)


def _answer(line: _Line, handle: int) -> None:
    pid, folder = line.children.pop(handle)
    os.close(handle)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    with suppress(OSError):  # whoever asked may be gone
        os.write(line.answers, json.dumps({"folder": folder, "code": code}).encode() + b"\n")


def _end(folders: Iterable[str | Path]) -> None:
    """End all children and remove what whoever started this process may no longer be there to remove: these folders and no other.

    Not the folder for temporary files as Python finds it, which is everybody's where the own one is gone already.
    """
    end_descendants()
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def _warm_up(further: Sequence[str]) -> None:
    gc.disable()  # nothing of this is garbage
    direct_kernel()
    for name in (*WARM, *further):
        importlib.import_module(name)
    _draw_once()
    _check_once()
    gc.collect()
    gc.enable()
    gc.freeze()  # the children's collectors leave these pages alone, so that they stay shared


def _draw_once() -> None:
    """Read the fonts. Not by pyplot, whose state belongs to the notebook."""
    import matplotlib as mpl  # not before the kernel is there: it chooses its backend when imported

    from helpers import charts

    with mpl.rc_context():
        charts.to_svg(charts.bars(["一"], {"二": [None]}, unit=""))


def _check_once() -> None:
    """Have nbformat make ready for its first check, which takes longer than all checks of a section."""
    import nbformat

    nbformat.validate(nbformat.v4.new_notebook())


def _fork(request: dict[str, str], given: socket.socket | None) -> int:
    threads = len(os.listdir("/proc/self/task"))  # noqa: PTH208 - threads of C libraries count
    assert threads == 1, f"{threads} threads are running before a fork"
    server = os.getpid()
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        _become_worker(server, Path(request["folder"]), request["cwd"], given)
        importlib.import_module(request["task"]).run(Path(request["folder"]))
        code = 0
    except BaseException:
        sys.__excepthook__(*sys.exc_info())
    finally:
        end_descendants()
        os._exit(code)


def _become_worker(server: int, folder: Path, cwd: str, given: socket.socket | None) -> None:
    """Make the fresh child like a process that was started for the section alone."""
    os.setsid()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != server:
        os._exit(1)
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    adopt_descendants()
    launchers.given_line = given
    kept = 2 if given is None else given.fileno()
    os.closerange(3, kept)
    os.closerange(kept + 1, _MOST_DESCRIPTORS)
    log = os.open(folder / LOG, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.environ.update(section_environment(folder))
    tempfile.tempdir = None
    random.seed()
    sys.modules["numpy"].random.seed()
    os.chdir(cwd)


if __name__ == "__main__":
    serve(Path(sys.argv[1]), sys.argv[2:])
