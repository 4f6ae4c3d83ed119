"""What each table holds: the Chinese headers of its file, the English names of its frame, and what a cell may be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "key", "choice", "money", "date", "integer"]
"""A key is text that names something and is matched with other tables; money is in 元 in the file and fen in the frame."""

PERSONAL = ("姓名", "身份证号", "银行账号", "手机号")
"""Columns that any file may hold, also under other names. They are checked (`persons.py`) and dropped: no frame, message or
notebook has them."""


@dataclass(frozen=True)
class Column:
    """One column. A required cell is not empty; money and integers are always required, since a blank is no zero.

    `zero_is_odd` marks amounts of which none should be zero: a zero there is a warning.
    """

    header: str
    name: str
    kind: Kind = "text"
    required: bool = True
    choices: tuple[str, ...] = ()
    zero_is_odd: bool = False


@dataclass(frozen=True)
class Contract:
    """One table: its Chinese title, its columns in the order of the frame, and those that together name a row once (`unique`).

    An `optional` one may be absent, unless the parameters speak of what it holds (`needed.py`).
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    unique: tuple[str, ...] = ()
    optional: bool = False


_PROJECT = Column("项目编码", "project_code", "key")
_SOURCE = Column("资金来源", "source", "choice", choices=("财政拨款", "部门预算", "上年结转", "其他"))

_TABLES = (
    Contract(
        "budget",
        "部门预算",
        (
            _PROJECT,
            Column("项目名称", "project_name"),
            Column("支出类别", "category", "choice", choices=("人员", "公用", "项目")),
            _SOURCE,
            Column("年初预算数", "initial", "money"),
            Column("调增", "increase", "money"),
            Column("调减", "decrease", "money"),
            Column("上年结转", "carry_over", "money"),
        ),
        unique=("project_code", "source"),
    ),
    Contract(
        "allocations",
        "资金分配明细",
        (
            _PROJECT,
            Column("地区", "region", "key"),
            Column("金额", "amount", "money"),
            Column("方案名称", "plan_name"),
            Column("方案日期", "plan_date", "date"),
        ),
        optional=True,
    ),
    Contract(
        "beneficiaries",
        "补助对象名册",
        (
            _PROJECT,
            Column("对象编号", "beneficiary", "key"),
            Column("地区", "region", "key"),
            Column("类别", "category"),
            Column("状态", "status", "choice", choices=("在册", "暂停")),
            Column("暂停原因", "suspended_reason", required=False),
            Column("登记日期", "registered", "date", required=False),
        ),
        unique=("project_code", "beneficiary"),
        optional=True,
    ),
    Contract(
        "payments",
        "资金支付记录",
        (
            Column("支付编号", "payment", "key"),
            _PROJECT,
            Column("补助类型", "grant_type", "key", required=False),
            Column("对象编号", "beneficiary", "key", required=False),
            Column("地区", "region", "key", required=False),
            _SOURCE,
            Column("金额", "amount", "money", zero_is_odd=True),
            Column("支付日期", "paid_on", "date"),
            Column("业务类型", "kind", "choice", choices=("支付", "退回")),
            Column("原支付编号", "original_payment", "key", required=False),
        ),
        unique=("payment",),
    ),
    Contract(
        "milestones",
        "工作进度",
        (
            _PROJECT,
            Column("事项", "event", "key"),
            Column("计划开始", "planned_start", "date", required=False),
            Column("计划完成", "planned_finish", "date"),
            Column("实际完成", "actual_finish", "date", required=False),
        ),
        unique=("project_code", "event"),
    ),
    Contract(
        "indicators",
        "绩效指标",
        (
            Column("一级指标", "level1", "key"),
            Column("二级指标", "level2"),
            Column("三级指标", "level3"),
            Column("方向", "direction", "choice", choices=("≥", ">", "=", "≤", "<", "定性")),
            Column("目标值", "target", required=False),
            Column("计量单位", "unit", required=False),
            Column("分值", "weight"),
            Column("实际值来源", "actual_source", required=False),
            Column("实际值", "actual", required=False),
            Column("达成档次", "band", "choice", required=False, choices=("达成", "部分达成", "未达成")),
            Column("档内得分率", "band_rate", required=False),
            Column("佐证材料", "evidence", required=False),
            Column("偏差原因及改进措施", "deviation", required=False),
        ),
    ),
    Contract(
        "assets",
        "资产",
        (
            Column("资产类别", "asset_class", "key"),
            Column("数量", "quantity", "integer"),
            Column("原值", "original_value", "money"),
            Column("净值", "net_value", "money"),
            Column("闲置数量", "idle_quantity", "integer"),
        ),
        unique=("asset_class",),
        optional=True,
    ),
    Contract(
        "official_expenses",
        "“三公”经费",
        (
            Column(
                "费用项目", "item", "choice", choices=("因公出国（境）费", "公务用车购置费", "公务用车运行维护费", "公务接待费")
            ),
            Column("本年预算数", "budget", "money"),
            Column("本年执行数", "executed", "money"),
            Column("上年执行数", "former", "money"),
        ),
        unique=("item",),
        optional=True,
    ),
    Contract(
        "carry_overs",
        "结转结余",
        (
            Column("支出类别", "category", "choice", choices=("人员", "公用", "项目")),
            Column("上年末结转结余", "former", "money"),
            Column("本年预计结转结余", "budget", "money"),
            Column("本年末结转结余", "executed", "money"),
        ),
        unique=("category",),
        optional=True,
    ),
    Contract(
        "procurement",
        "政府采购",
        (
            Column("采购类别", "kind", "choice", choices=("货物", "工程", "服务")),
            Column("采购预算数", "budget", "money"),
            Column("实际采购数", "executed", "money"),
            Column("上年采购数", "former", "money"),
        ),
        unique=("kind",),
        optional=True,
    ),
    Contract(
        "published",
        "已公布的各项总数",
        (
            Column("事实编号", "fact", "key"),
            Column("名称", "label"),
            Column("数值", "value"),
            Column("计量单位", "unit", required=False),
            Column("章节", "sections"),
            Column("允差", "tolerance"),
            Column("出处", "reference"),
        ),
        unique=("fact",),
        optional=True,
    ),
    Contract(
        "profile",
        "部门基本情况",
        (
            Column("事实编号", "fact", "key"),
            Column("名称", "label"),
            Column("数值", "value"),
            Column("计量单位", "unit", required=False),
            Column("时点", "as_of", "date"),
        ),
        unique=("fact",),
    ),
)

CONTRACTS = {contract.name: contract for contract in _TABLES}
