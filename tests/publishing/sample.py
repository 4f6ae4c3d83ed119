"""A small combined notebook with every kind of block, for the tests of the exporters."""

from __future__ import annotations

from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from helpers.blocks import BLOCK_MIME
from helpers.publishing.attachments import attachments

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="400pt" height="120pt" viewBox="0 0 400 120">'
    '<rect x="60" y="20" width="240" height="30" fill="#30506e"/>'
    '<text x="4" y="40" style="font: 12px \'GW Hei\', sans-serif">甲市 3862人</text></svg>'
)
ATTACHED_TEXTS = {
    "facts.json": '{"schema": 1, "facts": []}\n',
    "checks.json": '{"schema": 1, "checks": []}\n',
    "parameters.yml": "\ufeff# 带标记的文件\r\nfiscal_year: 2022\r\n",
    "register.yml": "files: []  # 硚\n",
}


def fact(fact_id: str, display: str, origin: str, section: int = 1) -> dict[str, Any]:
    """One entry of the combined notebook's facts."""
    return {
        "label": f"指标 {fact_id}",
        "value": "3862",
        "unit": "人",
        "display": display,
        "origin": origin,
        "recomputed_from": "synthetic" if origin == "published" else None,
        "formula": "业务类型为支付的对象编号去重计数",
        "sources": [{"table": "payments", "sha256": "0" * 64, "rows_kept": 4308, "rows_read": 6000, "filter": "业务类型为支付"}],
        "section": section,
        "cell": "01_profile#1",
    }


def cell_of(text: str = "", fact_id: str = "", display: str = "", **more: Any) -> dict[str, Any]:
    """A table cell of plain text or of one fact."""
    return {"runs": [{"fact": fact_id, "display": display} if fact_id else {"text": text}], **more}


def block_output(block: dict[str, Any], svg: str | None = None) -> nbformat.NotebookNode:
    """A notebook output that carries a block."""
    return new_output("display_data", data={BLOCK_MIME: block, "text/plain": "…"} | ({"image/svg+xml": svg} if svg else {}))


def sample_blocks(rows: int = 3) -> list[tuple[dict[str, Any], str | None]]:
    """One of each block; the table has `rows` rows below a head of two."""
    table = {
        "kind": "table",
        "caption": "分地区发放情况",
        "unit": "人、万元",
        "columns": [{"align": "left", "width": 3}, {"align": "right", "width": 1}, {"align": "right", "width": 1}],
        "header_rows": 2,
        "rows": [
            [cell_of("地区", header=True, rowspan=2), cell_of("发放", header=True, colspan=2, align="center")],
            [cell_of("人数", header=True), cell_of("金额", header=True)],
            *([cell_of(f"第{n}地区"), cell_of("", "a.people", "3862"), cell_of("", "a.open", "待补")] for n in range(rows)),
        ],
        "notes": [[{"text": "注：合计为 "}, {"fact": "a.people", "display": "3862人"}, {"text": "。"}]],
    }
    body = [
        {"text": "实际发放"},
        {"fact": "a.people", "display": "3862人"},
        {"text": "，其中逾期"},
        {"fact": "a.late", "display": "145人"},
        {"text": "，满意度"},
        {"fact": "a.open", "display": "「待补」"},
        {"text": "。<b>&amp;</b> \\ # $x$ *y* _z_ 「」“三节”"},
    ]
    return [
        ({"kind": "heading", "level": 2, "text": "专项补助资金"}, None),
        ({"kind": "paragraph", "style": "body", "runs": body}, None),
        ({"kind": "heading", "level": 3, "text": "发放进度"}, None),
        ({"kind": "paragraph", "style": "note", "runs": [{"text": "注：金额为权责发生制以外的支付数。"}]}, None),
        (table, None),
        ({"kind": "figure", "caption": "发放人数", "alt": "条形图：甲市3862人", "facts": ["a.late"]}, SVG),
    ]


def sample_notebook(*, notice: str | None = "含演示数据，不得报送", rows: int = 3) -> nbformat.NotebookNode:
    """A combined notebook of two sections, the second in landscape, with one appendix part."""
    cells = []
    for number in (1, 2):
        note = new_markdown_cell("读取数据，按人汇总。")
        code = new_code_cell("paid = payments[payments['kind'].eq('支付')]\nlen(paid) < 5", execution_count=1)
        code.outputs = [block_output(block, svg) for block, svg in sample_blocks(rows)]
        for cell in (note, code):
            cell.metadata["selfeval"] = {"section": number}
            cells.append(cell)
    notebook = new_notebook(cells=cells)
    notebook.metadata["selfeval"] = {
        "schema": 1,
        "year": 2022,
        "title": ["自治区本级部门单位整体支出绩效", "自评报告"],
        "department": "示例部门",
        "notice": notice,
        "sections": [
            {"number": 1, "title": "基本概况", "notebook": "01_profile", "landscape": False},
            {"number": 2, "title": "附表：《自评表》", "notebook": "08_scorecard", "landscape": True},
        ],
        "appendix": [
            {
                "title": "假设与待补",
                "blocks": [{"kind": "paragraph", "style": "body", "runs": [{"text": "调整预算等于年初预算。"}]}],
            }
        ],
        "attachments": attachments(ATTACHED_TEXTS),
        "facts": {
            "a.people": fact("a.people", "3862人", "published"),
            "a.late": fact("a.late", "145人", "synthetic"),
            "a.open": fact("a.open", "「待补」", "missing"),
        },
    }
    return notebook
