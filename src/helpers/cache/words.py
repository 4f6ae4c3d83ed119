"""Why something was made anew, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from helpers.cache.store import DAMAGED, FORCED, NOTHING

MOST = 6
"""Changes that a line tells; the others are counted."""

_WHOLE = {
    NOTHING: "没有缓存",
    DAMAGED: "缓存已损坏",
    FORCED: "没有使用缓存（--force 或 --accept）",
    "code": "笔记本的代码变了",
    "notebook": "笔记本的设置变了",
    "upstream": "outline.yml 的 needs 变了",
    "root": "项目换了位置",
    "facts": "上游事实变了",
    "fact ids": "上游事实的编号变了",
    "problems": "前面各部分的问题变了",
    "versions": "安装的软件包变了",
    "appendix": "附录变了",
    "printed facts": "登记的事实变了",
    "title": "标题、部门或目录变了",
    "known": "参数、登记表或数据中的名称变了",
}
_NAMED = {
    "parameter": "参数 {} 变了",
    "parameter names": "参数 {} 的字段变了",
    "program": "程序 helpers/{} 变了",
    "version": "软件包 {} 的版本变了",
    "fact": "上游事实 {} 变了",
    "file": "文件 {} 变了",
    "folder": "文件夹 {} 的内容变了",
    "content": "{} 的结果变了",
    "attachment": "附件 {} 变了",
    "made": "{} 变了",
}


def words(reasons: Sequence[str]) -> str:
    """The names of what changed as a text for analysts; that nothing did where there are none."""
    if not reasons:
        return "没有变化，沿用缓存"
    told = list(_told(reasons))
    more = f"等 {len(told)} 处" if len(told) > MOST else ""
    return "；".join(told[:MOST]) + more


def _told(reasons: Sequence[str]) -> list[str]:
    columns: dict[str, list[str]] = defaultdict(list)
    for reason in reasons:
        if reason.startswith("column:"):
            table, _, column = reason.removeprefix("column:").partition(".")
            columns[table].append(column)
    tables = {reason.removeprefix("table:") for reason in reasons if reason.startswith("table:")} | columns.keys()
    told = [_table(table, columns.get(table, [])) for table in sorted(tables)]
    versions = any(reason.startswith("version:") for reason in reasons)
    for reason in reasons:
        kind, _, name = reason.partition(":")
        if kind in _NAMED:
            told.append(_NAMED[kind].format(name))
        elif reason in _WHOLE and not (reason == "versions" and versions):
            told.append(_WHOLE[reason])
    return list(dict.fromkeys(told))


def _table(name: str, columns: Sequence[str]) -> str:
    if columns:
        return f"表 {name} 的列 {'、'.join(columns)} 变了"
    return f"表 {name} 的文件变了（各列的内容没有变）"
