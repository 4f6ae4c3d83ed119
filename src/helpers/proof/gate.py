"""The gate before publishing: the finished files, read back, say the same and hold no number without origin."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from helpers.blocks import Table
from helpers.proof.agreement import attachment_differences, figure_differences, reading_differences, recorded_differences
from helpers.proof.docx_reading import read_docx
from helpers.proof.expected import cover_texts, expected_passages
from helpers.proof.html_reading import read_html
from helpers.proof.known import Known
from helpers.proof.orphans import Judge, orphans
from helpers.proof.pdf_reading import read_pdf
from helpers.proof.recorded import Recorded
from helpers.proof.sheets import read_sheets, sheet_differences, sheet_passages, wanted_cells
from helpers.publishing.document import Document
from helpers.publishing.errors import ReportRefused
from helpers.publishing.register import with_register
from helpers.scoring import FORM_TITLE

MOST = 20
"""Lines of one kind that a message lists."""

_APART = "生成的文件互不一致，报告没有发布，原有结果未改动："
_APART_MEND = "请重新运行；仍然出现，说明有文件在生成后被改动或程序有误，请把以上内容告诉维护人员。"
_ORPHANS = "报告中有找不到出处的数字，报告没有发布，原有结果未改动："
_ORPHANS_MEND = (
    "请在笔记本中用 section.record 把它记录为事实，在文字中按编号引用（图的数字列入 facts），或改写文字；"
    "附录和登记表中的数字应与某个事实的打印值相同。它若是名称的一部分而不是数量，请列入参数 named_numbers 并写明理由。"
)


def prove(staging: Path, document: Document, known: Known) -> None:
    """Read report.html, report.pdf, report.docx, scorecard.xlsx and facts.json of the staging folder back, and prove that they
    agree with each other and with the document that they were made from, and that every number in them is a fact's figure
    or on the list.

    Raises ReportRefused with every difference and every orphan number, each with its file, place and text.
    """
    files = {path.name: path.read_bytes() for path in staging.iterdir() if path.is_file()}
    recorded = Recorded.read(files["facts.json"], files["checks.json"])
    expected = expected_passages(with_register(document))
    readings = [
        read_html(files["report.html"]),
        read_pdf(files["report.pdf"]),
        read_docx(files["report.docx"], recorded.facts),
    ]
    cells, wanted = read_sheets(files["scorecard.xlsx"]), wanted_cells(_form(document), recorded, document.notice)
    apart = [
        *recorded_differences(document.facts, recorded),
        *figure_differences("各格式", expected, recorded),
        *(line for one in readings for line in reading_differences(expected, cover_texts(document), one, recorded)),
        *(line for one in readings for line in attachment_differences(one, files)),
        *sheet_differences(cells, wanted, recorded),
    ]
    judge = Judge(recorded, known, document.year)
    lost = [
        *orphans(expected, readings, judge),
        *(orphan for one in sheet_passages(cells, wanted) for orphan in judge.orphans(one, "XLSX")),
    ]
    parts = [*_told(_APART, apart, _APART_MEND), *_told(_ORPHANS, [str(orphan) for orphan in lost], _ORPHANS_MEND)]
    if parts:
        raise ReportRefused("\n".join(parts))


def _form(document: Document) -> Table:
    """The scorecard form of the report, which the workbook repeats."""
    tables = (block for part in document.sections for block in part.blocks if block["kind"] == "table")
    return next(table for table in tables if table["caption"] == FORM_TITLE)  # type: ignore[return-value]


def _told(head: str, lines: Sequence[str], mend: str) -> list[str]:
    if not lines:
        return []
    more = [f"  ……另有 {len(lines) - MOST} 处"] if len(lines) > MOST else []
    return [head, *(f"  {line}" for line in lines[:MOST]), *more, mend]
