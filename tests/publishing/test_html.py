"""The web page: one inert file with all it needs in it, every figure led to its register entry, the same bytes each time."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from copy import deepcopy
from hashlib import sha256
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from fontTools.ttLib import TTFont
from nbconvert.exporters import get_exporter
from nbformat import NotebookNode
from nbformat.v4 import new_output
from sample import block_output, cell_of, fact, sample_notebook

from helpers.blocks import BLOCK_MIME
from helpers.publishing import html, web_page
from helpers.publishing.fonts import BIAOSONG, FANGSONG, CharactersMissing
from helpers.publishing.web_svg import web_svg

HOSTILE = """<script>alert(1)</script> "><img src=x onerror=alert(1)> </title><svg onload=alert(1)> {{7*7}} {% raw %} &lt;"""
FACT = "a.people"
SCRIPT = (web_page.TEMPLATES / "report.js").read_text("utf-8")


def page_of(notebook: NotebookNode) -> str:
    return html.SelfevalHTMLExporter().from_notebook_node(notebook)[0]


def parsed(page: str) -> BeautifulSoup:
    return BeautifulSoup(page, "html.parser")


def style_of(page: str) -> str:
    return parsed(page).style.string


def policy_of(page: str) -> str:
    return parsed(page).find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]


def admits(page: str, what: str) -> bool:
    """Whether the policy admits the page's one `style` or `script`."""
    [element] = parsed(page)(what)
    digest = b64encode(sha256(element.string.encode()).digest()).decode()
    return f"{what}-src 'sha256-{digest}';" in policy_of(page)


def fonts_of(page: str) -> dict[str, set[str]]:
    """The characters of each embedded font, by family."""
    faces = re.findall(r'font-family: "([^"]+)"; src: url\("data:font/woff;base64,([^"]+)"\)', style_of(page))
    return {family: {chr(code) for code in TTFont(BytesIO(b64decode(data))).getBestCmap()} for family, data in faces}


def hostile_notebook() -> NotebookNode:
    """The sample with markup typed wherever words can be typed; each place is named, so that a test can find it."""

    def typed(place: str) -> str:
        return f"{place}：{HOSTILE}"

    notebook = sample_notebook(notice=typed("提示"))
    about = notebook.metadata["selfeval"]
    about["title"] = [typed("标题")]
    about["department"] = typed("部门")
    about["facts"][FACT] |= {"label": typed("名称"), "formula": typed("算法"), "display": typed("数值")}
    about["facts"][FACT]["sources"][0] |= {"filter": typed("筛选"), "table": typed("表名")}
    about["sections"][0] |= {"title": typed("章节"), "notebook": typed("笔记本")}
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg"><text>{typed("图中文字")}</text></svg>'
    table = {
        "kind": "table",
        "caption": typed("表题"),
        "unit": typed("单位"),
        "columns": [{"align": "left", "width": 1}],
        "header_rows": 1,
        "rows": [[cell_of(typed("表头"))], [cell_of(typed("单元格"))]],
        "notes": [[{"text": typed("表注")}]],
    }
    notebook.cells[1].source = typed("代码")
    notebook.cells[1].outputs = [
        new_output("stream", text=typed("输出")),
        block_output({"kind": "heading", "level": 2, "text": typed("小标题")}),
        block_output({"kind": "paragraph", "style": "body", "runs": [{"text": typed("正文")}]}),
        block_output({"kind": "paragraph", "style": "body", "runs": [{"fact": FACT, "display": typed("引数")}]}),
        block_output(table),
        block_output(
            {"kind": "figure", "caption": typed("图题"), "alt": typed("替代文字"), "facts": []},
            drawing.replace(HOSTILE, HOSTILE.replace("&", "&amp;").replace("<", "&lt;")),
        ),
    ]
    return notebook


@pytest.fixture(scope="module")
def page() -> str:
    return page_of(sample_notebook())


@pytest.fixture(scope="module")
def hostile_page() -> str:
    return page_of(hostile_notebook())


@pytest.fixture
def quick_page_of(monkeypatch):
    """The page without its fonts, which take most of the time, for rules that have nothing to do with them."""
    monkeypatch.setattr(web_page, "font_faces", lambda body, foot: "")
    return page_of


def test_nbconvert_finds_the_exporter_by_name():
    assert get_exporter("selfeval-html") is html.SelfevalHTMLExporter


