"""What an editor changed in report.docx is found; what Word and LibreOffice change on saving is not."""

import copy
from collections import Counter

import pytest
from lxml import etree

from helpers.publishing.docx_figures import facts_digest_of, read_docx_figures, year_of
from helpers.publishing.errors import DOCXRefused
from helpers.publishing.word.package import facts_digest
from helpers.review.docx_differences import docx_differences
from publishing.sample import sample_notebook
from publishing.word_files import W, made, part, styled, text_of, with_new_part, with_part

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
FACTS = sample_notebook().metadata["selfeval"]["facts"]
SENTENCE = "实际发放3862人，其中逾期145人△，满意度「待补」。"


@pytest.fixture(scope="module")
def original():
    return made(sample_notebook())


@pytest.fixture
def root(original):
    """The text of the report, to be edited."""
    return part(original)


@pytest.fixture
def found(original, root):
    """Findings about the edited text as (kind, fact, expected, found)."""

    def findings():
        return [
            (one.kind, one.fact, one.expected, one.found) for one in docx_differences(with_part(original, root), FACTS, original)
        ]

    return findings


def body(root):
    return next(one for one in styled(root, "BodyText") if "实际发放" in text_of(one))


def control(root, tag, within=None):
    scope = body(root) if within is None else within
    return next(one for one in scope.iter(f"{W}sdt") if one.find(f"{W}sdtPr/{W}tag").get(f"{W}val") == tag)


def write(parent, text):
    next(parent.iter(f"{W}t")).text = text


def append(paragraph, text):
    run = copy.deepcopy(next(one for one in paragraph.iter(f"{W}r") if one.find(f"{W}t") is not None))
    write(run, text)
    paragraph.append(run)
    return run


def wrap(parent, child, name):
    """Put an element around a child, as a tracked change does."""
    around = parent.makeelement(f"{W}{name}", {f"{W}id": "1", f"{W}author": "改"})
    parent.replace(child, around)
    around.append(child)


def test_an_unchanged_report_has_no_difference(found):
    assert found() == []


def test_a_changed_figure_is_told_with_what_it_should_be(root, found):
    write(control(root, "a.people"), "3900人")
    assert found() == [("changed", "a.people", "3862人", "3900人")]


def test_a_finding_says_heading_sentence_and_label(root, original):
    write(control(root, "a.late"), "146人")
    (finding,) = docx_differences(with_part(original, root), FACTS, original)
    assert (finding.heading, finding.label) == ("一、基本概况　（一）专项补助资金", "指标 a.late")
    assert finding.sentence == SENTENCE.replace("145", "146")


def test_a_figure_printed_as_in_another_place_is_changed(root, found):
    """A table prints 3862 without its unit, which the sentence needs."""
    write(control(root, "a.people"), "3862")
    assert found() == [("changed", "a.people", "3862人", "3862")]


def test_a_long_sentence_is_cut_around_the_number(root, original):
    append(body(root), "共" + "很长" * 60 + "500人" + "也长" * 60)
    (finding,) = docx_differences(with_part(original, root), FACTS, original)
    assert finding.sentence == "…" + "很长" * 15 + "500人" + "也长" * 13 + "…"


def test_a_changed_figure_of_a_table_is_told_with_its_row(root, original):
    cell = next(one for one in root.iter(f"{W}tc") if text_of(one) == "3862")
    write(control(root, "a.people", cell), "3863")
    (finding,) = docx_differences(with_part(original, root), FACTS, original)
    assert (finding.kind, finding.sentence) == ("changed", "第0地区 ｜ 3863 ｜ 待补")


def test_a_filled_in_pending_figure_is_changed(root, found):
    """What the data do not give may not be filled in by hand."""
    write(control(root, "a.open"), "95%")
    assert found() == [("changed", "a.open", "「待补」", "95%")]


