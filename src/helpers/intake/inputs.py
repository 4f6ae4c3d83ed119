"""All tables of a data folder with the issues of each and between them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from helpers.intake.acknowledgements import acknowledge
from helpers.intake.consistency import inconsistencies
from helpers.intake.contracts import CONTRACTS
from helpers.intake.findings import capped
from helpers.intake.misplaced import masked
from helpers.intake.needed import missing_tables
from helpers.intake.register import Register, folder_issues
from helpers.intake.tables import Table, TableInvalid, open_folder, read_table
from helpers.issue import InputsInvalid, Issue
from helpers.params import Parameters


@dataclass(frozen=True)
class Inputs:
    """What a data folder gives. A table with an error is not in `tables`; `issues` are of all severities, at most 200 a file.

    `personal_values` are the values (of two characters or more) of the personal columns of all tables: for the scanner of
    what is published, in memory only, never to be printed.
    """

    tables: dict[str, Table]
    register: Register
    issues: list[Issue]
    personal_values: frozenset[str] = field(default=frozenset(), repr=False)


def load_inputs(data_dir: Path, parameters: Parameters, *, published_only: bool) -> Inputs:
    """All tables, the register, and every issue of a file or between files; nothing is raised for them.

    Tables are compared with each other and the parameters as far as they could be read. Without a sound register no
    table is read, since the origin of none is known.
    """
    try:
        folder = open_folder(data_dir, parameters.fiscal_year)
    except InputsInvalid as invalid:
        return Inputs({}, Register(files=[], assumptions=[]), invalid.issues)
    names = [path.name for path in data_dir.iterdir() if not path.is_dir()]
    issues = [*folder_issues(folder.register, names), *folder.maps.strays()]
    tables: dict[str, Table] = {}
    personal: set[str] = set()
    for contract in CONTRACTS.values():
        try:
            reading = read_table(folder, contract, published_only=published_only)
        except InputsInvalid as invalid:
            issues += invalid.issues
            personal |= invalid.personal_values if isinstance(invalid, TableInvalid) else set()
            continue
        tables[contract.name] = reading.table
        personal |= reading.personal_values
        issues += reading.warnings
    issues += [*missing_tables(tables, folder.register, parameters), *inconsistencies(tables, parameters)]
    issues = masked(issues, personal)
    # A missing or unregistered file is found from the folder and from its table.
    issues = acknowledge(list(dict.fromkeys(issues)), parameters.acknowledged, tables)
    return Inputs(tables, folder.register, capped(issues), frozenset(personal))
