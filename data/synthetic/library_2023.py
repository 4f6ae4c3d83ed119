"""Figures of the example of another department, a made-up city's library: money for books, not for persons on a roster."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from synthetic.draw import apportion, working_days
from synthetic.figures import FISCAL
from synthetic.library_2023_texts import INDICATORS, OPTIONAL, PROFILE
from synthetic.payments import Payment
from synthetic.tables import Table, payments_table, yuan_text
from synthetic.year_2023 import YEAR_2023

CARRIED, OTHER = "上年结转", "其他"
REGIONS = {"澜东区": 34, "澜西区": 28, "望澜县": 22, "云麓县": 16}
"""Districts, each with its share of the branch libraries in percent."""


@dataclass(frozen=True)
class Project:
    """Money of one source; amounts in whole yuan. It is paid in `count` parts from `first` to `due`, `late` of them up to `last`.

    Where it is `shared`, each district gets its share. `returned` is sent back of one payment, and so comes off what was paid.
    """

    code: str
    name: str
    category: str
    budget: int
    paid: int
    count: int
    first: date
    due: date
    last: date
    late: int = 0
    source: str = FISCAL
    returned: int = 0
    shared: bool = False


def _through(code: str, name: str, category: str, budget: int, paid: int, count: int) -> Project:
    """A project that is paid all through the year."""
    return Project(code, name, category, budget, paid, count, date(2023, 1, 9), date(2023, 12, 29), date(2023, 12, 29))


ACQUISITION, DIGITAL, RARE_BOOKS, SERVICE = (f"99010023T00000000000{number}" for number in (1, 2, 3, 4))
_END = date(2023, 12, 28)

PROJECTS = (
    Project(
        *(ACQUISITION, "文献购置专项经费", "项目", 3_200_000, 3_126_480, 138),
        *(date(2023, 3, 6), date(2023, 12, 8), _END),
        late=11,
        returned=4_260,
    ),
    Project(
        *(ACQUISITION, "文献购置专项经费（上年结转）", "项目", 86_000, 86_000, 6),
        *(date(2023, 2, 24), date(2023, 3, 31), _END),
        source=CARRIED,
    ),
    Project(
        *(DIGITAL, "数字资源建设专项经费", "项目", 1_150_000, 1_138_600, 22),
        *(date(2023, 3, 20), date(2023, 11, 30), _END),
        late=1,
    ),
    Project(
        *(RARE_BOOKS, "古籍保护专项经费", "项目", 680_000, 603_750, 37),
        *(date(2023, 4, 10), date(2023, 11, 30), _END),
        late=5,
    ),
    Project(
        *(SERVICE, "免费开放补助资金", "项目", 900_000, 900_000, 64),
        *(date(2023, 4, 12), date(2023, 10, 31), date(2023, 11, 24)),
        late=2,
        shared=True,
    ),
    _through("99010023R000000000001", "在职人员经费", "人员", 5_860_000, 5_860_000, 12),
    _through("99010023R000000000002", "社会保障缴费", "人员", 1_420_000, 1_420_000, 12),
    _through("99010023Y000000000001", "日常公用经费", "公用", 1_260_000, 1_231_870, 48),
    _through("99010023T000000000005", "物业管理和安全保卫经费", "项目", 780_000, 780_000, 12),
    Project(
        *("99010023T000000000006", "社会捐赠文献整理经费", "项目", 120_000, 96_300, 9),
        *(date(2023, 5, 15), _END, _END),
        source=OTHER,
    ),
)

_LAST = ""
"""Stands for the day of the project's last payment."""

MILESTONES = (
    (ACQUISITION, "读者荐购意见征集", "2023-01-09", "2023-02-10", "2023-02-08"),
    (ACQUISITION, "采购招标", "2023-03-01", "2023-04-28", "2023-04-25"),
    (ACQUISITION, "编目上架", "2023-05-04", "2023-12-15", "2023-12-22"),
    (ACQUISITION, "书款支付", "2023-03-06", "2023-12-08", _LAST),
    (DIGITAL, "使用情况评估", "2023-01-16", "2023-02-28", "2023-02-24"),
    (DIGITAL, "合同签订", "2023-03-13", "2023-05-31", "2023-05-18"),
    (DIGITAL, "合同款支付", "2023-03-20", "2023-11-30", _LAST),
    (RARE_BOOKS, "古籍病害调查", "2023-02-01", "2023-03-17", "2023-03-15"),
    (RARE_BOOKS, "修复和数字化", "2023-04-03", "2023-12-20", "2023-12-19"),
    (RARE_BOOKS, "古籍保护经费支付", "2023-04-10", "2023-11-30", _LAST),
    (SERVICE, "免费开放补助下达", "2023-03-31", "2023-04-10", "2023-04-10"),
    (SERVICE, "免费开放补助支付", "2023-04-12", "2023-10-31", _LAST),
)


