"""Texts that the report prints as its inputs or the re-check put them: a number in them was not typed into the report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from helpers.identities import FAMILIES
from helpers.intake import Register
from helpers.intake.register import FORMER_FILE
from helpers.issue import Issue
from helpers.params import Parameters
from helpers.review import Finding
from helpers.wording import format_value

NAME_KEYS = frozenset({"name", "short_name", "unit", "beneficiary", "office", "regulations", "uses", "distribution_basis"})
"""Keys of parameters whose texts are names; titles, labels and sentences are the report's own words."""
NAME_COLUMNS = {
    "budget": ["project_name"],
    "allocations": ["region", "plan_name"],
    "beneficiaries": ["region", "category", "suspended_reason"],
    "payments": ["region", "grant_type"],
    "milestones": ["event"],
    "indicators": ["level1", "level2", "level3", "unit"],
    "assets": ["asset_class"],
    "published": ["label"],
    "profile": ["label"],
}
STATED_COLUMNS = {"indicators": ["evidence", "deviation"]}
"""Remarks that the form prints as the table states them."""


@dataclass(frozen=True)
class Known:
    """`names` may stand in any text, `stated` are whole cells, `quotes` (findings, warnings, identities) stand in the appendix.
    `named` are the words with numbers that the parameters list, each with its reason.
    """

    names: frozenset[str] = frozenset()
    stated: frozenset[str] = frozenset()
    quotes: frozenset[str] = frozenset()
    named: Mapping[str, str] = field(default_factory=dict)


def known_texts(
    parameters: Parameters,
    rules: str,
    register: Register,
    tables: Mapping[str, pd.DataFrame],
    warnings: Sequence[Issue],
    findings: Sequence[Finding],
) -> Known:
    """What is known of a run: its parameters, the name of its rule set, its register and tables, the warnings and findings that
    the appendix lists.
    """
    names = [rules, *parameters.report.title, *_names(parameters.model_dump(mode="json")), *_cells(tables, NAME_COLUMNS)]
    files = [text for entry in register.files for text in (entry.file, entry.title, entry.keeper)]
    former = [entry.note for entry in register.files if entry.file == FORMER_FILE]
    dates = [format_value(entry.as_of, "日期", "cell") for entry in register.files]
    told = [text for finding in findings for text in (finding.message, finding.mend)] + [issue.message for issue in warnings]
    return Known(
        names=frozenset([*names, *files]),
        stated=frozenset([*dates, *former, *_cells(tables, STATED_COLUMNS)]),
        quotes=frozenset([*told, *FAMILIES.values()]),
        named={entry.text: entry.reason for entry in parameters.named_numbers},
    )


def _names(content: Any, key: str = "") -> Iterator[str]:
    if isinstance(content, str):
        if key in NAME_KEYS:
            yield content
    elif isinstance(content, Mapping):
        for name, value in content.items():
            yield from _names(value, name)
    elif isinstance(content, Iterable):
        for value in content:
            yield from _names(value, key)


def _cells(tables: Mapping[str, pd.DataFrame], columns: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for table, names in columns.items():
        for name in names:
            if table in tables and name in tables[table]:
                yield from (str(value) for value in tables[table][name].unique())
