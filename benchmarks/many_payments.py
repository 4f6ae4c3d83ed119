"""A whole project with many payments: ``python -m benchmarks.many_payments 10000000 /tmp/many``.

The tables of the example are made larger: each beneficiary becomes several, each payment ten instalments, and the totals
grow with them, so that `selfeval run` works there as on the example. The rows are as synthetic as those that they come from,
and so are the persons added to them: identity numbers of a region that does not exist, names of the ten heavenly stems.
"""

from __future__ import annotations

import argparse
import csv
import re
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from stdnum import luhn
from stdnum.cn import ric

INSTALMENTS = 10
PERSONAL = ("姓名", "身份证号", "银行账号")

_STEMS = "甲乙丙丁戊己庚辛壬癸"
_FIRST_BIRTH, _BIRTHS = date(1940, 1, 1), 20_000
_MONEY = ("年初预算数", "调增", "调减", "上年结转", "金额")
_NOTE = "演示数据：由示例的各行扩大而成，只用于测量，不对应任何真实家庭或个人。"
_COUNTED = ("万元", "人", "户")

Row = dict[str, str]


def make_project(example: Path, project: Path, payments: int) -> int:
    """Write a project with about so many payments into a new folder; returns how many there are."""
    data = example / "data" / "2022"
    records = _read(data / "payments.csv")
    times = max(1, round(payments / (len(records) * INSTALMENTS)))
    for folder in ("notebooks", "params"):
        shutil.copytree(example / folder, project / folder)
    shutil.copytree(data, project / "data" / "2022")
    into = project / "data" / "2022"
    register = (into / "register.yml").read_text("utf-8")
    (into / "register.yml").write_text(re.sub('(?m)^    (note|text): ".*"$', rf'    \1: "{_NOTE}"', register), "utf-8")
    for name in ("budget", "allocations"):
        _write(into / f"{name}.csv", (_scaled(row, times) for row in _read(data / f"{name}.csv")))
    _write(into / "published.csv", (_total(row, times) for row in _read(data / "published.csv")))
    roster = _read(data / "beneficiaries.csv")
    copies = (row | {"对象编号": _copy(row["对象编号"], copy)} for row in roster for copy in range(times))
    _write(into / "beneficiaries.csv", copies)
    numbers = list(dict.fromkeys(row["对象编号"] for row in roster))
    _write_payments(into / "payments.csv", records, _persons(numbers, times), times)
    return len(records) * times * INSTALMENTS


def _write_payments(path: Path, records: Sequence[Row], persons: Mapping[str, list[str]], times: int) -> None:
    """The instalments of each record for each copy of its beneficiary, numbered in the order of the file."""
    place = {row["支付编号"]: number for number, row in enumerate(records)}
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join([*records[0], *PERSONAL]) + "\n")
        for row in records:
            number, original = place[row["支付编号"]], row["原支付编号"]
            first = number * times * INSTALMENTS
            back = place[original] * times * INSTALMENTS if original else 0
            amounts = _instalments(row["金额"])
            before = f"{row['项目编码']},{row['补助类型']},"
            after = f"{row['地区']},{row['资金来源']},"
            end = f"{row['支付日期']},{row['业务类型']},"
            lines = []
            for copy in range(times):
                who = _copy(row["对象编号"], copy) if row["对象编号"] else ""
                person = persons[row["对象编号"]][copy] if who else ",,"
                for part, amount in enumerate(amounts, start=copy * INSTALMENTS + 1):
                    returned = _number(back + part) if original else ""
                    lines.append(f"{_number(first + part)},{before}{who},{after}{amount},{end}{returned},{person}\n")
            file.writelines(lines)


def _instalments(yuan: str) -> list[str]:
    """Ten different amounts that add up to the whole: two equal ones on one day would be the same payment twice."""
    share, rest = divmod(int(Decimal(yuan) * 100), INSTALMENTS)
    fen = [share + part - 5 for part in range(INSTALMENTS)]
    fen[-1] += rest + 5
    return [f"{part // 100}.{part % 100:02}" for part in fen]


def _persons(numbers: Sequence[str], times: int) -> dict[str, list[str]]:
    """Name, identity number and account, joined by commas, of each copy of each beneficiary."""
    return {number: [_person(place * times + copy) for copy in range(times)] for place, number in enumerate(numbers)}


def _person(serial: int) -> str:
    born = _FIRST_BIRTH + timedelta(days=serial % _BIRTHS)
    identity = f"999999{born:%Y%m%d}{serial // _BIRTHS:03}"
    account = f"999999{serial:09}"
    name = "".join(_STEMS[int(digit)] for digit in f"{serial % 10_000:04}")
    return f"{name},{identity}{ric.calc_check_digit(identity + '0')},{account}{luhn.calc_check_digit(account)}"


def _scaled(row: Row, times: int) -> Row:
    return row | {name: f"{Decimal(row[name]) * times:.2f}" for name in _MONEY if name in row}


def _total(row: Row, times: int) -> Row:
    """A published total, `times` as large where it counts money or beneficiaries."""
    if row["计量单位"] not in _COUNTED or row["事实编号"].startswith("department."):
        return row
    return row | {"数值": f"{Decimal(row['数值']) * times:f}"}


def _copy(number: str, copy: int) -> str:
    return f"{number}-{copy:04}"


def _number(serial: int) -> str:
    return f"ZF2022-{serial:08}"


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(path: Path, rows: Iterator[Row]) -> None:
    first = next(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(first), lineterminator="\n")
        writer.writeheader()
        writer.writerow(first)
        writer.writerows(rows)


def main() -> None:
    """Make the project that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("payments", type=int)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    made = make_project(Path(__file__).parents[1], options.folder, options.payments)
    sys.stdout.write(f"{options.folder}: {made:,} payments\n")


if __name__ == "__main__":
    main()
