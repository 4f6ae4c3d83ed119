"""What the command prints: text from files can neither steer the terminal nor turn its reading order round."""

from __future__ import annotations

import errno
import re

import typer

from helpers.characters import UNSEEN

_MENDS = {
    errno.ENOSPC: "磁盘已满。请清理磁盘，或用 --out 写到别处",
    errno.EDQUOT: "磁盘配额已用完。请清理文件，或用 --out 写到别处",
    errno.EROFS: "所在磁盘只能读取。请用 --out 写到可写的文件夹",
    errno.EACCES: "没有权限。请检查文件和文件夹的权限，或用 --out 写到别处",
    errno.EPERM: "没有权限。请检查文件和文件夹的权限，或用 --out 写到别处",
    errno.ENOENT: "文件或文件夹不存在。请检查路径",
    errno.EMFILE: "打开的文件太多。请关闭其他程序，或请管理员放宽限制",
    errno.EIO: "磁盘读写出错。请检查磁盘",
}


def system_message(error: OSError) -> str:
    """What the operating system refused, for an analyst: which file, why, and what to do. Nothing was changed by it."""
    what = _MENDS.get(error.errno or 0, f"{error.strerror or error}。请检查文件夹是否存在、是否可写、磁盘是否已满")
    where = f"“{error.filename}”" if error.filename is not None else "文件"
    return f"无法读写{where}：{what}。原有结果未改动。"


def say(text: str, *, err: bool = False) -> None:
    """Print a line, or with `err` print it to standard error."""
    typer.echo(visible(text), err=err)


def visible(text: str) -> str:
    r"""The text with each unseen character but the tab as its code, as JSON writes it: ``\u001b``."""
    return UNSEEN.sub(_code, text)


def _code(found: re.Match[str]) -> str:
    character = found[0]
    if character == "\t":
        return character
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[place : place + 4]}" for place in range(0, len(units), 4))
