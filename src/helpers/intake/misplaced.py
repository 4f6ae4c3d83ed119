"""Personal data where none belongs: as numbers of beneficiaries, within words, and in what an issue quotes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

import pandas as pd

from helpers.intake.contracts import Contract
from helpers.intake.findings import normalise
from helpers.intake.grid import Grid
from helpers.intake.persons import PersonalColumn, personal_values
from helpers.issue import Issue
from helpers.privacy.values import IDENTITY, MOBILE, Personal, form_of

_NOT_SHOWN = "（个人信息，不予显示）"
_QUOTED = re.compile("“([^“”]*)”")
_LIKE_A_NAME = re.compile("[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]+(·[\u4e00-\u9fff]+)+")
_FORMS = Personal(())


def misplaced_issues(grid: Grid, contract: Contract, frame: pd.DataFrame, columns: Sequence[PersonalColumn]) -> Iterator[Issue]:
    """Beneficiaries numbered by personal values (E411) or by what may be names, and numbers of persons in words (W411)."""
    for column in contract.columns:
        if column.name == "beneficiary":
            for code, what, rows in _numbered_by_persons(frame["beneficiary"], columns):
                message = f"对象编号{what}（共 {len(rows)} 行），会带进笔记本和报告。"
                mend = "请另编对象编号（如 H-00001），各表使用同一编号；个人信息写在姓名、身份证号等列。"
                yield grid.issue(code, message, mend, row=rows[0], column=column.header)
        elif column.kind == "text":
            for kind, rows in _with_numbers(frame[column.name]).items():
                message = f"文字中有形似{kind}的内容（共 {len(rows)} 行），会带进笔记本和报告。"
                yield grid.issue("W411", message, "请删去；对象一律以对象编号表示。", row=rows[0], column=column.header)


def _numbered_by_persons(numbers: pd.Series[str], columns: Sequence[PersonalColumn]) -> Iterator[tuple[str, str, list[int]]]:
    """Code, words and rows: what personal columns of the same row hold, and what most of the column looks like."""
    filled = {row: normalise(number) for row, number in zip(numbers.index, numbers, strict=True) if number}
    anywhere = personal_values(columns)
    stated = [row for row, number in filled.items() if number in anywhere and number in _values_of_row(columns, row)]
    formed = [row for row, number in filled.items() if form_of(number.upper()) in (IDENTITY, MOBILE)]
    named = [row for row, number in filled.items() if _LIKE_A_NAME.fullmatch(number)]
    if stated or 2 * len(formed) > len(filled):
        yield "E411", "是姓名、身份证号或手机号", stated or formed
    elif 2 * len(named) > len(filled):
        yield "W411", "像是姓名", named


def _values_of_row(columns: Sequence[PersonalColumn], row: int) -> AbstractSet[str]:
    in_row = [PersonalColumn(column.kind, column.header, {row: column.cells[row]}) for column in columns if row in column.cells]
    return personal_values(in_row)


def _with_numbers(texts: pd.Series[str]) -> dict[str, list[int]]:
    """Rows by the kind of number in their words."""
    found: dict[str, list[int]] = defaultdict(list)
    for row, text in zip(texts.index, texts, strict=True):
        if len(text) > 10:
            for kind in _FORMS.numbers_in(text, frozenset()):
                found[kind].append(row)
    return found


def masked(issues: Sequence[Issue], values: AbstractSet[str], shown: AbstractSet[str] | None = None) -> list[Issue]:
    """The issues without the personal values that they quote or take for a column's name, wherever these were typed.

    Where the columns of a file are shifted (E412) nothing is known to be no name: then nothing is quoted but what is `shown`.
    """
    shifted = any(issue.code == "E412" for issue in issues)

    def hidden(text: str) -> bool:
        return normalise(text) in values or (shifted and shown is not None and text not in shown)

    def hide(found: re.Match[str]) -> str:
        return _NOT_SHOWN if hidden(found[1]) else found[0]

    if not values:
        return [*issues]
    return [
        replace(
            issue,
            message=_QUOTED.sub(hide, issue.message),
            mend=_QUOTED.sub(hide, issue.mend),
            column=None if issue.column and any(map(hidden, issue.column.split("+"))) else issue.column,
        )
        for issue in issues
    ]
