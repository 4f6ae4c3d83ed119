"""A build made again beside the sealed one: at which fact, at which cell, in which document they part."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MOST_LINES = 50
_ATTACHED = "；PDF 附有 facts.json 和原始文件登记，用封存的数据表重新运行时，其中的文件名和校验值是数据表的"
_WORDS = {
    "value": "值", "unit": "单位", "display": "印出的文字", "label": "名称", "origin": "来源", "recomputed_from": "复算",
    "formula": "算法", "sources": "所用记录", "section": "部分", "cell": "单元", "printed_in": "印在",
}  # fmt: skip


@dataclass(frozen=True)
class Comparison:
    """What differs, in words: `facts` must not; `others` (notebooks and documents) must not where the run is `strict`: from the
    raw files, in the same environment. `environment` tells changed versions.
    """

    facts: list[str]
    others: list[str]
    environment: list[str]
    compared: int
    strict: bool

    @property
    def same(self) -> bool:
        """Whether all that must be equal is."""
        return not self.facts and not (self.strict and self.others)

    def to_json(self) -> dict[str, Any]:
        return {
            "same": self.same,
            "facts_compared": self.compared,
            "facts": self.facts,
            "notebooks_and_documents": self.others,
            "environment": self.environment,
        }

    def __str__(self) -> str:
        lines = [f"重新运行：比较了 {self.compared} 个数字，{_count(self.facts)}。"]
        lines += _some(self.facts)
        lines.append(f"笔记本和文档：{_count(self.others)}。")
        lines += _some(self.others)
        if self.environment:
            lines.append("环境与封存时不同，笔记本和文档可能因此不同：" + "；".join(self.environment) + "。")
        lines.append("重新运行的结论：" + ("数字能够再现。" if self.same else "不能再现，见上。"))
        return "".join(f"{line}\n" for line in lines)


def compare(
    sealed: Mapping[str, bytes],
    made: Mapping[str, bytes],
    renamed: Mapping[str, str],
    environment: Sequence[str],
    *,
    strict: bool,
) -> Comparison:
    """Compare the payload of an archive with the files of a build made again.

    `renamed` gives for the hash of each clean table that of the raw file that it was made of, under which the sealed build
    names it. `environment` are the changed versions; with any, the comparison is not `strict`.
    """

    def settled(data: bytes) -> bytes:
        for clean, raw in renamed.items():
            data = data.replace(clean.encode(), raw.encode()).replace(clean[:12].encode(), raw[:12].encode())
        return data

    then, now = (_facts(data) for data in (sealed["facts.json"], settled(made["facts.json"])))
    others = []
    for name in sorted(sealed):
        if name.startswith("notebooks/executed/"):
            again = settled(made.get(f"notebooks/{name.rpartition('/')[2]}", b""))
            if again != sealed[name]:
                others.append(f"{name.rpartition('/')[2]}：{_first_cell(sealed[name], again)}")
        elif name.startswith("report/") or name == "checks.json":
            again = settled(made.get(name.removeprefix("report/"), b""))
            if again != sealed[name]:
                why = _ATTACHED if name == "report/report.pdf" and renamed else ""
                others.append(f"{name.rpartition('/')[2]}：{_first_byte(sealed[name], again)}{why}")
    return Comparison(list(_fact_differences(then, now)), others, list(environment), len(then), strict and not environment)


def _facts(data: bytes) -> dict[str, dict[str, Any]]:
    return {fact["id"]: fact for fact in json.loads(data)["facts"]}


def _fact_differences(then: Mapping[str, dict[str, Any]], now: Mapping[str, dict[str, Any]]) -> list[str]:
    told = []
    for name in sorted({*then, *now}):
        if name not in now:
            told.append(f"{name}（{_place(then[name])}）：重新运行没有得到这个数字")
        elif name not in then:
            told.append(f"{name}（{_place(now[name])}）：档案中没有这个数字")
        elif then[name] != now[name]:
            parts = [
                f"{_WORDS.get(key, key)}：档案 {_shown(then[name].get(key))}，重新运行 {_shown(now[name].get(key))}"
                for key in _WORDS
                if then[name].get(key) != now[name].get(key)
            ]
            told.append(f"{name}（{_place(then[name])}）{'；'.join(parts)}")
    return told


def _place(fact: Mapping[str, Any]) -> str:
    notebook, _, cell = str(fact["cell"]).partition("#")
    return f"{notebook}.ipynb 第 {cell} 个代码单元"


def _shown(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else text[:80] + "…"


def _first_cell(then: bytes, now: bytes) -> str:
    """The first cell in which two notebooks differ."""
    if not now:
        return "重新运行没有得到这个笔记本"
    cells = [json.loads(data)["cells"] for data in (then, now)]
    for number, (left, right) in enumerate(zip(*cells, strict=False), start=1):
        if left != right:
            what = (
                "代码" if left["source"] != right["source"] else "输出" if left.get("outputs") != right.get("outputs") else "说明"
            )
            return f"自第 {number} 个单元起不同（{what}）"
    return "单元数不同" if len(cells[0]) != len(cells[1]) else "单元相同，笔记本的说明信息不同"


def _first_byte(then: bytes, now: bytes) -> str:
    if not now:
        return "重新运行没有得到这个文件"
    place = next((n for n, (left, right) in enumerate(zip(then, now, strict=False)) if left != right), min(len(then), len(now)))
    return f"自第 {place + 1} 个字节起不同（档案 {len(then)} 字节，重新运行 {len(now)} 字节）"


def _count(differences: Sequence[str]) -> str:
    return f"{len(differences)} 处不同" if differences else "全部相同"


def _some(differences: Sequence[str]) -> list[str]:
    more = len(differences) - MOST_LINES
    return [f"  {line}" for line in differences[:MOST_LINES]] + ([f"  另有 {more} 处"] if more > 0 else [])
