"""Each place where text meets a language of its own: templates, chart labels, Markdown, workbooks, the terminal, the fonts."""

import io
import json
import unicodedata

import pytest
from openpyxl import Workbook
from python_calamine import CalamineWorkbook
from typer.testing import CliRunner

from helpers import charts
from helpers.cli import app
from helpers.facts import FactError
from helpers.markdown import markdown_text
from helpers.narrative import render_runs
from helpers.publishing.errors import CharactersMissing, XLSXRefused
from helpers.publishing.fonts import require_characters
from helpers.publishing.web_svg import web_svg
from helpers.publishing.workbook import workbook_bytes, write_text
from helpers.terminal import visible
from hostile.payloads import BLANKS, HTML, INVISIBLE, REFUSED, SHEET, SHOWN
from samples import fact

# --- templates ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["{{ secret }}", "{% raw %}", "{{ ''.__class__ }}", "{# 甲 #}", "甲 乙", "{{ fact }}"])
def test_a_name_in_a_template_is_never_a_template(name):
    assert render_runs("补助{{ name }}。", {"name": name, "fact": fact()}) == [{"text": f"补助{name}。"}]


def test_a_name_cannot_stand_for_a_fact():
    """Within the text of a template a fact is marked by characters for private use, which a name may hold too."""
    with pytest.raises(FactError, match="直接写有数字“0”"):
        render_runs("{{ fact }}{{ name }}", {"name": "\ue0000\ue001", "fact": fact()})


@pytest.mark.parametrize(
    "template", ["{{ 7*7 }}", "{{ name.__class__ }}", "{{ name.__class__.__mro__ }}", "{{ cycler.__init__ }}"]
)
def test_a_template_prints_texts_and_facts_alone(template):
    with pytest.raises(FactError):
        render_runs(template, {"name": "甲"})


# --- chart labels -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", SHOWN.values(), ids=SHOWN)
def test_a_chart_label_is_drawn_as_typed(text):
    picture = charts.to_svg(charts.bars([text], {"甲": [fact()], text: [fact()]}, unit="人"))
    assert picture.count("<svg") == 1
    drawn = "".join(web_svg(picture, "p", "").split("<text")[1:])
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert drawn.count(f">{escaped}</text>") == 2, "once on the axis, once in the legend"


# --- Markdown (whole blocks: test_hostile_report.py) --------------------------------------------------------------------


@pytest.mark.parametrize("text", ["385.9万元，占比100%", "2022年5月17日（《办法》）", "a-b 1+1 甲/乙"])
def test_plain_text_stays_plain_in_markdown(text):
    assert markdown_text(text) == text


# --- workbooks ----------------------------------------------------------------------------------------------------------


def cell_of(text):
    workbook = Workbook()
    write_text(workbook.active["A1"], text)
    return workbook


@pytest.mark.parametrize("text", [*SHOWN.values(), *BLANKS.values()])
def test_a_cell_holds_text_as_typed(text):
    """Read by another program than wrote it; a carriage return comes back as one."""
    rows = CalamineWorkbook.from_filelike(io.BytesIO(workbook_bytes(cell_of(text)))).get_sheet_by_index(0).to_python()
    assert rows == [[text]]


@pytest.mark.parametrize("text", [SHEET["long"], SHEET["vertical_tab"], "\ud800", "\x00", "\x1b[31m"])
def test_a_text_that_no_cell_can_hold_is_refused_in_chinese(text):
    with pytest.raises(XLSXRefused, match=r"无法生成 Excel 文件：.*A1.*请"):
        cell_of(text)


# --- fonts: what no page can show ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", INVISIBLE)
def test_a_character_that_nobody_sees_is_refused_with_its_number_and_not_printed(name):
    with pytest.raises(CharactersMissing) as caught:
        require_characters([("第一部分 第2段", REFUSED[name])])
    message = str(caught.value)
    hidden = [character for character in message if unicodedata.category(character) in ("Cf", "Cc") and character != "\n"]
    assert (f"（U+{ord(REFUSED[name][1]):04X}），见：第一部分 第2段" in message, hidden) == (True, [])


# --- the terminal -------------------------------------------------------------------------------------------------------

STEERING = {
    "clear the screen": "\x1b[2J",
    "title": "\x1b]0;甲\x07",
    "overwrite the line": "甲\r乙",
    "c1": "\x9b2J",
    "override": HTML["override"],
    "lone surrogate": "\udcff",
    "tag": "\U000e0041",
}


@pytest.mark.parametrize("text", STEERING.values(), ids=STEERING)
def test_what_steers_a_terminal_is_printed_as_its_code(text):
    assert visible(text).isprintable()
    assert json.loads(f'"{visible(text)}"') == text


def test_text_that_steers_nothing_is_printed_as_it_is():
    assert visible("甲\t乙\n丙 — 《办法》😀") == "甲\t乙\n丙 — 《办法》😀"


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_an_indicator_cannot_steer_the_terminal(tmp_path, options):
    path = tmp_path / "table.csv"
    path.write_text("三级指标,年度指标值,实际完成值,分值\n甲\x1b[2J\u202e乙,≥10人,12人,90\n", "utf-8")
    result = CliRunner().invoke(app, ["score", str(path), *options])
    assert r"甲\u001b[2J\u202e乙" in result.stdout
    assert not {"\x1b", "\u202e"} & set(result.stdout + result.stderr)