def test_the_exporter_hands_back_a_page_and_its_extension(quick_page_of):
    page, resources = html.SelfevalHTMLExporter().from_notebook_node(sample_notebook())
    assert page.startswith("<!DOCTYPE html>")
    assert resources["output_extension"] == ".html"


def test_the_same_notebook_gives_the_same_bytes(page):
    assert page_of(sample_notebook()) == page


def test_the_notebook_is_left_as_it_was(quick_page_of):
    notebook = sample_notebook()
    before = deepcopy(notebook)
    quick_page_of(notebook)
    assert notebook == before


# --- nothing typed acts -------------------------------------------------------------------------------------------------

PLACES = "提示 标题 部门 名称 算法 数值 筛选 表名 章节 图中文字 表题 单位 表头 单元格 表注 小标题 正文 引数 图题"


@pytest.mark.parametrize("place", re.findall(r"\S+", PLACES))
def test_markup_is_shown_as_typed(hostile_page, place):
    assert f"{place}：{HOSTILE}" in parsed(hostile_page).body.get_text()


def test_markup_in_a_picture_description_is_kept_as_typed(hostile_page):
    assert f"替代文字：{HOSTILE}" in [picture["aria-label"] for picture in parsed(hostile_page)("svg")]


def test_typed_markup_makes_no_element(hostile_page, page):
    extra = {element.name for element in parsed(hostile_page).find_all()} - {element.name for element in parsed(page).find_all()}
    assert not extra
    assert not parsed(page)(["img", "iframe", "object", "embed", "form", "base", "link"])


def test_no_element_has_a_handler_or_a_style_of_its_own(hostile_page):
    names = {name for element in parsed(hostile_page).find_all() for name in element.attrs}
    assert not [name for name in names if name.startswith("on") or name == "style"]


def test_the_notice_in_the_print_foot_cannot_leave_its_string(quick_page_of):
    notice = '含演示"; } body { display: none } </style><script>alert(1)</script>'
    page = quick_page_of(sample_notebook(notice=notice))
    assert [script.string for script in parsed(page)("script")] == [SCRIPT]
    [foot] = re.findall(r'@bottom-center \{ content: "([^"]*)"; \} \}$', style_of(page), re.MULTILINE)
    assert re.sub(r"\\([0-9a-f]+) ", lambda code: chr(int(code[1], 16)), foot) == notice


# --- nothing comes from elsewhere ---------------------------------------------------------------------------------------


def test_the_page_names_no_other_address(page):
    without_fonts = re.sub(r"base64,[A-Za-z0-9+/=]+", "", page)
    assert not re.findall(r"https?:|//", without_fonts)


def test_links_lead_to_places_in_the_page_or_to_cells_of_its_notebooks(page):
    soup = parsed(page)
    anchors = {f"#{element['id']}" for element in soup.find_all(id=True)}
    pages = {f"notebooks/{name}.html" for name in ("01_profile", "08_scorecard")}
    cells = {"notebooks/01_profile.html#cell-1"}
    assert {link["href"] for link in soup.find_all(href=True)} <= anchors | pages | cells


def test_the_policy_admits_nothing_but_the_pages_own(page):
    assert re.fullmatch(
        "default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; img-src data:; font-src data:; "
        "base-uri 'none'; form-action 'none'",
        policy_of(page),
    )


@pytest.mark.parametrize("what", ["style", "script"])
def test_the_policy_admits_the_pages_own(page, what):
    assert admits(page, what)


@pytest.mark.parametrize(("what", "text"), [("style", "--ink: #"), ("script", "const card")])
def test_the_policy_does_not_admit_a_change(page, what, text):
    assert not admits(page.replace(text, f"{text}0", 1), what)


def test_nothing_of_the_report_is_in_the_script(hostile_page):
    assert parsed(hostile_page).script.string == SCRIPT


# --- fonts --------------------------------------------------------------------------------------------------------------


def test_a_font_has_the_characters_set_in_it_and_no_others(page):
    title = set("".join(sample_notebook().metadata["selfeval"]["title"]))
    assert fonts_of(page)[BIAOSONG] - {" "} == title


def test_a_font_that_nothing_is_set_in_is_left_out(page):
    assert FANGSONG in fonts_of(page)
    notebook = sample_notebook()
    notebook.cells = notebook.cells[:1]
    notebook.metadata["selfeval"]["appendix"] = []
    assert FANGSONG not in fonts_of(page_of(notebook))


