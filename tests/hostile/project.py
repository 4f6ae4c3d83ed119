"""A small project whose every name and text is hostile, as far as the reader lets it in."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import yaml

from helpers.project import PACKAGED_RULES
from hostile.payloads import BLANKS, SHOWN, WITHOUT_DIGITS

YEAR = 2030
MANY = " ".join([WITHOUT_DIGITS, SHOWN["script"], SHOWN["title"], SHOWN["code"]])
"""Where a digit may stand."""

FIRST, SECOND = r"<svg onload=alert()> $\frac$ {{ seven }} {% raw %}", "_甲_ #emph[乙] *丙* @丁 [戊](javascript:alert()) | &lt;"
"""Names of the two programmes; a name that begins with _ is one that matplotlib leaves out of a legend."""
REGIONS = list(SHOWN.values())
GRANTS = [r"<b>甲</b> $\frac{乙}$", "=cmd|' /C calc'!A"]
EVENTS = ["<svg onload=alert()> $甲$", "{{ seven }} *乙*"]


def write_project(root: Path) -> Path:
    """The project in `root`; the path of its parameter file."""
    data = root / "data" / str(YEAR)
    rules = root / "params" / "rules"
    data.mkdir(parents=True)
    rules.mkdir(parents=True)
    tables = _tables()
    for name, rows in tables.items():
        with (data / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    files = [{"file": f"{name}.csv"} | _registered() for name in tables]
    _write(data / "register.yml", {"files": files, "assumptions": [{"id": WITHOUT_DIGITS, "tables": ["budget"], "text": MANY}]})
    rule_set = yaml.safe_load((PACKAGED_RULES / "national-default.yml").read_text("utf-8"))
    _write(rules / "hostile.yml", rule_set | {"name": WITHOUT_DIGITS, "notes": [MANY]})
    params = root / "params" / f"{YEAR}.yml"
    _write(params, _parameters())
    return params


def _write(path: Path, content: Any) -> None:
    """JSON is YAML in which every text is in quotation marks."""
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1), "utf-8")


def _registered() -> dict[str, str]:
    return {"title": MANY, "origin": "ledger", "keeper": MANY, "as_of": "2030-12-31", "note": MANY}


def _programme(number: int, name: str) -> dict[str, Any]:
    said = "。".join(f"{{{{ '{{{{' }}}} {word}" for word in ("<script>alert()</script>", "*甲* _乙_ #丙 @丁 $戊$ |"))
    return {
        "id": f"aid{number}",
        "code": f"99T0{number}",
        "name": name,
        "unit": "户",
        "unit_id": "households",
        "beneficiary": WITHOUT_DIGITS,
        "plan": {"name": MANY, "date": "2030-05-17", "office": MANY},
        "regulations": [MANY],
        "uses": [WITHOUT_DIGITS],
        "distribution_basis": WITHOUT_DIGITS,
        "grant_types": [{"id": f"grant{place}", "name": grant} for place, grant in enumerate(GRANTS)],
        "base_grant": "grant0",
        "milestones": [
            {"id": "survey", "name": EVENTS[0], "role": "preparation"},
            {"id": "payment", "name": EVENTS[1], "role": "payment"},
        ],
        "statement_date": "2030-05-17",
        "texts": {"spending": [said], "implementation": [said], "results": [said]},
    }


def _parameters() -> dict[str, Any]:
    said = ["{{ short_name }} <script>alert()</script> *甲* _乙_ #丙 @丁 $戊$ | &lt;"]
    return {
        "fiscal_year": YEAR,
        "data_dir": f"data/{YEAR}",
        "report": {"title": ["自评报告 <script>alert()</script> #甲 $乙$"]},
        "department": {"name": MANY, "short_name": WITHOUT_DIGITS, "code": "99", "profile": said},
        "regions": [{"code": f"99{number:04}", "name": name, "short_name": name} for number, name in enumerate(REGIONS, start=1)],
        "programmes": [_programme(1, FIRST), _programme(2, SECOND)],
        "texts": {"spending": said, "general_spending": said, "assets": said, "problems": said, "measures": said},
        "thresholds": {"timely_percent": 100, "small_cells": 1},
        "rules": "hostile",
        "goals": {"basis": said[0], "items": [{"expected": said[0], "achieved": said[0]}, {"achieved": said[0]}]},
        "problems": [{"id": "stated", "title": WITHOUT_DIGITS, "text": "<script>alert()</script> *甲* $乙$"}],
        "measures": [
            {
                "id": "answer",
                "title": WITHOUT_DIGITS,
                "text": "<b>甲</b> #乙",
                "problems": ["stated", "late_payment", "no_base_grant"],
            }
        ],
        "reconciliations": [{"id": "use", "label": MANY, "left": ["aid1.budget.amount"], "right": ["aid2.budget.amount"]}],
        "open_questions": [{"id": WITHOUT_DIGITS, "text": MANY}],
        "acknowledged": [{"code": "W506", "table": "payments", "reason": MANY}],
    }


def _tables() -> dict[str, list[dict[str, str]]]:
    codes = ("99T01", "99T02")
    projects = [
        {"项目编码": code, "项目名称": name, "支出类别": "项目"} for code, name in zip(codes, (FIRST, SECOND), strict=True)
    ]
    projects += [
        {"项目编码": f"99Y{number:02}", "项目名称": text, "支出类别": "公用"}
        for number, text in enumerate(SHOWN.values(), start=1)
    ]
    people = [(code, f"{code}-{number}", region) for code in codes for number, region in enumerate(REGIONS)]
    return {
        "budget": [
            row | {"资金来源": "财政拨款", "年初预算数": "90000.00", "调增": "0", "调减": "0", "上年结转": "0"}
            for row in projects
        ],
        "allocations": [
            {"项目编码": code, "地区": region, "金额": "1000.00", "方案名称": MANY, "方案日期": "2030-05-17"}
            for code in codes
            for region in REGIONS
        ],
        "beneficiaries": [
            {"项目编码": code, "对象编号": key, "地区": region, "类别": MANY, "状态": "在册", "暂停原因": MANY, "登记日期": ""}
            for code, key, region in people
        ],
        "payments": [
            {
                "支付编号": f"P{number}",
                "项目编码": code,
                "补助类型": GRANTS[number % 2],
                "对象编号": key,
                "地区": region,
                "资金来源": "财政拨款",
                "金额": f"{1000 + number}.00",
                "支付日期": f"2030-0{5 + number % 4}-10",
                "业务类型": "支付",
                "原支付编号": "",
            }
            for number, (code, key, region) in enumerate(people)
        ],
        "milestones": [
            {"项目编码": code, "事项": event, "计划开始": "2030-05-01", "计划完成": "2030-06-30", "实际完成": "2030-08-10"}
            for code in codes
            for event in EVENTS
        ],
        "indicators": [
            {
                "一级指标": FIRST,
                "二级指标": SECOND,
                "三级指标": text,
                "方向": "≥",
                "目标值": "1",
                "计量单位": "<b>$甲$",
                "分值": str(90 - 2 * (len(SHOWN) - 1)) if place == 0 else "2",
                "实际值来源": "填报",
                "实际值": "1",
                "达成档次": "",
                "档内得分率": "",
                "佐证材料": text,
                "偏差原因及改进措施": BLANKS["newline"] if place == 1 else text,
            }
            for place, text in enumerate(SHOWN.values())
        ],
        "assets": [
            {"资产类别": text, "数量": "3", "原值": "200.00", "净值": "100.00", "闲置数量": "1"} for text in SHOWN.values()
        ],
        "published": [
            {
                "事实编号": "aid1.budget.amount",
                "名称": MANY,
                "数值": "9",
                "计量单位": "万元",
                "章节": "二",
                "允差": "0",
                "出处": MANY,
            }
        ],
        "profile": [
            {"事实编号": "department.staff", "名称": MANY, "数值": MANY, "计量单位": "", "时点": "2030-12-31"},
            {"事实编号": "department.remark", "名称": MANY, "数值": "甲\n乙 <b>丙</b>", "计量单位": "", "时点": "2030-12-31"},
        ],
    }