def library_tables() -> dict[str, Table]:
    """Every table of the library by name, the same each time."""
    rng = Random(990100)
    payments = [payment for project in PROJECTS for payment in _payments(rng, project)]
    return {
        "profile": [("事实编号", "名称", "数值", "计量单位", "时点"), *PROFILE],
        "budget": _budget(),
        "allocations": _allocations(),
        "payments": payments_table(payments),
        "milestones": _milestones(payments),
        "indicators": list(INDICATORS),
        "carry_overs": _carry_overs(),
        **{name: list(rows) for name, rows in OPTIONAL.items()},
    }


def _payments(rng: Random, project: Project) -> list[Payment]:
    """What was paid comes out to the fen, returns subtracted."""
    timely = working_days(project.first, project.due, YEAR_2023.holidays)
    late = working_days(project.due, project.last, YEAR_2023.holidays)[1:]
    gross = 100 * (project.paid + project.returned)
    even = project.category == "人员"
    amounts = apportion(gross, [1 if even else rng.randint(40, 160) for _ in range(project.count)])
    step = len(timely) / project.count
    days = [timely[int(place * step)] if even else rng.choice(timely) for place in range(project.count)]
    for place in rng.sample(range(project.count), project.late):
        days[place] = rng.choice(late)
    payments = [
        Payment(project.code, "", "", "", project.source, fen, day) for fen, day in zip(amounts, sorted(days), strict=True)
    ]
    if project.shared:
        payments = _in_districts(rng, payments)
    if project.returned:
        original = payments[project.count // 3]
        back = timely[timely.index(original.day) + 9]
        payments.append(Payment(project.code, "", "", "", project.source, 100 * project.returned, back, original))
    return payments


def _in_districts(rng: Random, payments: Sequence[Payment]) -> list[Payment]:
    """The same days, paid in districts that each get their share to the fen."""
    total = sum(payment.fen for payment in payments)
    counts = apportion(len(payments), list(REGIONS.values()))
    parts = [
        (region, fen)
        for (region, count), share in zip(
            zip(REGIONS, counts, strict=True), apportion(total, list(REGIONS.values())), strict=True
        )
        for fen in apportion(share, [rng.randint(40, 160) for _ in range(count)])
    ]
    rng.shuffle(parts)
    return [
        Payment(payment.code, "", "", region, payment.source, fen, payment.day)
        for payment, (region, fen) in zip(payments, parts, strict=True)
    ]


def _budget() -> Table:
    """What was carried over is no part of the year's own budget; books got 200,000 in the middle of the year, rare books less."""
    header = ("项目编码", "项目名称", "支出类别", "资金来源", "年初预算数", "调增", "调减", "上年结转")
    rows = []
    for project in PROJECTS:
        carried = project.budget if project.source == CARRIED else 0
        more = 200_000 if (project.code, project.source) == (ACQUISITION, FISCAL) else 0
        less = 40_000 if project.code == RARE_BOOKS else 0
        yuan = (project.budget - carried - more + less, more, less, carried)
        rows.append((project.code, project.name, project.category, project.source, *(yuan_text(100 * part) for part in yuan)))
    return [header, *rows]


def _allocations() -> Table:
    total = next(project.budget for project in PROJECTS if project.shared)
    shares = zip(REGIONS, apportion(total, list(REGIONS.values())), strict=True)
    rows = [(SERVICE, region, yuan_text(100 * yuan), "2023年免费开放补助资金分配方案", "2023-03-30") for region, yuan in shares]
    return [("项目编码", "地区", "金额", "方案名称", "方案日期"), *rows]


def _milestones(payments: Sequence[Payment]) -> Table:
    last = {payment.code: max(other.day for other in payments if other.code == payment.code) for payment in payments}
    rows = [(code, *planned, done or last[code].isoformat()) for code, *planned, done in MILESTONES]
    return [("项目编码", "事项", "计划开始", "计划完成", "实际完成"), *rows]


def _carry_overs() -> Table:
    """What is left of each category at the end of the year; what the year before left is in the budget."""
    rows = []
    for category in ("人员", "公用", "项目"):
        own = [project for project in PROJECTS if project.category == category]
        before = sum(project.budget for project in own if project.source == CARRIED)
        left = sum(project.budget - project.paid for project in own)
        rows.append((category, *(yuan_text(100 * yuan) for yuan in (before, 0, left))))
    return [("支出类别", "上年末结转结余", "本年预计结转结余", "本年末结转结余"), *rows]
