"""What surrounds every command: exit codes, messages for what goes wrong, and interrupts."""

from __future__ import annotations

import _thread
import gc
import json
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import typer
from typer.exceptions import TyperException

from helpers.terminal import say

FAILED, USAGE, HELD, INTERRUPTED = 1, 2, 75, 130
OBJECTS_BETWEEN_COLLECTIONS = 50_000
"""Nearly all that a command builds lives to its end: to search it for garbage at Python's pace takes a tenth of its time."""


def run_command(app: typer.Typer) -> None:
    """Do what the command line says, and end the process. `--debug` may stand anywhere in the line."""
    signal.signal(signal.SIGTERM, _interrupt)
    sys.unraisablehook = _insist
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    words = [word for word in sys.argv[1:] if word != "--debug"]
    try:
        code = app(["--debug", *words] if len(words) < len(sys.argv) - 1 else words, standalone_mode=False)
    except TyperException as error:
        from helpers.usage import usage_message

        say(usage_message(error), err=True)
        code = USAGE
    if code == INTERRUPTED:
        say("已中断，原有结果未改动。", err=True)
    sys.exit(code)


@contextmanager
def told(debug: bool, *, as_json: bool = False) -> Iterator[None]:
    """Turn what can go wrong into a message and an exit code."""
    from helpers.issue import InputsInvalid
    from helpers.publishing.errors import YearHeld
    from helpers.refusals import REFUSALS
    from helpers.terminal import system_message

    try:
        yield
    except InputsInvalid as invalid:
        if debug:
            raise
        if as_json:
            issues = [issue.to_json() for issue in invalid.issues]
            say(json.dumps({"issues": issues, "checks": [], "tables": []}, ensure_ascii=False, indent=1))
        else:
            say("\n".join(map(str, invalid.issues)), err=True)
        raise typer.Exit(FAILED) from None
    except YearHeld as error:
        say(str(error), err=True)
        raise typer.Exit(HELD) from None
    except REFUSALS as error:
        if debug:
            raise
        say(str(error), err=True)
        raise typer.Exit(FAILED) from None
    except OSError as error:
        if debug:
            raise
        say(system_message(error), err=True)
        raise typer.Exit(FAILED) from None


def _interrupt(number: int, frame: object) -> None:
    """Asked to end, a command clears up as it does after an interrupt at the terminal."""
    raise KeyboardInterrupt


def _insist(lost: sys.UnraisableHookArgs) -> None:
    """An interrupt that came while Python was in a callback is dropped there: it is made once more."""
    if lost.exc_type is KeyboardInterrupt:
        threading.Timer(0.1, _interrupt_main_thread).start()
    else:
        sys.__unraisablehook__(lost)


def _interrupt_main_thread() -> None:
    """As an interrupt at the terminal does: a main thread that waits for something is woken."""
    main = threading.main_thread().ident
    if sys.platform != "win32" and main is not None:
        signal.pthread_kill(main, signal.SIGINT)
    else:
        _thread.interrupt_main()
