"""`docs/data-dictionary.md` and `docs/errors.md`, written from the contracts of the tables and the list of codes.

`python -m helpers.documentation` writes both into the project's `docs/` (`make docs`); a test keeps them current.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from helpers.intake.contracts import CONTRACTS, PERSONAL, Column, Contract
from helpers.issue_codes import GROUPS
from helpers.project import find_project

PURPOSES = {
    "budget": "全年预算：每个项目、每种资金来源一行。全年预算数 = 年初预算数 + 调增 － 调减 + 上年结转。",
    "allocations": "专项资金下达到各地区的分配数。分配下达不算支出。参数 distributed 都为 false 的，没有这张表。",
    "beneficiaries": "补助对象名册：每个项目的每个对象一行，只用对象编号。专项资金都没有补助对象的，没有这张表。",
    "payments": "支付明细：每笔支付或退回一行。金额一律写正数，退回写明原支付编号。",
    "milestones": "各项目的事项：计划时间和实际完成时间。",
    "indicators": "绩效指标：目标值、分值，以及实际值取自哪个事实（写事实编号）或由部门填报（写“填报”）。",
    "assets": "资产的数量和价值（可选）。",
    "official_expenses": "“三公”经费的预算、执行和上年执行（可选），印在第二部分。",
    "carry_overs": "结转结余的上年末数、本年预计数和年末数（可选），印在第二部分。",
    "procurement": "政府采购的预算、实际和上年采购（可选），印在第四部分。",
    "published": "已公布数（可选）：报告的数字逐项与它核对。允差与数值同单位。",
    "profile": "部门陈述的数字：处室、人数等。",
}

FORMATS = {
    "text": "文字",
    "key": "编号或名称，与其他表对应，一字不差",
    "choice": "限定取值",
    "money": "金额，不为负，最多两位小数",
    "date": "日期，YYYY-MM-DD",
    "integer": "非负整数",
}
UNITS = {"money": "元"}

NOTE = "<!-- 本文件由 make docs 生成，请勿手工修改。 -->"


def data_dictionary(contracts: Mapping[str, Contract], data_dir: Path) -> str:
    """The dictionary of all tables; example values are the first in the CSV files of `data_dir`."""
    lines = [
        "# 数据字典",
        "",
        NOTE,
        "",
        "`data/<年度>/` 中的表，CSV（UTF-8 或 GB18030）或 XLSX 均可，首行为下列列名。每个文件都要在 `register.yml` 中登记来源。",
        f"任何表都可以带有个人信息列（{'、'.join(PERSONAL)}，或户主、身份证号码、银行卡号、联系电话等通常的叫法），读入时核对后即删除，"
        "不进入笔记本和报告；对象只用对象编号表示，编号不得是姓名或号码。",
        "金额一律以元为单位，列名可写“金额”或“金额（元）”；写明万元的列和标题不读。",
        "读入后的列名（英文）供笔记本使用；金额读入后是以分为单位的整数。示例值取自示例年度的数据。",
        "",
    ]
    for name, contract in contracts.items():
        lines += _table(name, contract, _examples(data_dir / f"{name}.csv"))
    return "\n".join(lines).rstrip() + "\n"


def error_list() -> str:
    """Every code of every room, in the order of codes."""
    lines = [
        "# 问题编号",
        "",
        NOTE,
        "",
        "程序提出的每个问题都有编号。错误须改正，否则不生成报告或评分不成立；警告须核对或说明；提示供复核。示例中的名称和数字只作说明。",
        "",
    ]
    for title, codes in GROUPS.items():
        lines += [f"## {title}", ""]
        for code, entry in sorted(codes.items()):
            lines += [
                f"### {code}　{entry.title}",
                "",
                f"**{entry.severity}**。{entry.explanation}",
                "",
                f"- 处理：{entry.mend}",
                f"- 示例：{entry.example}",
                "",
            ]
    return "\n".join(lines).rstrip() + "\n"


def _table(name: str, contract: Contract, examples: Mapping[str, str]) -> list[str]:
    headers = {column.name: column.header for column in contract.columns}
    unique = " + ".join(headers[column] for column in contract.unique)
    return [
        f"## {name}",
        "",
        PURPOSES[name],
        "",
        f"文件：`{name}.csv` 或 `{name}.xlsx`{'（可以没有）' if contract.optional else ''}。"
        + (f"不得重复：{unique}。" if unique else ""),
        "",
        *_rows(["列名", "读入后", "格式", "单位", "必填", "允许的取值", "示例"]),
        *(line for column in contract.columns for line in _rows(_column(column, examples))[:1]),
        "",
    ]


def _rows(cells: Sequence[str]) -> list[str]:
    return [f"| {' | '.join(cells)} |", "|" + "---|" * len(cells)]


def _column(column: Column, examples: Mapping[str, str]) -> list[str]:
    required = column.required or column.kind in ("money", "integer")
    return [
        column.header,
        f"`{column.name}`",
        FORMATS[column.kind],
        UNITS.get(column.kind, ""),
        "是" if required else "否",
        "、".join(column.choices),
        examples.get(column.header, "").replace("|", "\\|"),
    ]


def _examples(path: Path) -> dict[str, str]:
    """The first value of each column of a CSV file; none where there is no such file."""
    if not path.exists():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return {header: _first(row[header] for row in rows) for header in rows[0]}


def _first(values: Iterable[str]) -> str:
    return next(filter(None, values), "")


def main() -> None:
    """Write both documents of the project in or above the current folder."""
    root = find_project().root
    years = [path for path in (root / "data").iterdir() if path.name.isdecimal()]
    data_dir = min(years)  # the first year: exports of later ones may call the columns otherwise
    (root / "docs" / "data-dictionary.md").write_text(data_dictionary(CONTRACTS, data_dir), "utf-8")
    (root / "docs" / "errors.md").write_text(error_list(), "utf-8")


if __name__ == "__main__":
    main()
