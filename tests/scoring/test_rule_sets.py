"""Rule sets are data by year and source, read as strictly as parameters."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from scoring_samples import FOLDER, NAMES, RULES

from helpers.issue import InputsInvalid
from helpers.scoring.rules import load_rules

SOURCE = '      source: {title: "项目支出绩效自评表通行表样的填表说明", kind: form, verified: false}\n'


def issues_of(tmp_path, old, new, name="national-default"):
    """The issues of a rule set with one piece of its text replaced where it first stands."""
    text = (FOLDER / f"{name}.yml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "own.yml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    try:
        load_rules(path, FOLDER)
    except InputsInvalid as error:
        return error.issues
    return []


def test_the_rule_sets_of_the_folder_are_those_tested():
    assert tuple(sorted(path.stem for path in FOLDER.glob("*.yml"))) == NAMES


def test_an_unchanged_set_has_no_issue(tmp_path):
    """The negative control of all broken sets."""
    assert issues_of(tmp_path, "weights:", "weights:") == []


@pytest.mark.parametrize(
    ("name", "execution", "groups"),
    [
        ("national-default", 10, {"产出": 50, "效益": 30, "满意度": 10}),
        ("integrated-system", 10, {"产出": 50, "效益": 30, "满意度": 10}),
        ("ningxia-yinchuan", 10, {"产出": 25, "效益": 30, "满意度": 35}),
        ("hubei", 20, None),
        ("fujian", 10, None),
        ("sichuan", 10, None),
    ],
)
def test_weights_are_those_of_the_source(name, execution, groups):
    rules = RULES[name]
    found = rules.groups and {group: rule.value for group, rule in rules.groups.items()}
    assert (rules.execution_weight.value, found) == (execution, groups)


@pytest.mark.parametrize(
    ("name", "key", "value"),
    [
        ("fujian", "full_from", Fraction(19, 20)),
        ("sichuan", "explanation_below", Fraction(9, 10)),
        ("integrated-system", "reminder_from", Fraction(6, 5)),
        ("integrated-system", "reason_from", Fraction(13, 10)),
        ("integrated-system", "reason_from_at_zero_target", 30),
    ],
)
def test_a_threshold_stands_in_the_one_set_whose_source_has_it(name, key, value):
    found = {other: getattr(rules, key) for other, rules in RULES.items()}
    assert found.pop(name).value == value
    assert set(found.values()) == {None}


@pytest.mark.parametrize("name", NAMES)
def test_no_source_claims_to_have_been_read(name):
    """The reference gives no scoring rule whose official text itself was read, so none may say it was."""
    assert "verified: true" not in (FOLDER / f"{name}.yml").read_text(encoding="utf-8")
    assert "未核对原文" in RULES[name].rounding.source


@pytest.mark.parametrize("name", NAMES)
def test_notes_say_that_no_national_rule_exists(name):
    assert any("全国没有部门整体支出的评分办法" in note for note in RULES[name].notes)


def test_a_year_gets_what_held_then(tmp_path):
    text = (FOLDER / "hubei.yml").read_text(encoding="utf-8")
    first = '    - from: "2020"\n      value: 20\n'
    source = '      source: {title: "湖北省绩效自评表表下说明", kind: form, verified: false}\n'
    later = source + '    - from: "2023"\n      value: 10\n' + source
    assert first + source in text
    path = tmp_path / "own.yml"
    path.write_text(text.replace(first + source, first + later), encoding="utf-8")
    book = load_rules(path, FOLDER)
    weights = [(year, book.in_force(year).execution_weight) for year in (2020, 2022, 2023, 2030)]
    assert [(year, weight.value, weight.since) for year, weight in weights] == [
        (2020, 20, 2020),
        (2022, 20, 2020),
        (2023, 10, 2023),
        (2030, 10, 2023),
    ]


def test_a_verified_source_says_so(tmp_path):
    text = (FOLDER / "hubei.yml").read_text(encoding="utf-8").replace("verified: false", "verified: true")
    path = tmp_path / "own.yml"
    path.write_text(text, encoding="utf-8")
    assert "（表样，已核对原文，自2020年度起）" in load_rules(path, FOLDER).in_force(2022).at_most.source


def test_a_year_before_the_set_begins_is_refused():
    with pytest.raises(InputsInvalid, match=r"S100.*自 2020 年度起.*2019 年度"):
        load_rules("hubei", FOLDER).in_force(2019)


def test_a_threshold_that_begins_later_does_not_hold_yet(tmp_path):
    text = (FOLDER / "fujian.yml").read_text(encoding="utf-8")
    path = tmp_path / "own.yml"
    old = 'full_from:\n    - from: "2020"'
    assert old in text
    path.write_text(text.replace(old, old.replace("2020", "2023")), encoding="utf-8")
    assert load_rules(path, FOLDER).in_force(2022).full_from is None


def test_an_unknown_set_is_told_with_the_known_ones():
    with pytest.raises(InputsInvalid, match=r"没有名为“hunan”的规则集。.*fujian、hubei、integrated-system"):
        load_rules("hunan", FOLDER)


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(InputsInvalid, match="E600"):
        load_rules(tmp_path / "none.yml", FOLDER)


@pytest.mark.parametrize(
    ("old", "new", "code", "column", "words"),
    [
        ("value: zero_at_double", "value: linear", "E606", "indicators.at_most[0].value", "zero_at_double、target_over_actual"),
        ("value: two_decimals_half_up", "value: floor", "E606", "rounding[0].value", "whole_half_up、whole_truncated"),
        ("kind: form", "kind: rumour", "E606", "weights.execution[0].source.kind", "law、form、software"),
        ('from: "2020"', "from: 2020", "E605", "weights.execution[0].from", '请加引号："2020"'),
        ('from: "2020"', 'form: "2020"', "E604", "weights.execution[0].from", "缺少“from”"),
        ('from: "2020"', 'from: "20"', "E606", "weights.execution[0].from", '如 "2020"'),
        ("value: 10\n", 'value: "10"\n', "E605", "weights.execution[0].value", "应为整数"),
        ("value: 10\n", "value: 101\n", "E606", "weights.execution[0].value", "不大于 100"),
        ("verified: false", "verified: maybe", "E605", "weights.execution[0].source.verified", "应为是非值"),
        (", verified: false", "", "E604", "weights.execution[0].source.verified", "缺少“verified”"),
        ("value: 50", "value: 40", "E607", "weights", "2020 年度的分值合计 90 分（10＋40＋30＋10）"),
        ("name: 效益", "name: 产出", "E607", "weights.groups[1].name", "“产出”重复"),
        ("low: 60, high: 80", "low: 60, high: 79", "E607", "indicators.bands[0].value", "首尾相接"),
        ("low: 60, high: 80", "low: 60, high: 81", "E607", "indicators.bands[0].value", "首尾相接"),
        ("low: 0, high: 60", "low: 10, high: 60", "E607", "indicators.bands[0].value", "首尾相接"),
        ("        - {name: 未达成, low: 0, high: 60}\n", "", "E607", "indicators.bands[0].value", "依次为达成、部分达成、未达成"),
        ("name: 部分达成", "name: 基本达成", "E606", "indicators.bands[0].value[1].name", "达成、部分达成、未达成 之一"),
        ("floor: 80", "floor: 90", "E607", "grades[0].value", "逐级降低"),
        ("floor: 0", "floor: 10", "E607", "grades[0].value", "末级为 0"),
        ("      - {name: 良, floor: 80}\n", "", "E607", "grades[0].value", "依次为优、良、中、差"),
    ],
)
def test_one_mistake_is_told_with_its_place(tmp_path, old, new, code, column, words):
    found = issues_of(tmp_path, old, new)
    (issue,) = [issue for issue in found if issue.code == code]
    assert (issue.column, words in issue.message + issue.mend) == (column, True)
    assert {issue.code for issue in found} <= {code, "E603"}


def test_an_unknown_key_is_told_with_the_known_ones(tmp_path):
    (issue,) = issues_of(tmp_path, SOURCE, SOURCE + "      until: 2023\n")
    assert (issue.code, issue.column) == ("E603", "weights.execution[0].until")
    assert "from、source、value" in issue.mend


def test_a_cut_for_over_achievement_is_no_key(tmp_path):
    """No source lays one down, so no file can switch one on."""
    (issue,) = issues_of(tmp_path, "rounding:", "over_achievement_cut: 10\nrounding:")
    assert issue.code == "E603"


@pytest.mark.parametrize("second", ["2020", "2019"])
def test_years_go_from_early_to_late(tmp_path, second):
    again = f'    - from: "{second}"\n      value: 10\n' + SOURCE
    (issue,) = [found for found in issues_of(tmp_path, SOURCE, SOURCE + again) if found.column != "weights"]
    assert (issue.code, issue.column) == ("E607", "weights.execution[1].from")
    assert re.search("按年度从早到晚", issue.mend)


def test_weights_are_checked_in_every_year_in_which_one_changes(tmp_path):
    later = '    - from: "2024"\n      value: 20\n' + SOURCE
    (issue,) = issues_of(tmp_path, SOURCE, SOURCE + later)
    assert "2024 年度的分值合计 110 分" in issue.message
