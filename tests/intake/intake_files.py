"""A small sound data folder of a made-up department, its parameters, and ways to spoil one file of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.intake import load_table
from helpers.issue import InputsInvalid, Issue
from helpers.params import Parameters

FILES = {
    "budget": """\
项目编码,项目名称,支出类别,资金来源,年初预算数,调增,调减,上年结转
99T01,示例补助,项目,财政拨款,1000.00,0,0,0
99T01,示例补助,项目,部门预算,600.50,0,0,0
99Y01,日常公用,公用,财政拨款,300.00,0,0,0
""",
    "allocations": """\
项目编码,地区,金额,方案名称,方案日期
99T01,甲市,600.00,示例方案,2030-05-17
99T01,乙县,400.00,示例方案,2030-05-17
""",
    "beneficiaries": """\
项目编码,对象编号,地区,类别,状态,暂停原因,登记日期
99T01,H-1,甲市,困难,在册,,2030-01-02
99T01,H-2,乙县,困难,在册,,
99T01,H-3,乙县,困难,暂停,失去联系,2030-01-02
""",
    "payments": """\
支付编号,项目编码,补助类型,对象编号,地区,资金来源,金额,支付日期,业务类型,原支付编号
P1,99T01,生活补助,H-1,甲市,财政拨款,600.00,2030-06-01,支付,
P2,99T01,生活补助,H-2,乙县,财政拨款,400.00,2030-06-02,支付,
P3,99T01,生活补助,H-2,乙县,财政拨款,400.00,2030-06-05,退回,P2
P4,99T01,生活补助,H-2,乙县,财政拨款,400.00,2030-06-09,支付,
P5,99Y01,,,,财政拨款,300.00,2030-07-01,支付,
""",
    "milestones": """\
项目编码,事项,计划开始,计划完成,实际完成
99T01,摸底,,2030-05-31,2030-05-30
99T01,发放,2030-06-01,2030-06-30,
""",
    "indicators": """\
一级指标,二级指标,三级指标,方向,目标值,计量单位,分值,实际值来源,实际值,达成档次,档内得分率,佐证材料,偏差原因及改进措施
产出指标,数量指标,补助户数,≥,2,户,50,aid.paid.households,,,,支付记录,
效益指标,社会效益指标,困难缓解,定性,有效缓解,,40,填报,,,,,
""",
    "published": """\
事实编号,名称,数值,计量单位,章节,允差,出处
aid.budget.amount,示例补助预算,0.1,万元,二,0,原报告第二部分
""",
    "profile": """\
事实编号,名称,数值,计量单位,时点
department.staff,职工人数,100余人,,2030-12-31
""",
}

PAYMENT_HEADER = FILES["payments"].splitlines()[0]


def example_parameters() -> Parameters:
    """Parameters that `FILES` agree with."""
    return Parameters.model_validate(
        {
            "fiscal_year": 2030,
            "data_dir": "data/2030",
            "report": {"title": ["示例部门自评报告"]},
            "department": {"name": "示例部门", "short_name": "示例", "code": "99", "profile": []},
            "regions": [
                {"code": "990100", "name": "甲市", "short_name": "甲"},
                {"code": "990200", "name": "乙县", "short_name": "乙"},
            ],
            "programmes": [
                {
                    "id": "aid",
                    "code": "99T01",
                    "name": "示例补助",
                    "unit": "户",
                    "unit_id": "households",
                    "beneficiary": "示例家庭",
                    "plan": {"name": "示例方案", "date": "2030-05-17", "office": "示例处"},
                    "regulations": [],
                    "uses": ["生活补助"],
                    "grant_types": [{"id": "living", "name": "生活补助"}],
                    "milestones": [
                        {"id": "survey", "name": "摸底", "role": "preparation"},
                        {"id": "payment", "name": "发放", "role": "payment"},
                    ],
                    "texts": {"spending": [], "implementation": [], "results": []},
                }
            ],
            "texts": {"spending": [], "general_spending": [], "assets": [], "problems": [], "measures": []},
            "thresholds": {"timely_percent": 100},
            "rules": "national-default",
            "problems": [],
            "measures": [],
            "reconciliations": [],
            "open_questions": [],
        }
    )


def register_text(*files: str, **origins: str) -> str:
    """A register of files; a table's origin is `ledger` unless named otherwise."""
    lines = ["files:"] + [
        f"  - {{file: {file}, title: 示例, origin: {origins.get(file.partition('.')[0], 'ledger')}, "
        'keeper: 示例处, as_of: "2030-12-31", note: 示例}'
        for file in files
    ]
    return "\n".join([*(lines if files else ["files: []"]), "assumptions: []", ""])


def write_folder(folder: Path, **changed: str) -> Path:
    """The sound folder, some of its CSV files with another text."""
    texts = FILES | changed
    for name, text in texts.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    (folder / "register.yml").write_text(register_text(*(f"{name}.csv" for name in texts)), encoding="utf-8")
    return folder


def write_table(folder: Path, file: str, content: str | bytes) -> Path:
    """A folder of one registered file."""
    (folder / file).write_bytes(content.encode() if isinstance(content, str) else content)
    (folder / "register.yml").write_text(register_text(file), encoding="utf-8")
    return folder


def issues_of(folder: Path, file: str, content: str | bytes) -> list[Issue]:
    """What reading the one file says against it."""
    with pytest.raises(InputsInvalid) as raised:
        load_table(write_table(folder, file, content), file.partition(".")[0])
    return raised.value.issues


def person(number: int) -> dict[str, str]:
    """Personal columns of a made-up person: an identity number with a valid check digit, a card number with another."""
    digits = f"990105194912{number % 28 + 1:02}{number:03}"
    weighted = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(digits))
    identity = digits + "10X98765432"[weighted % 11]
    return {
        "姓名": f"欧阳示例{chr(0x4E00 + number)}",
        "身份证号": identity,
        "银行账号": luhn_number(f"622202{number:012}"),
        "手机号": f"138{number:08}",
    }


def luhn_number(digits: str) -> str:
    """The digits and the check digit of a bank card."""
    total = sum(sum(divmod(int(digit) * (1 if place % 2 else 2), 10)) for place, digit in enumerate(reversed(digits)))
    return f"{digits}{-total % 10}"


def codes(issues: list[Issue]) -> list[str]:
    return [issue.code for issue in issues]
