"""The scanner finds every personal value in every published format, and nothing in a sound report."""

import base64
import io
import json
import zipfile
from pathlib import Path

import openpyxl
import pytest
import typst
from canaries import persons, values_of
from nbformat.v4 import new_code_cell, new_notebook, new_output, writes

from conftest import ROOT
from helpers.privacy.scanner import Leak, scan

PEOPLE = persons(1000)
PERSON = PEOPLE[7]
VALUES = values_of(PEOPLE)
KINDS = {"姓名": PERSON.name, "证件号码": PERSON.identity, "银行账号": PERSON.account, "手机号码": PERSON.mobile}


def html(value):
    return f"<!doctype html><p>共发放 <b>{value}</b> 元".encode()


def json_file(value):
    return json.dumps({"message": f"见{value}。"}).encode()


def csv_file(value):
    return f"编号,内容\n1,{value}\n".encode("gb18030")


def xlsx(value):
    workbook = openpyxl.Workbook()
    workbook.active.append(["甲", value])
    workbook.active["A2"].comment = openpyxl.comments.Comment("批注", "作者")
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def docx(value):
    """Word cuts a text into runs wherever it was edited."""
    file = io.BytesIO()
    runs = "".join(f"<w:r><w:t>{character}</w:t></w:r>" for character in value)
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document><w:p>{runs}</w:p></w:document>")
    return file.getvalue()


def pdf(value):
    return typst.compile(f"收款人  {value} 等".encode(), font_paths=[ROOT / "src/helpers/publishing/fonts"])


def pdf_attachment(value):
    attached = list(json_file(value))
    return typst.compile(f'#pdf.attach("facts.json", bytes(({", ".join(map(str, attached))},)))\nText'.encode())


def ipynb(value):
    output = new_output("stream", text=f"Name: {value}\n")
    return writes(new_notebook(cells=[new_code_cell("frame.head()", outputs=[output])])).encode()


def base64_text(value):
    return b"data:text/plain;base64," + base64.b64encode(f"收款人为{value}，金额无误，已逐笔核对并归档备查，材料齐全。".encode())


def attached_workbook(value):
    return b'{"file": "' + base64.b64encode(xlsx(value)) + b'"}'


FORMATS = [html, json_file, csv_file, xlsx, docx, pdf, pdf_attachment, ipynb, base64_text, attached_workbook]


@pytest.fixture
def found(tmp_path):
    """The leaks of one file with this content."""

    def look(content, values=VALUES, **more):
        path = tmp_path / "report.html"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return scan([path], values, **more)

    return look


