"""Our own report as the re-check reads it: executed notebooks, parameters and the table of indicators."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pandas as pd
from nbformat import NotebookNode

from helpers.blocks import Block, plain_text
from helpers.executed import SectionRecords, read_notebook, read_records
from helpers.execution.outline import Outline
from helpers.facts import Fact, Ledger
from helpers.intake.contracts import CONTRACTS
from helpers.params import Parameters, Programme
from helpers.review.from_table import indicator_paragraphs
from helpers.review.model import Paragraph, Reviewed, ReviewedProgramme
from helpers.scoring.form import TITLE as FORM_TITLE
from helpers.scoring.form import goal_texts
from helpers.scoring.from_facts import indicators_of
from helpers.scoring.printed import FundsRow, Printed, SumRow
from helpers.wording import chinese_number

TABLE = "绩效指标表"
FUNDS = {"total": "年度资金总额", "fiscal": "当年财政拨款", "carry_over": "上年结转资金", "other": "其他资金"}
"""Rows of the funds block, by the second part of their fact ids."""


def reviewed_report(
    parameters: Parameters,
    outline: Outline,
    notebooks: Mapping[str, NotebookNode],
    indicators: pd.DataFrame,
    *,
    used: Iterable[str],
    last_year: Iterable[str] | None,
) -> Reviewed:
    """What the executed `notebooks` (by the names of the outline) say.

    `indicators` is the table of that name, empty where it was not used; `used` are the names of all tables that were; `last_year`
    the paragraphs of the report of the year before (see `former_paragraphs`). Raises FactError where the records are not one
    report's.
    """
    sections = [
        (f"{chinese_number(section.number)}、{section.title}", read_records(section.notebook, notebooks[section.notebook]))
        for section in outline.sections
    ]
    facts = Ledger(fact for _, records in sections for fact in records.facts)
    known = {fact.id: fact for fact in facts}
    scored = indicators_of(indicators, facts)
    return Reviewed(
        indicators=tuple(
            replace(item, printed_score=_points(known.get(f"indicator.n{number}.score")))
            for number, item in enumerate(scored, start=1)
        ),
        printed=Printed(total=SumRow(0, "总分", None, _points(known.get("scorecard.total.score"))), funds=tuple(_funds(known))),
        table=TABLE,
        execution_weight=_points(known.get("scorecard.execution.weight")) or Fraction(0),
        department=parameters.department.name,
        year=parameters.fiscal_year,
        paragraphs=(
            *(paragraph for title, records in sections for paragraph in _paragraphs(title, records)),
            *(paragraph for item in scored for paragraph in indicator_paragraphs(item, TABLE)),
        ),
        last_year=None if last_year is None else tuple(last_year),
        cells=tuple(text for _, records in sections for text in _cells(records.blocks)),
        names=tuple(_names(parameters)),
        facts=known,
        programmes=tuple(_programme(programme) for programme in parameters.programmes),
        absent=frozenset(contract.name for contract in CONTRACTS.values() if contract.optional).difference(used),
    )


def former_paragraphs(out: Path, fiscal_year: int) -> list[str] | None:
    """The paragraphs of last year's report as a reader sees them, from its build in `out`; None where there is none."""
    notebooks = [read_notebook(path) for path in sorted((out / str(fiscal_year - 1) / "notebooks").glob("*.ipynb"))]
    return [paragraph.text for notebook in notebooks for paragraph in _paragraphs("", read_records("", notebook))] or None


def _funds(facts: Mapping[str, Fact]) -> Iterable[FundsRow]:
    for name, label in FUNDS.items():
        amounts = [_value(facts, f"scorecard.{name}.{column}") for column in ("initial", "full_year", "paid")]
        initial, full_year, executed = (amount if isinstance(amount, int) else None for amount in amounts)
        rate = _value(facts, f"scorecard.{name}.rate")
        whole = name == "total"
        yield FundsRow(
            row=0,
            label=label,
            initial=initial,
            full_year=full_year,
            executed=executed,
            points=_points(facts.get("scorecard.execution.weight")) if whole else None,
            rate=Fraction(rate) if isinstance(rate, int | Fraction) else None,
            score=_points(facts.get("scorecard.execution.score")) if whole else None,
        )


def _value(facts: Mapping[str, Fact], fact_id: str) -> object:
    return facts[fact_id].value if fact_id in facts else None


def _points(fact: Fact | None) -> Fraction | None:
    return Fraction(fact.value) if fact and isinstance(fact.value, int | Decimal | Fraction) else None


def _paragraphs(title: str, records: SectionRecords) -> Iterable[Paragraph]:
    for block in records.blocks:
        if block["kind"] == "paragraph":
            yield Paragraph(title, tuple(block["runs"]))
        elif block["kind"] == "table":
            texts = [*(goal_texts(block) if block["caption"] == FORM_TITLE else []), *block["notes"]]
            yield from (Paragraph(title, tuple(text)) for text in texts)


def _cells(blocks: Iterable[Block]) -> Iterable[str]:
    """The cells of all tables but the scorecard: its words are reviewed themselves."""
    for block in blocks:
        if block["kind"] == "table" and block["caption"] != FORM_TITLE:
            yield from (plain_text(cell["runs"]) for row in block["rows"] for cell in row)


def _names(parameters: Parameters) -> Iterable[str]:
    """Names that the parameters state as such; the templates of the text, which may be copied, are not among them."""
    department = parameters.department
    yield from (department.name, department.short_name)
    yield from (region.name for region in parameters.regions)
    for programme in parameters.programmes:
        yield from (programme.name, programme.beneficiary or "", programme.plan.name, programme.plan.office)
        yield from (*programme.regulations, *programme.uses, programme.distribution_basis or "")


def _programme(programme: Programme) -> ReviewedProgramme:
    grants = {grant.id: grant.name for grant in programme.grant_types}
    return ReviewedProgramme(
        id=programme.id,
        name=programme.name,
        beneficiary=programme.beneficiary,
        unit_id=programme.unit_id,
        plan=programme.plan.name,
        base_grant=(programme.base_grant, grants[programme.base_grant]) if programme.base_grant else None,
        preparations=tuple((event.id, event.name) for event in programme.milestones if event.role == "preparation"),
        statement_date=programme.statement_date,
    )
