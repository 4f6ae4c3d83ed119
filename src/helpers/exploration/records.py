"""What can be explored: the years of a project, the records of one, and the rows of a choice among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from helpers.intake import load_table
from helpers.issue import InputsInvalid
from helpers.params import Parameters, load_parameters
from helpers.project import Project

REGION, GRANT_TYPE, PROGRAMME = "region", "grant_type", "project_code"
"""Columns of the payments that a choice is made in."""

_COLUMNS = ["payment", PROGRAMME, GRANT_TYPE, "beneficiary", REGION, "source", "amount", "paid_on", "kind"]


@dataclass(frozen=True)
class Records:
    """The records of one year; `payments` has, beside the columns of the intake, `net` (fen, returns below zero)."""

    parameters: Parameters
    payments: pd.DataFrame
    budget: pd.DataFrame
    allocations: pd.DataFrame
    milestones: pd.DataFrame

    @property
    def made_up(self) -> bool:
        """Whether the payments are registered as synthetic."""
        return bool(self.payments.attrs["table"]["origin"] == "synthetic")

    @cached_property
    def names(self) -> dict[str, str]:
        """Names of projects by their codes: those of the budget, and of the parameters where these have one."""
        names = dict(zip(self.budget["project_code"], self.budget["project_name"], strict=True))
        return names | {programme.code: programme.name for programme in self.parameters.programmes}

    def project_name(self, code: str) -> str:
        """The name of a project, or its code where it has none."""
        return self.names.get(code, code)


@dataclass(frozen=True)
class Choice:
    """What is looked at: a project's code, a region, a grant type; empty where all are."""

    project_code: str = ""
    region: str = ""
    grant_type: str = ""

    def rows(self, payments: pd.DataFrame, *, but: str = "") -> pd.DataFrame:
        """The payments of the choice, without regard to what is chosen in the column `but`."""
        kept = pd.Series(True, index=payments.index)
        for column in (PROGRAMME, REGION, GRANT_TYPE):
            if column != but and (value := getattr(self, column)):
                kept &= payments[column].eq(value)
        return payments[kept]


def explorable_years(project: Project) -> list[int]:
    """The years with parameters and data, the latest first. One whose parameters cannot be read is among them: they say why."""
    years = []
    for path in project.params.glob("[0-9][0-9][0-9][0-9].yml"):
        try:
            has_data = (project.root / load_parameters(path).data_dir).is_dir()
        except InputsInvalid:
            has_data = True
        if has_data:
            years.append(int(path.stem))
    return sorted(years, reverse=True)


def load_records(project: Project, year: int) -> Records:
    """Parameters and tables of a year. Raises InputsInvalid with every mistake of the first file that has any."""
    parameters = load_parameters(project.params_file(year))
    data_dir = project.root / parameters.data_dir
    payments = load_table(data_dir, "payments", columns=_COLUMNS).frame
    payments["net"] = payments["amount"].where(payments["kind"].eq("支付"), -payments["amount"])
    others = {name: load_table(data_dir, name).frame for name in ("budget", "allocations", "milestones")}
    return Records(parameters, payments, **others)


def values_of(payments: pd.DataFrame, column: str, order: Sequence[str]) -> list[str]:
    """The different values of a column that are not empty: first those of `order`, then the others by their text."""
    present = {str(value) for value in payments[column].unique()} - {""}
    return [*(value for value in order if value in present), *sorted(present - set(order))]


def projects_of(records: Records) -> list[str]:
    """Codes of the projects with payments: those of the parameters, then those of the budget in its order."""
    order = [*(programme.code for programme in records.parameters.programmes), *records.budget["project_code"]]
    return values_of(records.payments, PROGRAMME, list(dict.fromkeys(order)))


def regions_of(records: Records, choice: Choice) -> list[str]:
    """Regions with payments of the chosen project, in the order of the parameters."""
    rows = Choice(choice.project_code).rows(records.payments)
    return values_of(rows, REGION, [region.name for region in records.parameters.regions])


def grant_types_of(records: Records, choice: Choice) -> list[str]:
    """Grant types with payments of the chosen project, in the order of the parameters."""
    rows = Choice(choice.project_code).rows(records.payments)
    order = [grant.name for programme in records.parameters.programmes for grant in programme.grant_types]
    return values_of(rows, GRANT_TYPE, list(dict.fromkeys(order)))
