"""Edits of a YAML text that leave every other character, and so every comment, where it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import yaml

from helpers.params.mistake import Place


@dataclass(frozen=True)
class Edit:
    """The new value of a place, in YAML on one line; `comment` stands on a line of its own above it."""

    value: str
    comment: str | None = None


def edited(text: str, edits: Mapping[Place, Edit]) -> str:
    """The text with the value of each place replaced. Places are in block style where an edit has a comment.

    Raises KeyError for a place that the text does not have.
    """
    root = yaml.compose(text, yaml.SafeLoader)
    spans = dict(_spans(root, ())) if root else {}
    for place, edit in sorted(edits.items(), key=lambda item: spans[item[0]].start, reverse=True):
        text = _replaced(text, spans[place], edit)
    return text


@dataclass(frozen=True)
class _Span:
    """Where a value starts and ends, and where the key or list item that holds it starts and ends."""

    holder: int
    after_holder: int
    start: int
    end: int


def _spans(node: yaml.Node, place: Place) -> Iterator[tuple[Place, _Span]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = (*place, key.value)
            yield inner, _Span(key.start_mark.index, key.end_mark.index + 1, value.start_mark.index, _end(value))
            yield from _spans(value, inner)
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            inner, start = (*place, number), value.start_mark.index
            yield inner, _Span(start, start, start, _end(value))
            yield from _spans(value, inner)


def _end(node: yaml.Node) -> int:
    """Where a value's last leaf ends; a block's own end mark is that of what follows it, the comments between left behind."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last)
    return int(node.end_mark.index)


def _replaced(text: str, span: _Span, edit: Edit) -> str:
    end = span.start + len(text[span.start : span.end].rstrip())
    line = text.rfind("\n", 0, span.holder) + 1
    line_end = text.find("\n", span.after_holder)
    if span.start > line_end:  # a block below its key, beside which a comment may stand
        text = f"{text[: span.after_holder]} {edit.value}{text[span.after_holder : line_end]}{text[end:]}"
    else:
        text = text[: span.start] + edit.value + text[end:]
    if edit.comment is None:
        return text
    indent = len(text[line:]) - len(text[line:].lstrip())
    return f"{text[:line]}{' ' * indent}# {edit.comment}\n{text[line:]}"
