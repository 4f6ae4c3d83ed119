"""What the tables of 2022 state in words: published totals, profile, indicators, register, assumptions."""

from __future__ import annotations

PUBLISHED = (
    ("report.year", "报告年度", "2022", "年", "封面"),
    ("department.offices", "内设处室数", "16", "个", "一"),
    ("department.staff", "干部职工人数", "100余人", "", "一"),
    ("department.payroll_staff", "财政统发工资在职人员数", "2", "人", "一"),
    ("special.budget.amount", "专项资金财政预算数", "925", "万元", "二"),
    ("hardship_aid.budget.amount", "专项帮扶资金预算数", "148", "万元", "二"),
    ("model_workers.budget.amount", "劳模专项补助资金预算数", "777", "万元", "二"),
    ("hardship_aid.plan.date", "专项帮扶资金分配方案日期", "2022-05-17", "日期", "二、五"),
    ("hardship_aid.allocated.amount", "专项帮扶资金分配总额", "148", "万元", "二"),
    ("hardship_aid.allocated.regions", "专项帮扶资金下拨地州市数", "14", "个", "二"),
    ("hardship_aid.allocated.rate", "专项帮扶资金下拨率（原报告称资金使用率）", "100", "%", "二"),
    ("model_workers.plan.date", "劳模专项补助资金分配方案日期", "2021-08-05", "日期", "二"),
    ("model_workers.roster.people", "在册健在劳模人数", "4016", "人", "二、五"),
    ("model_workers.allocated.amount", "劳模专项补助资金分配总额", "777", "万元", "二"),
    ("general.budget.amount", "人员工资、医保、访惠聚经费等资金预算数", "632.11", "万元", "二"),
    ("model_workers.survey.deadline", "劳模生活状况摸底调查完成期限", "10月底", "", "三"),
    ("model_workers.payment.window", "劳模补助资金发放时段", "11月底至12月初", "", "三"),
    ("hardship_aid.roster.households", "已建档困难职工户数", "1455", "户", "五"),
    ("hardship_aid.uses.count", "专项帮扶资金使用方面数", "5", "个", "五"),
    ("hardship_aid.paid.amount", "专项帮扶资金使用数", "148", "万元", "五"),
    ("model_workers.suspended.people", "暂停享受待遇劳模人数", "154", "人", "五"),
    ("model_workers.paid.people", "实际发放劳模人数", "3862", "人", "五"),
    ("model_workers.spring_festival.people", "春节慰问金发放人数", "3859", "人", "五"),
    ("model_workers.spring_festival.amount", "春节慰问金发放金额", "385.9", "万元", "五"),
    ("model_workers.living_hardship.people", "生活困难补助金发放人数", "322", "人", "五"),
    ("model_workers.living_hardship.amount", "生活困难补助金发放金额", "276.21", "万元", "五"),
    ("model_workers.special_hardship.people", "特殊困难帮扶金发放人数", "127", "人", "五"),
    ("model_workers.special_hardship.amount", "特殊困难帮扶金发放金额", "138.51", "万元", "五"),
    ("model_workers.paid.amount", "劳模专项补助资金使用总额", "800.62", "万元", "五"),
    ("model_workers.paid.fiscal", "劳模专项补助资金使用总额中的财政资金", "777", "万元", "五"),
    ("model_workers.paid.own", "部门预算劳模保障资金列支数", "23.62", "万元", "五"),
)

PROFILE = (
    ("department.offices", "内设处室数", "16", "个", "2022-12-31"),
    ("department.staff", "干部职工人数", "100余人", "", "2022-12-31"),
    ("department.payroll_staff", "财政统发工资在职人员数", "2", "人", "2022-12-31"),
)

_QUANTITY = ("产出指标", "数量指标")
_QUALITY = ("产出指标", "质量指标")
_TIME = ("产出指标", "时效指标")
_COST = ("产出指标", "成本指标")
_SOCIAL = ("效益指标", "社会效益指标")
_LASTING = ("效益指标", "可持续影响指标")
_SATISFACTION = ("满意度指标", "服务对象满意度指标")
_RECORDS = "支付记录、对象名册"
_LATE = "部分帮扶资金在计划完成日期之后发放；今后提前核实发放名单，按月跟踪发放进度。"


