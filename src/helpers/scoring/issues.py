"""Everything that scoring can object to: codes, severities and messages in one place. S1xx concern the table, S2xx a row.

S100 (a rule set that begins after the year) is raised where rules are read, in `rules.py`.
"""

from __future__ import annotations

from helpers.scoring.model import ScoringIssue, Severity

MESSAGES: dict[str, tuple[Severity, str]] = {
    "S101": ("错误", "全年预算数为 {budget}，应大于 0，否则没有执行率。请核对全年预算数（A）。"),
    "S102": ("错误", "只给了{given}，没有{missing}，不能计算执行率。请两项一并给出。"),
    "S103": ("警告", "执行率 {rate} 超过 100%，按满分封顶。请核对预算数和执行数，并说明超出部分的资金来源。"),
    "S104": ("警告", "全年执行数为 {executed}，是负数，执行率按 0 分计。请核对全年执行数（B）。"),
    "S105": ("警告", "执行率 {rate} 低于 {limit}，按本规则集必须说明原因。请在报告或自评表中写明。"),
    "S106": ("错误", "指标分值合计 {indicators} 分，加执行率 {execution} 分为 {total} 分，应为 100 分。请核对各行分值。"),
    "S201": ("错误", "“{name}”的分值为 {weight}，应大于 0、不超过 100，最多六位小数。请改正分值。"),
    "S202": ("错误", "“{name}”的实际完成值“{text}”不是实际测得的数。请填写实际的数值或日期，不带比较符号和文字。"),
    "S203": ("错误", "“{name}”的目标值“{text}”不是数，而方向是“{direction}”。请填写数值或日期；定性指标的方向应为“定性”。"),
    "S204": ("错误", "“{name}”的目标值单位为“{target}”，实际完成值单位为“{actual}”，不能比较。请统一计量单位。"),
    "S205": ("错误", "“{name}”的目标值是{target}，实际完成值是{actual}，不能比较。请两处都填日期或都填数值。"),
    "S206": ("错误", "“{name}”的目标值是日期，方向却是“{direction}”。时效指标应为“≤”（不晚于）。请改正方向。"),
    "S207": ("错误", "“{name}”填报为{band}，得分率应为 {span}，填的是 {share}。请核对达成档次和得分率。"),
    "S208": ("提示", "“{name}”完成目标值的 {rate}，达到 {limit} 以上。请核对目标值是否偏低，并说明原因。"),
    "S209": ("警告", "“{name}”完成目标值的 {rate}，达到 {limit} 以上，按本规则集必须填写原因。请补填偏差原因。"),
    "S210": ("警告", "“{name}”的目标值为 0，实际完成值 {actual} 达到 {limit} 以上，按本规则集必须填写原因。请补填偏差原因。"),
}


def issue(code: str, row: int | None = None, **given: str) -> ScoringIssue:
    """The issue of a code, its message filled in; `row` as in the file, None for the whole table."""
    severity, message = MESSAGES[code]
    return ScoringIssue(code, severity, row, message.format(**given))
