"""Figures of 2022. The totals are those that the replaced report states; all weights, ranges and schedules are made up."""

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
    Region,
    Schedule,
    Year,
)
from synthetic.year_2022_texts import ASSUMPTIONS, INDICATORS, PROFILE, PUBLISHED, REGISTER

HARDSHIP_AID = HardshipAid(
    code="65000022T000000000001",
    name="专项帮扶资金",
    budget=1_480_000,
    plan=Plan("自治区财政“三节”送温暖资金分配方案", date(2022, 5, 17)),
    households=1455,
    categories={"深度困难": (25, 4), "相对困难": (55, 2), "意外致困": (20, 3)},
    registered=(date(2019, 1, 2), date(2022, 5, 17)),
    paid_households=1290,
    second_grants=34,
    grants=(
        GrantKind("生活救助", 60, 600, 2000),
        GrantKind("医疗救助", 18, 1000, 4000),
        GrantKind("助学救助", 13, 800, 2500),
        GrantKind("职业培训和职业介绍", 6, 500, 1200),
        GrantKind("法律援助", 3, 500, 1500),
    ),
    schedule=Schedule(date(2022, 5, 25), date(2022, 6, 30), date(2022, 11, 30), batches=3, late_percent=8, returns=3),
)

MODEL_WORKERS = ModelWorkers(
    code="65000022T000000000002",
    name="劳模专项补助资金",
    budget=7_770_000,
    own_name="部门预算劳模保障资金",
    own_budget=236_200,
    own_grants=22,
    plan=Plan("2022年自治区劳模专项补助资金分配方案", date(2021, 8, 5)),
    people=4016,
    suspended=154,
    suspended_reasons={"违法违纪": 1, "去向不明且失去联系": 2},
    categories={"在职": (30, 1), "退休": (48, 2), "农牧民": (22, 4)},
    registered=(date(2010, 1, 4), date(2021, 7, 30)),
    base_grant="春节慰问金",
    base_amount=1000,
    living=NeedGrant("生活困难补助金", people=322, total=2_762_100, low=4000, high=18000, without_base=2),
    special=NeedGrant("特殊困难帮扶金", people=127, total=1_385_100, low=5000, high=25000, without_base=1),
    schedule=Schedule(date(2022, 11, 25), date(2022, 12, 5), date(2022, 12, 28), batches=2, late_percent=4, returns=5),
)

YEAR_2022 = Year(
    year=2022,
    seed=2022,
    holidays=frozenset(
        [
            *(date(2022, 1, 3), date(2022, 1, 31), date(2022, 2, 1), date(2022, 2, 2), date(2022, 2, 3), date(2022, 2, 4)),
            *(date(2022, 4, 4), date(2022, 4, 5), date(2022, 5, 2), date(2022, 5, 3), date(2022, 5, 4), date(2022, 6, 3)),
            *(date(2022, 9, 12), *(date(2022, 10, day) for day in range(3, 8))),
        ]
    ),
    regions=(
        Region("乌鲁木齐市", 14, 112, 22),
        Region("克拉玛依市", 4, 115, 8),
        Region("吐鲁番市", 4, 98, 4),
        Region("哈密市", 5, 102, 5),
        Region("昌吉回族自治州", 9, 104, 9),
        Region("博尔塔拉蒙古自治州", 3, 100, 3),
        Region("巴音郭楞蒙古自治州", 7, 103, 7),
        Region("阿克苏地区", 9, 97, 8),
        Region("克孜勒苏柯尔克孜自治州", 4, 95, 3),
        Region("喀什地区", 13, 96, 9),
        Region("和田地区", 9, 94, 6),
        Region("伊犁哈萨克自治州", 11, 99, 9),
        Region("塔城地区", 5, 98, 4),
        Region("阿勒泰地区", 3, 100, 3),
    ),
    hardship_aid=HARDSHIP_AID,
    model_workers=MODEL_WORKERS,
    general=(
        GeneralProject("65000022R000000000001", "在职人员工资", "人员", 362_400, day=10, equal=True),
        GeneralProject("65000022R000000000002", "职工医疗保险", "人员", 1_648_700, day=15, equal=True),
        GeneralProject("65000022T000000000003", "访惠聚工作经费", "项目", 3_780_000, day=20, equal=False),
        GeneralProject("65000022Y000000000001", "日常公用经费", "公用", 530_000, day=25, equal=False),
    ),
    milestones=(
        Milestone(MODEL_WORKERS.code, "劳模生活状况摸底调查", date(2022, 8, 10), date(2022, 10, 31), date(2022, 10, 28)),
        Milestone(MODEL_WORKERS.code, "劳模补助资金发放", date(2022, 11, 25), date(2022, 12, 5), None),
        Milestone(HARDSHIP_AID.code, "分配方案下达", date(2022, 5, 1), date(2022, 5, 17), date(2022, 5, 17)),
        Milestone(HARDSHIP_AID.code, "帮扶资金发放", date(2022, 5, 18), date(2022, 6, 30), None),
    ),
    published=PUBLISHED,
    profile=PROFILE,
    indicators=INDICATORS,
    register=REGISTER,
    assumptions=ASSUMPTIONS,
)