def _measured(
    levels: tuple[str, str], name: str, target: tuple[str, str, str], weight: str, fact: str, evidence: str, deviation: str = ""
) -> tuple[str, ...]:
    """An indicator whose actual value is a fact; `target` is direction, value and unit."""
    return (*levels, name, *target, weight, fact, "", "", "", evidence, deviation)


def _reported(levels: tuple[str, str], name: str, target: tuple[str, str, str], weight: str) -> tuple[str, ...]:
    """An indicator that people report; what they have not reported stays blank."""
    return (*levels, name, *target, weight, "填报", "", "", "", "", "")


INDICATORS = (
    _measured(_QUANTITY, "实际发放劳模人数", ("≥", "3850", "人"), "6", "model_workers.paid.people", _RECORDS),
    _measured(_QUANTITY, "发放生活困难补助金人数", ("≥", "320", "人"), "4", "model_workers.living_hardship.people", _RECORDS),
    _measured(_QUANTITY, "帮扶困难职工家庭户数", ("≥", "1280", "户"), "6", "hardship_aid.paid.households", _RECORDS),
    _measured(_QUANTITY, "下拨地州市个数", ("=", "14", "个"), "4", "hardship_aid.allocated.regions", "资金分配方案"),
    _measured(_QUALITY, "资金发放准确率", ("=", "100", "%"), "10", "payments.accuracy.rate", _RECORDS),
    _measured(_TIME, "劳模补助资金发放及时率", ("≥", "95", "%"), "6", "model_workers.timely.rate", "支付记录"),
    _measured(_TIME, "专项帮扶资金发放及时率", ("≥", "95", "%"), "6", "hardship_aid.timely.rate", "支付记录", _LATE),
    _measured(_COST, "春节慰问金发放标准", ("=", "1000", "元/人"), "4", "model_workers.spring_festival.standard", _RECORDS),
    _measured(_COST, "财政资金支出占预算比例", ("≤", "100", "%"), "4", "spending.fiscal.rate", "预算指标、支付记录"),
    _measured(_SOCIAL, "建档困难职工家庭帮扶覆盖率", ("≥", "85", "%"), "8", "hardship_aid.coverage.rate", _RECORDS),
    _reported(_SOCIAL, "劳模生活困难缓解", ("定性", "有效缓解", ""), "6"),
    _reported(_SOCIAL, "困难职工家庭生活改善", ("定性", "有所改善", ""), "6"),
    _reported(_LASTING, "劳模关爱服务机制", ("定性", "持续健全", ""), "5"),
    _reported(_LASTING, "困难职工档案动态管理机制", ("定性", "持续健全", ""), "5"),
    _reported(_SATISFACTION, "服务对象满意度", ("≥", "90", "%"), "10"),
)

_FINANCE = "财务部门"
_OFFICES = "权益保障部、经济技术劳动保护部"


def _file(name: str, title: str, origin: str, keeper: str, note: str) -> dict[str, str]:
    return {"file": f"{name}.csv", "title": title, "origin": origin, "keeper": keeper, "as_of": "2022-12-31", "note": note}