def test_an_emptied_figure_is_removed(root, found):
    """Word then shows words that ask for text."""
    one = control(root, "a.people")
    write(one, "单击或点击此处输入文字。")
    one.find(f"{W}sdtPr").append(one.makeelement(f"{W}showingPlcHdr"))
    assert found() == [("removed", "a.people", "3862人", None)]


def test_a_removed_figure_is_told(root, found):
    one = control(root, "a.late")
    one.getparent().remove(one)
    assert found() == [("removed", "a.late", "145人", None)]


def test_a_removed_paragraph_takes_its_figures(root, found):
    one = body(root)
    one.getparent().remove(one)
    assert sorted(found()) == [
        ("removed", "a.late", "145人", None),
        ("removed", "a.open", "「待补」", None),
        ("removed", "a.people", "3862人", None),
    ]


def test_a_figure_whose_control_was_taken_away_is_told_once(root, found):
    one = control(root, "a.people")
    run = next(one.iter(f"{W}r"))
    one.getparent().replace(one, run)
    assert found() == [("unlinked", "a.people", "3862人", "3862人")]


def test_a_moved_paragraph_is_no_difference(root, found):
    one = body(root)
    one.getparent().insert(list(root.find(f"{W}body")).index(one) + 9, one)
    assert found() == []


@pytest.mark.parametrize(
    ("text", "number"), [("另有500人。", "500"), ("占12.5%。", "12.5%"), ("约１２人", "１２"), ("计三百万元", "三百万")]
)
def test_a_number_typed_in_is_told(root, found, text, number):
    append(body(root), text)
    assert found() == [("typed", None, None, number)]


def test_words_typed_in_are_no_difference(root, found):
    append(body(root), "发放工作进展顺利，一户一档。")
    assert found() == []


def test_a_number_in_a_new_paragraph_is_told(root, found):
    one = copy.deepcopy(next(one for one in styled(root, "AppendixText")))
    write(one, "补充说明：另支付7笔。")
    root.find(f"{W}body").insert(12, one)
    assert found() == [("typed", None, None, "7")]


def test_a_number_that_stood_there_before_is_none_typed_in(root, found):
    """第0地区 is text of the report."""
    cell = next(one for one in root.iter(f"{W}tc") if text_of(one) == "第0地区")
    append(cell.find(f"{W}p"), "（已核对）")
    assert found() == []


def test_numbers_of_captions_and_headings_may_be_counted_anew(root, found):
    caption = styled(root, "Caption")[0]
    next(one for one in caption.iter(f"{W}t") if one.text == "1").text = "4"
    heading = styled(root, "Heading3")[0]
    write(heading, "3.发放进度")
    assert found() == []


def test_a_number_in_a_heading_is_told(root, found):
    write(styled(root, "Heading3")[0], "1.发放进度95%")
    assert found() == [("typed", None, None, "95%")]


def test_the_contents_may_be_made_anew(root, found):
    for entry in styled(root, "TOC1"):
        append(entry, "99")
    assert found() == []


def test_a_tracked_insertion_counts_and_a_tracked_deletion_is_gone(root, found):
    paragraph = body(root)
    wrap(paragraph, append(paragraph, "另有500人。"), "ins")
    wrap(paragraph, control(root, "a.late"), "del")
    assert found() == [("removed", "a.late", "145人", None), ("typed", None, None, "500")]


def test_a_figure_copied_to_another_place_is_no_difference(root, found):
    paragraph = styled(root, "AppendixText")[0]
    paragraph.append(copy.deepcopy(control(root, "a.people")))
    assert found() == []


def test_runs_may_be_cut_as_a_program_likes(root, found):
    run = next(control(root, "a.people").iter(f"{W}r"))
    rest = copy.deepcopy(run)
    write(run, "38")
    write(rest, "62人")
    run.addnext(rest)
    assert found() == []


def lose_tags(root):
    """What LibreOffice 7.4 does when it saves."""
    for one in root.iter(f"{W}sdtPr"):
        for child in list(one):
            one.remove(child)


def test_controls_that_lost_their_tags_are_known_by_their_place(root, found):
    lose_tags(root)
    assert found() == []


