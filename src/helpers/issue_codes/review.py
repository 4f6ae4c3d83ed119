"""R1xx to R4xx: what a finance bureau's re-check would object to; severity, message and mend are those of the rules."""

from __future__ import annotations

from helpers.issue_codes.entry import Entry
from helpers.review.codes import CODES as MESSAGES

_TITLES = {
    "R101": ("分值合计不是 100 分", "指标分值与预算执行率分值之和应为 100 分。"),
    "R102": ("总分不等于各行之和", "印出的总分与各行得分、执行率得分之和不同。"),
    "R103": ("执行率不等于 B/A", "印出的执行率不是全年执行数除以全年预算数。"),
    "R104": ("执行率重复计分", "预算执行率只在年度资金总额一行计分。"),
    "R105": ("全部满分", "所有指标都自评满分，复核时会重点查看。"),
    "R106": ("资金总额不等于其中数之和", "资金总额与当年拨款、结转和其他资金之和不同。"),
    "R107": ("得分超出分值", "得分应在 0 与分值之间。"),
    "R201": ("没有完成却得分", "没有实际完成值或没有完成的指标不应得分。"),
    "R202": ("未达目标没有原因", "没有达到目标值的指标要写偏差原因。"),
    "R203": ("超额完成没有原因", "完成值远高于目标值的要说明原因。"),
    "R204": ("成本指标的方向不对", "成本指标应越低越好。"),
    "R205": ("日期写在数值指标中", "日期目标属于时效指标。"),
    "R206": ("指标重复", "同一指标出现几次，重复计分。"),
    "R207": ("指标放错位置", "指标名称与所属的二级指标不符。"),
    "R208": ("以支付作数量指标", "资金支付已由预算执行率考核。"),
    "R209": ("实际完成值照抄目标值", "实际完成值带有 ≥ 等目标值的写法。"),
    "R210": ("定性指标没有实际效果", "实际完成情况与目标值文字相同，也没有佐证。"),
    "R211": ("满意度没有调查依据", "填有满意度结果，没有调查的说明。"),
    "R301": ("出现其他单位的名称", "文字可能照抄其他单位的材料。"),
    "R302": ("出现其他年份", "文字可能沿用了其他年度的材料。"),
    "R303": ("与上年度报告雷同", "一段文字与上年度报告相似度过高。"),
    "R304": ("文字与表格的金额不一致", "文字中的金额在事实和表格中都找不到。"),
    "R401": ("分配对象多于实际发放", "分配按全部名册表述，实际发放的对象较少。"),
    "R402": ("另用其他资金", "财政资金之外又使用了其他资金。"),
    "R403": ("有人没有领取基础补助", "领取补助的对象中有人没有基础补助记录。"),
    "R404": ("以分配数作使用数", "下达的分配数被表述为已使用。"),
    "R405": ("方案早于摸底", "分配方案的日期早于应当先完成的事项。"),
    "R406": ("方案晚于节日", "方案以节日为名，日期在节日之后。"),
    "R407": ("名册不是年末数", "名册的时点不是年末。"),
    "R408": ("没有资产数据", "资产管理部分没有数量和价值。"),
}

_SAMPLES = {
    "indicators": "91",
    "execution": "10",
    "printed": "95",
    "total": "94.81",
    "rate": "150%",
    "name": "补助户数",
    "count": "15",
    "column": "全年预算数",
    "parts": "920万元",
    "score": "12",
    "weight": "10",
    "actual": "≥95%",
    "target": "95%",
    "direction": "≥",
    "kind": "数量指标",
    "parents": "数量指标、质量指标",
    "level2": "质量指标",
    "year": "2019",
    "start": "本年度专项资金",
    "ratio": "96%",
    "amount": "926万元",
    "roster": "120人",
    "paid": "110人",
    "fewer": "10人",
    "fiscal": "77万元",
    "own": "3万元",
    "grant": "基础补助",
    "base": "107人",
    "without": "3人",
    "allocated": "148万元",
    "day": "2022年5月17日",
    "beneficiary": "补助对象",
    "plan": "资金分配方案",
    "event": "摸底调查",
    "finish": "2022年10月28日",
    "occasion": "春节",
    "passed": "春节",
}
"""One value for each name that a message fills in."""

_OWN_SAMPLES = {
    "R103": {"name": "年度资金总额", "printed": "90%", "rate": "92%"},
    "R104": {"name": "上年结转资金"},
    "R106": {"name": "年度资金总额", "total": "925万元"},
    "R201": {"actual": "没有填报实际完成值"},
    "R202": {"target": "≥95%", "actual": "90%"},
    "R205": {"target": "2022年12月31日前"},
    "R301": {"name": "某市某局"},
    "R404": {"paid": "实际支付120万元"},
    "R406": {"name": "春节慰问资金分配方案"},
}
"""Other values, where a code needs them to read well."""


def _entry(code: str) -> Entry:
    severity, message, mend = MESSAGES[code]
    samples = _SAMPLES | _OWN_SAMPLES.get(code, {})
    return Entry(severity, *_TITLES[code], mend.format(**samples), message.format(**samples))


CODES: dict[str, Entry] = {code: _entry(code) for code in _TITLES}
