"""What a written value must look like: checks for the annotated types of the model.

A mistake is a PydanticCustomError of type `form`, whose context says in Chinese what was expected, `template`, or
`typed_figure`, whose context holds the figure.
"""

from __future__ import annotations

import re
from datetime import date

from pydantic import AfterValidator, BeforeValidator
from pydantic_core import PydanticCustomError

from helpers.typed_figures import typed_in_template


def form(pattern: str, expected: str) -> AfterValidator:
    """A check that a text matches `pattern` as a whole; `expected` says in Chinese what that means."""
    compiled = re.compile(pattern)

    def check(text: str) -> str:
        if not compiled.fullmatch(text):
            raise _unexpected(expected)
        return text

    return AfterValidator(check)


def _unexpected(expected: str) -> PydanticCustomError:
    return PydanticCustomError("form", "应为{expected}", {"expected": expected})


def _read_date(value: object) -> object:
    if not isinstance(value, str):
        return value
    # date.fromisoformat alone would also take 20220517 and 2022-W20-2.
    if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise _unexpected('形如 "2022-05-17" 的日期')
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise _unexpected("日历上有的日期") from None


def _read_folder(text: str) -> str:
    if not re.fullmatch(r"[^/~\\:\n][^\\:\n]*", text) or ".." in text.split("/"):
        raise _unexpected("项目文件夹之内的相对路径，用 / 分隔，不含“..”，如 data/2022")
    return text


def template_error_line(text: str) -> int | None:
    """The line (from 1) where a text stops being a Jinja template, or None where all of it is one; nothing is rendered."""
    from jinja2 import TemplateSyntaxError  # half of this package's import time, needed for reading only
    from jinja2.sandbox import SandboxedEnvironment

    try:
        SandboxedEnvironment().parse(text)
    except TemplateSyntaxError as error:
        return error.lineno
    except RecursionError:  # thousands of brackets
        return 1
    return None


def _parse_template(text: str) -> str:
    if template_error_line(text) is not None:
        raise PydanticCustomError("template", "模板有误")
    typed = typed_in_template(text)
    if typed is not None:
        raise PydanticCustomError("typed_figure", "写有数字{typed}", {"typed": typed})
    return text


quoted_date = BeforeValidator(_read_date)
relative_folder = AfterValidator(_read_folder)
template = AfterValidator(_parse_template)
