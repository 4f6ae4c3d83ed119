"""What is wrong with an input, in words an analyst can act on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

Severity = Literal["错误", "警告", "提示"]


@dataclass(frozen=True)
class Issue:
    """One finding about a parameter file or an input table.

    `row` is the line or row number as the user sees it in an editor or in Excel (from 1). `message` says what was found
    and what was expected, `mend` how to put it right; neither holds a value of a personal column. `acknowledged` is the
    reason that the parameters give for going on in spite of a warning.
    """

    code: str
    severity: Severity
    file: str
    message: str
    mend: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    acknowledged: str | None = None

    @property
    def stops(self) -> bool:
        """Whether no report is made while this stands: an error, or a warning that nobody has acknowledged."""
        return self.severity == "错误" or (self.severity == "警告" and self.acknowledged is None)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    def __str__(self) -> str:
        place = [self.file]
        if self.sheet:
            place.append(f"工作表“{self.sheet}”")
        if self.row is not None:
            place.append(f"第 {self.row} 行")
        if self.column:
            place.append(f"“{self.column}”")
        known = "" if self.acknowledged is None else f"（已确认：{self.acknowledged}）"
        return f"{self.severity} {self.code} {'，'.join(place)}：{self.message}{self.mend}{known}"


class InputsInvalid(Exception):
    """Parameters or tables that stop the run; carries every issue found, not only the first."""

    def __init__(self, issues: Sequence[Issue]) -> None:
        super().__init__("\n".join(map(str, issues)))
        self.issues = list(issues)

    def __reduce__(self) -> tuple[type[InputsInvalid], tuple[list[Issue]]]:
        return (InputsInvalid, (self.issues,))
