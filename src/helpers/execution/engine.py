"""papermill's engine `selfeval`: the notebook runs in this process, in a kernel driven by calls in place of sockets."""

from __future__ import annotations

from typing import Any

from papermill.engines import Engine, NotebookExecutionManager  # type: ignore[import-untyped]

from helpers.execution.direct_client import DirectNotebookClient

NAME = "selfeval"


class SelfevalEngine(Engine):  # type: ignore[misc]
    """One notebook a process: the kernel keeps what a notebook left in it."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: NotebookExecutionManager, kernel_name: str, *, execution_timeout: int | None = None, **options: Any
    ) -> None:
        """Run the notebook of `nb_man`; each cell may take `execution_timeout` seconds, or as long as `timeout_func` says."""
        known = {name: value for name, value in options.items() if DirectNotebookClient.class_traits().get(name)}
        DirectNotebookClient(nb_man, timeout=execution_timeout, kernel_name=kernel_name, **known).execute()
