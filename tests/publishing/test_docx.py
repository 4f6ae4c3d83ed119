"""report.docx parsed back: page, headings, figures as controls, tables, pictures, contents, the same bytes each time."""

import re
import struct
import subprocess
import sys
import zipfile
from collections import Counter
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import docx
import pytest
from nbformat.v4 import new_notebook

from helpers.evidence.verify_bag import word_tag
from helpers.publishing.document import read_document
from helpers.publishing.errors import CharactersMissing, DOCXRefused, PictureRefused
from helpers.publishing.word.runs import LONGEST_TAG, fact_tag
from publishing.sample import SVG, block_output, sample_notebook
from publishing.word_files import W, controls, made, names, part, style_of, styled, text_of

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
BODY = "仿宋_GB2312"


@pytest.fixture(scope="module")
def report():
    return made(sample_notebook())


@pytest.fixture(scope="module")
def root(report):
    return part(report)


@pytest.fixture(scope="module")
def styles(report):
    return {style.get(f"{W}styleId"): style for style in part(report, "word/styles.xml").iter(f"{W}style")}


def value(parent, path, name="val"):
    found = parent.find("/".join(W + step for step in path.split("/")))
    return None if found is None else found.get(W + name)


def footer(report, kind, section=1):
    """A footer of a section of pages: 0 the cover, 1 the first text, 2 the annex in landscape."""
    reference = next(
        one for one in list(part(report).iter(f"{W}sectPr"))[section].iter(f"{W}footerReference") if one.get(f"{W}type") == kind
    )
    relations = part(report, "word/_rels/document.xml.rels")
    target = next(one.get("Target") for one in relations if one.get("Id") == reference.get(f"{R}id"))
    return part(report, f"word/{target}")


def tables(root):
    return list(root.iter(f"{W}tbl"))


def test_headings_keep_their_order_and_are_word_headings(root):
    found = [(style_of(one), text_of(one)) for one in root.iter(f"{W}p") if (style_of(one) or "").startswith("Heading")]
    section = [("Heading2", "（一）专项补助资金"), ("Heading3", "1.发放进度")]
    first, last = ("Heading1", "一、基本概况"), ("Heading1", "二、附表：《自评表》")
    appendix = [("Heading1", "附录一　假设与待补"), ("Heading1", "附录二　事实登记")]
    assert found == [first, *section, last, *section, *appendix]


@pytest.mark.parametrize(("level", "font"), [(1, "黑体"), (2, "楷体_GB2312"), (3, BODY), (4, BODY)])
def test_each_heading_style_has_its_outline_level_and_font(styles, level, font):
    """GB/T 9704-2012: 一、黑体，（一）楷体，1. 和（1）仿宋."""
    style = styles[f"Heading{level}"]
    assert value(style, "name") == f"heading {level}"
    assert value(style, "pPr/outlineLvl") == str(level - 1)
    assert value(style, "rPr/rFonts", "eastAsia") == font
    assert value(style, "rPr/rFonts", "ascii") == "Times New Roman"


def test_every_style_of_text_names_its_chinese_font(styles):
    """As Word, where the machine has them, uses them: none is left to the reader's settings."""
    fonts = {value(style, "rPr/rFonts", "eastAsia") for style in styles.values() if style.get(f"{W}type") == "paragraph"}
    assert fonts == {"方正小标宋简体", "黑体", "楷体_GB2312", BODY, "宋体"}


@pytest.mark.parametrize(("style", "font", "size"), [("Title", "方正小标宋简体", "44"), ("BodyText", BODY, "32")])
def test_title_and_body_have_their_font_and_size(styles, style, font, size):
    """GB/T 9704-2012: 标题二号小标宋，正文三号仿宋."""
    assert (value(styles[style], "rPr/rFonts", "eastAsia"), value(styles[style], "rPr/sz")) == (font, size)


