"""The bytes of a published file as the texts that a reader, a program or a search engine can get out of them."""

from __future__ import annotations

import base64
import binascii
import gzip
import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from urllib.parse import unquote

import pypdfium2  # type: ignore[import-untyped]

_DEPTH = 4
"""Files in files in files: a text in base64 in a notebook in an archive."""
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"wOFF", b"wOF2", b"OTTO", b"\x00\x01\x00\x00", b"ttcf")

_LONG_BASE64 = re.compile(r"((?:[A-Za-z0-9+/_-]{60,}(?:\\n|\r?\n)?)+[A-Za-z0-9+/_-]*={0,2})")
_SHORT_BASE64 = re.compile(r"(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{8,}={0,2}(?![A-Za-z0-9+/_=-])")
_ESCAPE = re.compile(r"\\+u([0-9a-fA-F]{4})(?:\\+u([dD][c-fC-F][0-9a-fA-F]{2}))?")
_BLOCK = re.compile(
    r"</?(?:p|div|td|th|tr|li|ul|ol|h[1-6]|section|table|caption|br|hr|pre|text|title|desc|w:p|w:tc|w:tr|a:p|si|c|v|row)\b[^<>]*>"
)
_TAG = re.compile(r"<[^<>]*>")
_FULL_LINE = re.compile(r"(?<=[^\x00-\x7f])[\r\n]+(?=[^\x00-\x7f])")
"""A line of a page ends where it is full, in the middle of a name if need be; figures below each other are no one number."""


def texts_of(data: bytes, depth: int = _DEPTH) -> Iterator[str]:
    """Every text in the bytes: of a ZIP archive (XLSX, DOCX) the names and contents of its members, of a PDF the pages, document
    properties, bookmarks and attachments, of any other file its text, also without mark-up and with all escapes resolved;
    and what stands in any of these in base64. Pictures and fonts hold no text.
    """
    if depth == 0 or data.startswith(_PICTURES):
        return
    if data.startswith(b"PK"):
        yield from _archive(data, depth)
    elif data.startswith(b"%PDF"):
        yield from _pdf(data, depth)
    elif data.startswith(b"\x1f\x8b"):
        yield from texts_of(gzip.decompress(data), depth - 1)
    else:
        yield from _plain(_decode(data), depth)


def _archive(data: bytes, depth: int) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        yield "\n".join(archive.namelist())
        for name in archive.namelist():
            yield from texts_of(archive.read(name), depth - 1)


def _pdf(data: bytes, depth: int) -> Iterator[str]:
    document = pypdfium2.PdfDocument(data)
    try:
        for page in document:
            yield _FULL_LINE.sub("", page.get_textpage().get_text_bounded())
        yield "\n".join(document.get_metadata_dict().values())
        yield "\n".join(bookmark.get_title() for bookmark in document.get_toc())
        for number in range(document.count_attachments()):
            attachment = document.get_attachment(number)
            yield attachment.get_name()
            yield from texts_of(bytes(attachment.get_data()), depth - 1)
    finally:
        document.close()
    for stream in re.finditer(rb"<x:xmpmeta.*?</x:xmpmeta>", data, re.S):
        yield from _plain(_decode(stream.group()), depth)


def _decode(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def _plain(text: str, depth: int) -> Iterator[str]:
    short = _short_base64(text)
    pieces = _LONG_BASE64.split(text)  # a text, base64, a text …
    text = _resolve("\n".join(pieces[::2]))
    yield text
    if "<" in text:
        yield _TAG.sub("", _BLOCK.sub("\n", text))
    if short:
        yield _resolve(short)
    for data in map(_unwrapped, pieces[1::2]):
        if data.startswith((b"PK", b"%PDF", b"\x1f\x8b")) or _is_text(data):
            yield from _readable(data, depth - 1)


def _readable(data: bytes, depth: int) -> Iterator[str]:
    """The texts of decoded base64, none where it only looked like an archive."""
    try:
        yield from texts_of(data, depth)
    except (zipfile.BadZipFile, pypdfium2.PdfiumError, OSError, EOFError, zlib.error):
        return


def _short_base64(text: str) -> str:
    """What short pieces of base64 say, those that say anything."""
    decoded = []
    for piece in set(_SHORT_BASE64.findall(text)):
        data = _unwrapped(piece)
        if data and _is_text(data):
            decoded.append(data.decode("utf-8"))
    return "\n".join(part for part in decoded if part.isprintable())


def _unwrapped(piece: str) -> bytes:
    """The bytes of base64, b"" where it is none."""
    letters = piece.replace("\\n", "").replace("\r", "").replace("\n", "").rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return base64.b64decode(letters + "=" * (-len(letters) % 4), validate=True)
    except binascii.Error:
        return b""


def _is_text(data: bytes) -> bool:
    try:
        return "\0" not in data.decode("utf-8")
    except UnicodeDecodeError:
        return False


def _resolve(text: str) -> str:
    r"""The text with `\u5f20`, `&#24352;`, `&amp;#24352;` and `%E5%BC%A0` as the characters that they mean."""
    if "\\u" in text:
        text = _ESCAPE.sub(_character, text)
    if "&" in text:
        text = html.unescape(html.unescape(text))
    return unquote(text) if "%" in text else text


def _character(escape: re.Match[str]) -> str:
    first, second = escape.group(1), escape.group(2)
    codes = [first] if second is None else [first, second]
    return b"".join(int(code, 16).to_bytes(2, "big") for code in codes).decode("utf-16-be", "replace")