def test_a_character_outside_gb2312_comes_from_the_fallback():
    notebook = sample_notebook()
    notebook.metadata["selfeval"]["department"] = "玥玥局"
    assert fonts_of(page_of(notebook))["GW Song Ext"] == {"玥"}


def test_a_character_without_a_glyph_stops_the_page():
    """U+202E turns the reading order round; no font has it, and the message says where it stands."""
    notebook = sample_notebook()
    notebook.metadata["selfeval"]["sections"][0]["title"] = "概\u202e况"
    with pytest.raises(CharactersMissing, match=r"U\+202E.*一、概"):
        page_of(notebook)


def test_families_are_named_in_the_table_of_faces_alone():
    sheet = Path(web_page.TEMPLATES / "report.css").read_text("utf-8")
    assert "font-family" not in sheet


# --- facts --------------------------------------------------------------------------------------------------------------


def test_each_printed_fact_leads_to_its_entry(page):
    soup = parsed(page)
    entries = {f"#{entry['id']}" for entry in soup.select(".entry")}
    printed = [link["href"] for link in soup.select("a.fact")]
    assert printed
    assert set(printed) <= entries


def test_an_entry_says_what_an_auditor_asks(page):
    entry = parsed(page).find(id=f"fact-{FACT}").get_text(" ", strip=True)
    for told in (
        "指标 a.people",
        "3862人",
        "已公布数",
        "按演示数据重新计算，结果相同",
        "业务类型为支付的对象编号去重计数",
        "读入 6000 行，采用 4308 行（业务类型为支付）",
        "000000000000",
    ):
        assert told in entry
    assert "0" * 13 not in entry


def test_an_entry_has_the_whole_hash_at_hand(page):
    assert parsed(page).find(id=f"fact-{FACT}").find(title=f"SHA-256 {'0' * 64}")


@pytest.mark.parametrize(
    ("value", "unit", "exact"),
    [("46018512", "万元", "460185.12元"), ("239/241", "%", "239/241（约99.17%）"), (None, "万元", None)],
)
def test_an_entry_has_the_exact_value(quick_page_of, value, unit, exact):
    notebook = sample_notebook()
    notebook.metadata["selfeval"]["facts"][FACT] |= {"value": value, "unit": unit}
    terms = parsed(quick_page_of(notebook)).find(id=f"fact-{FACT}")("dt", string="精确值")
    assert [term.find_next("dd").get_text() for term in terms] == ([exact] if exact else [])


def test_each_printed_figure_is_one_element_that_holds_what_is_printed(page):
    soup = parsed(page)
    for sign in soup.select(".sign"):
        sign.decompose()
    shown = {(figure["data-fact"], figure.get_text()) for figure in soup.select("[data-fact]")}
    in_tables = {("a.people", "3862"), ("a.open", "待补")}
    assert shown == {("a.people", "3862人"), ("a.late", "145人"), ("a.open", "「待补」")} | in_tables


def test_a_charts_figures_are_in_a_table_below_it(page):
    [row] = parsed(page).select("#section-1-6 details tbody tr")
    assert (row.th.get_text(), row.td.get_text(), row.a["data-fact"]) == ("指标 a.late", "145人△", "a.late")


def test_the_register_counts_the_figures_that_it_can_list_apart(page):
    assert [label.get_text() for label in parsed(page).select("#listed label")] == [
        "全部（3 项）",
        "演示数据（1 项）",
        "待补（1 项）",
    ]


def test_where_nothing_is_open_there_is_nothing_to_list_apart(quick_page_of):
    assert not parsed(quick_page_of(notebook_of("published"))).select('#listed, [href="#listed"]')


def test_an_entry_leads_to_the_cell_that_recorded_it_and_back_to_each_place_once(page):
    links = parsed(page).find(id=f"fact-{FACT}")("a")
    assert [link.get_text() for link in links] == ["01_profile 单元 1", "一（一）", "表1", "二（一）", "表2"]


def test_a_fact_of_a_chart_leads_back_to_the_chart(page):
    soup = parsed(page)
    [link] = [link for link in soup.find(id="fact-a.late")("a") if link.get_text() == "图1"]
    assert "chart" in soup.find(id=link["href"].removeprefix("#"))["class"]