def test_no_style_leads_to_a_theme_font(report):
    """A theme font would win over the named one."""
    everything = b"".join(zipfile.ZipFile(BytesIO(report)).read(name) for name in names(report) if name.endswith(".xml"))
    assert b"asciiTheme" not in everything
    assert b"eastAsiaTheme" not in everything


def test_body_lines_stand_28_points_apart_and_begin_two_characters_in(styles):
    assert (value(styles["Normal"], "pPr/spacing", "line"), value(styles["Normal"], "pPr/spacing", "lineRule")) == (
        "560",
        "exact",
    )
    assert value(styles["BodyText"], "pPr/ind", "firstLineChars") == "200"


def test_28_characters_and_22_lines_fill_a_page(root, styles):
    section = root.findall(f".//{W}sectPr")[0]
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    inside = [int(size.get(W + side)) - sum(int(margins.get(W + one)) for one in ends) for side, ends in
              (("w", ("left", "right")), ("h", ("top", "bottom")))]  # fmt: skip
    character = (16 + int(value(styles["Normal"], "rPr/spacing")) / 20) * 20
    assert (int(inside[0] // character), int(inside[1] // 560)) == (28, 22)


def test_the_grid_of_the_page_has_22_lines_that_fill_it(root):
    """What Word shows under 文档网格. Nothing is snapped to it."""
    section = root.findall(f".//{W}sectPr")[0]
    height = int(value(section, "pgSz", "h")) - int(value(section, "pgMar", "top")) - int(value(section, "pgMar", "bottom"))
    pitch = int(value(section, "docGrid", "linePitch"))
    assert value(section, "docGrid", "type") == "linesAndChars"
    assert 0 <= height - 22 * pitch < 22 + 1


def test_portrait_pages_have_the_margins_of_the_standard(root):
    """GB/T 9704-2012: 37 mm above, 35 below, 28 left, 26 right, on A4."""
    section = root.findall(f".//{W}sectPr")[0]
    sides = [round(int(value(section, "pgMar", side)) / 1440 * 25.4) for side in ("top", "bottom", "left", "right")]
    page = [round(int(value(section, "pgSz", side)) / 1440 * 25.4) for side in ("w", "h")]
    assert (sides, page) == ([37, 35, 28, 26], [210, 297])


def test_the_page_number_stands_7_mm_below_the_text(root):
    section = root.findall(f".//{W}sectPr")[0]
    below = int(value(section, "pgMar", "bottom")) - int(value(section, "pgMar", "footer")) - 14 * 20
    assert round(below / 1440 * 25.4) == 7


def test_the_annex_and_the_register_alone_have_landscape_pages(root):
    sections = root.findall(f".//{W}sectPr")
    assert [value(one, "pgSz", "orient") for one in sections] == [None, None, "landscape", None, "landscape"]
    assert int(value(sections[2], "pgSz", "w")) > int(value(sections[2], "pgSz", "h"))


def test_pages_are_counted_from_the_text_on(root):
    assert [value(one, "pgNumType", "start") for one in root.findall(f".//{W}sectPr")] == [None, "1", None, None, None]


def test_odd_numbers_stand_right_and_even_ones_left(report):
    """A tab before the number of an odd page leads to the right, on an even page the number begins the line."""
    assert part(report, "word/settings.xml").find(f"{W}evenAndOddHeaders") is not None
    for kind, first in (("default", "tab"), ("even", "t")):
        (line,) = footer(report, kind).iter(f"{W}p")
        kinds = [child.tag.removeprefix(W) for run in line.iter(f"{W}r") for child in run if child.tag != f"{W}rPr"]
        assert kinds[0] == first
        assert " PAGE " in [code.text for code in line.iter(f"{W}instrText")]
    assert re.search("— 1 —", text_of(footer(report, "default")))


def test_cover_and_contents_have_no_number_but_the_notice(report):
    assert [text_of(footer(report, kind, 0)) for kind in ("default", "even")] == ["含演示数据，不得报送"] * 2


def test_the_number_of_a_landscape_page_stands_at_the_foot_of_the_sheet(report):
    """In a box at the left whose text runs down."""
    box = footer(report, "default", 2)
    assert [one.get("vert") for one in box.iter() if one.get("vert")] == ["vert"]
    assert " PAGE " in [code.text for code in box.iter(f"{W}instrText")]


def test_the_cover_names_title_year_department_and_leaves_room_for_seal_and_date(root):
    cover = [text_of(one) for one in root.iter(f"{W}p")][:6]
    assert cover == [
        "自治区本级部门单位整体支出绩效",
        "自评报告",
        "（2022年度）",
        "含演示数据，不得报送",
        "部门单位名称（公章）：示例部门",
        "填报时间：　　　　年　　月　　日",
    ]


def test_the_contents_stand_on_a_page_of_their_own(root):
    (heading,) = styled(root, "TOCHeading")
    assert [one.get(f"{W}type") for one in heading.iter(f"{W}br")] == ["page"]


def test_the_register_gives_each_fact_a_row_with_its_figure(root):
    register = tables(root)[-1]
    rows = [[text_of(cell) for cell in row.findall(f"{W}tc")] for row in register.findall(f"{W}tr")]
    facts = sample_notebook().metadata["selfeval"]["facts"]
    assert [(row[0], row[1], row[2]) for row in rows[1:]] == [(name, one["label"], one["display"]) for name, one in facts.items()]


def test_the_head_of_the_register_is_repeated(root):
    rows = tables(root)[-1].findall(f"{W}tr")
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True, False, False, False]


def test_without_made_up_figures_there_is_no_notice():
    report = made(sample_notebook(notice=None))
    texts = [text_of(part(report, name)) for name in names(report) if name.endswith(".xml")]
    assert not [text for text in texts if "不得报送" in text]


def test_every_figure_is_a_control_with_the_id_of_its_fact(root):
    parts = (lambda document: (*document.sections, *document.appendix))(read_document(sample_notebook()))
    runs = []
    for block in (block for one in parts for block in one.blocks):
        cells = [cell["runs"] for row in block.get("rows", []) for cell in row]
        runs += [run for several in (block.get("runs", []), *cells, *block.get("notes", [])) for run in several if "fact" in run]
    registered = [(name, fact["display"]) for name, fact in sample_notebook().metadata["selfeval"]["facts"].items()]
    assert Counter(controls(root)) == Counter([(run["fact"], run["display"]) for run in runs] + registered)


def test_a_control_is_named_after_its_fact_and_numbered_once(root):
    first = next(root.iter(f"{W}sdt"))
    numbers = [value(one, "sdtPr/id") for one in root.iter(f"{W}sdt")]
    assert value(first, "sdtPr/alias") == "指标 a.people"
    assert len(set(numbers)) == len(numbers)


def test_an_id_longer_than_word_keeps_is_cut_and_stays_its_own():
    tags = {fact_tag("a." + "b" * 70 + end) for end in ("c", "d")}
    assert len(tags) == 2
    assert {len(tag) for tag in tags} == {LONGEST_TAG}


@pytest.mark.parametrize("length", [LONGEST_TAG, LONGEST_TAG + 1])
def test_an_archives_verifier_knows_the_same_tags(length):
    fact_id = "a.".ljust(length, "b")
    assert word_tag(fact_id) == fact_tag(fact_id)


def test_a_made_up_figure_is_followed_by_its_mark_outside_the_control(root):
    (body, _) = [one for one in styled(root, "BodyText") if "实际发放" in text_of(one)]
    assert "其中逾期145人△，满意度「待补」。<b>&amp;</b> \\ # $x$ *y* _z_ 「」“三节”" in text_of(body)
    assert [text_of(one) for one in body.iter(f"{W}r") if value(one, "rPr/rStyle") == "MadeUp"] == ["△"]


def test_no_line_begins_with_the_mark(report):
    assert value(part(report, "word/settings.xml"), "noLineBreaksBefore").endswith("△")


def test_what_is_missing_is_shaded(root, styles):
    missing = [one for one in root.iter(f"{W}r") if value(one, "rPr/rStyle") == "Missing"]
    assert {text_of(one) for one in missing} == {"「待补」", "待补"}
    assert value(styles["Missing"], "rPr/shd", "fill") == "DEDEDE"


def test_white_space_at_the_ends_of_a_run_is_kept(root):
    note = next(one for one in root.iter(f"{W}t") if one.text == "注：合计为 ")
    assert note.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"


def test_heads_of_tables_are_repeated_and_rows_not_broken(root):
    rows = tables(root)[0].findall(f"{W}tr")
    heads = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows]
    assert heads == [True, True, False, False, False]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_cells_are_merged_as_the_block_says(root):
    first, second = tables(root)[0].findall(f"{W}tr")[:2]
    assert [value(cell, "tcPr/gridSpan") for cell in first.iter(f"{W}tc")] == [None, "2"]
    assert [value(row.find(f"{W}tc"), "tcPr/vMerge") or row.find(f"{W}tc/{W}tcPr/{W}vMerge").tag for row in (first, second)] == [
        "restart", f"{W}vMerge"]  # fmt: skip


