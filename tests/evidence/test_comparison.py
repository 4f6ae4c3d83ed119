"""At which fact and cell two builds part, in words."""

from __future__ import annotations

import json

import pytest

from evidence import tiny
from helpers.evidence.comparison import compare
from helpers.evidence.verify_bag import output_path, setting_path


@pytest.fixture
def sealed():
    return tiny.contents()


def build_of(sealed):
    """The build that an archive was made of."""
    outputs = json.loads(sealed["run.json"])["outputs"]
    return {name: sealed[output_path(name)] for name in outputs}


def compared(sealed, made, *, renamed=None, environment=(), strict=True):
    return compare(sealed, made, renamed or {}, environment, strict=strict)


def changed(made, name, edit):
    content = json.loads(made[name])
    edit(content)
    return made | {name: json.dumps(content, ensure_ascii=False).encode()}


def test_same(sealed):
    found = compared(sealed, build_of(sealed))
    assert found.same
    assert str(found).splitlines()[0] == f"重新运行：比较了 {found.compared} 个数字，全部相同。"


def test_fact_of_another_value_names_its_cell(sealed):
    found = compared(sealed, changed(build_of(sealed), "facts.json", lambda content: content["facts"][0].update(value="7")))
    value = json.loads(sealed["facts.json"])["facts"][0]["value"]
    assert found.facts == [f"a.fact2（01_profile.ipynb 第 2 个代码单元）值：档案 {value}，重新运行 7"]
    assert not found.same


def test_fact_that_is_not_made_again(sealed):
    found = compared(sealed, changed(build_of(sealed), "facts.json", lambda content: content["facts"].pop(0)))
    assert found.facts == ["a.fact2（01_profile.ipynb 第 2 个代码单元）：重新运行没有得到这个数字"]


def test_notebook_names_its_first_differing_cell(sealed):
    made = changed(build_of(sealed), "notebooks/01_profile.ipynb", lambda content: content["cells"][3].update(outputs=[]))
    assert compared(sealed, made).others == ["01_profile.ipynb：自第 4 个单元起不同（输出）"]


def test_document_names_its_first_differing_byte(sealed):
    made = build_of(sealed) | {"report.pdf": sealed["report/report.pdf"][:-1] + b"x"}
    assert compared(sealed, made).others == ["report.pdf：自第 23 个字节起不同（档案 23 字节，重新运行 23 字节）"]


def test_document_alone_does_not_count_from_clean_tables(sealed):
    made = build_of(sealed) | {"report.pdf": b""}
    assert compared(sealed, made, strict=False).same
    assert not compared(sealed, made).same


def test_document_alone_does_not_count_in_another_environment(sealed):
    found = compared(sealed, build_of(sealed) | {"report.pdf": b""}, environment=["pandas 3.1.1 → 3.2.0"])
    assert found.same
    assert "环境与封存时不同" in str(found)


def test_hash_of_a_clean_table_stands_for_that_of_its_raw_file(sealed):
    clean = "cd" * 32
    made = {name: data.replace(tiny.RAW.encode(), clean.encode()) for name, data in build_of(sealed).items()}
    assert not compared(sealed, made).same
    assert compared(sealed, made, renamed={clean: tiny.RAW}).same


def test_places_of_settings():
    assert setting_path("parameters", 2022) == "parameters/2022.yml"
    assert setting_path("rules/hubei.yml", 2022) == "parameters/rules/hubei.yml"
