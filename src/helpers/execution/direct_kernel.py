"""ipykernel's own kernel, called as functions in place of sockets: what it would send is handed over as messages."""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

from ipykernel.ipkernel import IPythonKernel
from jupyter_client.session import Session
from traitlets.config import Config

from helpers.execution.cell_streams import captured_output
from helpers.execution.strict_shell import STRICT_SHELL

Message = dict[str, Any]
Deliver = Callable[[Message], None]

INLINE_BACKEND = "module://matplotlib_inline.backend_inline"
"""The plotting backend that a kernel application sets for its process."""


class DirectSession(Session):
    """Hands each message to `deliver`, packed and unpacked as if it had gone over a socket."""

    deliver: Deliver = staticmethod(lambda message: None)

    def send(
        self,
        stream: Any,
        msg_or_type: Message | str,
        content: Message | None = None,
        parent: Message | None = None,
        ident: Any = None,
        buffers: list[Any] | None = None,
        track: bool = False,
        header: Message | None = None,
        metadata: Message | None = None,
    ) -> Message | None:
        if os.getpid() != self.pid:
            return None  # a process that a cell forked; over sockets its messages are dropped too
        if isinstance(msg_or_type, dict):
            message = msg_or_type
        else:
            message = self.msg(msg_or_type, content=content, parent=parent, header=header, metadata=metadata)
        received: Message = self.unpack(self.pack(message))
        received["buffers"] = list(buffers or message.get("buffers", []))
        self.deliver(received)
        return message


class DirectKernel(IPythonKernel):
    """One kernel in this process, without sockets, threads or a history file."""

    def __init__(self, **traits: Any) -> None:
        # Where a kernel would hand its messages to other threads, there is the main thread alone.
        here = SimpleNamespace(parent_thread=threading.main_thread())
        config = Config({"HistoryManager": {"hist_file": ":memory:"}})
        super().__init__(  # type: ignore[no-untyped-call]
            session=DirectSession(key=b"unsigned"),  # without a key a warning would be shown
            shell_channel_thread=here,
            log=logging.getLogger(__name__),
            config=config,
            **traits,
        )
        self._execute_sleep = 0.0
        self._shell.exit_now = False
        self._shell.extension_manager.load_extension(STRICT_SHELL)

    def begin(self, deliver: Deliver) -> None:
        """Make this process, which may have been forked since the kernel was built, the one that runs cells."""
        assert isinstance(self.session, DirectSession)
        self.session.pid = os.getpid()
        self.session.deliver = deliver
        sys.stdout, sys.stderr = captured_output(self._send_stream)

    async def run_cell(self, code: str, *, store_history: bool, stop_on_error: bool) -> str:
        """Execute a cell as an `execute_request` would; the request's id. Ends the process where the cell asks to exit."""
        assert self.session is not None
        content = {
            "code": code,
            "silent": False,
            "store_history": store_history,
            "user_expressions": {},
            "allow_stdin": False,
            "stop_on_error": stop_on_error,
        }
        request = self.session.msg("execute_request", content)
        self.set_parent([], request, channel="shell")
        self._publish_status("busy", "shell")
        self.pre_handler_hook()
        try:
            await self.execute_request(None, [], request)
        finally:
            self.post_handler_hook()
        sys.stdout.flush()
        sys.stderr.flush()
        if self._shell.exit_now:
            os._exit(0)
        self._publish_status("idle", "shell")
        return str(request["header"]["msg_id"])

    @property
    def _shell(self) -> Any:
        return self.shell

    def _send_stream(self, name: str, text: str) -> None:
        assert self.session is not None
        self.session.send(None, "stream", {"name": name, "text": text}, parent=self.get_parent("shell"))

    def _abort_queues(self, subshell_id: str | None = None) -> None:
        """No request waits."""


def direct_kernel() -> DirectKernel:
    """The kernel of this process, built at the first call, in an environment as a kernel application sets it."""
    os.environ.setdefault("MPLBACKEND", INLINE_BACKEND)
    with _without_debugger():
        kernel: DirectKernel = DirectKernel.instance()
    return kernel


@contextmanager
def _without_debugger() -> Iterator[None]:
    """ipykernel then prepares none, which takes as long as to import pandas: nobody can attach to this kernel."""
    absent = "debugpy" not in sys.modules
    sys.modules.setdefault("debugpy", None)  # type: ignore[arg-type]
    try:
        yield
    finally:
        if absent:
            del sys.modules["debugpy"]
