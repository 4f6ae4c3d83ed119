"""JupyterLab on a copy of the project, in a real browser: notebooks opened, run by its menu, judged by what they then hold."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from conftest import ROOT

LONGEST = 120_000
"""Milliseconds that anything may take: kernels start slowly where much else runs."""
SETTINGS = "--LabApp.app_settings_dir=notebooks/.jupyterlab"
"""As `make lab` has it: menus in Chinese, nothing asked of other servers."""

_READY = "() => window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'"
# The model of the notebook in front: of its cells, those that are out of sight are not in the page.
_HELD = """() => {
  const panel = window.jupyterapp.shell.currentWidget;
  const cells = [...panel.content.model.cells].filter(cell => cell.type === "code");
  const outputs = cells.flatMap(cell => cell.outputs.toJSON());
  const errors = outputs.filter(one => one.output_type === "error" || one.name === "stderr");
  return {
    ran: cells.every(cell => cell.executionCount !== null) && panel.sessionContext.session.kernel.status === "idle",
    errors: errors.map(one => one.evalue ?? [one.text].flat().join("")),
    mimes: outputs.flatMap(one => Object.keys(one.data ?? {})),
  };
}"""


@dataclass
class Lab:
    """A page with JupyterLab on the project in `folder`; `elsewhere` is what it asked of other servers."""

    folder: Path
    page: Any
    url: str
    elsewhere: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", self._request)

    def run_all(self, notebook: str) -> dict[str, Any]:
        """Open a notebook, choose 运行所有单元格, wait: `errors` (messages, and what went to stderr), `mimes` of outputs."""
        path = f"notebooks/{notebook}.ipynb"
        self.page.evaluate("async path => { await window.jupyterapp.commands.execute('docmanager:open', {path}) }", path)
        self.page.wait_for_function("path => window.jupyterapp.shell.currentWidget?.context?.path === path", arg=path)
        self.page.wait_for_function(_READY, timeout=LONGEST)
        self.page.get_by_role("menuitem", name="运行", exact=True).click()
        self.page.locator("[data-command='runmenu:run-all']").click()
        self.page.wait_for_function(f"() => (held => held.ran || held.errors.length)(({_HELD})())", timeout=LONGEST)
        held: dict[str, Any] = self.page.evaluate(_HELD)
        return held

    def end_kernel(self) -> None:
        """End the kernel of the notebook in front."""
        self.page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")

    def _request(self, request: Any) -> None:
        if not request.url.startswith((self.url, self.url.replace("http", "ws"), "data:", "blob:")):
            self.elsewhere.append(request.url)


@contextmanager
def jupyter_lab(browser: Any, folder: Path, build: Path) -> Iterator[Lab]:
    """JupyterLab on a copy of the project with its complete `build` of 2022; server and kernels end with the block."""
    for name in ("notebooks", "params", "data/2022", "data/2023"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copytree(build, folder / "build" / "2022")
    token = secrets.token_hex(16)
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--expose-app-in-browser", SETTINGS]
    command += ["--ServerApp.ip=127.0.0.1", "--ServerApp.port=0", f"--IdentityProvider.token={token}"]
    own = {f"JUPYTER_{name}_DIR": str(folder / f".jupyter/{name}") for name in ("CONFIG", "DATA", "RUNTIME")}
    own |= {f"JUPYTERLAB_{name}_DIR": str(folder / f".jupyter/{name}") for name in ("SETTINGS", "WORKSPACES")}
    server = subprocess.Popen(command, cwd=folder, env=os.environ | own, stderr=subprocess.PIPE, text=True)
    assert server.stderr is not None
    rest = threading.Thread(target=server.stderr.read)
    try:
        url = _address(server.stderr)
        rest.start()  # what it says later is read too, lest it wait for a reader
        context = browser.new_context(locale="zh-CN", viewport={"width": 1440, "height": 1000}, reduced_motion="reduce")
        lab = Lab(folder, context.new_page(), url)
        lab.page.goto(f"{url}/lab?token={token}")
        lab.page.wait_for_function("() => window.jupyterapp?.restored.then(() => true)", timeout=LONGEST)
        yield lab
        context.close()
    finally:
        server.terminate()  # it ends its kernels
        server.wait(timeout=60)
        rest.join(timeout=60)
        server.stderr.close()


def _address(said: Iterable[str]) -> str:
    """Where the server listens, as it says."""
    lines = []
    for line in said:
        lines.append(line)
        if found := re.search(r"http://127\.0\.0\.1:\d+", line):
            return found.group()
    raise AssertionError("JupyterLab ended:\n" + "".join(lines))
