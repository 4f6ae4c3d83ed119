"""scorecard.xlsx: the official form for Excel, derivations, and rows for import."""

import io
import re
import zipfile
from fractions import Fraction

import pytest
from openpyxl import load_workbook

from helpers.publishing.errors import XLSXRefused
from helpers.publishing.form_layout import areas_of, page_ends, split_at
from helpers.publishing.scorecard_xlsx import scorecard_xlsx
from helpers.publishing.workbook import height_of
from helpers.scoring.engine import score_table
from helpers.scoring.model import Indicator, Quantity
from helpers.scoring.report import rules_folder
from helpers.scoring.rules import load_rules
from helpers.scoring.standalone_form import standalone_form

RULES = load_rules("national-default", rules_folder()).in_force(2022)


def indicator(name="人数", weight=45, **more):
    given = {"row": 2, "level1": "产出指标", "level2": "数量指标", "direction": "=", "target": Quantity(4, "个")}
    return Indicator(**(given | {"actual": Quantity(3, "个"), "level3": name, "weight": Fraction(weight)} | more))


def card_of(*indicators):
    return score_table(RULES, indicators, 120_000_000, 110_000_000)


def made(*indicators, notice=None):
    card = card_of(*indicators)
    return scorecard_xlsx(standalone_form(card, RULES, "某市图书馆"), card, RULES.name, notice)


def opened(*indicators, **more):
    return load_workbook(io.BytesIO(made(*indicators, **more)))


@pytest.fixture(scope="module")
def book():
    return opened(indicator("人数"), indicator("次数"), notice="含演示数据，不得报送 R&D")


def cells_of(sheet):
    return [cell for row in sheet.iter_rows() for cell in row]


def find(sheet, text):
    return next(cell for cell in cells_of(sheet) if cell.value == text)


def test_the_sheets(book):
    assert book.sheetnames == ["自评表", "得分计算过程", "系统导入"]


def test_levels_are_merged_over_their_rows(book):
    level = find(book["自评表"], "产出指标")
    assert f"A{level.row}:A{level.row + 1}" in map(str, book["自评表"].merged_cells.ranges)


def test_every_cell_of_the_form_has_its_border():
    """openpyxl recomputes the borders inside a merge on loading, so the merges are taken out of the file first."""
    with zipfile.ZipFile(io.BytesIO(made(indicator(), indicator("次数")))) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name] = re.sub(rb"<mergeCells.*</mergeCells>", b"", parts[name])
    plain = io.BytesIO()
    with zipfile.ZipFile(plain, "w") as target:
        for part, content in parts.items():
            target.writestr(part, content)
    form = load_workbook(plain)["自评表"].iter_rows(min_row=3, min_col=1, max_col=8)
    sides = {(cell.border.left.style, cell.border.right.style, cell.border.bottom.style) for row in form for cell in row}
    assert sides == {("thin", "thin", "thin")}


def test_points_are_numbers(book):
    sheet = book["自评表"]
    row = find(sheet, "次数").row
    assert (sheet.cell(row, 6).value, sheet.cell(row, 7).value, sheet.cell(row, 7).number_format) == (45, 33.75, "0.00")


def test_amounts_keep_their_decimals(book):
    sheet = book["自评表"]
    cell = sheet.cell(find(sheet, "年度资金总额").row, 4)
    assert (cell.value, cell.number_format) == (120, "0.00")


def test_it_prints_on_landscape_a4_in_the_width_of_a_page(book):
    for sheet in book:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_the_head_of_the_indicators_is_repeated(book):
    row = find(book["自评表"], "三级指标").row
    assert book["自评表"].print_title_rows == f"${row}:${row}"


def test_names_stay_in_sight(book):
    assert [sheet.freeze_panes for sheet in book] == ["D2", "A2", "A2"]


def test_the_footer_has_page_numbers_and_the_notice(book):
    for sheet in book:
        assert sheet.oddFooter.center.text == "第 &P 页，共 &N 页"
        assert sheet.oddFooter.left.text == "含演示数据，不得报送 R&&D"


def test_the_notice_stands_above_the_form_too(book):
    """Excel shows no footer on the screen."""
    assert book["自评表"]["A2"].value == "含演示数据，不得报送 R&D　　单位：万元"


def test_without_a_notice_the_unit_stands_alone():
    assert opened(indicator())["自评表"]["A2"].value == "单位：万元"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-2", "@SUM(1)", '=HYPERLINK("x")', "\t=1", "#N/A", "{=1}"])
