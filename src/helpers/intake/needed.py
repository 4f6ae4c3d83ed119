"""Optional tables that the parameters cannot do without: a roster of beneficiaries, allocations to regions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from helpers.intake.findings import finding
from helpers.intake.register import Register
from helpers.intake.tables import Table
from helpers.issue import Issue
from helpers.params import Parameters

ASKED_FOR = ("allocations", "beneficiaries")
"""The tables that parameters ask for; one that none asks for has nothing to hold."""


def needed_tables(parameters: Parameters) -> dict[str, str]:
    """The tables of `ASKED_FOR` that the parameters need, each with the first programme that does, in words."""
    needed: dict[str, str] = {}
    for programme in parameters.programmes:
        if programme.distributed:
            needed.setdefault("allocations", f"“{programme.name}”的资金下达各地区（没有写 distributed: false）")
        if programme.beneficiary is not None:
            needed.setdefault("beneficiaries", f"“{programme.name}”有补助对象（beneficiary: {programme.beneficiary}）")
    return needed


def missing_tables(tables: Mapping[str, Table], register: Register, parameters: Parameters) -> Iterator[Issue]:
    """Tables that are needed, have no file and are not registered (E117); of a registered file that is missed by itself."""
    registered = {Path(entry.file).stem for entry in register.files}
    for name, why in needed_tables(parameters).items():
        if name in tables and tables[name].origin == "missing" and name not in registered:
            message = f"数据文件夹中没有这个文件，而参数中{why}。"
            yield finding("E117", tables[name].file, message, "请放入该文件（CSV 或 XLSX）并登记，或改正参数。")
