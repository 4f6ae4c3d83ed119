"""An IPython extension for report notebooks: a failed `!command` and an error in a thread fail their cell.

Without it IPython prints both and goes on, and a report would rest on a step that never happened.
"""

from __future__ import annotations

import threading
from typing import Any

STRICT_SHELL = "helpers.execution.strict_shell"


def load_ipython_extension(shell: Any) -> None:
    """Called by IPython. The shell is one of ipykernel's."""

    def tell_cell(failed: threading.ExceptHookArgs) -> None:
        if failed.exc_type is not SystemExit:
            shell.showtraceback((failed.exc_type, failed.exc_value, failed.exc_traceback))

    shell.system_raise_on_error = True
    threading.excepthook = tell_cell
