"""Word lists of the re-check. Kinds of 二级指标 are told by a word in their name, kinds of 三级指标 by how their name ends."""

from __future__ import annotations

import re

LEVEL2_KINDS = (
    ("满意", "满意度指标"),
    ("成本", "成本指标"),
    ("时效", "时效指标"),
    ("数量", "数量指标"),
    ("质量", "质量指标"),
    ("效益", "效益指标"),
    ("影响", "效益指标"),
)
"""A word in a 二级指标 and what it is, first match first (社会成本指标 is about cost)."""

LEVEL3_ENDINGS = (
    ("满意度指标", ("满意度", "满意率")),
    (
        "时效指标",
        (
            "及时率",
            "及时性",
            "及时度",
            "按时率",
            "按时完成率",
            "按期完成率",
            "准时率",
            "完成时间",
            "完成时限",
            "时限",
            "办结时间",
        ),
    ),
    ("质量指标", ("合格率", "准确率", "正确率", "验收率", "验收通过率", "优良率", "差错率", "规范率")),
    ("成本指标", ("成本", "单价", "人均费用", "发放标准", "补助标准", "预算控制数", "成本控制率")),
    ("数量指标", ("人数", "户数", "次数", "人次", "户次", "个数", "场次", "件数", "套数", "期数")),
)
"""How the name of a 三级指标 ends, and the kind that it then is."""

WRONG_UNDER = {
    "满意度指标": {"数量指标", "质量指标", "时效指标", "成本指标", "效益指标"},
    "时效指标": {"数量指标", "质量指标", "成本指标", "效益指标", "满意度指标"},
    "质量指标": {"数量指标", "时效指标", "成本指标", "满意度指标"},
    "成本指标": {"数量指标", "质量指标", "时效指标", "满意度指标"},
    "数量指标": {"质量指标", "时效指标", "成本指标", "满意度指标"},
}
"""Where each kind does not belong. Counts, quality and cost may stand under 效益 (带动就业人数, 水质合格率, 节约成本)."""

SAVINGS = ("节约", "节省", "降低", "下降", "压减", "减少", "核减", "结余")
"""A cost indicator so named is the better the higher it is."""

PAYMENT = re.compile(
    r".*(支付|拨付|发放|下达|投入|支出|使用|安排|到位)的?(资金|金额|经费|款项?|总?额)"
    r"|.*(资金|金额|经费|预算|款项?|补助金?|补贴)(支付|拨付|发放|下达|投入|支出|使用|执行|到位)(总?额|率|进度|比例|金额)?"
)
"""Names that measure money going out rather than work done."""

SURVEY = ("调查", "问卷", "测评", "回访", "访谈", "评议", "座谈")
"""Evidence that satisfaction was asked for."""

OFFICE = re.compile(r"[一-龥]{2,}?(?:局|厅)(?![部长面限势促麻长])|[一-龥]*(?:发改|卫健|国资|民宗|住建|经信)委")
COMMITTEE = re.compile(
    r"[一-龥]*(?:发展和改革|卫生健康|国有资产监督管理|民族事务|民族宗教事务|教育|科学技术|住房和城乡建设|城市管理|体育运动)委员会"
)
"""Names of government departments. Other committees are too often a department's own (评审委员会) to be told apart."""

NO_OFFICE = re.compile(r".*(?:[大全格布结开当时僵破变棋败胜战]局|[大展客餐舞门前]厅|音乐厅|报告厅)")
"""Words that only end like a department."""

ANY_REPORT = ("财政局", "财政厅", "审计局", "审计厅")
"""Departments that every self-evaluation may name."""

SELF = re.compile(r"[我本](局|厅|委|院|校|中心)(?![部长员托])")
"""What a department calls itself; its own name must end so."""

FESTIVALS = {
    "元旦": ("元旦", (1, 1)),
    "春节": ("春节", (2, 21)),
    "两节": ("元旦、春节", (2, 21)),
    "三节": ("元旦、春节", (2, 21)),
    "清明": ("清明", (4, 6)),
    "端午": ("端午", (6, 25)),
    "中秋": ("中秋", (10, 8)),
    "国庆": ("国庆", (10, 1)),
}
"""Occasions, the festivals that they mean for certain, and the latest day of the year on which the last of these can fall."""
