"""Files as offices really make them, each with what must be told of it; `READ` is told of none but a sound reading."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from zipfile import ZipFile

from intake_files import FILES, person
from workbooks import Change, assign, repack, replaced, workbook

P, B, A, G = (FILES[name] for name in ("payments", "beneficiaries", "allocations", "budget"))
HEADER = P.splitlines()[0]
MORE = "P6,99Y01,,,,财政拨款,100.00,2030-08-01,支付,\n"


@dataclass(frozen=True)
class Office:
    """`content` takes the place of a table of the sound folder; `others` are further tables by name.

    `told` are code, row and column of every issue but notes, of this file first; `words` stand in the first one.
    """

    table: str
    content: str | bytes | Callable[[], bytes]
    told: tuple[tuple[str, int | None, str | None], ...] = ()
    words: tuple[str, ...] = ()
    declared: str = ""
    others: dict[str, str] = field(default_factory=dict)


def with_people(text: str, *headers: str, change: Callable[[str], str] = str) -> str:
    """A table with personal columns before its own; `headers` may name them otherwise."""
    first, *rows = text.splitlines()
    kinds = dict(zip(headers, ("姓名", "身份证号", "银行账号", "手机号"), strict=False))
    lines = [",".join([*headers, first])]
    lines += [
        ",".join([*(change(person(number)[kind]) for kind in kinds.values()), row]) for number, row in enumerate(rows, start=1)
    ]
    return "\n".join(lines) + "\n"


def as_workbook(name: str, change: Change | None = None) -> bytes:
    """A table as Excel keeps it: amounts as numbers, days as days, blanks as nothing."""
    header, *rows = csv.reader(io.StringIO(FILES[name]))
    return workbook(change, rows=[header, *([_typed(*pair) for pair in zip(header, row, strict=True)] for row in rows)])


def _typed(header: str, cell: str) -> object:
    if re.search("日期|完成$|开始$", header) and cell:
        return datetime.fromisoformat(cell)
    return float(cell) if re.fullmatch(r"[0-9]+(\.[0-9]+)?", cell) and header == "金额" else cell or None


def shown(column: str, number_format: str) -> Change:
    def change(sheet):
        for row in range(2, 7):
            sheet[f"{column}{row}"].number_format = number_format

    return change


def built_in_format(number: int) -> bytes:
    """Days in one of the formats that Chinese Excel knows by number and writes nowhere."""

    def change(xml: bytes) -> bytes:
        xml = re.sub(rb"<numFmts.*?</numFmts>", b"", xml, flags=re.DOTALL)
        return re.sub(rb'numFmtId="1[67][0-9]"', b'numFmtId="%d"' % number, xml)

    return repack(as_workbook("payments", shown("H", 'yyyy"年"m')), {"xl/styles.xml": change})


def strict_open_xml() -> bytes:
    data = as_workbook("payments")
    with ZipFile(io.BytesIO(data)) as parts:
        names = [name for name in parts.namelist() if name.endswith((".xml", ".rels"))]

    def change(xml: bytes) -> bytes:
        xml = xml.replace(b"schemas.openxmlformats.org/spreadsheetml/2006/main", b"purl.oclc.org/ooxml/spreadsheetml/main")
        return xml.replace(
            b"schemas.openxmlformats.org/officeDocument/2006/relationships", b"purl.oclc.org/ooxml/officeDocument/relationships"
        )

    return repack(data, dict.fromkeys(names, change))


def codes_as_days(sheet) -> None:
    for row, day in ((2, 2), (3, 3), (4, 4)):
        sheet[f"B{row}"] = date(2024, 1, day)


def cover_before(sheet) -> None:
    sheet.parent.create_sheet("封面", 0).append(["2030年支付表"])


def moved(sheet) -> None:
    sheet.insert_rows(1, 2)
    sheet.insert_cols(1)


def beside(sheet) -> None:
    for row, (region, note) in enumerate((("地区", "备注"), ("甲市", "x"), ("乙县", "y")), start=1):
        sheet[f"G{row}"], sheet[f"H{row}"] = region, note


def renumbered(*numbers: str) -> dict[str, str]:
    """Roster and payments with other numbers of the three beneficiaries."""
    texts = {"payments": P, "beneficiaries": B}
    for old, new in zip(("H-1", "H-2", "H-3"), numbers, strict=True):
        texts = {name: text.replace(old, new) for name, text in texts.items()}
    return texts


BY_IDENTITY = renumbered(*(person(number)["身份证号"] for number in (1, 2, 3)))
BY_NAME = renumbered("欧阳示甲", "欧阳示乙", "欧阳示丙")
OUR_OWN = with_people(P, "姓名").replace(",H-1,", f",{person(1)['姓名']},")
WRONG_DIGIT = person(2)["身份证号"][:-1] + ("1" if person(2)["身份证号"][-1] != "1" else "2")
TWO_NAMES = "\n".join(
    f"{'经办人姓名' if place == 0 else '欧阳示例'},{line}" for place, line in enumerate(with_people(B, "户主").splitlines())
)

READ = {
    "quoted export with the unit in the header": Office("payments", P.replace("金额", "金额（元）")),
    "unit in the header after a colon": Office("allocations", A.replace("金额", "金额:元")),
    "days exported with the time of midnight": Office("payments", re.sub(r"(2030-\d\d-\d\d)", r"\1 00:00:00", P)),
    "days exported with a T and milliseconds": Office("payments", re.sub(r"(2030-\d\d-\d\d)", r"\1T00:00:00.000", P)),
    "tabs before codes, so that Excel takes them for text": Office("payments", P.replace("H-1", "\tH-1")),
    "no-break space behind an amount": Office("payments", P.replace("600.00", "600.00\u00a0")),
    "blank columns behind the last": Office("payments", "".join(f"{line},,\n" for line in P.splitlines())),
    "line breaks of a code in a workbook": Office(
        "beneficiaries", lambda: replaced(as_workbook("beneficiaries"), "<t>甲市</t>", "<t>甲市_x000D_</t>")
    ),
    "days shown as 2030年6月1日 (format 31)": Office("payments", lambda: built_in_format(31)),
    "days shown as 6月1日 (format 58)": Office("payments", lambda: built_in_format(58)),
    "days shown in Chinese numerals": Office(
        "payments", lambda: as_workbook("payments", shown("H", '[DBNum1][$-804]yyyy"年"m"月"d"日"'))
    ),
    "amounts shown in Chinese capitals": Office("payments", lambda: as_workbook("payments", shown("G", "[DBNum2]General"))),
    "amounts shown with 元": Office("payments", lambda: as_workbook("payments", shown("G", '#,##0.00"元"'))),
    "a hidden column": Office(
        "payments", lambda: as_workbook("payments", lambda sheet: setattr(sheet.column_dimensions["G"], "hidden", True))
    ),
    "strict Open XML": Office("payments", strict_open_xml),
    "a table that does not begin at A1": Office("payments", lambda: as_workbook("payments", moved)),
    "a sum with a float's last digit": Office(
        "payments",
        lambda: replaced(
            as_workbook("payments", assign(G2="=0.1+599.9")),
            "<f>0.1+599.9</f><v></v>",
            "<f>0.1+599.9</f><v>600.00000000000001</v>",
        ),
    ),
    "personal columns under office names": Office("beneficiaries", with_people(B, "户主", "身份证号码", "银行卡号", "联系电话")),
    "several columns of names": Office("beneficiaries", TWO_NAMES),
    "a return in a row above its payment": Office(
        "payments", P.replace(P.splitlines(True)[3], "").replace(f"{HEADER}\n", f"{HEADER}\n{P.splitlines(True)[3]}")
    ),
}

TOLD = {
    "saved by Excel: 2030/6/1": Office(
        "payments", P.replace("2030-06-01", "2030/6/1"), (("E502", 2, "支付日期"),), ("2030/6/1", "yyyy-mm-dd")
    ),
    "months without a day": Office("payments", P.replace("2030-06-01", "2030年6月"), (("E502", 2, "支付日期"),)),
    "an English month": Office("payments", P.replace("2030-06-01", "1-Jun-30"), (("E502", 2, "支付日期"),)),
    "the hour of a payment": Office("payments", P.replace("2030-06-01", "2030-06-01 09:30:00"), (("E505", 2, "支付日期"),)),
    "sep= in the first line": Office("payments", f"sep=,\n{P}", (("E201", 1, None),), ("header_row: 2",)),
    "field names of the system above the header": Office(
        "payments", f"PAY_NO,PRO,TYPE,OBJ,REG,SRC,AMT,DAY,KIND,ORG\n{P}", (("E201", 1, None),), ("header_row: 2",)
    ),
    "two exports one below the other": Office(
        "payments", f"{P}{HEADER}\n{MORE}", (("E220", 7, None),), ("与表头相同", "删去本行")
    ),
    "two exports with marks joined by copy": Office("payments", f"\ufeff{P}\ufeff{HEADER}\n{MORE}", (("E220", 7, None),)),
    "the whole file pasted twice": Office(
        "allocations", A + A.partition("\n")[2], (("W406", 4, "地区"), ("W406", 5, "地区")), ("与第 2 行的各列都相同",)
    ),
    "单位：万元 above the declared header": Office(
        "allocations", f"2030年度分配表,,,,\n单位：万元,,,,\n{A}", (("E304", 2, None),), ("万元", "换算成元"), "header_row: 3"
    ),
    "单位：万元 behind other words": Office(
        "allocations", f"2030年度分配表（单位：人、万元）,,,,\n{A}", (("E304", 1, None),), ("万元",), "header_row: 2"
    ),
    "万元 in the header": Office(
        "allocations", A.replace("金额", "金额（万元）"), (("E304", 1, "金额(万元)"),), ("不以元为单位", "改为“金额”")
    ),
    "千元 in the header": Office("allocations", A.replace("金额", "金额_千元"), (("E304", 1, "金额_千元"),)),
    "total called 共计": Office("budget", f"{G}共计,,项目,财政拨款,1900.50,0,0,0\n", (("E207", 5, "项目编码"),)),
    "total called 累计": Office("allocations", f"{A}99T01,累计,1000.00,示例方案,2030-05-17\n", (("E207", 4, "地区"),)),
    "total called 全区合计数": Office(
        "allocations", f"{A}99T01,全区合计数,1000.00,示例方案,2030-05-17\n", (("E207", 4, "地区"),)
    ),
    "total without a word": Office("allocations", f"{A},,1000.00,,\n", (("E210", 4, None),)),
    "end-of-file mark of DOS": Office("allocations", f"{A}\x1a", (("E210", 4, None),)),
    "doubled carriage returns": Office("allocations", A.replace("\n", "\r\r\n"), (("W211", 2, None),)),
    "commas at the row ends dropped by an old Excel": Office(
        "payments", re.sub(",(\n)", r"\1", P), tuple(("E106", row, None) for row in (2, 3, 5, 6)), ("行末", ".xlsx")
    ),
    "a full-width comma": Office("allocations", A.replace("乙县,", "乙县，"), (("E106", 3, None),)),
    "zero width behind an amount": Office("payments", P.replace("600.00", "600.00\u200b"), (("E302", 2, "金额"),), ("不可见",)),
    "amount in capitals": Office("payments", P.replace("600.00", "陆佰元整"), (("E303", 2, "金额"),)),
    "amount with an apostrophe": Office("payments", P.replace("600.00", "'600.00"), (("E301", 2, "金额"),)),
    "amounts that no department has": Office(
        "allocations",
        A.partition("\n")[0]
        + "\n"
        + "".join(f"99T01,甲市,{9_999_999_999_000 + row}.00,示例方案,2030-05-17\n" for row in range(99)),
        (("E311", None, "金额"),),
        ("合计超过上限",),
    ),
    "web page with a mark saved as CSV": Office(
        "payments", "\ufeff<html><table><tr><td>项目编码</td></tr></table></html>", (("E110", None, None),), ("网页",)
    ),
    "codes like 1-2 turned to days": Office(
        "beneficiaries",
        lambda: as_workbook("beneficiaries", codes_as_days),
        (("E401", 2, "对象编号"),),
        ("3 个", "被存为日期", "文本格式"),
    ),
    "a cover sheet before the data": Office(
        "payments", lambda: as_workbook("payments", cover_before), (("E209", None, None),), ('sheet: "分配"',)
    ),
    "a second table beside the first": Office(
        "allocations", lambda: as_workbook("allocations", beside), (("E204", None, "地区"), ("W205", None, "备注"))
    ),
    "days as numbers in a workbook": Office(
        "payments",
        lambda: as_workbook("payments", shown("H", "General")),
        tuple(("E503", row, "支付日期") for row in range(2, 7)),
        ("yyyy-mm-dd",),
    ),
    "a line break in a name": Office(
        "allocations", A.replace("甲市", '"甲\n市"'), (("E409", 2, "地区"),), ("“甲↵市”", "重新键入")
    ),
    "identity numbers as beneficiary numbers": Office(
        "payments",
        BY_IDENTITY["payments"],
        (("E411", 2, "对象编号"), ("E411", 2, "对象编号")),
        ("另编对象编号",),
        others={"beneficiaries": BY_IDENTITY["beneficiaries"]},
    ),
    "names as beneficiary numbers": Office(
        "payments",
        BY_NAME["payments"],
        (("W411", 2, "对象编号"), ("W411", 2, "对象编号")),
        ("像是姓名",),
        others={"beneficiaries": BY_NAME["beneficiaries"]},
    ),
    "a name among beneficiary numbers": Office("payments", OUR_OWN, (("E411", 2, "对象编号"),), ("共 1 行",)),
    "a telephone number in a remark": Office(
        "beneficiaries", B.replace("失去联系", "失去联系，电话13800138000"), (("W411", 4, "暂停原因"),), ("手机号码", "删去")
    ),
    "an identity number in a remark": Office(
        "beneficiaries", B.replace("失去联系", f"其子 {person(9)['身份证号']}"), (("W411", 4, "暂停原因"),), ("证件号码",)
    ),
    "numbers behind apostrophes": Office(
        "beneficiaries",
        with_people(B, "姓名", "身份证号", "银行账号", "手机号", change=lambda value: f"'{value}"),
        (("W404", 2, "身份证号"),),
        ("引号", "共 3 行"),
    ),
    "masked identity numbers": Office(
        "beneficiaries",
        with_people(B, "姓名", "身份证号", change=lambda value: re.sub(r"(?<=\d{6})\d{8}", "*" * 8, value)),
        tuple(("E402", row, "身份证号") for row in (2, 3, 4)),
        ("星号",),
    ),
    "a passport": Office(
        "beneficiaries",
        with_people(B, "姓名", "身份证号").replace(person(2)["身份证号"], "E12345678"),
        (("E402", 3, "身份证号"),),
        ("护照", "留空"),
    ),
    "无 instead of identity numbers": Office(
        "beneficiaries",
        with_people(B, "姓名", "身份证号", change=lambda value: re.sub("^[0-9]+[0-9X]$", "无", value)),
        tuple(("E402", row, "身份证号") for row in (2, 3, 4)),
        ("留空",),
    ),
    "a wrong check digit under an office's name": Office(
        "beneficiaries",
        with_people(B, "姓名", "证件号码").replace(person(2)["身份证号"], WRONG_DIGIT),
        (("E402", 3, "证件号码"),),
    ),
}