def test_a_change_is_told_without_tags_too(root, found):
    write(control(root, "a.people"), "3900人")
    lose_tags(root)
    assert found() == [("changed", "a.people", "3862人", "3900人")]


def test_a_removal_is_told_without_tags_too(root, found):
    one = control(root, "a.late")
    one.getparent().remove(one)
    lose_tags(root)
    assert found() == [("removed", "a.late", "145人", None)]


def test_a_control_around_a_whole_paragraph_is_its_figure(original, root):
    cell = next(one for one in root.iter(f"{W}tc") if text_of(one) == "3862")
    one, paragraph = control(root, "a.people", cell), cell.find(f"{W}p")
    content = one.find(f"{W}sdtContent")
    run = content[0]
    cell.replace(paragraph, one)
    content.replace(run, paragraph)
    paragraph.append(run)
    assert docx_differences(with_part(original, root), FACTS, original) == []


def test_reading_gives_figures_with_their_tags(original):
    paragraph = next(one for one in read_docx_figures(original) if one.text.startswith("实际发放"))
    assert [(piece.tag, piece.text) for piece in paragraph.pieces][:4] == [
        (None, "实际发放"),
        ("a.people", "3862人"),
        (None, "，其中逾期"),
        ("a.late", "145人"),
    ]


def test_a_report_says_which_facts_it_prints(original):
    changed = {name: fact | {"value": "1"} for name, fact in FACTS.items()}
    assert facts_digest_of(original) == facts_digest(FACTS) != facts_digest(changed)


@pytest.mark.parametrize("content", [b"", b"PK", b"\xd0\xcf\x11\xe0 old Word"])
def test_a_file_that_is_no_docx_is_refused_with_a_way_out(tmp_path, content):
    path = tmp_path / "report.docx"
    path.write_bytes(content)
    with pytest.raises(DOCXRefused, match=r"不是 DOCX.*另存为"):
        read_docx_figures(path)


def test_a_document_that_declares_entities_is_refused(original, root):
    declared = b'<!DOCTYPE w [<!ENTITY a "aaaa">]>' + etree.tostring(root)
    with pytest.raises(DOCXRefused, match=r"word/document\.xml 已损坏或加密"):
        read_docx_figures(with_part(original, declared))


def type_over(one, text):
    """Select a figure with its control, and write over it."""
    run = next(one.iter(f"{W}r"))
    write(run, text)
    one.getparent().replace(one, run)


def join(first, second):
    """Delete the end of a paragraph."""
    for child in list(second)[1:]:
        first.append(child)
    second.getparent().remove(second)


def test_a_figure_typed_over_is_changed(root, found):
    type_over(control(root, "a.people"), "3900人")
    assert found() == [("changed", "a.people", "3862人", "3900人")]


def test_a_figure_typed_over_in_other_words_is_changed(root, found):
    type_over(control(root, "a.people"), "约四千人")
    assert found() == [("changed", "a.people", "3862人", "约四千人")]


def test_a_figure_of_a_table_typed_over_is_changed(root, found):
    cell = next(one for one in root.iter(f"{W}tc") if text_of(one) == "3862")
    type_over(control(root, "a.people", cell), "3900")
    assert found() == [("changed", "a.people", "3862", "3900")]


def test_all_figures_of_a_sentence_pasted_as_plain_text_are_unlinked(root, found):
    for one in list(body(root).iter(f"{W}sdt")):
        type_over(one, text_of(one))
    assert [(kind, fact) for kind, fact, *_ in found()] == [("unlinked", name) for name in ("a.people", "a.late", "a.open")]


def test_a_figure_pasted_as_plain_text_in_another_place_is_unlinked(root, found):
    one = control(root, "a.late")
    one.getparent().remove(one)
    append(styled(root, "AppendixText")[0], "逾期145人。")
    assert found() == [("unlinked", "a.late", "145人", "145人")]


