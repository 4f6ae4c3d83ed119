"""Every issue code that the product can raise, explained; `docs/errors.md` is generated from it.

A new code gets its entry in the module of its room: `files`, `workbooks`, `cells`, `persons`, `parameters`, `scoring`, `review`.
"""

from helpers.issue_codes import cells, files, parameters, persons, review, scoring, workbooks
from helpers.issue_codes.entry import Entry

GROUPS: dict[str, dict[str, Entry]] = {
    "数据文件和表": files.CODES,
    "大小、登记和工作表": workbooks.CODES,
    "单元格、编号和日期": cells.CODES,
    "金额关系和个人信息": persons.CODES,
    "参数、规则集、大纲和笔记本": parameters.CODES,
    "自评表的读取和评分": scoring.CODES,
    "复核": review.CODES,
}
"""The codes of each room under its Chinese title."""

CODES: dict[str, Entry] = {code: entry for group in GROUPS.values() for code, entry in group.items()}

__all__ = ["CODES", "GROUPS", "Entry"]
