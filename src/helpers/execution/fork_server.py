"""A process that has everything imported and forks a fresh child for each section: ``python -m helpers.execution.fork_server``.

It reads one line of JSON a section from standard input, ``{"folder": …, "cwd": …}`` (see `worker`), and writes one line when
its process has ended, ``{"folder": …, "code": …}``, a negative code being the signal that ended it. When standard input closes
it ends all that it started, and itself. No thread may run in it: a lock held by a thread at a fork is held in the child for ever.
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
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from helpers.execution import worker
from helpers.execution.direct_kernel import direct_kernel
from helpers.execution.kernel import section_environment
from helpers.execution.processes import adopt_descendants, end_descendants
from helpers.execution.request import LOG

WARM = ("numpy", "pandas", "matplotlib.pyplot", "papermill.execute", "helpers.section", "helpers.execution.direct_client")
"""Imported through the shell, since libraries ask whether they are in a notebook."""

_PR_SET_PDEATHSIG = 1
_MOST_DESCRIPTORS = 4096


def serve() -> None:
    """Fork for each request until standard input closes."""
    adopt_descendants()
    requests, answers = os.dup(0), os.dup(1)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    _warm_up()
    running: dict[int, tuple[int, str]] = {}
    with selectors.DefaultSelector() as selector:
        selector.register(requests, selectors.EVENT_READ)
        unread = b""
        while True:
            for key, _ in selector.select():
                if key.fd == requests:
                    read = os.read(requests, 65536)
                    if not read:
                        _end([folder for _, folder in running.values()])
                        return
                    *lines, unread = (unread + read).split(b"\n")
                    for line in lines:
                        request = json.loads(line)
                        pid = _fork(request)
                        handle = os.pidfd_open(pid)
                        running[handle] = pid, request["folder"]
                        selector.register(handle, selectors.EVENT_READ)
                else:
                    selector.unregister(key.fd)
                    pid, folder = running.pop(key.fd)
                    os.close(key.fd)
                    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
                    os.write(answers, json.dumps({"folder": folder, "code": code}).encode() + b"\n")


def _end(folders: Iterable[str]) -> None:
    """End all children and remove what whoever started this process may no longer be there to remove."""
    end_descendants()
    for folder in (*folders, tempfile.gettempdir()):
        shutil.rmtree(folder, ignore_errors=True)


def _warm_up() -> None:
    gc.disable()  # nothing of this is garbage
    direct_kernel()
    for name in WARM:
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
    """Have pandera and nbformat make ready for their first checks, which takes longer than all checks of a section."""
    import nbformat

    from helpers.intake.contracts import CONTRACTS
    from helpers.intake.convert import frame_of
    from helpers.intake.schema import schema_of

    for contract in CONTRACTS.values():
        schema_of(contract).validate(frame_of(contract, {}, []))
    nbformat.validate(nbformat.v4.new_notebook())


def _fork(request: dict[str, str]) -> int:
    threads = len(os.listdir("/proc/self/task"))  # noqa: PTH208 - threads of C libraries count
    assert threads == 1, f"{threads} threads are running before a fork"
    server = os.getpid()
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        _become_worker(server, Path(request["folder"]), request["cwd"])
        worker.run(Path(request["folder"]))
        code = 0
    except BaseException:
        sys.__excepthook__(*sys.exc_info())
    finally:
        end_descendants()
        os._exit(code)


def _become_worker(server: int, folder: Path, cwd: str) -> None:
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
    os.closerange(3, _MOST_DESCRIPTORS)
    log = os.open(folder / LOG, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.environ.update(section_environment(folder))
    tempfile.tempdir = None
    random.seed()
    sys.modules["numpy"].random.seed()
    os.chdir(cwd)


if __name__ == "__main__":
    serve()
