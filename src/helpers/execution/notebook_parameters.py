"""What each notebook declares in its `parameters` cell, against what the run offers."""

from __future__ import annotations

import ast
import json
import keyword
import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import papermill  # type: ignore[import-untyped]

from helpers.executed import read_notebook
from helpers.issue import InputsInvalid, Issue

REQUIRED = {"fiscal_year": "int", "data_dir": "str", "upstream": "str", "published_only": "bool"}
"""Names and types that every section notebook declares."""

_NAME = re.compile(r"[a-z_][a-z0-9_]{0,40}")
_JSON_TYPES = (bool, int, float, str, list, dict)

# papermill warns in English of lines that it cannot read; they are reported as issues.
logging.getLogger("papermill").addHandler(logging.NullHandler())


def parameters_for(notebooks_dir: Path, stems: Sequence[str], offered: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """For each notebook the parameters to inject: those of the `offered` values that it declares, by name.

    Raises InputsInvalid with the mistakes of all notebooks: a required parameter is not declared, a declared one is not
    offered, an annotation is missing or does not fit the value, the cell cannot be read. Raises TypeError where `offered`
    holds null or what is no plain JSON, ValueError for a name that papermill, which pastes names as they are, must not see.
    """
    _check_offered(offered)
    given: dict[str, dict[str, Any]] = {}
    issues: list[Issue] = []
    for stem in stems:
        path = notebooks_dir / f"{stem}.ipynb"
        try:
            declared = _declared(path)
        except _Unreadable as error:
            issues.append(Issue("E811", "错误", path.name, *error.args))
            continue
        issues += _mistakes(path.name, declared, offered)
        given[stem] = {name: offered[name] for name in declared if name in offered}
    if issues:
        raise InputsInvalid(issues)
    return given


class _Unreadable(Exception):
    """A notebook whose parameters cannot be found; its arguments are message and mend."""


def _declared(path: Path) -> dict[str, str | None]:
    """Declared names and annotations in the order of the cell; None for a line that papermill would pass over in silence."""
    try:
        notebook = read_notebook(path)
    except Exception:  # nbformat raises many kinds for what is no notebook
        raise _Unreadable("不是可读的笔记本文件。", "请在 JupyterLab 中打开并另存，或从版本库恢复。") from None
    if not _is_python(notebook.metadata):
        raise _Unreadable("没有写明是 Python 笔记本。", "请在 JupyterLab 中选用 Python 内核后保存。")
    cells = [cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])]
    if len(cells) != 1:
        raise _Unreadable(f"带标签 parameters 的单元有 {len(cells)} 个，应有一个。", "请在 JupyterLab 的单元属性中设置标签。")
    try:
        statements = ast.parse(cells[0].source).body
    except SyntaxError as error:
        message = f"parameters 单元第 {error.lineno} 行不是 Python 语句。"
        raise _Unreadable(message, "每行只写一个参数，如 fiscal_year: int = 2022。") from None
    # papermill fills the path like a template, so braces are doubled.
    pattern = str(path.resolve()).replace("{", "{{").replace("}", "}}")
    inspected = {name: parameter["inferred_type_name"] for name, parameter in papermill.inspect_notebook(pattern).items()}
    return {name: inspected.get(name) for statement in statements for name in _targets(statement)}


def _is_python(metadata: Mapping[str, Any]) -> bool:
    kernelspec = metadata.get("kernelspec", {})
    language = metadata.get("language_info", {}).get("name") or kernelspec.get("language")
    return bool(kernelspec.get("name")) and language == "python"


def _targets(statement: ast.stmt) -> list[str]:
    if isinstance(statement, ast.AnnAssign | ast.AugAssign):
        return [ast.unparse(statement.target)]
    if isinstance(statement, ast.Assign):
        return [ast.unparse(target) for target in statement.targets]
    return [] if _is_text(statement) else [ast.unparse(statement).splitlines()[0]]


def _is_text(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _mistakes(file: str, declared: Mapping[str, str | None], offered: Mapping[str, Any]) -> Iterator[Issue]:
    for name, kind in REQUIRED.items():
        if name not in declared:
            mend = f"请在 parameters 单元写上 {name}: {kind} = …。"
            yield Issue("E812", "错误", file, "没有声明这个必需的参数。", mend, column=name)
    for name, annotation in declared.items():
        if annotation is None:
            message = "这一行无法读取：应为一行“名称: 类型 = 值”，类型只写一个名称，值和注释中不含等号。"
            yield Issue("E815", "错误", file, message, "请照此改写，或移到后面的单元。", column=name)
        elif name not in offered:
            near = get_close_matches(name, offered, n=1)
            mend = f"是否应为“{near[0]}”？" if near else f"可用的参数：{'、'.join(sorted(offered))}。"
            yield Issue("E813", "错误", file, "运行时没有这个参数。", mend, column=name)
        elif annotation.split("[")[0] != (expected := type(offered[name]).__name__):
            found = "没有类型注解" if annotation == "None" else f"类型注解是“{annotation}”"
            yield Issue("E814", "错误", file, f"{found}，应为“{expected}”。", f"请写成 {name}: {expected} = …。", column=name)


def _check_offered(offered: Mapping[str, Any]) -> None:
    for name, value in offered.items():
        if not _NAME.fullmatch(name) or keyword.iskeyword(name):
            raise ValueError(f"not a parameter name: {name!r}")
        plain = type(value) in _JSON_TYPES and json.loads(json.dumps(value, allow_nan=False)) == value
        if not plain:
            raise TypeError(f"parameter {name!r} is no plain JSON")
    for name, kind in REQUIRED.items():
        if type(offered.get(name)).__name__ != kind:
            raise TypeError(f"parameter {name!r} must be offered as {kind}")
