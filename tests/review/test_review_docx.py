"""`selfeval review REPORT.docx`: which build it was printed from, what was changed in it, what is told where none is found."""

import json
import shutil

import pytest
from test_review_command import call

from conftest import ROOT
from publishing.sample import sample_notebook
from publishing.word_files import W, made, part, styled, text_of, with_part

FACTS = sample_notebook().metadata["selfeval"]["facts"]


@pytest.fixture(scope="module")
def report():
    """report.docx of a small report."""
    return made(sample_notebook())


def write_build(folder, report, facts=FACTS, docx="report.docx"):
    """A finished build as far as an edited DOCX needs it."""
    (folder / docx).parent.mkdir(parents=True, exist_ok=True)
    (folder / docx).write_bytes(report)
    entries = [{"id": name} | fact for name, fact in facts.items()]
    (folder / "facts.json").write_text(json.dumps({"schema": 1, "year": 2022, "facts": entries}), "utf-8")
    return folder


@pytest.fixture
def project(tmp_path, report):
    """A project with a build of 2022."""
    (tmp_path / "project/params").mkdir(parents=True)
    (tmp_path / "project/params/2022.yml").write_text("", "utf-8")
    write_build(tmp_path / "project/build/2022", report)
    return tmp_path / "project"


def figure(root, tag, text=None):
    """The control of a figure in the text, written anew."""
    (body, _) = [one for one in styled(root, "BodyText") if "实际发放" in text_of(one)]
    one = next(one for one in body.iter(f"{W}sdt") if one.find(f"{W}sdtPr/{W}tag").get(f"{W}val") == tag)
    if text is not None:
        next(one.iter(f"{W}t")).text = text
    return one


def written(path, report, root=None):
    """The DOCX, its text exchanged for an edited one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(report if root is None else with_part(report, root))
    return path


@pytest.fixture
def edited(project, report):
    """Somebody's copy, outside the project, with a figure changed, one taken out and a number typed in."""
    root = part(report)
    figure(root, "a.people", "3900人")
    late = figure(root, "a.late")
    late.getparent().remove(late)
    next(styled(root, "AppendixText")[0].iter(f"{W}t")).text = "调整预算等于年初预算。另有500人。"
    return written(project.parent / "desk/report-edited.docx", report, root)


def test_each_change_is_told_with_heading_fact_both_values_mend_and_sentence(edited, project):
    result = call(edited, "--out", project / "build")
    assert result.output.splitlines() == [
        "错误 R501 “一、基本概况　（一）专项补助资金”：“指标 a.people”（a.people）应为“3862人”，现为“3900人”。请改回“3862人”；"
        "数字确有变化的，请更正原始数据后重新生成报告。原句：实际发放3900人，其中逾期△，满意度「待补」。",
        "警告 R503 “一、基本概况　（一）专项补助资金”：“指标 a.late”（a.late）“145人”被删去。不是有意删去的，请从原报告复制回来。"
        "原句：实际发放3862人，其中逾期145人△，满意度「待补」。",
        "错误 R502 “附录一　假设与待补”：新写入的数字“500”在报告中没有对应的事实。请删去，或在笔记本中记录为事实后重新生成报告；"
        "数字已改动的，请改回原来的数字。原句：另有500人。",
        "复核完毕：错误 2 个，警告 1 个，提示 0 个。",
    ]


def test_json_gives_the_sentence_the_fact_and_both_values(edited, project):
    first = json.loads(call(edited, "--out", project / "build", "--json").stdout)["findings"][0]
    assert {name: first[name] for name in ("code", "severity", "section", "fact", "label", "expected", "found")} == {
        "code": "R501",
        "severity": "错误",
        "section": "“一、基本概况　（一）专项补助资金”",
        "fact": "a.people",
        "label": "指标 a.people",
        "expected": "3862人",
        "found": "3900人",
    }
    assert first["sentence"].startswith("实际发放3900人")


def test_an_error_exits_with_1(edited, project):
    assert call(edited, "--out", project / "build").exit_code == 1


def test_a_warning_alone_exits_with_0(project, report):
    root = part(report)
    late = figure(root, "a.late")
    late.getparent().remove(late)
    result = call(written(project / "edited.docx", report, root))
    assert "R503" in result.output
    assert result.exit_code == 0


def test_an_unchanged_report_has_no_finding(project, report):
    result = call(written(project / "REPORT.DOCX", report))
    assert (result.exit_code, result.output) == (0, "复核完毕：错误 0 个，警告 0 个，提示 0 个。\n")


def test_hidden_characters_cannot_steer_the_terminal(project, report):
    root = part(report)
    next(styled(root, "AppendixText")[0].iter(f"{W}t")).text = "另有500人\u202e。"
    assert "\u202e" not in call(written(project / "edited.docx", report, root)).output


@pytest.mark.parametrize(("number", "kind"), [("11010519491231002X", "证件号码"), ("13812345678", "手机号码")])
def test_a_number_of_a_person_is_not_printed(project, report, number, kind):
    root = part(report)
    next(styled(root, "AppendixText")[0].iter(f"{W}t")).text = f"联系人的号码是{number}。"
    path = written(project / "edited.docx", report, root)
    for output in (call(path).output, call(path, "--json").output):
        assert kind in output
        assert number[:11] not in output


