"""One row of a self-evaluation table → an indicator or a row of sums; what is not readable is told with row and column."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from helpers.intake.findings import normalise, quote
from helpers.scoring.cell_text import Unreadable, fold, is_blank
from helpers.scoring.headings import bare_name
from helpers.scoring.model import Band, Direction, Indicator, ScoringIssue, Severity
from helpers.scoring.printed import SumRow, read_number
from helpers.scoring.quantities import QUALITATIVE, Reading, parse_actual, parse_sign, parse_target

BANDS: dict[str, Band] = {
    **dict.fromkeys(("达成", "达成预期指标"), "达成"),
    **dict.fromkeys(("部分达成", "部分达成预期指标", "部分达成预期指标并具有一定效果", "部分达成并具有一定效果"), "部分达成"),
    **dict.fromkeys(("未达成", "未达成预期指标", "未达成预期指标且效果较差", "未达成且效果较差"), "未达成"),
}
"""What a person may write of a qualitative row, in the words of the official form."""

_POINTS_OF_GROUP = re.compile(r"\([0-9.]+分?\)$")
_LINE_BREAKS = re.compile(r"\s*[\r\n]\s*")


@dataclass(frozen=True)
class Row:
    """The cells of row `number`, found by the columns of `header`; `issues` is the list of the whole table, added to."""

    number: int
    cells: Sequence[str]
    header: Sequence[str]
    columns: Mapping[str, int]
    issues: list[ScoringIssue]

    def text(self, column: str) -> str:
        """A cell without line breaks and outer spaces; empty where there is no such column or cell."""
        place = self.columns.get(column)
        return "" if place is None or place >= len(self.cells) else _LINE_BREAKS.sub("", self.cells[place].strip())

    def filled(self, *columns: str) -> bool:
        """Whether one of the columns holds anything."""
        return any(self.text(column) for column in columns)

    def labels(self) -> list[str]:
        """What stands before the figures, for recognising rows of sums, whose merged cells may begin left of the levels."""
        last = max(self.columns[level] for level in ("level1", "level2", "level3") if level in self.columns)
        return [normalise(cell) for cell in self.cells[: last + 1] if cell.strip()]

    def levels(self, above: tuple[str, str]) -> tuple[str, str]:
        """一级 and 二级指标; what is empty under a merged cell is that of the row `above`."""
        first, second = (_POINTS_OF_GROUP.sub("", normalise(self.text(level))) for level in ("level1", "level2"))
        if first:
            return first, second
        return above[0], second or above[1]

    def sums(self, label: str) -> SumRow:
        """The row as one of sums."""
        return SumRow(self.number, label, self._weight(), self._number("score", "T105"))

    def indicator(self, level1: str, level2: str) -> Indicator:
        """The row as an indicator. A cell that cannot be read is left empty and told."""
        if any(cell.strip() for cell in self.cells[len(self.header) :]):
            self._tell("T111", "错误", f"本行多于表头的 {len(self.header)} 列，各列可能已错位。含逗号的文字请加引号。")
        if not self.text("level3"):
            self._tell("T106", "错误", f"“{self._name('level3')}”为空。请填写指标名称。")
        target = self._target(level1 + level2)
        actual = self._actual(target)
        weight = self._weight()
        if weight is None and is_blank(self.text("weight")):
            self._tell("T104", "错误", f"“{self._name('weight')}”为空。请填写分值。")
        return Indicator(
            row=self.number,
            level1=level1,
            level2=level2,
            level3=self.text("level3"),
            direction=target.direction if target else self._sign(),
            target=target.quantity if target else None,
            actual=actual.quantity if actual else None,
            weight=weight or Fraction(0),
            sign_assumed=target is not None and target.assumed,
            target_text=self.text("target"),
            actual_text="" if is_blank(self.text("actual")) else self.text("actual"),
            band=self._band(target),
            band_share=self._share(),
            evidence=self.text("evidence"),
            deviation="" if is_blank(self.text("deviation")) else self.text("deviation"),
            printed_score=self._number("score", "T105"),
        )

    def _target(self, levels: str) -> Reading | None:
        """The target. A bare number means ≥ in every form; where that makes no sense, somebody has to say what is meant."""
        target = self._parsed("target", "T101", "错误", self._read_target)
        if target and target.assumed and ("成本" in levels or not target.quantity.value):
            reason = "成本指标" if "成本" in levels else "目标值为 0 的"
            text = f"“{self._name('target')}”{quote(self.text('target'))}没有符号，按 ≥ 计，而{reason}一般是 ≤。请写明符号。"
            self._tell("T102", "警告", text)
        return target

    def _read_target(self, text: str) -> Reading:
        return parse_target(text, self.text("unit"), self.text("direction"))

    def _actual(self, target: Reading | None) -> Reading | None:
        return self._parsed("actual", "T103", "警告", lambda text: parse_actual(text, target, self.text("unit")))

    def _parsed(self, column: str, code: str, severity: Severity, parse: Callable[[str], Reading | None]) -> Reading | None:
        try:
            return parse(self.text(column))
        except Unreadable as fault:
            self._tell(code, severity, f"“{self._name(column)}”无法读取：{fault}")
            return None

    def _sign(self) -> Direction:
        """The direction of a row whose target is not readable: what stands in its own column, else ≥."""
        try:
            return parse_sign(self.text("direction")) or "≥"
        except Unreadable:
            return "≥"

    def _band(self, target: Reading | None) -> Band:
        """What a person stated of a qualitative row, in a column of its own or as the actual value."""
        if target is None or target.direction != QUALITATIVE:
            return ""
        stated = self.text("band")
        if stated and fold(stated) not in BANDS:
            self._tell("T108", "警告", f"“{self._name('band')}”{quote(stated)}无法识别。请写 达成、部分达成 或 未达成。")
        return BANDS.get(fold(stated or self.text("actual")), "")

    def _share(self) -> Fraction | None:
        """A share of the weight, in percent: 90 or 90%. A bare 0.9 may mean either and is not read."""
        text = fold(self.text("band_share"))
        try:
            share = read_number(text.removesuffix("%"))
        except ValueError:
            share = Fraction(-1)
        if share is None or share == 0 or (0 if text.endswith("%") else 1) < share <= 100:
            return share and share / 100
        self._tell("T108", "警告", f"“{self._name('band_share')}”{quote(text)}不是百分数。请写成如 90%。")
        return None

    def _weight(self) -> Fraction | None:
        """Points of 100, which a column 权重 may write as per cent."""
        return self._number("weight", "T104", "%")

    def _number(self, column: str, code: str, suffix: str = "") -> Fraction | None:
        try:
            return read_number(fold(self.text(column)).removesuffix(suffix))
        except ValueError:
            severity: Severity = "错误" if column == "weight" else "警告"
            self._tell(code, severity, f"“{self._name(column)}”{quote(self.text(column))}不是数字。请改为阿拉伯数字。")
            return None

    def _name(self, column: str) -> str:
        """The heading of a column as the file has it."""
        return bare_name(self.header[self.columns[column]]) if column in self.columns else column

    def _tell(self, code: str, severity: Severity, message: str) -> None:
        self.issues.append(ScoringIssue(code, severity, self.number, message))
