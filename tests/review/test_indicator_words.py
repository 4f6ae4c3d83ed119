"""R204, R207 and R208 are told by names: which names a sound table may hold, and which not."""

import pytest
from review_samples import codes, indicator

from helpers.review import Reviewed, review


def found(level3, level2, unit="个", direction="≥"):
    """Codes for one sound row of that name, in a table of 90 points."""
    row = indicator(level3, 10, 10, unit=unit, level2=level2, direction=direction, weight=90, score=80, evidence="问卷")
    return codes(review(Reviewed(indicators=(row,))))


@pytest.mark.parametrize(
    ("level3", "level2"),
    [
        *(
            ("发放补助人数", "数量指标"),
            ("发放宣传资料", "数量指标"),
            ("投入使用充电桩", "数量指标"),
            ("安排公益岗位名额", "数量指标"),
        ),
        *(("编制预算单位个数", "数量指标"), ("经费保障单位数", "数量指标"), ("争取上级资金", "数量指标")),
        *(("资金发放准确率", "质量指标"), ("救助资金社会化发放率", "质量指标"), ("重大事故件数", "质量指标")),
        *(("资金拨付及时率", "时效指标"), ("逾期件数", "时效指标"), ("有效投诉次数", "满意度指标")),
        *(("受益人数", "社会效益指标"), ("水质合格率", "生态效益指标"), ("群众满意度", "服务对象满意度指标")),
        *(("成本节约率", "成本指标"), ("能耗降低率", "经济成本指标")),
    ],
)
def test_a_name_that_a_sound_table_holds_raises_nothing(level3, level2):
    assert found(level3, level2) == []


@pytest.mark.parametrize(
    "level3", ["招商引资到位资金", "非税收入征缴额", "固定资产投资完成额", "审计查出问题金额", "化解隐性债务"]
)
def test_money_that_the_work_brings_in_is_no_payment(level3):
    assert found(level3, "数量指标", unit="万元") == []


@pytest.mark.parametrize(
    "level3",
    ["资金支付率", "支付资金", "预算执行率", "专项资金使用率", "拨付各乡镇补助经费", "补助资金拨付完成率", "完成资金支付"],
)
def test_payment_is_no_quantity(level3):
    assert found(level3, "数量指标") == ["R208"]


def test_money_spent_is_no_quantity():
    assert found("办公设备购置", "数量指标", unit="万元") == ["R208"]


@pytest.mark.parametrize(
    ("level3", "level2"),
    [
        *(("培训人数", "质量指标"), ("培训人次", "满意度指标"), ("完成及时率", "质量指标"), ("竣工时间", "数量指标")),
        *(("合格率", "数量指标"), ("验收合格率", "时效指标"), ("培训单价", "质量指标"), ("群众满意度", "社会效益指标")),
    ],
)
def test_a_name_under_the_wrong_level_2_is_told(level3, level2):
    assert found(level3, level2) == ["R207"]


@pytest.mark.parametrize(("direction", "expected"), [("≥", ["R204"]), (">", ["R202", "R204"]), ("≤", []), ("=", [])])
def test_a_cost_has_an_upper_limit(direction, expected):
    assert found("设备采购成本", "成本指标", unit="万元", direction=direction) == expected
