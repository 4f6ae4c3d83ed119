"""A figure's card: what it is, how it was computed, from which rows, and where it is printed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from helpers.facts import ORIGIN_NAMES, Fact, FactError, Ledger
from helpers.money import FEN_PER_UNIT


def load_facts(path: Path) -> dict[str, dict[str, Any]]:
    """The entries of a facts.json by id. Raises FactError where there is no build."""
    if not path.exists():
        raise FactError(f"没有找到“{path}”。请先运行 selfeval run 生成报告，或用 --out 指明输出文件夹。")
    return {entry["id"]: entry for entry in json.loads(path.read_text("utf-8"))["facts"]}


def card(entries: Mapping[str, Mapping[str, Any]], fact_id: str) -> str:
    """The card of a fact as text. Raises FactError, with the nearest ids, where there is none."""
    fact = Ledger(Fact.from_json(entry) for entry in entries.values())[fact_id]
    entry = entries[fact_id]
    origin = ORIGIN_NAMES[fact.origin]
    if fact.recomputed_from:
        origin += f"（由{ORIGIN_NAMES[fact.recomputed_from]}重新计算，结果一致）"
    lines = [
        f"{fact.id}",
        f"  名称　{fact.label}",
        f"  数值　{fact.display}{_exact(fact)}",
        f"  来源　{origin}",
        f"  算法　{fact.formula}",
        f"  笔记本　{entry['cell']}（第几个代码单元）",
        f"  打印于　{'、'.join(entry['printed_in']) or '未直接打印'}",
    ]
    for source in fact.sources:
        kept = f"{source.rows_read} 行中的 {source.rows_kept} 行"
        lines.append(f"  记录　{source.table}：{kept}，{source.filter or '全部'}；SHA-256 {source.sha256}")
    return "\n".join(lines)


def _exact(fact: Fact) -> str:
    if fact.value is None or not (fact.unit in FEN_PER_UNIT or fact.unit == "%"):
        return ""
    return f"（精确值 {fact.value}{' 分' if fact.unit in FEN_PER_UNIT else ''}）"
