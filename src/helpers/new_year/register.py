"""The register of a new year's data folder: who keeps each table is carried, what is said of its content is left to write."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from helpers.intake.contracts import Contract
from helpers.intake.needed import ASKED_FOR
from helpers.intake.register import Register
from helpers.new_year.workbooks import DATA_SHEET

_HEAD = """\
# {year} 年度各表的来源。逐项核对：origin 写 ledger（真实记录）、published（已公布数）或 synthetic（演示数据）；
# keeper 写保管部门；as_of 写数据的时点；note 写摘自何处、有何处理，写了才能读入。
# 没有可选的表（{optional}），删去它的文件和登记项。
"""


def next_register(former: Register, contracts: Iterable[Contract], year: int) -> str:
    """The text of `register.yml` for the workbooks of these tables, as the former year registered them."""
    contracts = list(contracts)
    known = {Path(entry.file).stem: entry for entry in former.files}
    optional = "、".join(f"{item.name}.xlsx" for item in contracts if item.optional and item.name not in ASKED_FOR)
    lines = [_HEAD.format(year=year, optional=optional), "files:\n"]
    for contract in contracts:
        entry = known.get(contract.name)
        lines += _item(
            {
                "file": f"{contract.name}.xlsx",
                "title": entry.title if entry else contract.title,
                "origin": "published" if contract.name == "published" else "ledger",
                "keeper": entry.keeper if entry else "",
                "as_of": f"{year}-12-31",
                "note": "",
                "sheet": DATA_SHEET,
            }
        )
    return "".join([*lines, "# 没有记录可证的假设逐年重新写：id、tables、text。\nassumptions: []\n"])


def _item(entry: Mapping[str, str]) -> list[str]:
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in entry.items()]
    waiting = {'note: ""': "   # 待定：摘自何处、有何处理", 'keeper: ""': "   # 待定：保管部门"}
    lines = [line + waiting.get(line, "") for line in lines]
    return [f"  - {lines[0]}\n", *(f"    {line}\n" for line in lines[1:])]
