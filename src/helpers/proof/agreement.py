"""Whether the finished files say the same: each against the document tree, and its figures against facts.json."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from helpers.proof.expected import SUBHEADING, chart_texts
from helpers.proof.passages import BODY, Passage, Piece, Reading, excerpt, listed_heading
from helpers.proof.recorded import Recorded

NAMES = {
    "label": "名称",
    "value": "数值",
    "unit": "单位",
    "display": "打印值",
    "origin": "来源",
    "formula": "计算方法",
    "sources": "记录",
}
"""What of a fact the document tree and facts.json both hold, as a message calls it."""


def recorded_differences(printed: Mapping[str, Mapping[str, Any]], recorded: Recorded) -> Iterator[str]:
    """Facts that facts.json lacks, has beside those of the document tree, or holds otherwise."""
    for fact, entry in printed.items():
        if fact not in recorded.facts:
            yield f"facts.json：缺少事实“{entry['label']}”（{fact}）"
            continue
        for key, name in NAMES.items():
            if entry[key] != recorded.facts[fact][key]:
                yield f"facts.json：{recorded.label(fact)}的{name}应为“{entry[key]}”，现为“{recorded.facts[fact][key]}”"
    yield from (f"facts.json：多出事实{recorded.label(fact)}" for fact in recorded.facts if fact not in printed)


def figure_differences(name: str, passages: Sequence[Passage], recorded: Recorded) -> Iterator[str]:
    """Figures that facts.json does not hold, or holds with a value that is printed otherwise."""
    for one in passages:
        for figure in one.figures:
            fact = str(figure.fact)
            if fact not in recorded.facts:
                yield f"{name} {one.place}：“{figure.text}”所标的事实“{fact}”不在 facts.json 中"
            elif figure.text not in recorded.forms[fact]:
                yield f"{name} {one.place}：{recorded.label(fact)}在 facts.json 中为“{recorded.shown(fact)}”，现为“{figure.text}”"


def reading_differences(expected: Sequence[Passage], cover: Sequence[str], reading: Reading, recorded: Recorded) -> Iterator[str]:
    """What a file says otherwise than the document tree: cover, contents, headings, texts and figures in order, the words for
    pictures and the text in them.
    """
    front = "".join(one.plain for one in reading.of("front"))
    yield from (f"{reading.name} 封面：缺少“{text}”" for text in cover if "".join(text.split()) not in front)
    body = [one for one in expected if one.kind in BODY and (reading.registers or one.part != "register")]
    yield from _sequence(body, reading.of(*BODY), reading, recorded)
    yield from _contents(body, reading)
    alts = [one for one in expected if one.kind == "alt"]
    yield from _sequence(alts, reading.of("alt"), reading, recorded)
    if reading.labels:
        for should, found in zip_longest(chart_texts(expected), chart_texts(reading.of("label")), fillvalue=""):
            if should != found:
                yield f"{reading.name} 图中文字应为“{_near(should, found)}”，现为“{_near(found, should)}”"
    yield from figure_differences(reading.name, reading.of("entry", "aside", "front"), recorded)


def attachment_differences(reading: Reading, files: Mapping[str, bytes]) -> Iterator[str]:
    """Attachments that are not the files of the same names beside the report."""
    for name, content in reading.attachments.items():
        if name in files and files[name] != content:
            yield f"{reading.name}：附件 {name} 与同时生成的 {name} 不同"


def _sequence(expected: Sequence[Passage], found: Sequence[Passage], reading: Reading, recorded: Recorded) -> Iterator[str]:
    def key(one: Passage) -> object:
        return one.kind == "heading", one.key if reading.tells_figures else one.plain

    should, are = [key(one) for one in expected], [key(one) for one in found]
    if should == are:
        return
    for change, first, last, start, stop in SequenceMatcher(None, should, are, autojunk=False).get_opcodes():
        if change != "equal":
            for old, new in zip_longest(expected[first:last], found[start:stop]):
                yield f"{reading.name} {_difference(old, new, recorded)}"


def _difference(expected: Passage | None, found: Passage | None, recorded: Recorded) -> str:
    if expected is None or found is None:
        one, what = (expected, "缺少") if expected else (found, "多出")
        assert one is not None
        facts = "、".join(recorded.label(str(figure.fact)) for figure in one.figures)
        return f"{one.place}：{what}{_named(one)}“{excerpt(one.text, 0, 0)}”{f'，其中有{facts}' if facts else ''}"
    changed = _untold if expected.plain == found.plain else _changed
    return f"{expected.place}：{changed(expected, found, recorded)}"


def _changed(expected: Passage, found: Passage, recorded: Recorded) -> str:
    """The first place where two texts part: the figure there, or the words."""
    apart = _common(expected.plain, found.plain)
    should, is_ = _piece_at(expected, apart), _piece_at(found, apart)
    if should.fact is None:
        return f"{_named(expected)}应为“{excerpt(expected.plain, apart, apart)}”，现为“{excerpt(found.plain, apart, apart)}”"
    shown = is_.text if is_.fact is not None else excerpt(found.plain, apart, apart)
    return f"{recorded.label(should.fact)}应为“{should.text}”，现为“{shown}”"


def _untold(expected: Passage, found: Passage, recorded: Recorded) -> str:
    """The same text, but its figures, or that it is a heading, told otherwise."""
    for should in expected.figures:
        if should.fact not in [figure.fact for figure in found.figures]:
            return f"“{should.text}”没有标明是事实{recorded.label(str(should.fact))}的数字"
    if expected.kind != found.kind:
        return f"“{expected.text}”应为{_named(expected)}，现为{_named(found)}"
    return f"“{excerpt(found.text, 0, 0)}”中标明的事实与应有的不同"


def _piece_at(passage: Passage, place: int) -> Piece:
    """The piece in which a character of the plain text stands, the last one past its end."""
    end = 0
    for piece in passage.pieces:
        end += len("".join(piece.text.split()))
        if place < end:
            break
    return piece


def _named(one: Passage) -> str:
    return {"heading": "标题", "alt": "图的文字说明", "caption": "题注"}.get(one.kind, "文字")


def _contents(body: Sequence[Passage], reading: Reading) -> Iterator[str]:
    """The table of contents lists every heading of the first level, in the order of the text."""
    firsts = [one.plain for one in body if one.kind == "heading" and not one.place.endswith(SUBHEADING)]
    listed = [heading for one in reading.of("contents") if (heading := listed_heading(one.plain, firsts))]
    missing = [heading for heading in firsts if heading not in listed]
    yield from (f"{reading.name} 目录：缺少“{heading}”" for heading in missing)
    if not missing and listed[: len(firsts)] != firsts:
        yield f"{reading.name} 目录：标题的次序与正文不同"


def _common(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    pairs = enumerate(zip_longest(one, other))
    return next((place for place, (left, right) in pairs if left != right), len(one))


def _near(text: str, other: str) -> str:
    """The text around the place where it parts from the other."""
    place = _common(text, other)
    return excerpt(text, place, place)
