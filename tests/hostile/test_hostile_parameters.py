"""Hostile parameters: refused with code, line and a Chinese sentence before anything is read, run or opened."""

import json
import os

import pytest
import yaml

from helpers.execution.notebook_parameters import parameters_for
from helpers.issue import InputsInvalid
from helpers.params import load_parameters
from helpers.project import PACKAGED_RULES
from helpers.scoring.rules import load_rules
from hostile.payloads import HTML, INVISIBLE, REFUSED, SHOWN
from params.parameter_files import VALID, issues_of, patched

YEAR, RULES, DATA = "fiscal_year: 2030", "rules: national-default", "data_dir: data/2030"
SHORT = "short_name: 示例"

REFUSALS = {
    "hostile key": (YEAR, f'{YEAR}\n"x=1;import os;os.system(1)#": 1', "E603", "没有名为"),
    "keyword key": (YEAR, f"{YEAR}\nimport: os", "E603", "没有名为“import”的参数"),
    "path upwards": (DATA, "data_dir: ../../x", "E606", "不含“..”"),
    "path upwards to rules": (RULES, "rules: ../../x", "E606", "不含路径和扩展名"),
    "path upwards to notebooks": (RULES, f"{RULES}\noutline: ../x/outline.yml", "E606", "不含“..”"),
    "braces": (RULES, 'rules: "{p.__class__}"', "E606", "不含路径和扩展名"),
    "absolute path": (DATA, "data_dir: /etc", "E606", "相对路径"),
    "absolute path to rules": (RULES, "rules: /etc/x.yml", "E606", "不含路径和扩展名"),
    "absolute path to notebooks": (RULES, f"{RULES}\noutline: /etc/outline.yml", "E606", "相对路径"),
    "http": (DATA, "data_dir: http://127.0.0.1/data", "E606", "相对路径"),
    "http for notebooks": (RULES, f"{RULES}\noutline: http://127.0.0.1/outline.yml", "E606", "相对路径"),
    "file": (DATA, "data_dir: file:///etc", "E606", "相对路径"),
    "s3": (DATA, "data_dir: s3://bucket/data", "E606", "相对路径"),
    "year with code": (YEAR, 'fiscal_year: "2030\\nimport os"', "E605", "应为整数"),
    "year as text": (YEAR, 'fiscal_year: "2030"', "E605", "应为整数"),
    "python object": (SHORT, "short_name: !!python/object/apply:os.system [id]", "E602", "用了标签"),
    "alias": (SHORT, "short_name: *a", "E602", "引用“*a”"),
    "duplicate key": (SHORT, f"{SHORT}\n  short_name: 乙", "E601", "重复"),
    "line break in a name": (SHORT, 'short_name: "甲\\n乙"', "E606", "一行文字"),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_it_is_refused_in_chinese(tmp_path, name):
    old, new, code, words = REFUSALS[name]
    issues = issues_of(patched(old, new), tmp_path)
    assert [(issue.code, words in issue.message + issue.mend) for issue in issues if issue.code == code] == [(code, True)]


@pytest.mark.parametrize("escaped", [True, False])
@pytest.mark.parametrize("name", INVISIBLE)
def test_a_character_that_nobody_sees_is_refused_by_its_number(tmp_path, name, escaped):
    text = json.dumps(REFUSED[name], ensure_ascii=escaped)
    (issue,) = issues_of(patched(SHORT, f"short_name: {text}"), tmp_path)
    assert issue.code in ("E602", "E609")
    assert "不可见的字符" in issue.message


def test_a_bomb_of_aliases_is_not_followed(tmp_path):
    """Nine levels of nine aliases each would be a list of 387 million."""
    levels = [f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]" for level in range(1, 10)]
    bomb = "\n".join(["a0: &a0 [甲]", *levels])
    codes = {issue.code for issue in issues_of(f"{VALID}\n{bomb}", tmp_path)}
    assert "E602" in codes


@pytest.mark.parametrize("text", [text for text in SHOWN.values() if "\n" not in text])
def test_a_name_may_hold_what_no_format_takes_for_its_own(tmp_path, text):
    """The negative control: a quoted name is read as typed."""
    path = tmp_path / "2030.yml"
    path.write_text(patched(SHORT, f"short_name: {json.dumps(text, ensure_ascii=False)}"), "utf-8")
    assert load_parameters(path).department.short_name == text


@pytest.mark.parametrize("name", ["x=1;import os", "class", "X", "a.b", "__class__[0]", HTML["expression"]])
def test_papermill_never_sees_a_name_that_is_no_parameter(tmp_path, name):
    """papermill pastes names as they are."""
    offered = {"fiscal_year": 2030, "data_dir": "", "upstream": "", "published_only": False}
    with pytest.raises(ValueError, match="not a parameter name"):
        parameters_for(tmp_path, [], offered | {name: 1})
    assert parameters_for(tmp_path, [], offered) == {}


# --- files that are no files --------------------------------------------------------------------------------------------

NO_FILES = {
    "pipe": os.mkfifo,
    "device": lambda path: path.symlink_to("/dev/zero"),
    "folder": lambda path: path.mkdir(),
    "broken link": lambda path: path.symlink_to("nowhere"),
    "link to itself": lambda path: path.symlink_to(path.name),
}


@pytest.mark.parametrize("make", NO_FILES.values(), ids=NO_FILES)
def test_parameters_are_read_from_a_plain_file(tmp_path, make):
    make(tmp_path / "2030.yml")
    with pytest.raises(InputsInvalid, match=r"E600 .*没有这个文件"):
        load_parameters(tmp_path / "2030.yml")


@pytest.mark.parametrize("make", NO_FILES.values(), ids=NO_FILES)
def test_rules_are_read_from_a_plain_file(tmp_path, make):
    make(tmp_path / "own.yml")
    with pytest.raises(InputsInvalid, match=r"E600 .*没有这个文件"):
        load_rules(tmp_path / "own.yml", PACKAGED_RULES)


def test_a_rule_set_may_have_a_hostile_name(tmp_path):
    rule_set = yaml.safe_load((PACKAGED_RULES / "national-default.yml").read_text("utf-8")) | {"name": HTML["script"]}
    (tmp_path / "own.yml").write_text(json.dumps(rule_set, ensure_ascii=False), "utf-8")
    assert load_rules(tmp_path / "own.yml", PACKAGED_RULES).name == HTML["script"]
