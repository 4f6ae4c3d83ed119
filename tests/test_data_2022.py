"""The rows of `data/2022` give the published totals to the fen, and the committed script makes them again."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from data_2022 import (
    DATA,
    GRANTS,
    HARDSHIP_AID,
    MODEL_WORKERS,
    PREFECTURES,
    YEAR,
    Row,
    Tables,
    control_totals,
    fen,
    net,
    net_by_person,
    of,
    read,
    read_tables,
    recomputed,
    total,
)


@pytest.fixture
def tables() -> Tables:
    return read_tables()


def test_every_published_total_is_given_by_the_tables(tables: Tables) -> None:
    assert recomputed(tables) == control_totals(tables)


def test_one_fen_more_is_seen(tables: Tables) -> None:
    """Negative control of the totals."""
    payment = next(row for row in tables["payments"] if row["补助类型"] == GRANTS["living_hardship"])
    payment["金额"] = f"{payment['金额'][:-1]}1"
    wrong = {fact for fact, value in recomputed(tables).items() if value != control_totals(tables)[fact]}
    assert wrong == {f"model_workers.{name}" for name in ("living_hardship.amount", "paid.amount", "paid.fiscal")}


def test_published_totals_are_exact(tables: Tables) -> None:
    """No tolerance is asked for: the replaced report's own sums hold."""
    assert {row["允差"] for row in tables["published"]} == {"0"}


def test_the_script_makes_the_committed_files_again(tmp_path: Path) -> None:
    """A copy of the script, run where nothing was made before and with other hash seeds, writes the same bytes."""
    (tmp_path / "data").mkdir()
    shutil.copy(DATA / "make_synthetic.py", tmp_path / "data")
    shutil.copytree(DATA / "synthetic", tmp_path / "data/synthetic", ignore=shutil.ignore_patterns("__pycache__"))
    environment = os.environ | {"PYTHONHASHSEED": "20", "LC_ALL": "C", "TZ": "America/New_York"}
    subprocess.run([sys.executable, tmp_path / "data/make_synthetic.py"], check=True, cwd=tmp_path.parent, env=environment)
    for folder in ("data/2022", "data/2023", "examples/library/data/2023"):
        assert contents(tmp_path / folder) == contents(DATA.parent / folder)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("path", sorted(YEAR.iterdir()), ids=lambda path: path.name)
def test_files_are_plain_utf8(path: Path) -> None:
    """UTF-8 without BOM, lines end with LF, the last one too."""
    text = path.read_bytes().decode("utf-8")
    assert not text.startswith("\ufeff")
    assert "\r" not in text
    assert text.endswith("\n")


def like_an_identity_number(text: str) -> list[str]:
    return re.findall(r"\d{17}[\dXx]", text)


def test_no_personal_data() -> None:
    for path in YEAR.iterdir():
        assert like_an_identity_number(path.read_text(encoding="utf-8")) == []
    headers = {column for path in YEAR.glob("*.csv") for column in read(path)[0]}
    assert not headers & {"姓名", "身份证号", "银行账号", "手机号"}


def test_an_identity_number_is_found() -> None:
    """Negative control; a project code is not taken for one."""
    assert like_an_identity_number("L-00001,11010519491231002X") == ["11010519491231002X"]
    assert like_an_identity_number(HARDSHIP_AID) == []


def test_fiscal_payments_are_the_fiscal_budget(tables: Tables) -> None:
    paid = net(of(tables["payments"], 资金来源="财政拨款"))
    assert paid == total(of(tables["budget"], 资金来源="财政拨款"), "年初预算数") == 1_557_110_000


def test_each_budget_row_is_paid_to_the_fen(tables: Tables) -> None:
    for row in tables["budget"]:
        paid = of(tables["payments"], 项目编码=row["项目编码"], 资金来源=row["资金来源"])
        assert net(paid) == fen(row["年初预算数"]), row["项目名称"]


def test_full_year_budget_is_the_initial_one(tables: Tables) -> None:
    assert {row[column] for row in tables["budget"] for column in ("调增", "调减", "上年结转")} == {"0.00"}


def test_use_of_the_allocation_with_own_money(tables: Tables) -> None:
    """800.62 of 777 is 103.04 %."""
    used = Decimal(net(of(tables["payments"], 项目编码=MODEL_WORKERS)))
    allocated = total(of(tables["allocations"], 项目编码=MODEL_WORKERS))
    assert (100 * used / allocated).quantize(Decimal("0.01")) == Decimal("103.04")


@pytest.mark.parametrize("code", [HARDSHIP_AID, MODEL_WORKERS])
def test_each_prefecture_pays_what_it_was_allocated(tables: Tables, code: str) -> None:
    plan = of(tables["allocations"], 项目编码=code)
    assert [row["地区"] for row in plan] == PREFECTURES
    for row in plan:
        paid = of(tables["payments"], 项目编码=code, 地区=row["地区"], 资金来源="财政拨款")
        assert net(paid) == fen(row["金额"]), row["地区"]


def test_grants_reach_those_on_file_where_they_live(tables: Tables) -> None:
    """None of the suspended is paid, and programme money goes to nobody else."""
    on_file = {(row["项目编码"], row["对象编号"], row["地区"]) for row in of(tables["beneficiaries"], 状态="在册")}
    grants = [row for row in tables["payments"] if row["项目编码"] in (HARDSHIP_AID, MODEL_WORKERS)]
    assert {(row["项目编码"], row["对象编号"], row["地区"]) for row in grants} <= on_file


