"""What is wrong with a command line, told in Chinese: the option parser speaks English alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from typer.exceptions import TyperException


def usage_message(error: TyperException) -> str:
    """What the parser raised, as a sentence that says what was expected, and where to read on.

    A message of this program's own (typer.BadParameter) is told as it is.
    """
    said = _TOLD.get(type(error).__name__, _other)(error)
    context = getattr(error, "ctx", None)
    return said if context is None else f"用法错误：{said}\n用法见 {context.command_path} --help。"


def _missing(error: Any) -> str:
    return f"缺少“{_name(error)}”。"


def _no_option(error: Any) -> str:
    alike = "、".join(sorted(error.possibilities or ()))
    return f"没有选项 {error.option_name}。{f'是否要写 {alike}？' if alike else ''}"


def _option(error: Any) -> str:
    return f"选项 {error.option_name} 后面缺少值，或不应有值。"


def _value(error: Any) -> str:
    message = error.message if error.param is None else _expected(error.param)
    return f"“{_name(error)}”：{message}"


def _expected(parameter: Any) -> str:
    """What values an argument or option takes."""
    kind = parameter.type_descriptor
    if kind.is_choice:
        return f"应为 {'、'.join(map(str, kind.choices))} 之一。"
    if kind.is_ranged:
        return f"应为 {parameter.min} 到 {parameter.max} 的整数。"
    return "没有读取的权限。" if kind.is_path else "值的写法不对。"


def _other(error: Any) -> str:
    context = getattr(error, "ctx", None)
    commands = getattr(context and context.command, "commands", None)
    if commands:
        return f"没有这个命令。可用的命令：{'、'.join(commands)}。"
    return error.format_message() if context is None else "有多余的参数。"


def _name(error: Any) -> str:
    hint = error.param_hint or (error.param and (error.param.metavar or error.param.get_error_hint()))
    return str(hint).strip("'{}[]")


_TOLD: dict[str, Callable[[Any], str]] = {
    "MissingParameter": _missing,
    "NoSuchOption": _no_option,
    "BadOptionUsage": _option,
    "BadParameter": _value,
    "NoArgsIsHelpError": lambda error: error.message,
}