def test_each_row_fills_the_grid(root):
    for table in tables(root):
        columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        for row in table.findall(f"{W}tr"):
            assert sum(int(value(cell, "tcPr/gridSpan") or 1) for cell in row.findall(f"{W}tc")) == columns


def test_a_row_higher_than_a_page_may_be_broken():
    """Word would cut off what has no room."""
    notebook = sample_notebook()
    block = next(output.data for output in notebook.cells[1].outputs if "rows" in next(iter(output.data.values())))
    next(iter(block.values()))["rows"][2][0]["runs"] = [{"text": "很长的说明，" * 500}]
    rows = tables(part(made(notebook)))[0].findall(f"{W}tr")
    assert [row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows] == [True, True, False, True, True]


def test_a_full_row_of_headings_within_a_form_heads_the_rows_after_it():
    notebook = sample_notebook()
    head = [{"runs": [{"text": name}], "header": True} for name in ("一级指标", "得分")]
    rows = [[{"runs": [{"text": "部门名称"}], "colspan": 2}], head, [{"runs": [{"text": "产出"}]}, {"runs": [{"text": "甲"}]}]]
    form = {
        "kind": "table", "caption": "自评表", "unit": "", "header_rows": 0, "rows": rows, "notes": [],
        "columns": [{"align": "left", "width": 1}, {"align": "left", "width": 1}],
    }  # fmt: skip
    notebook.cells[1].outputs = [block_output(form)]
    above, below = tables(part(made(notebook)))[:2]
    heads = [[row.find(f"{W}trPr/{W}tblHeader") is not None for row in one.iter(f"{W}tr")] for one in (above, below)]
    assert heads == [[False], [True, False]]


