"""Values of a file against a pydantic model: every mistake, in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from types import NoneType
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from helpers.params.forms import template_error_line
from helpers.params.mistake import Mistake, Place, excerpt
from helpers.params.source import Source

# What pydantic expected, by the type of its error: the name of the kind of value, and how to write one.
_KINDS = {
    "string_type": ("文字", "请只写一段文字。"),
    "int_type": ("整数", "请写成不加引号的整数，如 2022。"),
    "bool_type": ("是非值", "请写 true 或 false，不加引号。"),
    "date_type": ("日期", '请写成加引号的日期，如 "2022-05-17"。'),
    "list_type": ("列表", "请写成列表：每项另起一行，以“- ”开头。"),
    "model_type": ("一组键值", "请写成键值：每行一个“键: 值”，比上一级多缩进两格。"),
}


def mistakes_of(error: ValidationError, model: type[BaseModel], source: Source) -> Iterator[Mistake]:
    """The mistakes behind a validation error, without those whose value the source has refused already."""
    refused = {mistake.place for mistake in source.mistakes}
    for detail in error.errors(include_url=False):
        if detail["type"] in ("missing", "extra_forbidden") or detail["loc"] not in refused:
            yield _mistake(detail, model, source)


def _mistake(detail: ErrorDetails, model: type[BaseModel], source: Source) -> Mistake:
    place, context, kind = detail["loc"], detail.get("ctx", {}), detail["type"]
    found = _shown(detail["input"])
    if kind == "extra_forbidden":
        return _unknown_key(place, _keys_at(model, place[:-1]))
    if kind == "missing":
        return Mistake("E604", place, f"缺少“{place[-1]}”。", "请在这一级补上这个键和它的值。")
    if kind in _KINDS:
        expected, mend = _KINDS[kind]
        if kind == "string_type" and isinstance(detail["input"], int):
            mend = f'请加引号："{str(detail["input"]).lower()}"。'
        return Mistake("E605", place, f"应为{expected}，写的是{found}。", mend)
    if kind == "template":
        mend = "请检查 {{ 与 }} 是否成对，中间是否只写一个事实编号或名称。"
        return Mistake("E608", place, "模板从这一行起无法解读。", mend, _template_line(place, source))
    if kind == "typed_figure":
        mend = "数字都是事实：请在笔记本中记录，再写成 {{ 事实编号 }}；书名号《》中的名称除外。"
        return Mistake("E608", place, f"文字中直接写有数字“{context['typed']}”。", mend)
    return Mistake("E606", place, f"写的是{found}，应为{_expected(kind, context)}。", "请按此改写。")


def _expected(kind: str, context: dict[str, Any]) -> str:
    """What a value of the right kind should have been."""
    match kind:
        case "form":
            return str(context["expected"])
        case "literal_error":
            allowed = re.findall("'([^']*)'", context["expected"])
            return f" {'、'.join(allowed)} 之一"
        case "greater_than_equal":
            return f"不小于 {context['ge']} 的数"
        case "less_than_equal":
            return f"不大于 {context['le']} 的数"
        case "too_short":
            return f"至少有 {context['min_length']} 项的列表"
    return "合乎要求的值"


def _unknown_key(place: Place, known: Iterable[str]) -> Mistake:
    names = list(known)
    near = get_close_matches(str(place[-1]), names, n=1)
    mend = f"是否应为“{near[0]}”？" if near else f"此处可用的键：{'、'.join(names)}。"
    return Mistake("E603", place, f"没有名为“{excerpt(str(place[-1]))}”的参数。", mend)


def _keys_at(model: Any, place: Place) -> Iterable[str]:
    """Names of the keys that the model knows at a place."""
    for step in place:
        model = model.model_fields[step].annotation if hasattr(model, "model_fields") else get_args(model)[-1]
        if NoneType in get_args(model):
            model = get_args(model)[0]
    return list(model.model_fields)


def _template_line(place: Place, source: Source) -> int | None:
    first, text = source.written[place]
    error_line = template_error_line(text)
    return None if error_line is None else first + error_line - 1


def _shown(value: object) -> str:
    """A value as the analyst wrote it, cut to a few words."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return f"整数 {value}"
    if isinstance(value, str):
        return f"文字“{excerpt(value)}”"
    if isinstance(value, list):
        return "列表" if value else "空列表"
    return "一组键值"
