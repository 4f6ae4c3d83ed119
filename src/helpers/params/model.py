"""The typed parameters of one fiscal year (`params/<year>.yml`)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from helpers.params.forms import form, quoted_date, relative_folder, template

PROBLEM_RULES = {
    "late_payment": "发放不及时",
    "no_base_grant": "部分对象没有基础补助记录",
    "allocation_as_use": "以分配数表述使用率",
    "missing_figures": "数据缺失",
    "own_funds_top_up": "自有资金弥补财政资金",
}
"""Ids and names of the rules that find problems in the records."""

_IDENTIFIER = "以小写英文字母开头、由小写英文字母、数字和下划线组成的编号，最多 40 个字符"

Identifier = Annotated[str, form("[a-z][a-z0-9_]{0,39}", _IDENTIFIER)]
"""English name that fact ids start with."""
Code = Annotated[str, form("[0-9A-Za-z_-]{1,40}", "由半角数字、英文字母、- 和 _ 组成的编码，最多 40 个字符")]
"""A code of the budget system; the department's is also the name of a folder."""
RegionCode = Annotated[str, form("[0-9]{6}", "六位行政区划代码")]
Name = Annotated[str, form(r"\S(.*\S)?", "一行文字，首尾没有空格")]
"""A name that is printed, or that tables are matched by."""
Text = Annotated[str, form(r"(?s).*\S.*", "不是空白的文字")]
Template = Annotated[Text, template]
"""A paragraph that prints facts by id, in Jinja: ``实际支付{{ special.paid.amount }}``."""
Texts = list[Template]
IdentityKind = Literal["sum", "equality", "ratio", "at_most"]
"""How the sides of an identity compare (see `Reconciliation`)."""
MilestoneRole = Literal["preparation", "implementation", "payment"]
FactId = Annotated[str, form(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+", "事实编号")]
ExactText = Annotated[str, form(r"[0-9]{1,18}(\.[0-9]{1,18}|/[1-9][0-9]{0,17})?", '不小于零的精确数，如 "1"、"0.5" 或 "1/300"')]
"""An exact number as quoted text, so that no reader of YAML makes a float of it."""
Term = Annotated[str, form(r"-?[a-z][a-z0-9_]*(\.[a-z0-9_]+)+", "事实编号，可在前面加 - 表示减去")]
QuotedDate = Annotated[date, quoted_date]
"""A date written as quoted text, ``"2022-05-17"``."""
RelativeFolder = Annotated[str, relative_folder]
"""A folder or file below the project, written with ``/``."""
RuleSetName = Annotated[str, form(r"[\w-]{1,40}", "params/rules 中规则集的名称，不含路径和扩展名")]


class Strict(BaseModel):
    """Exact types, no unknown keys, not changed after reading."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, hide_input_in_errors=True)


class Report(Strict):
    """What stands on the cover."""

    title: Annotated[Texts, Field(min_length=1)]


class Department(Strict):
    """The department as it states itself; its numbers are in `profile.csv`."""

    name: Name
    short_name: Name
    code: Code
    profile: Texts


class Region(Strict):
    """A prefecture that money is allocated to."""

    code: RegionCode
    name: Name
    short_name: Name


class Plan(Strict):
    """The allocation plan of a programme: its name, date and the office that made it."""

    name: Name
    date: QuotedDate
    office: Name


class GrantType(Strict):
    """A kind of grant: `name` is what stands in the column 补助类型."""

    id: Identifier
    name: Name


class Milestone(Strict):
    """A planned event: `name` is what stands in the column 事项. The one with role `payment` sets the plan for 及时率; a
    `preparation` comes before the plan, what is carried out after it is `implementation`.
    """

    id: Identifier
    name: Name
    role: MilestoneRole


class ProgrammeTexts(Strict):
    """Paragraphs on one programme: section 2 (管理及使用), section 3 (组织实施), section 5 (绩效)."""

    spending: Texts
    implementation: Texts
    results: Texts


class Programme(Strict):
    """A programme, paid from money set aside for it.

    One that pays grants names its `beneficiary`, the `unit` that counts them (人, 户), the `unit_id` that names them in fact ids
    (people, households) and its `grant_types`, all of them or none; `base_grant` names the grant that each beneficiary should
    get. The money of one that is `distributed` is allocated to the regions, else the department spends it itself.
    `statement_date` is the date as of which the department states the money to be used.
    """

    id: Identifier
    code: Code
    name: Name
    unit: Name | None = None
    unit_id: Identifier | None = None
    beneficiary: Name | None = None
    distributed: bool = True
    plan: Plan
    regulations: list[Text]
    uses: list[Text]
    distribution_basis: Text | None = None
    grant_types: list[GrantType] = []
    base_grant: Identifier | None = None
    milestones: list[Milestone]
    statement_date: QuotedDate | None = None
    texts: ProgrammeTexts

    @property
    def payment_unit(self) -> str:
        """What its payments are counted in: a grant of a beneficiary (人次), else a payment (笔)."""
        return "笔" if self.unit is None else f"{self.unit}次"

    @property
    def payment_word(self) -> str:
        """What paying is called: 发放 to beneficiaries, else 支付."""
        return "支付" if self.beneficiary is None else "发放"


class SectionTexts(Strict):
    """Paragraphs that belong to no single programme."""

    spending: Texts
    general_spending: Texts
    assets: Texts
    problems: Texts
    measures: Texts


class Goal(Strict):
    """One of the year's goals and what came of it, side by side in the scorecard; what nobody gives prints 待补."""

    expected: Template | None = None
    achieved: Template | None = None


class Goals(Strict):
    """The goals block of the scorecard; `basis` says where the expected goals come from."""

    basis: Template | None = None
    items: list[Goal]


class StatedProblem(Strict):
    """A problem that the department states itself."""

    id: Identifier
    title: Name
    text: Template


class Measure(Strict):
    """A measure of improvement; `problems` are the ids of the problems that it answers (found by rule or stated)."""

    id: Identifier
    title: Name
    text: Template
    problems: list[Identifier]


class Thresholds(Strict):
    """Limits of the rules that find problems (percent as whole numbers, days as whole days), and of what is printed: counts of
    persons by region below `small_cells` are suppressed (0 and 1 suppress nothing), and late payments are told apart by
    `late_short_days` and `late_long_days`.
    """

    timely_percent: Annotated[int, Field(ge=0, le=100)]
    small_cells: Annotated[int, Field(ge=0, le=100)] = 5
    late_short_days: Annotated[int, Field(ge=1, le=365)] = 7
    late_long_days: Annotated[int, Field(ge=1, le=365)] = 30


class ExecutionLimits(Strict):
    """Seconds that a cell of a notebook, and a whole notebook, may take before it is stopped."""

    cell_seconds: Annotated[int, Field(ge=1, le=86400)] = 600
    notebook_seconds: Annotated[int, Field(ge=1, le=86400)] = 1800


class Reconciliation(Strict):
    """An identity over facts; an id with ``-`` before it is subtracted.

    `sum`: the sum of `left` equals the sum of `right`. `equality`: the one fact of each side is the same (a date or text too).
    `ratio`: left ÷ right equals the fact `rate`. `at_most`: the sum of `left` is not above that of `right`. They may differ by
    `tolerance`: fen for money, a share of one for %, else the unit itself. An `open` difference is one that the department has
    not explained: it is printed as a finding and stops nothing.
    """

    id: Identifier
    label: Name
    kind: IdentityKind = "sum"
    left: Annotated[list[Term], Field(min_length=1)]
    right: Annotated[list[Term], Field(min_length=1)]
    rate: FactId | None = None
    tolerance: ExactText = "0"
    open: bool = False


class Acknowledgement(Strict):
    """Warnings that the department knows of: their code, the table (its name without suffix), and why they are no mistake."""

    code: Annotated[str, form("W[0-9]{3}", "警告代码，如 W309")]
    table: Name
    reason: Text


class Archive(Strict):
    """How long the sealed evidence is kept, and the rule that says so; 待定 until the keepers of the archive have decided."""

    retention_class: Literal["永久", "30年", "10年", "待定"]
    legal_basis: Text


class OpenQuestion(Strict):
    """A question that the data cannot answer; listed in the report's appendix."""

    id: Name
    text: Text


class NamedNumber(Strict):
    """Words with a number in them that name something and count nothing (三节), and why."""

    text: Annotated[
        str, form(r"(?=.*[^\W\d〇零一二两三四五六七八九十百千万亿半])\S(.*\S)?", "一行文字，数字之外还有别的字，如 三节")
    ]
    reason: Text


class Parameters(Strict):
    """One fiscal year of one department; `rules` names the scoring rule set (`params/rules/<name>.yml`)."""

    fiscal_year: Annotated[int, Field(ge=2000, le=2100)]
    data_dir: RelativeFolder
    outline: RelativeFolder | None = None
    report: Report
    department: Department
    regions: list[Region]
    programmes: list[Programme]
    texts: SectionTexts
    thresholds: Thresholds
    rules: RuleSetName
    goals: Goals = Goals(items=[])
    problems: list[StatedProblem]
    measures: list[Measure]
    reconciliations: list[Reconciliation]
    open_questions: list[OpenQuestion]
    acknowledged: list[Acknowledgement] = []
    named_numbers: list[NamedNumber] = []
    execution: ExecutionLimits = ExecutionLimits()
    archive: Archive | None = None