def test_a_fact_printed_nowhere_is_registered_all_the_same(quick_page_of):
    notebook = sample_notebook()
    notebook.metadata["selfeval"]["facts"]["a.unused"] = fact("a.unused", "7人", "ledger", section=2)
    assert "正文没有单独列出" in parsed(quick_page_of(notebook)).find(id="fact-a.unused").get_text()


def test_entries_follow_the_report_whatever_the_order_of_keys(quick_page_of):
    """Saving a notebook sorts the keys of its metadata."""
    notebook = sample_notebook()
    facts = notebook.metadata["selfeval"]["facts"]
    facts["a.chart"] = fact("a.chart", "7人", "ledger")
    page = quick_page_of(notebook)
    notebook.metadata["selfeval"]["facts"] = dict(sorted(facts.items()))
    assert quick_page_of(notebook) == page
    assert [entry["id"] for entry in parsed(page).select(".entry")] == [
        "fact-a.people",
        "fact-a.late",
        "fact-a.open",
        "fact-a.chart",
    ]


# --- marks and notice ---------------------------------------------------------------------------------------------------


def notebook_of(origin: str) -> NotebookNode:
    notebook = sample_notebook(notice=None)
    for entry in notebook.metadata["selfeval"]["facts"].values():
        entry["origin"] = origin
    return notebook


@pytest.mark.parametrize(
    ("origin", "legend"), [("published", []), ("synthetic", ["△"]), ("missing", ["待补"])], ids=["none", "synthetic", "missing"]
)
def test_the_legend_names_the_marks_that_occur(quick_page_of, origin, legend):
    assert [mark.get_text() for mark in parsed(quick_page_of(notebook_of(origin))).select(".marks dt")] == legend


def test_a_synthetic_figure_in_prose_has_a_triangle_that_is_read_out(page):
    [sign] = parsed(page).select("#section-1-2 .sign")
    assert (sign.get_text(), sign["aria-label"], sign.parent["href"]) == ("△", "演示数据", "#fact-a.late")


def test_a_missing_figure_has_a_box(page):
    assert "missing" in parsed(page).select_one('#section-1-2 [href="#fact-a.open"]')["class"]


def test_a_chart_of_synthetic_figures_is_marked_at_its_caption(page):
    captions = [caption.get_text() for caption in parsed(page).select(".chart figcaption")]
    assert captions == ["图1　发放人数（△ 演示数据）", "图2　发放人数（△ 演示数据）"]


def test_figures_of_published_origin_have_no_mark(quick_page_of):
    page = parsed(quick_page_of(notebook_of("published")))
    assert not page.select(".sign, .missing, .whole-mark, .marks")


def test_the_notice_stands_on_the_cover_in_the_band_and_in_the_print_foot(page):
    soup = parsed(page)
    assert "含演示数据，不得报送" in soup.select_one(".cover").get_text()
    assert soup.select_one(".band").get_text() == "含演示数据，不得报送"
    assert '@bottom-center { content: "含演示数据\\ff0c 不得报送"; }' in style_of(page)


def test_without_notice_there_is_no_band(quick_page_of):
    assert not parsed(quick_page_of(notebook_of("published"))).select(".band, .cover-notice")


# --- structure ----------------------------------------------------------------------------------------------------------


def test_headings_stand_in_order(page):
    headings = parsed(page).main.find_all(re.compile("^h[1-6]$"))
    levels = [int(heading.name[1]) for heading in headings]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert [heading.get_text() for heading in headings[1:4]] == ["一、基本概况", "（一）专项补助资金", "1.发放进度"]


def test_ids_are_unique(quick_page_of):
    """Two charts with the same ids inside, as matplotlib may give them."""
    drawing = '<svg xmlns="http://www.w3.org/2000/svg"><clipPath id="caption"/><path clip-path="url(#caption)" d="M 0 0"/></svg>'
    notebook = sample_notebook()
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if output.data[BLOCK_MIME]["kind"] == "figure":
                output.data["image/svg+xml"] = drawing
    ids = [element["id"] for element in parsed(quick_page_of(notebook)).find_all(id=True)]
    assert len(ids) == len(set(ids))


def test_both_tables_of_contents_lead_to_every_part(page):
    for contents in parsed(page).select(".contents"):
        links = [link["href"] for link in contents("a")]
        assert links == ["#section-1", "#section-1-1", "#section-2", "#section-2-1", "#appendix-1", "#register"]


