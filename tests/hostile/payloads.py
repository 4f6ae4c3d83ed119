"""Hostile texts as data: what each would do where a format took it for its own language.

Those of `SHOWN` may stand in any text and must show as typed; those of `REFUSED` no format can show, and each is refused
in Chinese.
"""

from __future__ import annotations

HTML = {
    "script": "<script>alert(1)</script>",
    "image": '"><img src=x onerror=alert(1)>',
    "title": "</title><script>alert(1)</script>",
    "svg": "<svg onload=alert(1)>",
    "link": "[甲](javascript:alert(1))",
    "expression": "{{7*7}}",
    "statement": "{% raw %}",
    "mathtext": r"$\frac$",
    "pipe": "甲|乙",
    "newline": "甲\n乙",
    "entity": "&lt;甲&gt;",
    "override": "甲\u202e乙",
    "zero_width": "甲\u200b乙",
}
"""Markup, templates, and characters that change what is read."""

SHEET = {
    "formula": "=1+1",
    "hyperlink": '=HYPERLINK("http://127.0.0.1/")',
    "command": "=cmd|' /C calc'!A0",
    "plus": "+1",
    "minus": "-2+3",
    "at": "@SUM(1)",
    "tab": "\t=1+1",
    "carriage_return": "\r=1+1",
    "array": "{=1}",
    "address": "http://127.0.0.1/甲",
    "internal": "internal:'自评表'!A1",
    "external": "external:C:/甲.xlsx",
    "long": "长" * 40_000,
    "vertical_tab": "甲\x0b乙",
}
"""What a spreadsheet runs, links or cannot hold."""

TYPST = {
    "markup": "#emph[甲] *乙* _丙_ `丁` <label> @label",
    "code": '#read("/etc/passwd")',
    "heading": "= 标题",
    "list": "- 甲",
    "escape": r"\u{41} ~ -- ... https://127.0.0.1/",
    "comment": "甲 // 乙 /* 丙 */",
}
"""Markup of the PDF's typesetting, and of Markdown."""

EXCEL_ESCAPE = {"excel_escape": "_x0041_"}
"""How a workbook writes a character by its number: unless escaped itself, Excel shows it as A."""

INVISIBLE = ("override", "zero_width", "vertical_tab")
"""Characters that no font of the report has: refused wherever they stand."""

REFUSED = {name: text for name, text in {**HTML, **SHEET}.items() if name in (*INVISIBLE, "long")}
BLANKS = {name: text for name, text in {**HTML, **SHEET}.items() if name in ("newline", "tab", "carriage_return")}
"""White space, which is no part of a name: it is refused in names, stripped around a cell, and kept within other texts."""

SHOWN = {
    name: text for name, text in {**HTML, **SHEET, **TYPST, **EXCEL_ESCAPE}.items() if name not in REFUSED and name not in BLANKS
}

WITHOUT_DIGITS = (
    "<img src=x onerror=alert()>[甲](javascript:alert()) {{ seven }} {% raw %} $\\frac$ 乙|丙 &lt; #emph[丁] *戊* _己_ @庚 \\辛"
)
"""Many at once, for names that are printed in prose, where a digit would be refused as a typed figure."""