REGISTER = (
    _file(
        *("published", "原报告载明的各项总数", "published", _FINANCE),
        "逐项摘自原2022年度自评报告，未作改动；出处栏注明所在部分。",
    ),
    _file(
        *("profile", "部门基本情况", "published", _FINANCE),
        "数值摘自原报告第一部分；原报告未注明时点，时点按年末列示。",
    ),
    _file(
        *("budget", "部门预算", "synthetic", _FINANCE),
        "演示数据。148万元、777万元、23.62万元和632.11万元为原报告所载；"
        "项目编码、632.11万元的项目构成为模拟，调增、调减、上年结转按零列示。",
    ),
    _file(
        *("allocations", "资金分配明细", "synthetic", _OFFICES),
        "演示数据。分配总额、方案名称、方案日期和地州市个数为原报告所载，地州市名称取自行政区划；各地州市的金额为模拟。",
    ),
    _file(
        *("beneficiaries", "补助对象名册", "synthetic", _OFFICES),
        "演示数据。1455户、4016人、暂停154人和暂停原因的种类为原报告所载；"
        "每一行的编号、地区、类别、暂停原因和登记日期均为模拟，不对应任何真实家庭或个人。",
    ),
    _file(
        *("payments", "资金支付记录", "synthetic", _FINANCE),
        "演示数据。劳模各类补助的人数和金额、财政拨款与部门预算资金的金额、帮扶资金总额为原报告所载；"
        "每一笔支付和退回的对象、金额、日期均为模拟，领取帮扶资金的户数、各使用方向的金额、一般项目的按月支付也为模拟。",
    ),
    _file(
        *("milestones", "工作进度", "synthetic", _OFFICES),
        "演示数据。摸底调查的完成期限、劳模补助资金的发放时段为原报告所载（原文只写到月底或月初，此处取具体日期），"
        "分配方案下达的完成日期取原报告的方案日期；其余计划日期和实际完成日期为模拟。",
    ),
    _file(
        *("indicators", "绩效指标", "synthetic", _FINANCE),
        "演示数据。原报告附表为空，指标、目标值、分值、佐证材料和改进措施均为模拟；定性指标和满意度没有资料，实际值和达成档次留空待补。",
    ),
)

_ASSUMED = (
    (
        "budget",
        "从部门预算劳模保障资金中列支的23.62万元，不在632.11万元之内，也不在财政预算合计1557.11万元之内。",
    ),
    (
        "budget",
        "全年预算数等于年初预算数：各项目均无调增、调减和上年结转。",
    ),
    (
        "payments",
        "148万元的逐户发放记录为模拟：原报告只说明资金已下拨14个地州市，未说明实际领取的户数、金额和日期。",
    ),
    (
        "budget payments",
        "632.11万元在人员工资、医疗保险、访惠聚和日常公用经费之间的划分为模拟，原报告只有合计；"
        "工资按财政统发工资的2人估列，各项按月支付并全部用完。",
    ),
    (
        "allocations beneficiaries",
        "专项帮扶资金按各地建档户数乘以生活水平系数分配，户数的地区分布和系数均为模拟。",
    ),
    (
        "allocations payments",
        "劳模专项补助资金在各地州市的分配数，取各地用财政拨款实际发放的金额；777万元全部用于发放。",
    ),
    (
        "milestones",
        "专项帮扶资金的计划发放期限为模拟：原报告没有发放期限，所设日期用于计算及时率。",
    ),
    (
        "milestones",
        "劳模补助资金的发放时段和摸底调查的完成期限，原报告只写到月底或月初，此处取具体日期；摸底调查的开始日期为模拟。",
    ),
    (
        "payments",
        "支付日期、逾期支付的比例和银行退回为模拟；退回的款项均已原额重新支付给原对象。",
    ),
    (
        "beneficiaries payments",
        "名册中的地区、类别、登记日期和暂停原因的分布为模拟；1455户在年内均为在册；"
        "同时领取多类补助的人、未领取春节慰问金的3人及其所领补助均为随机选定。",
    ),
    (
        "payments",
        "部门预算资金23.62万元用于支付若干笔特殊困难帮扶金，其余补助均由财政拨款支付；原报告未说明用于哪类补助。",
    ),
    (
        "indicators",
        "绩效指标的目标值、分值和改进措施为模拟，不代表批复的绩效目标。",
    ),
    (
        "budget",
        "部门编码和项目编码为模拟，只求符合项目编码的格式。",
    ),
    (
        "allocations profile",
        "劳模专项补助资金分配方案日期按原报告取2021年8月5日，未作更正；处室数和人员数的时点按年末列示。",
    ),
)
"""The tables that each assumption is about, and the assumption."""

ASSUMPTIONS = tuple(
    {"id": f"A{number:02d}", "tables": tables.split(), "text": text} for number, (tables, text) in enumerate(_ASSUMED, start=1)
)
