"""A program that is imported once and forked for each time that it runs, so that a fault costs no start of Python.

``python -m faults.forked MODULE`` imports MODULE and for each line on its standard input, a JSON list, runs `MODULE.act(*list)`
in a child. The child stops itself, to be traced, and its process id is told; when it has ended, its exit code.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
from importlib import import_module
from typing import Any


def main(module: str) -> None:
    program = import_module(module)
    for line in sys.stdin:
        child = os.fork()
        if not child:
            os.kill(os.getpid(), signal.SIGSTOP)
            _act(program, json.loads(line))
        os.waitpid(child, os.WUNTRACED)
        _tell(child)
        _, status = os.waitpid(child, 0)
        _tell(os.waitstatus_to_exitcode(status))


def _act(program: Any, arguments: list[str]) -> None:
    try:
        program.act(*arguments)
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def _tell(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
