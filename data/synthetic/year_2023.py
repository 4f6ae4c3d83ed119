"""Figures of 2023, all made up: other amounts than 2022, one programme more, an export of payments with other column names."""

from __future__ import annotations

from datetime import date

from synthetic.figures import (
    GeneralProject,
    GrantKind,
    HardshipAid,
    Milestone,
    ModelWorkers,
    NeedGrant,
    Plan,
    Schedule,
    Year,
)
from synthetic.year_2022 import YEAR_2022
from synthetic.year_2023_texts import ASSUMPTIONS, INDICATORS, OPTIONAL, PROFILE, REGISTER

HARDSHIP_AID = HardshipAid(
    code="65000023T000000000001",
    name="专项帮扶资金",
    budget=1_560_000,
    plan=Plan("自治区财政“三节”送温暖资金分配方案", date(2023, 4, 18)),
    households=1380,
    categories={"深度困难": (23, 4), "相对困难": (58, 2), "意外致困": (19, 3)},
    registered=(date(2019, 1, 2), date(2023, 4, 18)),
    paid_households=1265,
    second_grants=41,
    grants=(
        GrantKind("生活救助", 57, 600, 2000),
        GrantKind("医疗救助", 20, 1000, 4000),
        GrantKind("助学救助", 14, 800, 2500),
        GrantKind("职业培训和职业介绍", 6, 500, 1200),
        GrantKind("法律援助", 3, 500, 1500),
    ),
    schedule=Schedule(date(2023, 4, 26), date(2023, 6, 30), date(2023, 10, 31), batches=3, late_percent=5, returns=4),
)

MODEL_WORKERS = ModelWorkers(
    code="65000023T000000000002",
    name="劳模专项补助资金",
    budget=8_040_000,
    own_name="部门预算劳模保障资金",
    own_budget=148_000,
    own_grants=14,
    plan=Plan("2023年自治区劳模专项补助资金分配方案", date(2023, 9, 20)),
    people=3980,
    suspended=140,
    suspended_reasons={"违法违纪": 1, "去向不明且失去联系": 2},
    categories={"在职": (29, 1), "退休": (50, 2), "农牧民": (21, 4)},
    registered=(date(2010, 1, 4), date(2023, 8, 31)),
    base_grant="春节慰问金",
    base_amount=1000,
    living=NeedGrant("生活困难补助金", people=330, total=2_850_000, low=4000, high=18000, without_base=1),
    special=NeedGrant("特殊困难帮扶金", people=130, total=1_500_000, low=5000, high=25000, without_base=1),
    schedule=Schedule(date(2023, 11, 20), date(2023, 12, 5), date(2023, 12, 22), batches=2, late_percent=2, returns=4),
)

SKILLS = HardshipAid(
    code="65000023T000000000004",
    name="职工技能提升补助资金",
    budget=960_000,
    plan=Plan("职工技能提升补助资金分配方案", date(2023, 3, 15)),
    households=860,
    categories={"产业工人": (70, 2), "新就业形态劳动者": (30, 3)},
    registered=(date(2023, 1, 9), date(2023, 3, 10)),
    paid_households=790,
    second_grants=25,
    grants=(GrantKind("职业技能证书补助", 65, 500, 1800), GrantKind("岗位练兵补助", 35, 600, 1500)),
    schedule=Schedule(date(2023, 5, 15), date(2023, 9, 28), date(2023, 11, 30), batches=4, late_percent=6, returns=2),
    letter="S",
)

YEAR_2023 = Year(
    year=2023,
    seed=2023,
    holidays=frozenset(
        [
            *(date(2023, 1, 2), *(date(2023, 1, day) for day in range(23, 28)), date(2023, 4, 5)),
            *(date(2023, 5, 1), date(2023, 5, 2), date(2023, 5, 3), date(2023, 6, 22), date(2023, 6, 23)),
            *(date(2023, 9, 29), *(date(2023, 10, day) for day in range(2, 7))),
        ]
    ),
    regions=YEAR_2022.regions,
    hardship_aid=HARDSHIP_AID,
    model_workers=MODEL_WORKERS,
    further=(SKILLS,),
    general=(
        GeneralProject("65000023R000000000001", "在职人员工资", "人员", 391_200, day=10, equal=True),
        GeneralProject("65000023R000000000002", "职工医疗保险", "人员", 1_702_500, day=15, equal=True),
        GeneralProject("65000023T000000000003", "访惠聚工作经费", "项目", 3_640_000, day=20, equal=False),
        GeneralProject("65000023Y000000000001", "日常公用经费", "公用", 512_000, day=25, equal=False),
    ),
    milestones=(
        Milestone(MODEL_WORKERS.code, "劳模生活状况摸底调查", date(2023, 6, 1), date(2023, 8, 31), date(2023, 8, 29)),
        Milestone(MODEL_WORKERS.code, "劳模补助资金发放", date(2023, 11, 20), date(2023, 12, 5), None),
        Milestone(HARDSHIP_AID.code, "分配方案下达", date(2023, 4, 3), date(2023, 4, 18), date(2023, 4, 18)),
        Milestone(HARDSHIP_AID.code, "帮扶资金发放", date(2023, 4, 19), date(2023, 6, 30), None),
        Milestone(SKILLS.code, "申报审核", date(2023, 3, 20), date(2023, 4, 28), date(2023, 5, 6)),
        Milestone(SKILLS.code, "补助资金发放", date(2023, 5, 15), date(2023, 9, 28), None),
    ),
    published=(),
    profile=PROFILE,
    indicators=INDICATORS,
    register=REGISTER,
    assumptions=ASSUMPTIONS,
    optional=OPTIONAL,
    exported={
        "payments": {
            "支付日期": "付款日期",
            "支付编号": "凭证编号",
            "业务类型": "业务类型",
            "原支付编号": "原凭证编号",
            "项目编码": "PRO_CODE",
            "补助类型": "用途",
            "资金来源": "资金性质",
            "对象编号": "补助对象编码",
            "地区": "行政区域",
            "金额": "支付金额（元）",
        }
    },
)
