"""R5xx: what an editor changed in a report's DOCX, as findings of the re-check."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from helpers.privacy.values import form_of
from helpers.review.codes import CODES
from helpers.review.docx_differences import DocxDifference, docx_differences
from helpers.review.model import Finding
from helpers.review.printed_from import Result

EDITS = {"changed": "R501", "typed": "R502", "removed": "R503", "unlinked": "R504", "repeated": "R505"}
"""The code of each kind of difference."""

_LONG_NUMBER = re.compile("[0-9]{11,19}[Xx]?")


@dataclass(frozen=True)
class EditFinding(Finding):
    """A finding about a number of an edited report: `section` are the headings above it, `sentence` (or table row) what it stands
    in, `expected` what the report printed for `fact`, `found` what stands there now; None where there is none.
    """

    sentence: str = ""
    fact: str | None = None
    label: str | None = None
    expected: str | None = None
    found: str | None = None

    def __str__(self) -> str:
        return f"{super().__str__()}原句：{self.sentence}"


def edit_findings(docx: Path, result: Result) -> list[Finding]:
    """What was changed in the DOCX since `result` was published, in the order of the text. Raises DOCXRefused."""
    return [_finding(one) for one in docx_differences(docx, result.facts, result.original)]


def _finding(difference: DocxDifference) -> EditFinding:
    severity, message, mend = CODES[EDITS[difference.kind]]
    found = difference.found and _without_persons(difference.found)
    given = {"label": difference.label, "fact": difference.fact, "expected": difference.expected, "found": found}
    return EditFinding(
        EDITS[difference.kind],
        severity,
        message.format(**given),
        mend.format(**given),
        section=f"“{_without_persons(difference.heading)}”" if difference.heading else "",
        sentence=_without_persons(difference.sentence),
        fact=difference.fact,
        label=difference.label,
        expected=difference.expected,
        found=found,
    )


def _without_persons(text: str) -> str:
    """The text without numbers of persons, which an editor may have typed in: their kind in their place."""
    return _LONG_NUMBER.sub(lambda number: f"（{kind}）" if (kind := form_of(number[0].upper())) else number[0], text)
