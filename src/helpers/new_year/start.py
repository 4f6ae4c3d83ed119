"""Writes what a new fiscal year starts from, all of it or nothing, and never over what is there."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, fields
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from helpers.examination import Year
from helpers.intake.contracts import CONTRACTS
from helpers.intake.needed import ASKED_FOR, needed_tables
from helpers.intake.register import REGISTER, load_register
from helpers.new_year.parameters import next_parameters, undecided
from helpers.new_year.refusal import NewYearRefused
from helpers.new_year.register import next_register
from helpers.new_year.workbooks import input_workbook
from helpers.project import CHECKLIST
from helpers.scoring.rules import Rule, Rules, load_rules


@dataclass(frozen=True)
class Started:
    """What was written for a year, and what is said of it (Chinese)."""

    params_file: Path
    data_dir: Path
    undecided: int
    rules: str
    checklist: str


def start_year(former: Year, year: int) -> Started:
    """Write `params/<year>.yml` and `data/<year>/` of the former year's project.

    Raises NewYearRefused where either is there or the former year is not an earlier one, InputsInvalid for the former register
    and where the scoring rules are not in force.
    """
    project, since = former.project, former.parameters.fiscal_year
    params_file, data_dir = project.params_file(year), project.root / "data" / str(year)
    if year <= since:
        raise NewYearRefused(f"{year} 不晚于 {since} 年度。请写新的年度，并用 --from 指明它之前的年度。")
    for path in (params_file, data_dir):
        if path.exists() or path.is_symlink():
            shown = path.relative_to(project.root).as_posix()
            raise NewYearRefused(f"“{shown}”已经存在，没有改动任何文件。要重新开始，请先把它移走或改名。")
    rules, needed = _rules_of(former, year), needed_tables(former.parameters)
    parameters = next_parameters(former.params_file.read_text("utf-8"), since, year)
    contracts = [contract for contract in CONTRACTS.values() if contract.name in needed or contract.name not in ASKED_FOR]
    register = next_register(load_register(former.data_dir), contracts, year)
    data_dir.parent.mkdir(exist_ok=True)
    stage = Path(mkdtemp(prefix=f".{year}-", dir=data_dir.parent))
    try:
        for contract in contracts:
            (stage / f"{contract.name}.xlsx").write_bytes(input_workbook(contract, former.parameters, year))
        (stage / REGISTER).write_text(register, "utf-8")
        with params_file.open("x", encoding="utf-8") as file:
            file.write(parameters)
        stage.rename(data_dir)
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    return Started(params_file, data_dir, undecided(parameters), rules, checklist(since, year))


def checklist(former: int, year: int) -> str:
    """The steps of a new year, numbered, with its years in place."""
    steps = CHECKLIST.read_text("utf-8").partition("## 步骤\n")[2].partition("\n## ")[0].strip()
    return steps.replace("<年度>", str(year)).replace("<上年>", str(former))


def _rules_of(former: Year, year: int) -> str:
    """What the scoring rules of the new year change; each value is in force from the year that its rule set gives."""
    before = former.rules()
    after = load_rules(former.parameters.rules, former.project.rules).in_force(year)
    held = _values(before)
    changed = [rule.source for name, rule in _values(after).items() if held.get(name) != rule]
    if not changed:
        return f"评分规则集“{before.name}”：{year} 年度的取值与 {before.year} 年度相同。"
    listed = "；".join(dict.fromkeys(changed))
    return f"评分规则集“{before.name}”：{year} 年度有 {len(changed)} 处取值与 {before.year} 年度不同，依据为{listed}。"


def _values(rules: Rules) -> dict[str, Rule[Any]]:
    """The values in force by name, those of groups of indicators by the name of the group."""
    values = {field.name: getattr(rules, field.name) for field in fields(Rules)} | dict(rules.groups or {})
    return {name: value for name, value in values.items() if isinstance(value, Rule)}
