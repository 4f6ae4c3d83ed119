"""All tables of a data folder with the issues of each and between them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from helpers.intake.consistency import inconsistencies
from helpers.intake.contracts import CONTRACTS
from helpers.intake.findings import capped
from helpers.intake.register import Register, folder_issues, load_register
from helpers.intake.tables import Table, read_table
from helpers.issue import InputsInvalid, Issue
from helpers.params import Parameters


@dataclass(frozen=True)
class Inputs:
    """What a data folder gives. A table with an error is not in `tables`; `issues` are of all severities, at most 200 a file.

    `personal_values` are the values of the personal columns of all files, for the scan of what is published.
    """

    tables: dict[str, Table]
    register: Register
    issues: list[Issue]
    personal_values: frozenset[str] = frozenset()


def load_inputs(data_dir: Path, parameters: Parameters, *, published_only: bool) -> Inputs:
    """All tables, the register, and every issue of a file or between files; nothing is raised for them.

    Tables are compared with each other and the parameters as far as they could be read. Without a sound register no
    table is read, since the origin of none is known.
    """
    try:
        register = load_register(data_dir)
    except InputsInvalid as invalid:
        return Inputs({}, Register(files=[], assumptions=[]), invalid.issues)
    issues = folder_issues(register, [path.name for path in data_dir.iterdir() if path.is_file()])
    tables: dict[str, Table] = {}
    for contract in CONTRACTS.values():
        try:
            tables[contract.name], found = read_table(data_dir, contract, register, published_only=published_only)
        except InputsInvalid as invalid:
            found = invalid.issues
        issues += found
    issues += inconsistencies(tables, parameters)
    # A missing or unregistered file is found from the folder and from its table.
    return Inputs(tables, register, capped(list(dict.fromkeys(issues))))
