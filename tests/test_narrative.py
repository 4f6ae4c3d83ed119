"""Templates print facts, and nothing that looks like a figure but is none."""

import pytest

from helpers.facts import FactError
from helpers.narrative import FactBranch, render_runs
from samples import fact

FACTS = {item.id: item for item in (fact("a.paid.people"), fact("a.paid.amount", 385_900_000, "万元"))}
CONTEXT = {"a": FactBranch("a", FACTS.get, lambda: list(FACTS))}


def test_facts_and_text_become_runs_in_order():
    assert render_runs("实际发放{{ a.paid.people }}。", CONTEXT) == [
        {"text": "实际发放"},
        {"fact": "a.paid.people", "display": "3862人"},
        {"text": "。"},
    ]


def test_lines_that_yaml_folded_have_no_spaces_left():
    assert render_runs("发放 {{ a.paid.people }} 、金额 {{ a.paid.amount }}， 共两项", CONTEXT)[2] == {"text": "、金额"}


def test_spaces_between_latin_words_stay():
    assert render_runs("见 Excel and PDF 附件", {}) == [{"text": "见Excel and PDF附件"}]


@pytest.mark.parametrize("template", ["{{ a.paid.peple }}", "{{ a.nothing }}", "{{ b.paid }}"])
def test_an_unknown_fact_is_an_error(template):
    with pytest.raises(FactError):
        render_runs(template, CONTEXT)


@pytest.mark.parametrize("text", ["实际发放3862人", "共１４个", "2022年度", "安排三百万元", "下达十四个地区"])
def test_a_typed_digit_is_refused(text):
    with pytest.raises(FactError, match="直接写有数字"):
        render_runs(text, {})


def test_a_typed_digit_beside_a_fact_is_refused():
    with pytest.raises(FactError, match="直接写有数字“9”"):
        render_runs("{{ a.paid.people }}和9人", CONTEXT)


def test_digits_in_a_title_are_no_figure():
    assert render_runs("《2022年分配方案》", {}) == [{"text": "《2022年分配方案》"}]


@pytest.mark.parametrize("text", ["“一户一档”", "一户一档", "有一项待补", "领取两种以上补助", "《三百万元方案》"])
def test_idioms_quotations_and_titles_are_no_figures(text):
    assert render_runs(text, {}) == [{"text": text}]


def test_a_number_that_is_no_fact_is_refused():
    with pytest.raises(FactError, match="只能打印文字和事实"):
        render_runs("{{ n }}", {"n": 5})


def test_a_branch_is_no_figure():
    with pytest.raises(FactError, match="只能打印文字和事实"):
        render_runs("{{ a.paid }}", CONTEXT)


@pytest.mark.parametrize("attack", ["{{ ''.__class__.__mro__ }}", "{{ a.__class__ }}", "{{ cycler.__init__.__globals__ }}"])
def test_templates_cannot_reach_python(attack):
    with pytest.raises(FactError):
        render_runs(attack, CONTEXT)


def test_text_from_data_is_never_a_template():
    assert render_runs("{{ name }}", {"name": "{{ a.paid.people }}"}) == [{"text": "{{ a.paid.people }}"}]


def test_a_text_points_to_the_next_table_and_chart():
    assert render_runs("情况见{{ next_table }}和{{ next_chart }}。", {}) == [
        {"text": "情况见"},
        {"text": "下表", "next": "table"},
        {"text": "和"},
        {"text": "下图", "next": "figure"},
        {"text": "。"},
    ]
