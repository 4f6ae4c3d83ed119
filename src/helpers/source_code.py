"""The files of this package, which are the program that made a build."""

from __future__ import annotations

import subprocess
from hashlib import sha256
from pathlib import Path

PACKAGE = Path(__file__).parent
CHECKOUT = PACKAGE.parents[1]
"""The folder above `src/` in a checkout; in an installed package it is no project's folder."""
LEFT_OUT = ("__pycache__", "rules", "notebooks")
"""Compiled modules, and what an installed package carries beside the program: a build names those files one by one."""


def package_files() -> dict[str, Path]:
    """The package's files by their names below it, in the order of the names."""
    files = {path.relative_to(PACKAGE).as_posix(): path for path in PACKAGE.rglob("*") if path.is_file()}
    return {name: files[name] for name in sorted(files) if not set(LEFT_OUT) & set(name.split("/")) and name[-4:] != ".pyc"}


def code_digest() -> str:
    """One SHA-256 over the names and contents of the package's files."""
    whole = sha256()
    for name, path in package_files().items():
        whole.update(f"{sha256(path.read_bytes()).hexdigest()}  {name}\n".encode())
    return whole.hexdigest()


def commit() -> dict[str, object] | None:
    """The git commit of the checkout that this package runs from and whether its files differ from it; None without git."""
    try:
        top = _git("rev-parse", "--show-toplevel")
        if Path(top).resolve() != CHECKOUT.resolve():
            return None
        changed = _git("status", "--porcelain", "--", "src", "notebooks", "params")
        return {"commit": _git("rev-parse", "HEAD"), "changed": bool(changed)}
    except (OSError, subprocess.CalledProcessError):
        return None


def _git(*arguments: str) -> str:
    command = ["git", "-C", str(CHECKOUT), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