def test_a_number_typed_in_that_reads_as_a_fact_is_told_as_that_fact(root, found):
    append(styled(root, "AppendixText")[0], "实际发放3862人。")
    assert found() == [("repeated", "a.people", "3862人", "3862人")]


def test_a_paragraph_written_anew_tells_what_it_lost_and_its_number(root, found):
    paragraph = body(root)
    for child in list(paragraph)[1:]:
        paragraph.remove(child)
    paragraph.append(copy.deepcopy(next(styled(root, "AppendixText")[0].iter(f"{W}r"))))
    write(paragraph, "全年共向3900人发放了补助。")
    assert Counter(kind for kind, *_ in found()) == {"removed": 3, "typed": 1}


def test_paragraphs_may_be_joined(root, found):
    join(body(root), styled(root, "AppendixText")[0])
    assert found() == []


def test_joined_paragraphs_keep_their_numbers(root, found):
    """Text of the report with a number that is no figure."""
    cell = next(one for one in root.iter(f"{W}tc") if text_of(one) == "第0地区")
    join(body(root), cell.find(f"{W}p"))
    cell.append(cell.makeelement(f"{W}p"))
    assert found() == []


def test_a_change_in_joined_paragraphs_is_told(root, found):
    join(styled(root, "AppendixText")[0], body(root))
    write(control(root, "a.late", styled(root, "AppendixText")[0]), "146人")
    assert found() == [("changed", "a.late", "145人", "146人")]


def test_joined_paragraphs_without_tags_keep_their_figures(root, found):
    join(styled(root, "AppendixText")[0], body(root))
    lose_tags(root)
    assert found() == []


def test_a_paragraph_may_be_cut_in_two(root, found):
    paragraph = body(root)
    second = copy.deepcopy(paragraph)
    half = len(paragraph) // 2
    for child in list(paragraph)[half:]:
        paragraph.remove(child)
    for child in list(second)[1:half]:
        second.remove(child)
    paragraph.addnext(second)
    assert found() == []


def test_a_figure_changed_in_a_tracked_change_is_changed(root, found):
    """Word keeps the control, the old text deleted in it and the new one inserted."""
    content = control(root, "a.people").find(f"{W}sdtContent")
    new = copy.deepcopy(content[0])
    content.append(new)
    write(new, "3900人")
    wrap(content, new, "ins")
    wrap(content, content[0], "del")
    assert found() == [("changed", "a.people", "3862人", "3900人")]


def test_a_figure_deleted_in_a_tracked_change_is_removed(root, found):
    content = control(root, "a.people").find(f"{W}sdtContent")
    wrap(content, content[0], "del")
    assert found() == [("removed", "a.people", "3862人", None)]


def test_moved_text_in_tracked_changes_is_no_difference(root, found):
    paragraph = body(root)
    moved = copy.deepcopy(control(root, "a.late"))
    wrap(paragraph, control(root, "a.late"), "moveFrom")
    styled(root, "AppendixText")[0].append(moved)
    wrap(styled(root, "AppendixText")[0], moved, "moveTo")
    assert found() == []


def test_a_row_taken_out_of_a_table_takes_its_figures(root, found):
    row = next(one for one in root.iter(f"{W}tr") if text_of(one).startswith("第1地区"))
    row.getparent().remove(row)
    assert sorted(found()) == [("removed", "a.open", "待补", None), ("removed", "a.people", "3862", None)]


def test_a_column_put_into_a_table_tells_its_numbers(root, found):
    for number, row in enumerate(next(root.iter(f"{W}tbl")).findall(f"{W}tr")[2:]):
        cell = copy.deepcopy(row.find(f"{W}tc"))
        write(cell, f"{number + 70}")
        row.append(cell)
    assert found() == [("typed", None, None, number) for number in ("70", "71", "72")]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("于2023年5月17日办结", "2023年5月17日"),
        ("增长百分之五点二", "百分之五点二"),
        ("共一百二十余户", "一百二十"),
        ("叁佰万元整", "叁佰"),
        ("有五人未领取", "五"),
        ("占三分之一", "三分之一"),
        ("计1,300.50元", "1,300.50"),
    ],
)
def test_each_way_to_write_a_number_is_told(root, found, text, number):
    append(styled(root, "AppendixText")[0], text)
    assert found() == [("typed", None, None, number)]