def test_the_build_is_found_in_the_project_of_the_current_folder(edited, project, monkeypatch):
    monkeypatch.chdir(project)
    assert "R501" in call(edited).output


def test_the_build_is_found_in_the_project_of_the_parameters(edited, project):
    assert "R501" in call(edited, "--params", project / "params/2022.yml").output


def test_the_build_is_found_in_the_project_that_the_file_lies_in(edited, project):
    shutil.copy(edited, project / "edited.docx")
    assert "R501" in call(project / "edited.docx").output


def test_the_build_is_found_beside_the_file(edited, project, tmp_path):
    shutil.copytree(project / "build/2022", tmp_path / "elsewhere")
    shutil.copy(edited, tmp_path / "elsewhere/edited.docx")
    shutil.rmtree(project)
    assert "R501" in call(tmp_path / "elsewhere/edited.docx").output


def test_the_build_may_be_named_itself(edited, project):
    assert "R501" in call(edited, "--out", project / "build/2022").output


def test_the_build_is_found_among_many_reports(edited, project, report):
    shutil.rmtree(project / "build/2022")
    write_build(project / "build/batch/101/2022", report)
    assert "R501" in call(edited, "--out", project / "build").output


def test_a_report_that_was_made_anew_is_found_in_the_archive(edited, project, report):
    write_build(project / "archive/2022/bag/data", report, docx="report/report.docx")
    renew(project)
    shutil.copy(edited, project / "edited.docx")
    assert "R501" in call(project / "edited.docx").output


def renew(project):
    """Run the report again, from other records."""
    notebook = sample_notebook()
    facts = notebook.metadata["selfeval"]["facts"]
    facts["a.people"] |= {"value": "3863", "display": "3863人"}
    write_build(project / "build/2022", made(notebook), facts)


def refused(*arguments):
    result = call(*arguments)
    assert result.exit_code == 1
    return result.output


def test_a_build_that_was_made_anew_is_told_with_a_way_out(edited, project):
    renew(project)
    output = refused(edited, "--out", project / "build")
    assert "此后报告已重新生成" in output
    assert str(project / "build/2022") in output
    assert "--out" in output


def test_a_build_that_is_not_found_is_told_with_the_folders_that_were_searched(edited, tmp_path, monkeypatch):
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    output = refused(edited)
    assert "没有找到" in output
    assert str(edited.parent) in output
    assert "--out" in output


def test_a_build_of_another_year_is_none_that_was_made_anew(edited, project, tmp_path):
    renew(project)
    text = (project / "build/2022/facts.json").read_text("utf-8").replace('"year": 2022', '"year": 2021')
    (project / "build/2022/facts.json").write_text(text, "utf-8")
    assert "没有找到" in refused(edited, "--out", project / "build")


def test_a_file_without_an_id_is_told_with_a_way_out(project, report):
    other = with_part(report, b'<Properties xmlns="p"/>', "docProps/custom.xml")
    output = refused(written(project / "letter.docx", other))
    assert "没有结果标识" in output
    assert "report.docx" in output


def test_a_build_whose_word_report_was_changed_is_no_original(edited, project):
    """Somebody edited it in place: nothing could be compared with it."""
    (project / "build/2022/report.docx").unlink()
    assert "此后报告已重新生成" in refused(edited, "--out", project / "build")


@pytest.mark.parametrize("content", [b"", b"PK", b"\xd0\xcf\x11\xe0 old Word"])
def test_a_file_that_is_no_docx_is_told(project, content):
    (project / "old.docx").write_bytes(content)
    assert "不是 DOCX" in refused(project / "old.docx")


def test_a_file_that_is_not_there_is_told(project):
    assert "none.docx" in refused(project / "none.docx")


def test_edits_of_the_2022_report_are_told_and_nothing_else(full_report, tmp_path):
    """A figure in its control, one typed over in a table, a number typed into a paragraph of an appendix."""
    report = (full_report / "report.docx").read_bytes()
    root = part(report)
    controls = list(root.iter(f"{W}sdt"))
    people = next(one for one in controls if one.find(f"{W}sdtPr/{W}tag").get(f"{W}val") == "model_workers.paid.people")
    next(people.iter(f"{W}t")).text = "3900人"
    cell = next(cell for cell in root.iter(f"{W}tc") if text_of(cell) == "22.26")
    control = next(cell.iter(f"{W}sdt"))
    run = next(control.iter(f"{W}r"))
    next(run.iter(f"{W}t")).text = "22.62"
    control.getparent().replace(control, run)
    extra = styled(root, "AppendixText")[0]
    next(extra.iter(f"{W}t")).text += "另有三百户未列入。"
    path = written(tmp_path / "edited.docx", report, root)
    findings = json.loads(call(path, "--out", full_report.parent, "--json", "--params", ROOT / "params/2022.yml").stdout)
    told = [(one["code"], one["fact"], one["expected"], one["found"]) for one in findings["findings"]]
    assert told == [
        ("R501", "model_workers.by_region.650100.share", "22.26", "22.62"),
        ("R501", "model_workers.paid.people", "3862人", "3900人"),
        ("R502", None, None, "三百"),
    ]
