"""papermill's notebook client on a kernel in this process: cells are run by calls, messages wait in queues."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Empty
from typing import Any

from nbclient.util import run_hook, run_sync
from papermill.clientwrap import PapermillNotebookClient  # type: ignore[import-untyped]

from helpers.execution.direct_kernel import DirectKernel, Message, direct_kernel

_REPLIES = {"execute_reply", "kernel_info_reply"}


class _Channel:
    """Messages that have arrived; none is on its way."""

    def __init__(self) -> None:
        self.messages: deque[Message] = deque()

    async def get_msg(self, timeout: float | None = None) -> Message:
        if not self.messages:
            raise Empty
        return self.messages.popleft()


class DirectClient:
    """What nbclient asks of a kernel client."""

    allow_stdin = False

    def __init__(self, kernel: DirectKernel) -> None:
        self.shell_channel, self.iopub_channel = _Channel(), _Channel()
        self._kernel = kernel
        kernel.begin(self._deliver)

    async def execute(self, code: str, *, store_history: bool = True, stop_on_error: bool = True) -> str:
        return await self._kernel.run_cell(code, store_history=store_history, stop_on_error=stop_on_error)

    def kernel_info(self) -> str:
        session = self._kernel.session
        assert session is not None
        request = session.msg("kernel_info_request")
        session.send(None, "kernel_info_reply", self._kernel.kernel_info, parent=request)
        return str(request["header"]["msg_id"])

    async def is_alive(self) -> bool:
        return True

    def _deliver(self, message: Message) -> None:
        channel = self.shell_channel if message["msg_type"] in _REPLIES else self.iopub_channel
        channel.messages.append(message)


class DirectNotebookClient(PapermillNotebookClient):  # type: ignore[misc]
    """Runs a notebook in this process. A cell that takes longer than its time limit ends the process by SIGALRM, which reaches
    code that hangs outside of Python too.
    """

    @contextmanager
    def setup_kernel(self, **kwargs: Any) -> Iterator[None]:
        self.kc = DirectClient(direct_kernel())
        _run_hook(self.on_notebook_start, notebook=self.nb)
        yield

    async def async_execute_cell(self, cell: Any, cell_index: int, *args: Any, **kwargs: Any) -> Any:
        limit = self._get_timeout(cell)
        if limit is None:
            return await super().async_execute_cell(cell, cell_index, *args, **kwargs)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(limit)
        try:
            return await super().async_execute_cell(cell, cell_index, *args, **kwargs)
        finally:
            signal.alarm(0)

    execute_cell = run_sync(async_execute_cell)


_run_hook = run_sync(run_hook)
