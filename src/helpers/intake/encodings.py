"""Bytes of a text file → text: UTF-8 with or without byte order mark, or GB18030; declared or recognised, never guessed."""

from __future__ import annotations

import codecs
import csv
import io
from typing import Literal

from helpers.intake.findings import finding
from helpers.issue import InputsInvalid

Encoding = Literal["UTF-8", "UTF-8-BOM", "GB18030"]

AS_CSV = "请在 Excel 中另存为“CSV UTF-8（逗号分隔）”。"

_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16（Excel 的“Unicode 文本”）"),
    (codecs.BOM_UTF16_BE, "UTF-16（Excel 的“Unicode 文本”）"),
)


def decode(file: str, data: bytes, declared: Encoding | None = None) -> str:
    """The text of UTF-8 (byte order mark dropped) or GB18030 bytes.

    Raises InputsInvalid for any other encoding, or another than the declared one, naming what it looks like (E101), and for
    a file that changes its encoding on the way, with the row (E102).
    """
    foreign = next((name for mark, name in _MARKS if data.startswith(mark)), None) or _unmarked_utf16(data)
    if foreign:
        raise _invalid(file, "E101", f"文件编码是 {foreign}，应为 UTF-8 或 GB18030。", AS_CSV)
    found, text = _read(file, data)
    if declared is None and found == "UTF-8" and _reads_both_ways(data, text):
        mend = "请在 register.yml 该文件的登记项中写明 encoding（UTF-8 或 GB18030）。"
        raise _invalid(file, "E101", "汉字太少，按 UTF-8 和 GB18030 都能解读，无法辨认编码。", mend)
    if declared == "GB18030" and found == "UTF-8" and (text.isascii() or _reads_both_ways(data, text)):
        return data.decode("gb18030")
    if declared is not None and declared != found:
        mend = f"请把登记表中的 encoding 改为 {found}，或将文件另存为 {declared}。"
        raise _invalid(file, "E101", f"文件编码是 {found}，登记的是 {declared}。", mend)
    return text


def _read(file: str, data: bytes) -> tuple[Encoding, str]:
    """The encoding that the bytes are in, and their text."""
    marked = data.startswith(codecs.BOM_UTF8)
    body = data.removeprefix(codecs.BOM_UTF8)
    try:
        return ("UTF-8-BOM" if marked else "UTF-8"), body.decode("utf-8")
    except UnicodeDecodeError as error:
        readable = body[: error.start]
    header, line_end, _ = readable.replace(b"\r", b"\n").partition(b"\n")
    # A Chinese header in GB18030 is never valid UTF-8 by chance: a file with such a header began as UTF-8.
    if marked or (line_end and _is_chinese_utf8(header)):
        raise _changed(file, "UTF-8", row_after(readable.decode("utf-8")))
    # UTF-8 read as GB18030 is often valid and always nonsense.
    lines = body.splitlines(keepends=True)
    strange = next((number for number, line in enumerate(lines) if _is_chinese_utf8(line)), None)
    try:
        if strange is not None:
            before = b"".join(lines[:strange])
            begun: Encoding = "UTF-8" if before.isascii() else "GB18030"
            raise _changed(file, begun, row_after(readable.decode("utf-8") if before.isascii() else before.decode("gb18030")))
        return "GB18030", body.decode("gb18030")
    except UnicodeDecodeError:
        raise _invalid(file, "E101", "编码既不是 UTF-8 也不是 GB18030，无法辨认。", AS_CSV) from None


def row_after(text: str) -> int:
    """The row, as Excel counts, in which the text that follows `text` stands: a quoted cell may hold line breaks."""
    return sum(1 for _ in csv.reader(io.StringIO(text + "-", newline="")))


def _is_chinese_utf8(data: bytes) -> bool:
    """Whether bytes are UTF-8 with a character that takes three bytes, as each Chinese one does."""
    try:
        return any(character >= "\u0800" for character in data.decode("utf-8")) if not data.isascii() else False
    except UnicodeDecodeError:
        return False


def _reads_both_ways(data: bytes, text: str) -> bool:
    """Whether valid UTF-8 without any Chinese character (“·” alone) is GB18030 with some (“路”)."""
    if text.isascii() or any(character >= "\u0800" for character in text):
        return False
    try:
        return any(character >= "\u2e80" for character in data.decode("gb18030"))
    except UnicodeDecodeError:
        return False


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: read as such, it has the commas and line ends of a table."""
    texts = (data.decode(codec, "ignore") for codec in ("utf-16-le", "utf-16-be"))
    return "UTF-16" if b"\0" in data and any("," in text and "\n" in text for text in texts) else None


def _changed(file: str, begun: Encoding, row: int) -> InputsInvalid:
    return _invalid(file, "E102", f"文件开头是 {begun}，自本行起编码改变。", f"请从源头重新导出，不要拼接文件；{AS_CSV}", row)


def _invalid(file: str, code: str, message: str, mend: str, row: int | None = None) -> InputsInvalid:
    return InputsInvalid([finding(code, file, message, mend, row=row)])
