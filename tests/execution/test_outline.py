"""The outline is read strictly, and every mistake is told in Chinese with its line."""

from pathlib import Path

import pytest
from probes import probe, write

from helpers.execution.outline import load_outline
from helpers.issue import InputsInvalid

TWO = """\
sections:
  - number: 1
    title: 概况
    notebook: first
  - number: 2
    title: 支出
    notebook: second
    needs: [first]
    landscape: true
"""


def outline_file(folder: Path, text: str) -> Path:
    write(folder, first=probe(), second=probe())
    path = folder / "outline.yml"
    path.write_text(text, "utf-8")
    return path


def test_sections_are_read_in_the_order_of_the_file(tmp_path):
    first, second = load_outline(outline_file(tmp_path, TWO)).sections
    assert (first.number, first.title, first.needs, first.landscape) == (1, "概况", [], False)
    assert (second.notebook, second.needs, second.landscape) == ("second", ["first"], True)


def test_needed_sections_run_first(tmp_path):
    """A section may stand before what it needs: the report's order is not the running order."""
    text = TWO.replace("needs: [first]", "").replace("notebook: first", "notebook: first\n    needs: [second]")
    running = load_outline(outline_file(tmp_path, text)).in_running_order()
    assert [section.notebook for section in running] == ["second", "first"]


@pytest.mark.parametrize(
    ("found", "written", "code", "row", "words"),
    [
        ("needs: [first]", "needs: [frist]", "E802", 8, ["没有笔记本“frist”", "是否应为“first”"]),
        ("needs: [first]", "needs: [second]", "E803", 8, ["second → second"]),
        ("needs: [first]", "needs: [first, first]", "E801", 8, ["写了 2 次"]),
        ("notebook: first", "notebook: first\n    needs: [second]", "E803", 5, ["first → second → first"]),
        ("notebook: second", "notebook: first", "E801", 7, ["“first”重复"]),
        ("number: 2", "number: 1", "E801", 5, ["“1”重复"]),
        ("title: 支出", "title: 概况", "E801", 6, ["“概况”重复"]),
        ("number: 2", "number: 100", "E606", 5, ["整数 100", "不大于 99"]),
        ("number: 2", "number: 二", "E605", 5, ["应为整数"]),
        ("landscape: true", "landscape: 横向", "E605", 9, ["true 或 false"]),
        ("landscape: true", "landscap: true", "E603", 9, ["“landscap”", "是否应为“landscape”"]),
        ("    title: 支出\n", "", "E604", 5, ["缺少“title”"]),
        ("notebook: second", "notebook: ../second", "E606", 7, ["笔记本文件名", "小写英文"]),
        ("notebook: second", "notebook: third", "E804", 7, ["没有笔记本“third.ipynb”"]),
        ("number: 2", "number: 2\n    number: 3", "E601", 6, ["键“number”重复"]),
    ],
)
def test_each_mistake_is_told(tmp_path, found, written, code, row, words):
    with pytest.raises(InputsInvalid) as caught:
        load_outline(outline_file(tmp_path, TWO.replace(found, written)))
    issue = caught.value.issues[0]
    assert (issue.code, Path(issue.file).name, issue.row) == (code, "outline.yml", row)
    assert all(word in str(issue) for word in words), str(issue)


def test_all_mistakes_are_told_at_once(tmp_path):
    text = TWO.replace("number: 2", "number: 100").replace("landscape: true", "landscape: 横向")
    with pytest.raises(InputsInvalid) as caught:
        load_outline(outline_file(tmp_path, text))
    assert [issue.row for issue in caught.value.issues] == [5, 9]


@pytest.mark.parametrize("text", ["", "[]", "sections: []", "sections: 一", "sections: [一]", "一: ["])
def test_what_is_no_outline_is_refused(tmp_path, text):
    with pytest.raises(InputsInvalid):
        load_outline(outline_file(tmp_path, text))


def test_a_missing_outline_is_told(tmp_path):
    with pytest.raises(InputsInvalid, match=r"outline\.yml.*没有这个文件"):
        load_outline(tmp_path / "outline.yml")


def test_a_section_stands_on_all_that_its_needs_need(tmp_path):
    text = TWO + "  - number: 3\n    title: 绩效\n    notebook: third\n    needs: [second]\n"
    write(tmp_path, third=probe())
    outline = load_outline(outline_file(tmp_path, text))
    assert [outline.upstream(name) for name in ("first", "second", "third")] == [set(), {"first"}, {"first", "second"}]
