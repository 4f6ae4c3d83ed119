"""Bytes of a parameter file to text: size, encoding and characters, before any YAML is read."""

from __future__ import annotations

from collections.abc import Iterator

from helpers.characters import UNSEEN
from helpers.params.mistake import Mistake

MAX_BYTES = 64 * 1024


class Unreadable(Exception):
    """A text that cannot be read to its end; carries the mistakes found up to there."""

    def __init__(self, *mistakes: Mistake) -> None:
        super().__init__()
        self.mistakes = mistakes


def decode(data: bytes) -> str:
    """The text of a file, line ends as line feeds, without a byte order mark at its beginning.

    Raises Unreadable for more than 64 KB, other encodings than UTF-8, and tabs or control characters (all their lines).
    """
    if len(data) > MAX_BYTES:
        raise Unreadable(Mistake("E600", (), f"文件超过 {MAX_BYTES // 1024} KB。", "请删去多余内容；明细数据应放在数据表中。"))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        mistake = Mistake("E600", (), "文件不是 UTF-8 编码，从这一行起无法解读。", "请在编辑器中另存为 UTF-8 编码。", line)
        raise Unreadable(mistake) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    strange = list(_strange_lines(text))
    if strange:
        raise Unreadable(*strange)
    return text


def _strange_lines(text: str) -> Iterator[Mistake]:
    for line, content in enumerate(text.split("\n"), start=1):
        found = UNSEEN.search(content)
        if found and found[0] == "\t":
            yield Mistake("E609", (), "这一行含有制表符（Tab）。", "缩进和间隔请一律改用空格。", line)
        elif found:
            message = f"这一行含有不可见的字符（U+{ord(found[0]):04X}）。"
            yield Mistake("E609", (), message, "请删去这个字符，或重新输入这一行。", line)