def test_captions_are_numbered_by_fields(root):
    shown = [(text_of(one), [code.text.split()[:2] for code in one.iter(f"{W}instrText")]) for one in styled(root, "Caption")]
    table, figure = [["SEQ", "表"]], [["SEQ", "图"]]
    assert shown == [
        ("表1　分地区发放情况", table),
        ("图1　发放人数（△ 演示数据）", figure),
        ("表2　分地区发放情况", table),
        ("图2　发放人数（△ 演示数据）", figure),
        ("表3　一、基本概况", table),
    ]


def test_charts_have_300_dots_an_inch_and_words(report, root):
    inline = next(one for one in root.iter() if one.tag.endswith("}inline"))
    extent = next(one for one in inline if one.tag.endswith("}extent"))
    described = next(one for one in inline if one.tag.endswith("}docPr"))
    picture = next(name for name in names(report) if name.endswith(".png"))
    dots, _ = struct.unpack(">II", zipfile.ZipFile(BytesIO(report)).read(picture)[16:24])
    assert dots / (int(extent.get("cx")) / 914_400) == pytest.approx(300, rel=0.01)
    assert described.get("descr") == "条形图：甲市3862人"


def test_a_high_chart_leaves_room_for_its_caption():
    high = SVG.replace('height="120pt" viewBox="0 0 400 120"', 'height="1600pt" viewBox="0 0 400 1600"')
    notebook = sample_notebook()
    notebook.cells[1].outputs = [block_output({"kind": "figure", "caption": "高", "alt": "高图", "facts": []}, high)]
    extent = next(one for one in part(made(notebook)).iter() if one.tag.endswith("}extent"))
    assert int(extent.get("cy")) / 36_000 < 225 * 0.86


