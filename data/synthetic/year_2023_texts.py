"""What the tables of 2023 state in words: profile, indicators, optional tables, register, assumptions. All of it is made up."""

from __future__ import annotations

from synthetic.year_2022_texts import INDICATORS as FORMER_INDICATORS

PROFILE = (
    ("department.offices", "内设处室数", "16", "个", "2023-12-31"),
    ("department.staff", "干部职工人数", "110余人", "", "2023-12-31"),
    ("department.payroll_staff", "财政统发工资在职人员数", "2", "人", "2023-12-31"),
)

_TARGETS = {
    "实际发放劳模人数": "3830",
    "发放生活困难补助金人数": "325",
    "帮扶困难职工家庭户数": "1250",
    "建档困难职工家庭帮扶覆盖率": "88",
}
_LIGHTER = ("下拨地州市个数", "发放生活困难补助金人数")
_NEW = "发放职工技能提升补助人数"

INDICATORS = (
    ("产出指标", "数量指标", _NEW, "≥", "780", "人", "4", "skills.paid.people", "", "", "", "支付记录、对象名册", ""),
    *(
        (*row[:4], _TARGETS.get(row[2], row[4]), row[5], "2" if row[2] in _LIGHTER else row[6], *row[7:])
        for row in FORMER_INDICATORS
    ),
)
"""Those of 2022 with other targets, and one for the new programme that takes its points from two of them."""

OPTIONAL = {
    "official_expenses": (
        ("费用项目", "本年预算数", "本年执行数", "上年执行数"),
        ("因公出国（境）费", "0.00", "0.00", "0.00"),
        ("公务用车购置费", "0.00", "0.00", "0.00"),
        ("公务用车运行维护费", "86000.00", "79412.60", "81050.00"),
        ("公务接待费", "24000.00", "15830.00", "17260.50"),
    ),
    "carry_overs": (
        ("支出类别", "上年末结转结余", "本年预计结转结余", "本年末结转结余"),
        ("公用", "12500.00", "0.00", "8640.00"),
        ("项目", "143000.00", "50000.00", "61200.00"),
    ),
    "procurement": (
        ("采购类别", "采购预算数", "实际采购数", "上年采购数"),
        ("货物", "310000.00", "296450.00", "275300.00"),
        ("服务", "420000.00", "418900.00", "388000.00"),
    ),
    "assets": (
        ("资产类别", "数量", "原值", "净值", "闲置数量"),
        ("房屋", "2", "18600000.00", "9870000.00", "0"),
        ("车辆", "6", "1260000.00", "412000.00", "0"),
        ("通用设备", "418", "3950000.00", "1287600.00", "9"),
    ),
}

_FINANCE, _OFFICES = "财务部门", "权益保障部、经济技术劳动保护部"
_NOTE = "演示数据，全部为模拟，不对应任何真实记录、家庭或个人。"
_FILES = (
    ("profile", "部门基本情况", _FINANCE, ""),
    ("budget", "部门预算", _FINANCE, ""),
    ("allocations", "资金分配明细", _OFFICES, ""),
    ("beneficiaries", "补助对象名册", _OFFICES, ""),
    ("payments", "资金支付记录", _FINANCE, "列名和次序与上年的导出不同，由列名对照表对应。"),
    ("milestones", "工作进度", _OFFICES, ""),
    ("indicators", "绩效指标", _FINANCE, ""),
    ("official_expenses", "“三公”经费", _FINANCE, ""),
    ("carry_overs", "结转结余", _FINANCE, ""),
    ("procurement", "政府采购", _FINANCE, ""),
    ("assets", "资产", _FINANCE, ""),
)

REGISTER = tuple(
    {
        "file": f"{name}.csv",
        "title": title,
        "origin": "synthetic",
        "keeper": keeper,
        "as_of": "2023-12-31",
        "note": _NOTE + note,
    }
    for name, title, keeper, note in _FILES
)

ASSUMPTIONS: tuple[dict[str, str | list[str]], ...] = (
    {
        "id": "A01",
        "tables": [name for name, *_ in _FILES],
        "text": "2023年度的各表全部为演示数据：项目、金额、人数、日期和指标均为模拟，只用于演示换年度。",
    },
)
