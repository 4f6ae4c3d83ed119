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
            "完工时间",
            "竣工时间",
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

ADVERSE = ("事故", "事件", "案件", "差错", "投诉", "信访", "舆情", "逾期", "超期", "延误", "违规", "违纪", "返工", "中断")
"""What should not happen: 有效投诉次数 may stand under 满意度, 逾期件数 under 时效."""

SAVINGS = ("节约", "节省", "降低", "下降", "压减", "减少", "核减", "结余")
"""A cost indicator so named is the better the higher it is."""

PAYMENT = re.compile(
    r".*(支付|拨付|发放|下达|投入|支出|使用|安排|到位)(的?总?额|.{0,8}(资金|金额|经费|款项?)(数额?|总额)?)"
    r"|.*(资金|金额|经费|预算|款项?|补助金?|补贴)(支付|拨付|发放|下达|投入|支出|使用|执行|到位)(总?额|数额|(完成)?率|进度|比例|金额)?"
)
"""Names that measure money going out rather than work done."""

BROUGHT_IN = (
    *("收入", "税收", "征收", "入库", "招商", "引资", "投资", "融资", "销售", "交易", "产值", "追回", "追讨", "挽回", "回收"),
    *("募集", "筹集", "捐赠", "捐款", "争取", "审计", "查出", "节约", "债务", "债券", "贷款", "出让"),
)
"""Money that comes in, is saved or is spent by others through the work that is measured."""

NO_REASON = re.compile("((无|没有|不存在|未发生)(任何)?(偏差|差异)?(原因)?|(已|全部|按时|如期)*完成|正常|不涉及|不适用)[。.]?")
"""What people write into the column of reasons without giving one."""

SURVEY = re.compile(
    "调查|问卷|测评|回访|访谈|评议|座谈|走访|抽样|热线|投诉|好差评|服务评价|意见(表|簿|征集)|征求意见|反馈表|满意度(统计|汇总|分析|报告)"
)
"""Evidence that satisfaction was asked for."""

OFFICE = re.compile(
    r"[一-龥]*?(?:(?<=[一-龥]{2})局(?![部长面限势促麻域地级])"
    r"|(?:教育|科技|科学技术|信息化|公安|民政|司法|财政|社会保障|人社|自然资源|国土资源|生态环境|环境保护|城乡建设|住建|交通运输|交通"
    r"|水利|农业农村|农业|商务|旅游|文旅|文化|卫生健康|应急管理|审计|林业)厅)"
    r"|[一-龥]*(?:发改|卫健|国资|民宗|住建|经信)委(?![员托派])"
)
COMMITTEE = re.compile(
    r"[一-龥]*(?:发展和改革|卫生健康|国有资产监督管理|民族事务|民族宗教事务|教育|科学技术|住房和城乡建设|城市管理|体育运动)委(?=员会)"
)
"""Names of government departments, without the 员会 of a 委员会. Other committees are too often a department's own (评审委员会)
to be told apart, and other 厅 are rooms."""

NO_OFFICE = re.compile(r".*(?:[大全格布结开当时僵破变棋败胜战定残终骗饭药]局|[省市州县区盟旗总我本该各上分厅属]局|国家.{0,8}局)")
"""Words that only end like a department, and departments that are called by their rank alone or belong to the whole country."""

ANY_REPORT = ("财政局", "财政厅", "审计局", "审计厅")
"""Departments that every self-evaluation may name."""

COOPERATION = re.compile(
    "会同|联合|协同|配合|协调|商请|报请|移交|征求|函告|联席|转交|牵头|(?:^|[，、])(?:与|向|报|经(?!济))|由于|(?<!原)因(?![此为而素地])|受.{0,12}影响"
)
"""Words that tell why another department is named in the same sentence."""
ISSUED = re.compile(
    "关于|牵头|立项|印发|出具|提供|核发|批[准复]|备案|公布|发布|通报|文件|证明|[年季月快]报|公报|数据|统计|登记|函|验收|审[批核定]|评定|认定"
)
"""What follows the name of a department that gave a paper."""

SELF = re.compile(r"(?:我|(?<![基样标剧资根原成版副日])本)(局|厅|委|院|校|中心)(?![部长员托舍车落线城])")
"""What a department calls itself."""

SELF_NAMES = {"校": ("校", "大学", "中学", "小学", "学院")}
"""What its own name has instead of the word by which it calls itself, where these differ."""

COMPARED = re.compile(r"(?:较|比|与|同|自|从|对照|对比|上年[（(]|[0-9]年?\s*[—–~～至到-]\s*)$")
CONTINUED = re.compile(
    r"\s*(?:以来|起|同期|版|修订|印发|出台|立项|开工|启动|度?结转|至|到|[—–~～-]|年?末(?:数|余额)|基[数期准础]|为基|不变价|度?决算|尾款|[春秋]季"
    r"|(?:建成|招标|签订|获批)的)"
)
"""What stands before and after a year that is named on purpose: comparisons, spans of years, carry-over."""

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