def test_the_contents_are_a_field_that_is_filled_in(root):
    entries = styled(root, "TOC1")
    codes = [code.text for code in entries[0].iter(f"{W}instrText")]
    kinds = [one.get(f"{W}fldCharType") for entry in entries for one in entry.iter(f"{W}fldChar")]
    assert [text_of(entry) for entry in entries] == [
        "一、基本概况1",
        "二、附表：《自评表》2",
        "附录一　假设与待补4",
        "附录二　事实登记5",
    ]
    assert codes[0].split()[0] == "TOC"
    assert kinds.count("begin") == kinds.count("end") == len(entries) + 1


def test_each_entry_of_the_contents_leads_to_its_heading(root):
    links = [link.get(f"{W}anchor") for link in root.iter(f"{W}hyperlink")]
    marks = {one.get(f"{W}name"): text_of(one.getparent()) for one in root.iter(f"{W}bookmarkStart")}
    assert [marks[link] for link in links] == ["一、基本概况", "二、附表：《自评表》", "附录一　假设与待补", "附录二　事实登记"]


def test_the_pages_of_the_contents_count_the_lines():
    """23 lines of body text after a heading go on to the second page, 22 lines a page."""
    notebook = sample_notebook()
    paragraph = {"kind": "paragraph", "style": "body", "runs": [{"text": "国" * (28 * 21 - 2)}]}
    pages = []
    for more in ([], [paragraph]):
        notebook.cells[1].outputs = [block_output(block) for block in (paragraph, *more)]
        pages.append(text_of(styled(part(made(notebook)), "TOC1")[1])[-1])
    assert pages == ["2", "3"]


def test_the_properties_name_no_person_and_no_machine(report):
    about = docx.Document(BytesIO(report)).core_properties
    assert (about.title, about.language) == ("自治区本级部门单位整体支出绩效自评报告（2022年度）", "zh-CN")
    assert (about.author, about.last_modified_by, about.subject) == ("示例部门", "", "部门整体支出绩效自评")
    assert {about.created.isoformat(), about.modified.isoformat()} == {"2022-12-31T00:00:00+00:00"}
    assert "docProps/thumbnail.jpeg" not in names(report)


def test_another_process_makes_the_same_bytes(report):
    code = (
        "from hashlib import sha256; from publishing.sample import sample_notebook; from publishing.word_files import made;"
        "print(sha256(made(sample_notebook())).hexdigest())"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[1], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == sha256(report).hexdigest()


def test_another_text_makes_other_bytes(report):
    """Negative control."""
    notebook = sample_notebook()
    notebook.metadata["selfeval"]["department"] = "别的部门"
    assert made(notebook) != report


def test_a_notebook_that_is_not_the_combined_one_is_refused():
    with pytest.raises(DOCXRefused, match="selfeval run"):
        made(new_notebook())


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\ufffe"])
def test_a_control_character_is_refused_with_its_place(character):
    notebook = sample_notebook()
    notebook.metadata["selfeval"]["department"] = f"示例{character}部门"
    with pytest.raises(CharactersMissing, match=f"U\\+{ord(character):04X}.*封面"):
        made(notebook)


def test_a_chart_without_words_is_refused():
    notebook = sample_notebook()
    notebook.cells[1].outputs = [block_output({"kind": "figure", "caption": "高", "alt": " ", "facts": []}, SVG)]
    with pytest.raises(PictureRefused, match="没有文字说明"):
        made(notebook)
