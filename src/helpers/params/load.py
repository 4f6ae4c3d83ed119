"""Parameter files from disk to typed values, or to all their issues at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from helpers.issue import InputsInvalid, Issue
from helpers.params.characters import MAX_BYTES, Unreadable
from helpers.params.mistake import Mistake, dotted
from helpers.params.model import Parameters
from helpers.params.rules import contradictions
from helpers.params.source import Source, read_source
from helpers.params.validation import mistakes_of

Model = TypeVar("Model", bound=BaseModel)


def load_parameters(path: Path) -> Parameters:
    """The parameters of one fiscal year. Raises InputsInvalid with every mistake in the file (codes E600 to E609)."""
    return load_model(path, Parameters, lambda values: contradictions(values, path.stem))


def load_model(path: Path, model: type[Model], rules: Callable[[Any], Sequence[Mistake]] = lambda values: ()) -> Model:
    """A strict YAML file as an instance of `model`, which also has to keep `rules` (pure, over the values as written).

    Raises InputsInvalid with every mistake in the file, in the order of its lines.
    """
    try:
        source = read_source(_bytes(path))
    except Unreadable as error:
        raise InputsInvalid([_issue(mistake, path, mistake.line) for mistake in error.mistakes]) from None
    mistakes = [*source.mistakes, *rules(source.values)]
    try:
        parameters = model.model_validate(source.values)
    except ValidationError as error:
        mistakes += mistakes_of(error, model, source)
    if mistakes:
        raise InputsInvalid(sorted_issues(mistakes, path, source))
    return parameters


def source_of(path: Path) -> Source:
    """A file that was read before, with its lines."""
    return read_source(_bytes(path))


def sorted_issues(mistakes: Sequence[Mistake], path: Path, source: Source) -> list[Issue]:
    """The mistakes as issues of the file, in the order of its lines."""
    issues = [_issue(mistake, path, mistake.line or source.line_of(mistake.place)) for mistake in mistakes]
    return sorted(issues, key=lambda issue: issue.row or 0)


def _bytes(path: Path) -> bytes:
    """The file's bytes, at most one more than allowed: a pipe or a device is never read, a huge file not to its end."""
    if not path.is_file():
        raise Unreadable(Mistake("E600", (), "没有这个文件。", "请检查文件名和所在文件夹；年度参数应为 params/<年度>.yml。"))
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError:
        raise Unreadable(Mistake("E600", (), "文件无法打开。", "请检查文件的读取权限，或是否被别的程序占用。")) from None


def _issue(mistake: Mistake, path: Path, line: int | None) -> Issue:
    return Issue(
        code=mistake.code,
        severity="错误",
        file="/".join(path.parts[-2:]),
        message=mistake.message,
        mend=mistake.mend,
        row=line,
        column=dotted(mistake.place) or None,
    )