def test_suspension_has_a_reason_and_only_suspension(tables: Tables) -> None:
    reasons = {(row["状态"], row["暂停原因"]) for row in tables["beneficiaries"]}
    assert reasons == {("在册", ""), ("暂停", "违法违纪"), ("暂停", "去向不明且失去联系")}


def test_spring_festival_grant_is_a_thousand_yuan_each(tables: Tables) -> None:
    assert set(net_by_person(of(tables["payments"], 补助类型=GRANTS["spring_festival"])).values()) == {100_000}


def test_three_people_got_another_grant_alone(tables: Tables) -> None:
    workers = of(tables["payments"], 项目编码=MODEL_WORKERS)
    with_base = {row["对象编号"] for row in of(workers, 补助类型=GRANTS["spring_festival"])}
    assert len({row["对象编号"] for row in workers} - with_base) == 3


def test_own_money_pays_special_grants(tables: Tables) -> None:
    own = of(tables["payments"], 资金来源="部门预算")
    assert {(row["项目编码"], row["补助类型"]) for row in own} == {(MODEL_WORKERS, GRANTS["special_hardship"])}


@pytest.mark.parametrize(
    ("code", "first", "due", "last", "low", "high"),
    [
        (MODEL_WORKERS, "2022-11-25", "2022-12-05", "2022-12-28", 3, 5),
        (HARDSHIP_AID, "2022-05-25", "2022-06-30", "2022-11-30", 7, 9),
    ],
)
def test_a_few_grants_are_late(tables: Tables, code: str, first: str, due: str, last: str, low: int, high: int) -> None:
    """Share of late grants in percent; all of them within the days of payment, the milestone done with the last."""
    days = [row["支付日期"] for row in of(tables["payments"], 项目编码=code, 业务类型="支付")]
    assert first <= min(days)
    assert max(days) <= last
    assert low * len(days) <= 100 * sum(day > due for day in days) <= high * len(days)
    assert max(days) in {row["实际完成"] for row in of(tables["milestones"], 项目编码=code, 计划完成=due)}


def broken_returns(payments: list[Row]) -> list[str]:
    """Numbers of returns without an earlier payment of the same grant, or not paid again later."""
    by_number = {row["支付编号"]: row for row in payments}
    same = ("项目编码", "补助类型", "对象编号", "地区", "资金来源", "金额")

    def holds(back: Row) -> bool:
        original = by_number.get(back["原支付编号"])
        if original is None or original["业务类型"] != "支付" or original["支付日期"] >= back["支付日期"]:
            return False
        again = of(payments, 业务类型="支付", **{column: back[column] for column in same})
        return original in again and any(row["支付日期"] > back["支付日期"] for row in again)

    return [row["支付编号"] for row in of(payments, 业务类型="退回") if not holds(row)]


def test_returns_name_their_payment_and_are_paid_again(tables: Tables) -> None:
    returns = of(tables["payments"], 业务类型="退回")
    assert 6 <= len(returns) <= 10
    assert broken_returns(tables["payments"]) == []
    assert not any(row["原支付编号"] for row in of(tables["payments"], 业务类型="支付"))


def test_a_return_without_its_payment_is_found(tables: Tables) -> None:
    """Negative control."""
    back = of(tables["payments"], 业务类型="退回")[0]
    tables["payments"] = [row for row in tables["payments"] if row["支付编号"] != back["原支付编号"]]
    assert broken_returns(tables["payments"]) == [back["支付编号"]]


def test_payments_are_numbered_by_date(tables: Tables) -> None:
    order = [(row["支付日期"], row["支付编号"]) for row in tables["payments"]]
    assert order == sorted(order)
    assert len({number for _, number in order}) == len(order)
    assert all(date.fromisoformat(day).weekday() < 5 for day, _ in order)


def test_weights_of_the_annex(tables: Tables) -> None:
    """90 in all: the 10 of the execution rate stand outside."""
    weights: Counter[str] = Counter()
    for row in tables["indicators"]:
        weights[row["一级指标"]] += int(row["分值"])
    assert weights == {"产出指标": 50, "效益指标": 30, "满意度指标": 10}


def test_nothing_reported_is_invented(tables: Tables) -> None:
    """No actual value is typed into the annex: it is a fact, or it is still to be reported."""
    filled = ("实际值", "达成档次", "档内得分率")
    assert not any(row[column] for row in tables["indicators"] for column in filled)
    qualitative = [row for row in tables["indicators"] if row["方向"] == "定性" or row["三级指标"] == "服务对象满意度"]
    assert {row["实际值来源"] for row in qualitative} == {"填报"}


def test_register_names_every_table() -> None:
    register = yaml.safe_load((YEAR / "register.yml").read_text(encoding="utf-8"))
    origins = {entry["file"]: entry["origin"] for entry in register["files"]}
    assert set(origins) == {path.name for path in YEAR.glob("*.csv")}
    assert {file for file, origin in origins.items() if origin != "synthetic"} == {"published.csv", "profile.csv"}


def test_register_is_plain_text() -> None:
    """A date or number that YAML would convert is quoted."""
    register = yaml.safe_load((YEAR / "register.yml").read_text(encoding="utf-8"))
    values = [value for entry in register["files"] + register["assumptions"] for value in entry.values()]
    texts = [text for value in values for text in (value if isinstance(value, list) else [value])]
    assert all(type(text) is str and text for text in texts)