def test_text_is_never_a_formula(text):
    for cell in filter(lambda cell: cell.value == text, cells_of(opened(indicator(text))["自评表"])):
        assert (cell.data_type, cell.quotePrefix) == ("s", text[0] in "=+-@\t")
        return
    pytest.fail("the text is not in the form")


def test_a_target_with_an_equals_sign_is_text_in_the_import_sheet(book):
    assert (book["系统导入"]["E2"].value, book["系统导入"]["E2"].data_type) == ("=4个", "s")


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1f", "\ud800", "\uffff"])
def test_a_control_character_is_refused_with_its_place(character):
    with pytest.raises(XLSXRefused, match=r"自评表.*U\+"):
        made(indicator(f"人{character}数"))


def test_a_text_that_no_cell_holds_is_refused():
    with pytest.raises(XLSXRefused, match="32767"):
        made(indicator("长" * 32_768))


def test_each_score_has_its_derivation(book):
    sheet = book["得分计算过程"]
    assert [cell.value for cell in sheet[1]] == ["序号", "项目", "分值", "得分", "计算过程和依据"]
    assert "45×3÷4" in sheet["E2"].value
    assert [sheet.cell(row, 2).value for row in range(2, 6)] == ["人数", "次数", "预算执行率", "总分"]


def test_rows_for_import_are_in_the_order_of_the_system(book):
    sheet = book["系统导入"]
    fields = [cell.value.split("\n")[1] for cell in sheet[1]]
    assert fields == ["findex", "sindex", "name", "actualweight", "indexval", "actualvalue", "score", "kpi_remark"]
    assert [cell.value for cell in sheet[2]] == ["产出指标", "数量指标", "人数", 45, "=4个", "3个", 33.75, None]


def test_the_same_bytes_each_time():
    assert made(indicator()) == made(indicator())


def test_entries_are_sorted_and_have_one_fixed_date():
    entries = zipfile.ZipFile(io.BytesIO(made(indicator()))).infolist()
    assert [entry.filename for entry in entries] == sorted(entry.filename for entry in entries)
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}


def test_rows_are_as_high_as_their_text():
    short, long = "原因", "原因说明文字较长，需要换行显示。" * 6
    sheet = opened(indicator("甲", deviation=short), indicator("乙", deviation=long))["自评表"]
    heights = [sheet.row_dimensions[find(sheet, name).row].height for name in ("甲", "乙")]
    assert heights[1] >= 6 * 15 > heights[0]


def test_a_wide_character_takes_two_columns():
    assert height_of("字" * 30, 31.5) == height_of("a" * 60, 31.5) == 2 * 15 + 6


def test_no_row_is_taller_than_excel_draws():
    assert height_of("字" * 5000, 20) == 409


def test_no_merge_crosses_a_page_end():
    sheet = opened(*(indicator(f"第{number}项", weight=2) for number in range(45)))["自评表"]
    ends = [page_break.id for page_break in sheet.row_breaks.brk]
    assert ends
    assert not [area for area in sheet.merged_cells.ranges for end in ends if area.min_row <= end < area.max_row]


def test_a_label_is_repeated_after_a_page_end():
    sheet = opened(*(indicator(f"第{number}项", weight=2) for number in range(45)))["自评表"]
    first = sheet.row_breaks.brk[0].id + 1
    assert sheet.cell(first, 1).value == "产出指标"


def test_pages_end_before_the_row_that_has_no_room():
    assert page_ends(dict.fromkeys(range(1, 7), 10.0), room=30.0, used=10.0, repeated=10.0) == [2, 4]


def test_a_row_taller_than_a_page_stands_alone():
    assert page_ends({1: 10.0, 2: 90.0, 3: 10.0}, room=30.0, used=0.0, repeated=0.0) == [1, 2]


def test_areas_skip_columns_that_a_cell_above_fills():
    form = {"rows": [[{"runs": [], "rowspan": 2}, {"runs": []}, {"runs": []}], [{"runs": [], "colspan": 2}]]}
    last = areas_of(form, 3)[-1]
    assert (last.row, last.column, last.last_column) == (4, 2, 3)


def test_an_area_is_split_at_each_end_inside_it():
    area = areas_of({"rows": [[{"runs": [], "rowspan": 5}]]}, 1)[0]
    assert [(piece.row, piece.last_row) for piece in split_at(area, [2, 4, 9])] == [(1, 2), (3, 4), (5, 5)]
