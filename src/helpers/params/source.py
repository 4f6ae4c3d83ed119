"""YAML text to values with line numbers, in a small part of YAML that can be read in one way only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml
from yaml.error import Mark
from yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from helpers.characters import UNSEEN
from helpers.params.characters import Unreadable, decode
from helpers.params.mistake import Mistake, Place, excerpt
from helpers.params.notation import plain_value, refusal, syntax_mistake

MAX_DEPTH = 8
MAX_CHARACTERS = 4000


@dataclass(frozen=True)
class Source:
    """The values of a file (dict, list, str, int, bool; None where a value was refused) and where they stand.

    `lines` gives the line of each key or list item, `written` the first line of each text and the text as it stands in
    the file, with its quotation marks and line breaks.
    """

    values: Any
    lines: Mapping[Place, int]
    written: Mapping[Place, tuple[int, str]]
    mistakes: Sequence[Mistake]

    def line_of(self, place: Place) -> int:
        """The line of a place, or of the nearest place above it; 1 at the top."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines[place] if place else 1


def read_source(data: bytes) -> Source:
    """Read one YAML document; mistakes that leave the rest readable are kept in the result.

    Refused are anchors, aliases, merge keys, tags, repeated keys, more than 8 levels, several documents, texts of more
    than 4,000 characters, and words without quotation marks that are read in several ways (see `notation.refusal`).
    Raises Unreadable where the reading cannot go on.
    """
    reader = _Reader(decode(data))
    values = reader.document()
    return Source(values, reader.lines, reader.written, reader.mistakes)


class _Reader:
    """Builds values from the parser's events. yaml.compose would drop anchors and explicit tags without a word."""

    def __init__(self, text: str) -> None:
        self.lines: dict[Place, int] = {}
        self.written: dict[Place, tuple[int, str]] = {}
        self.mistakes: list[Mistake] = []
        self._text = text
        self._parser = yaml.SafeLoader(text)

    def document(self) -> Any:
        self._next()  # start of the stream
        if isinstance(self._next(), StreamEndEvent):
            raise Unreadable(Mistake("E600", (), "文件没有内容。", "请填写，或从上一年度的文件复制后修改。"))
        values = self._node(self._next(), (), 1)
        self._next()  # end of the document
        following = self._next()
        if isinstance(following, DocumentStartEvent):
            self._add("E602", (), following, "由此起是另一份文档，一个文件只能有一份。", "请删去“---”，或另存为别的文件。")
        return values

    def _next(self) -> Event:
        try:
            event: Event = self._parser.get_event()  # type: ignore[no-untyped-call]
        except yaml.MarkedYAMLError as error:
            raise Unreadable(*self.mistakes, syntax_mistake(error)) from None
        except (ValueError, OverflowError):  # an escape beyond Unicode, a version of thousands of digits
            line = self._parser.line + 1
            mistake = Mistake("E609", (), "此处的数字过大，无法解读。", "请检查反斜杠后的字符编码，或删去以 % 开头的行。", line)
            raise Unreadable(*self.mistakes, mistake) from None
        return event

    def _add(self, code: str, place: Place, event: Event, message: str, mend: str) -> None:
        self.mistakes.append(Mistake(code, place, message, mend, _line(event)))

    def _node(self, event: Event, place: Place, depth: int) -> Any:
        if isinstance(event, NodeEvent):
            self._refuse_references(event, place)
        if isinstance(event, ScalarEvent):
            return self._scalar(event, place)
        if isinstance(event, CollectionStartEvent):
            if depth > MAX_DEPTH:
                self._add("E602", place, event, f"层次超过 {MAX_DEPTH} 层。", "请检查缩进；以 {{ 或 [ 开头的文字请整段加引号。")
                raise Unreadable(*self.mistakes)
            read = self._mapping if isinstance(event, MappingStartEvent) else self._sequence
            return read(place, depth)
        return None

    def _refuse_references(self, event: NodeEvent, place: Place) -> None:
        if isinstance(event, AliasEvent):
            message = f"用了引用“*{excerpt(event.anchor or '')}”。"
            self._add("E602", place, event, message, "请把内容完整写出；以 * 开头的文字请加引号。")
        elif event.anchor is not None:
            self._add("E602", place, event, f"用了锚点“&{excerpt(event.anchor)}”。", "请删去锚点；以 & 开头的文字请加引号。")
        tag = getattr(event, "tag", None)
        if tag is not None:
            shown = excerpt(tag.replace("tag:yaml.org,2002:", "!!"))
            self._add("E602", place, event, f"用了标签“{shown}”。", "请删去标签；以 ! 开头的文字请加引号。")

    def _scalar(self, event: ScalarEvent, place: Place) -> bool | int | str | None:
        text = event.value
        start, end = _marks(event)
        self.written.setdefault(place, (start.line + 1, self._text[start.index : end.index]))
        if UNSEEN.search(text):
            self._add("E602", place, event, "文字中用反斜杠写了不可见的字符。", "请删去这个字符。")
            return None
        if len(text) > MAX_CHARACTERS:
            self._add("E606", place, event, f"文字有 {len(text)} 个字符，最多 {MAX_CHARACTERS} 个。", "请缩短，或分成几段。")
            return None
        if not event.implicit[0] or event.tag is not None:
            return text
        mistake = refusal(text, place)
        if mistake:
            self._add(mistake.code, place, event, mistake.message, mistake.mend)
            return None
        return plain_value(text)

    def _sequence(self, place: Place, depth: int) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := self._next(), SequenceEndEvent):
            inner = (*place, len(items))
            self.lines.setdefault(inner, _line(event))
            items.append(self._node(event, inner, depth + 1))
        return items

    def _mapping(self, place: Place, depth: int) -> dict[str, Any]:
        values: dict[str, Any] = {}
        while not isinstance(event := self._next(), MappingEndEvent):
            key = self._key(event, place, depth)
            if key is None:
                self._skip(self._next(), place, depth)
                continue
            inner = (*place, key)
            if key in values:
                message = f"键“{excerpt(key)}”重复，第 {self.lines[inner]} 行已写过一次。"
                self._add("E601", inner, event, message, "请只保留一处。")
            self.lines.setdefault(inner, _line(event))
            value = self._node(self._next(), inner, depth + 1)
            values.setdefault(key, value)
        return values

    def _key(self, event: Event, place: Place, depth: int) -> str | None:
        """The key as text, or None where it is no key that a value can be kept under."""
        if isinstance(event, ScalarEvent) and not UNSEEN.search(event.value):
            if event.value == "<<" and event.implicit[0]:
                self._add("E602", place, event, "用了合并键“<<”。", "请把内容完整写出。")
                return None
            self._refuse_references(event, (*place, event.value))
            return event.value
        self._add("E602", place, event, "此处被读成键，而键应为一个词。", "请写成“键: 值”；以 {{ 开头的文字请整段加引号。")
        self._skip(event, place, depth)
        return None

    def _skip(self, event: Event, place: Place, depth: int) -> None:
        """Read past a value that cannot be kept; what is wrong inside it follows from the mistake already noted."""
        noted = len(self.mistakes)
        self._node(event, (*place, ""), depth + 1)
        del self.mistakes[noted:]


def _line(event: Event) -> int:
    return _marks(event)[0].line + 1


def _marks(event: Event) -> tuple[Mark, Mark]:
    """Where an event starts and ends; the parser marks every event of a text."""
    assert isinstance(event.start_mark, Mark)
    assert isinstance(event.end_mark, Mark)
    return event.start_mark, event.end_mark