def test_the_cover_leaves_the_date_blank(page):
    cover = parsed(page).select_one(".cover").get_text(" ", strip=True)
    assert "（2022年度）" in cover
    assert cover.endswith("部门单位名称（公章）： 示例部门 填报时间： 年 月 日")


def test_a_table_keeps_its_head_and_spans(page):
    table = parsed(page).select_one("#section-1-5 table")
    heads = [(head.get_text(), head["scope"], head.get("rowspan"), head.get("colspan")) for head in table.thead("th")]
    assert heads == [
        ("地区", "col", "2", None),
        ("发放", "colgroup", None, "2"),
        ("人数", "col", None, None),
        ("金额", "col", None, None),
    ]
    assert len(table.tbody("tr")) == 3


def test_column_shares_follow_the_widths(page):
    assert [column["class"] for column in parsed(page).select("#section-1-5 col")] == [["w60"], ["w20"], ["w20"]]


def test_a_cell_beside_a_span_from_above_is_aligned_as_its_column(quick_page_of):
    table = {
        "kind": "table",
        "caption": "跨行",
        "unit": "",
        "columns": [{"align": align, "width": 1} for align in ("left", "center", "right")],
        "header_rows": 0,
        "rows": [
            [cell_of("甲", rowspan=2), cell_of("乙"), cell_of("1")],
            [cell_of("丙"), cell_of("2")],
            [cell_of("丁", colspan=2), cell_of("3")],
            [cell_of("戊", header=True), cell_of("己", align="right"), cell_of("4")],
        ],
        "notes": [],
    }
    notebook = sample_notebook()
    notebook.cells[1].outputs = [block_output(table)]
    rows = parsed(quick_page_of(notebook)).select("#section-1-1 tr")
    assert [[cell["class"][0] for cell in row(["td", "th"])] for row in rows] == [
        ["left", "center", "right"],
        ["center", "right"],
        ["left", "right"],
        ["center", "right", "right"],
    ]


def test_each_section_leads_to_the_page_of_its_notebook(page):
    links = parsed(page).select(".evidence a")
    assert [(link["href"], link.get_text()) for link in links] == [
        ("notebooks/01_profile.html", "基本概况的计算过程"),
        ("notebooks/08_scorecard.html", "附表：《自评表》的计算过程"),
    ]


# --- charts -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<style>*{fill:red}</style>",
        "<foreignObject><body/></foreignObject>",
        '<a href="javascript:alert(1)"><text>x</text></a>',
        '<image href="https://example.org/x.png"/>',
        '<use href="https://example.org/x.svg#a"/>',
        '<path onload="alert(1)"/>',
        '<path fill="url(https://example.org/x.svg#a)"/>',
        '<path fill="URL(x.svg#a)"/>',
        '<path fill="u\\72l(x.svg#a)"/>',
        '<path style="fill: url(//example.org/x.svg)"/>',
        '<set attributeName="href" to="javascript:alert(1)"/>',
    ],
)
def test_what_acts_or_leads_out_of_a_chart_is_left_out(inside):
    drawn = web_svg(f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>', "p", "")
    assert not re.search(r"alert|example|x\.svg|fill|style|foreign", drawn)


def test_references_inside_a_chart_are_kept_and_led_by_the_prefix():
    drawn = web_svg(
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
        '<path id="m1" d="M 0 0"/><use xlink:href="#m1" clip-path="url(#c)"/></svg>',
        "p",
        "",
    )
    assert 'id="p-m1"' in drawn
    assert '<use clip-path="url(#p-c)" href="#p-m1" />' in drawn


@pytest.mark.parametrize(
    ("style", "attributes"),
    [
        ("fill: #30506e; stroke-width: 0.8", 'fill="#30506e" stroke-width="0.8"'),
        ("font: 12px 'GW Hei', sans-serif", 'font-size="12px" font-weight="normal"'),
        ("font: 700 9.5px 'GW Hei'", 'font-size="9.5px" font-weight="700"'),
        ("font-size: 10px; font-family: 'GW Hei'; text-anchor: end", 'font-size="10px" text-anchor="end"'),
    ],
)
def test_a_style_in_a_chart_becomes_plain_attributes(style, attributes):
    drawn = web_svg(f'<svg xmlns="http://www.w3.org/2000/svg"><text style="{style}">甲</text></svg>', "p", "")
    assert f"<text {attributes}>甲</text>" in drawn