@pytest.mark.parametrize("text", ["一户一档，进一步统一口径。", "一是加强管理，二是完善制度。", "第一次、每一项", "千方百计"])
def test_numerals_in_words_are_no_numbers(root, found, text):
    append(styled(root, "AppendixText")[0], text)
    assert found() == []


def test_styles_may_be_renamed(original, root):
    """Contents, captions and headings are then known by their fields and levels."""
    styles = part(original, "word/styles.xml")
    for style in styles.iter(f"{W}style"):
        name = style.find(f"{W}name")
        name.set(f"{W}val", f"样式{name.get(f'{W}val')}")
    for entry in styled(root, "TOC1"):
        append(entry, "99")
    next(one for one in styled(root, "Caption")[0].iter(f"{W}t") if one.text == "1").text = "4"
    edited = with_part(with_part(original, root), styles, "word/styles.xml")
    assert docx_differences(edited, FACTS, original) == []


def test_a_finding_below_a_heading_that_is_none_any_more_names_it(original, root):
    for heading in styled(root, "Heading2"):
        heading.remove(heading.find(f"{W}pPr"))
    write(control(root, "a.late"), "146人")
    (finding,) = docx_differences(with_part(original, root), FACTS, original)
    assert finding.heading == "一、基本概况　（一）专项补助资金"


def test_a_number_in_a_text_box_is_told_once(root, found):
    """Word writes a box twice, the second time for programs that do not know the first way."""
    paragraph = styled(root, "AppendixText")[0]
    alternatives = etree.SubElement(paragraph, f"{MC}AlternateContent")
    for way in ("Choice", "Fallback"):
        box = etree.SubElement(etree.SubElement(alternatives, MC + way), f"{W}txbxContent")
        text = etree.SubElement(etree.SubElement(etree.SubElement(box, f"{W}p"), f"{W}r"), f"{W}t")
        text.text = "附注：另有88户。"
    assert found() == [("typed", None, None, "88")]


def test_a_number_in_a_footnote_is_told(original):
    note = "<w:footnote><w:p><w:r><w:t>另有88户。</w:t></w:r></w:p></w:footnote>"
    notes = f'<w:footnotes xmlns:w="{W[1:-1]}">{note}</w:footnotes>'
    edited = with_new_part(original, "word/footnotes.xml", notes.encode())
    assert [(one.kind, one.found) for one in docx_differences(edited, FACTS, original)] == [("typed", "88")]


def test_the_year_of_a_report_can_be_read(original):
    assert year_of(original) == "2022"


def test_a_name_with_a_numeral_that_the_report_has_is_no_number(root, found):
    """“三节” stands in its text."""
    append(styled(root, "AppendixText")[0], "三节”期间走访慰问。")
    assert found() == []


@pytest.mark.parametrize(
    ("edit", "kind", "now"),
    [
        (lambda one: write(one, "999"), "changed", "999"),
        (lambda one: type_over(one, "999"), "changed", "999"),
        (lambda one: type_over(one, text_of(one)), "unlinked", "as before"),
        (lambda one: one.getparent().remove(one), "removed", None),
    ],
)
def test_no_figure_of_the_report_can_be_edited_unseen(original, edit, kind, now):
    for number in range(len(list(part(original).iter(f"{W}sdt")))):
        root = part(original)
        one = list(root.iter(f"{W}sdt"))[number]
        fact, before = one.find(f"{W}sdtPr/{W}tag").get(f"{W}val"), text_of(one)
        edit(one)
        findings = docx_differences(with_part(original, root), FACTS, original)
        told = [(one.kind, one.fact, one.expected, one.found) for one in findings]
        assert told == [(kind, fact, before, before if now == "as before" else now)], number
