"""A file of the data folder as bytes: a regular file of the project, not too large, unchanged while it was read."""

from __future__ import annotations

import hashlib
import os
import stat
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from helpers.intake.findings import finding
from helpers.intake.limits import MOST_BYTES
from helpers.issue import InputsInvalid

_MEGABYTE = 1024**2
_BLOCK = 16 * _MEGABYTE

# A pipe is opened without waiting for its other end, so that it can be refused. Windows has no such flag and no such files.
_OPEN = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def read_bytes(path: Path, *roots: Path, sha256: str | None = None) -> bytes:
    """The bytes of a regular file that lies below one of `roots` when links are followed.

    Raises InputsInvalid: more than MOST_BYTES (E109), changed while it was read (E114), another SHA-256 than the given one
    (E115), cannot be opened (E117), a link out of the roots, a folder, pipe or device (E121).
    """
    with _watched(path, roots) as size:
        data = _regular_bytes(path)
        if len(data) != size:
            raise _changed(path)
    if sha256 is not None:
        _refuse_other(path, hashlib.sha256(data).hexdigest(), sha256)
    return data


def stamp_of(path: Path, *roots: Path) -> tuple[int, int, int, int] | None:
    """What changes when a regular file is written to or replaced, its size first; None for what `read_bytes` refuses."""
    try:
        inside = any(path.resolve().is_relative_to(root.resolve()) for root in roots)
        return _identity(path) if inside and stat.S_ISREG(path.stat().st_mode) else None
    except (OSError, RuntimeError):
        return None


def look_through(path: Path, *roots: Path, look: Callable[[bytes], None], sha256: str | None = None) -> str:
    """The SHA-256 of a regular file of any size, each block of which is shown to `look`. Raises as `read_bytes` does."""
    digest = hashlib.sha256()
    with _watched(path, roots), path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            look(block)
    if sha256 is not None:
        _refuse_other(path, digest.hexdigest(), sha256)
    return digest.hexdigest()


@contextmanager
def _watched(path: Path, roots: Sequence[Path]) -> Iterator[int]:
    """The size of a file of the project that must not change while this context lasts."""
    try:
        if not any(path.resolve().is_relative_to(root.resolve()) for root in roots):
            raise _invalid(path, "E121", "是指向项目文件夹之外的链接，未读取。", "请把文件本身放入数据文件夹。")
        before = _identity(path)
        yield before[0]
        changed = _identity(path) != before
    except (OSError, RuntimeError):  # a link to itself is a RuntimeError up to Python 3.12
        raise _invalid(path, "E117", "文件无法打开。", "请关闭正在使用它的程序，或检查读取权限。") from None
    if changed:
        raise _changed(path)


def _changed(path: Path) -> InputsInvalid:
    return _invalid(path, "E114", "文件在读取过程中被改动。", "请等待其他程序写完文件，再重新运行。")


def _refuse_other(path: Path, found: str, sha256: str) -> None:
    if found != sha256:
        message = f"文件内容与登记的 SHA-256（{sha256[:12]}…）不符，登记之后被改动或替换过。"
        raise _invalid(path, "E115", message, "请换回登记时的文件；改动确有必要的，核对后更新登记表中的 sha256。")


def printable(name: str) -> str:
    """A file name that can be shown on one line: without line breaks, and without the bytes of a foreign encoding."""
    readable = os.fsencode(name).decode("utf-8", "replace")
    return "".join("\ufffd" if unicodedata.category(character) in ("Cc", "Cf") else character for character in readable)


def _regular_bytes(path: Path) -> bytes:
    descriptor = os.open(path, _OPEN)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise _invalid(path, "E121", "不是普通文件（可能是文件夹、管道或设备），未读取。", "请把文件本身放入数据文件夹。")
        if status.st_size > MOST_BYTES:
            size, most = status.st_size / _MEGABYTE, MOST_BYTES // _MEGABYTE
            mend = "请只导出本年度、本部门的记录，并删去无关的列、工作表和图片。"
            raise _invalid(path, "E109", f"文件有 {size:,.0f} MB，超过上限 {most} MB。", mend)
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            return file.read(MOST_BYTES + 1)
    finally:
        os.close(descriptor)


def _identity(path: Path) -> tuple[int, int, int, int]:
    """What changes when a file is written to or replaced; its size comes first."""
    status = path.stat()
    return status.st_size, status.st_mtime_ns, status.st_ino, status.st_dev


def _invalid(path: Path, code: str, message: str, mend: str) -> InputsInvalid:
    return InputsInvalid([finding(code, printable(path.name), message, mend)])
