"""All that the re-check can object to: severity, message and mend of each code, in one place.

R1xx: sums and the funds block; R2xx: indicator rows; R3xx: text; R4xx: what records and report say of a programme; R5xx: what was
changed in a report's DOCX.
An error contradicts the form's own rules, a warning needs an explanation, a hint is where a reviewer looks twice.
"""

from __future__ import annotations

from collections.abc import Iterable

from helpers.issue import Severity
from helpers.review.model import Finding

CODES: dict[str, tuple[Severity, str, str]] = {
    "R101": ("错误", "指标分值合计{indicators}分，预算执行率{execution}分，两项之和不是 100 分。", "请核对各行分值。"),
    "R102": ("错误", "总分印为{printed}分，各行得分与预算执行率得分之和为{total}分。", "请按各行得分重新汇总。"),
    "R103": ("错误", "“{name}”的执行率印为{printed}，按 B/A 计算为{rate}。", "请核对全年预算数、全年执行数和执行率。"),
    "R104": (
        "错误",
        "“{name}”是其中数，却列有预算执行率的分值或得分，会被重复计分。",
        "分值和得分只列在年度资金总额一行，其中数一律写“—”。",
    ),
    "R105": ("提示", "{count}项指标全部自评满分。", "请逐项复核目标值是否偏低、实际完成值有无佐证。"),
    "R106": ("错误", "“{name}”的{column}为{total}，各项其中数之和为{parts}，两者不符。", "请核对资金总额和各项其中数。"),
    "R107": ("错误", "“{name}”得{score}分，不在 0 至分值{weight}分之间。", "请核对得分。"),
    "R201": ("错误", "“{name}”{actual}，却得{score}分。", "没有完成或没有填报实际完成值的，不应得分；已完成的请补填实际值。"),
    "R202": ("警告", "“{name}”目标{target}，实际{actual}，未达到目标值，没有填写偏差原因。", "请填写偏差原因分析及改进措施。"),
    "R203": ("警告", "“{name}”完成目标值的{rate}，没有说明原因。", "请说明超额完成的原因，并核对目标值是否定得偏低。"),
    "R204": (
        "错误",
        "成本指标“{name}”的方向是“{direction}”，花费越多得分越高。",
        "成本指标应为“≤”；属于节约额或降低率的，请在名称中写明。",
    ),
    "R205": ("错误", "“{name}”的目标值“{target}”是日期，而该行属于{kind}。", "日期目标应列入时效指标；本行请改填数值。"),
    "R206": ("错误", "“{name}”重复列在{parents}之下。", "同一指标只能计一次分，请保留一处，其余改为不同的指标。"),
    "R207": ("警告", "“{name}”按名称属于{kind}，却列在“{level2}”之下。", "请移到相应的二级指标，或改写指标名称。"),
    "R208": ("警告", "“{name}”以资金支付作数量指标。", "资金支付由预算执行率考核，数量指标请改为完成的工作量或受益对象数。"),
    "R209": (
        "错误",
        "“{name}”的实际完成值“{actual}”照抄目标值的写法，不是实际测得的结果。",
        "请填写实际测得的数值或日期，并注明佐证材料。",
    ),
    "R210": ("提示", "定性指标“{name}”的实际完成情况与目标值文字相同，也没有佐证材料。", "请写明实际效果，并注明佐证材料。"),
    "R211": (
        "警告",
        "满意度指标“{name}”填有结果，没有调查依据。",
        "请在佐证材料中注明问卷、回访等满意度调查的名称、样本数和日期。",
    ),
    "R301": (
        "警告",
        "文字中出现其他单位的名称“{name}”。",
        "请核对是否由其他单位的材料照抄而来；确有关系的，请在参数或表中写明。",
    ),
    "R302": (
        "警告",
        "文字中出现评价年度以外的年份“{year}”。",
        "请核对是否沿用了其他年度的文字；确需提及的，请说明与本年度的关系。",
    ),
    "R303": ("警告", "“{start}…”一段与上年度报告相似度{ratio}。", "请按本年度情况改写。"),
    "R304": ("警告", "文字中的金额“{amount}”与任何事实和表中数字都不相等。", "请核对文字和表格，使同一金额两处一致。"),
    "R401": (
        "警告",
        "“{name}”的分配表述为以名册登记的全部{roster}为对象，而实际发放{paid}，少{fewer}。",
        "请统一分配对象与实际发放的口径，并说明差额。",
    ),
    "R402": (
        "警告",
        "“{name}”除财政资金{fiscal}外，另用其他资金{own}。",
        "请说明这部分资金的性质、是否含在其他预算之内，以及年初测算与实际需要的差距。",
    ),
    "R403": (
        "警告",
        "“{name}”实际发放{paid}，其中领取{grant}的{base}，{without}没有领取。",
        "请逐一核实这些对象，补发或写明原因。",
    ),
    "R404": (
        "警告",
        "“{name}”把分配数{allocated}表述为使用数，截至陈述日{day}{paid}。",
        "分配下达不等于支出，请提供支付到{beneficiary}的记录和户数。",
    ),
    "R405": (
        "警告",
        "《{plan}》日期为{day}，早于应当先完成的“{event}”（{finish}）。",
        "请核对方案日期是否有误；属实的，请说明方案的依据。",
    ),
    "R406": (
        "提示",
        "《{name}》以“{occasion}”为名，分配方案日期为{day}，当年的{passed}已过。",
        "请写明所指的节日和年度，并说明是否及时。",
    ),
    "R407": ("提示", "“{name}”的名册数{roster}截至{day}，不是年末数。", "请补充年末的名册数，并说明此后的变动。"),
    "R408": (
        "警告",
        "没有资产表，资产管理部分没有资产的数量和价值。",
        "请补充资产台账（assets.csv），列明资产类别、数量、原值和净值。",
    ),
    "R501": (
        "错误",
        "“{label}”（{fact}）应为“{expected}”，现为“{found}”。",
        "请改回“{expected}”；数字确有变化的，请更正原始数据后重新生成报告。",
    ),
    "R502": (
        "错误",
        "新写入的数字“{found}”在报告中没有对应的事实。",
        "请删去，或在笔记本中记录为事实后重新生成报告；数字已改动的，请改回原来的数字。",
    ),
    "R503": (
        "警告",
        "“{label}”（{fact}）“{expected}”被删去。",
        "不是有意删去的，请从原报告复制回来。",
    ),
    "R504": (
        "提示",
        "“{label}”（{fact}）“{expected}”的文字没有变，但不再与事实关联。",
        "需要保持关联的，请从原报告复制这个数字，连同它的内容控件。",
    ),
    "R505": (
        "提示",
        "新写入的“{found}”与“{label}”（{fact}）的打印值相同，但没有关联。",
        "请核对是否就是这个数字；是的，可从原报告复制它，连同它的内容控件。",
    ),
}


def finding(code: str, rows: Iterable[int] = (), section: str = "", **given: object) -> Finding:
    """The finding of a code, its message and mend filled in."""
    severity, message, mend = CODES[code]
    return Finding(code, severity, message.format(**given), mend.format(**given), tuple(rows), section)
