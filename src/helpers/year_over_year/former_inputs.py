"""The former year's table among the inputs of a year."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from helpers.intake import Inputs
from helpers.intake.findings import finding
from helpers.intake.register import FORMER_FILE
from helpers.issue import InputsInvalid
from helpers.params import Parameters
from helpers.year_over_year.change import is_comparable
from helpers.year_over_year.reports import ReportDamaged, latest_report
from helpers.year_over_year.table import absent_table, read_former_table, registration, table_of_report


def with_former_year(
    inputs: Inputs, parameters: Parameters, data_dir: Path, *, out: Path, archives: Path, published_only: bool
) -> Inputs:
    """The inputs with the table of the department's figures of the year before, empty where there is no report of it.

    It is taken from the last archive of that year, else from the build in `out`; where an archive is run again, its data folder
    has the table itself. With `published_only` one with figures of made-up records is left out. A report or file that does not
    read as it was made is an issue (E125).
    """
    issues = list(inputs.issues)
    table, register = absent_table(), inputs.register
    former, department = parameters.fiscal_year - 1, parameters.department.name
    try:
        if (data_dir / FORMER_FILE).exists():
            table = read_former_table(data_dir / FORMER_FILE)
        elif (report := latest_report(former, department, out=out, archives=archives)) and any(map(is_comparable, report.facts)):
            table = table_of_report(report)
    except InputsInvalid as invalid:
        issues += invalid.issues
    except ReportDamaged as damaged:
        issues.append(finding("E125", FORMER_FILE, f"不能取上年数：{damaged.found}", damaged.mend))
    if published_only and table.origin == "synthetic":
        table = absent_table()
    if not table.absent:
        entry = registration(table, department, parameters.fiscal_year)
        register = register.model_copy(update={"files": [*register.files, entry]})
    return replace(inputs, tables=inputs.tables | {table.name: table}, register=register, issues=issues)