@pytest.mark.parametrize("make", FORMATS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_value_is_found_in_every_format(found, make, kind):
    assert found(make(KINDS[kind])) == [Leak("report.html", kind, 1)]


@pytest.mark.parametrize("make", FORMATS)
def test_another_text_in_the_same_format_is_clean(found, make):
    assert found(make("某某单位")) == []


def entities(value):
    return "".join(f"&#{ord(character)};" for character in value)


DISGUISES = {
    "escaped": lambda value: json.dumps(value),
    "escaped twice": lambda value: json.dumps(json.dumps(value)),
    "entities": entities,
    "hexadecimal entities": lambda value: "".join(f"&#x{ord(character):x};" for character in value),
    "full width": lambda value: "".join(chr(ord(c) + 0xFEE0) if c.isascii() else c for c in value),
    "spaced": lambda value: " ".join(value),
    "wide spaces": lambda value: "\u3000".join(value),
    "percent": lambda value: "".join(f"%{byte:02X}" for byte in value.encode()),
    "inside a word": lambda value: f"代办人{value}签字",
    "marked up": lambda value: f"<span>{value[0]}</span><i>{value[1:]}</i>",
    "base64": lambda value: base64.b64encode(value.encode()).decode(),
}


@pytest.mark.parametrize("disguise", DISGUISES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_disguised_value_is_found(found, kind, disguise):
    assert [leak.kind for leak in found(f"见 {DISGUISES[disguise](KINDS[kind])} 。")] == [kind]


@pytest.mark.parametrize(
    "value", [f"{PERSON.identity[:6]} {PERSON.identity[6:14]} {PERSON.identity[14:]}", PERSON.identity.lower()]
)
def test_an_identity_number_is_found_as_people_write_it(found, value):
    assert [leak.kind for leak in found(value, frozenset())] == ["证件号码"]


def test_a_card_and_a_mobile_number_are_found_as_people_write_them(found):
    card = " ".join(PERSON.account[start : start + 4] for start in range(0, 19, 4))
    mobile = f"{PERSON.mobile[:3]}-{PERSON.mobile[3:7]}-{PERSON.mobile[7:]}"
    assert [leak.kind for leak in found(f"{card}；{mobile}", frozenset())] == ["银行账号", "手机号码"]


@pytest.mark.parametrize("kind", ["证件号码", "银行账号", "手机号码"])
def test_a_number_of_nobody_in_the_inputs_is_found_by_its_form(found, kind):
    assert found(KINDS[kind], frozenset()) == [Leak("report.html", kind, 1)]


def test_a_name_of_nobody_in_the_inputs_cannot_be_found(found):
    assert found(PERSON.name, frozenset()) == []


def test_names_in_other_scripts_are_found_as_whole_words(found):
    values = frozenset(["买买提·吐尔逊", "Ivan Petrov"])
    assert [leak.count for leak in found("买买提•吐尔逊和Ivan Petrov，不是Ivan Petrovich", values)] == [2]


def test_values_are_counted(found):
    assert found(f"{PERSON.mobile}、{PERSON.mobile}、{PEOPLE[8].mobile}") == [Leak("report.html", "手机号码", 3)]


@pytest.mark.parametrize(
    "text",
    [
        "65000022T000000000001",
        "a" * 20 + "13812345678" + "b" * 33,
        "5f13812345678e0bd43d9caa6e02c990b0a82652dca8b1",
        '"id": "13812345"',
        "1640995200",
        '"started": 1640995200123',
        "12.13812345678",
        "13812345678.25",
        "13812345678/3862",
        "650102198001011235",  # wrong check digit
        "6228480000000000001",  # Luhn does not hold
        "ZF2022-00001 H-00001",
        "M 10 20 L 138 1234 L 5678",
        "204 181 58 52 58 51 73 66 131 122",
        "张",
        "0",
    ],
)
def test_what_is_no_personal_value_raises_no_alarm(found, text):
    figures = frozenset(["13812345678"]) if "/" in text or ".25" in text else frozenset()
    assert found(text, frozenset(["张", "0", "2022"]), figures=figures) == []


def test_an_amount_in_fen_that_looks_like_a_mobile_number_is_a_figure(found):
    text = '{"unit": "万元", "value": "13812345678"}'
    assert [leak.kind for leak in found(text, frozenset())] == ["手机号码"]
    assert found(text, frozenset(), figures=frozenset(["13812345678"])) == []


def test_a_figure_that_is_somebodys_number_is_found_all_the_same(found):
    assert found(PERSON.mobile, VALUES, figures=frozenset([PERSON.mobile])) == [Leak("report.html", "手机号码", 1)]


def test_a_name_that_is_a_word_of_the_report_is_uncertain(found):
    leaks = found("促进和平。", frozenset(["和平"]), own_words=["维护世界和平"])
    assert leaks == [Leak("report.html", "姓名", 1, certain=False)]


def test_the_same_name_is_a_leak_where_the_reports_wording_does_not_have_it(found):
    assert found("促进和平。", frozenset(["和平"]), own_words=["维护团结"]) == [Leak("report.html", "姓名", 1)]


def test_a_leak_never_says_the_value(found):
    told = "".join(map(str, found(" ".join(PERSON.values), VALUES)))
    assert not any(value in told for value in PERSON.values)


@pytest.mark.parametrize("report", ["full_report", "published_report"])
def test_a_sound_report_is_clean(report, request):
    folder: Path = request.getfixturevalue(report)
    assert scan([path for path in sorted(folder.rglob("*")) if path.is_file()], VALUES) == []


def test_each_of_several_names_in_a_cell_is_found_and_a_remark_is_none(found):
    values = frozenset(["欧阳示甲、欧阳示乙（户主）"])
    assert found("欧阳示乙是户主", values) == [Leak("report.html", "姓名", 1)]


def test_a_name_known_in_two_forms_is_counted_once(found):
    assert found("欧阳示甲", frozenset(["欧阳示甲", "欧阳　示甲"])) == [Leak("report.html", "姓名", 1)]
