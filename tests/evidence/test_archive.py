"""The archive of the 2022 report: what is in it, that it verifies everywhere, and that it is made once."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256

import bagit
import pypdfium2
import pytest

from evidence import tiny
from helpers.evidence import seal
from helpers.evidence.verify_bag import PAGES, PUBLIC, SIGNED, verify
from helpers.publishing.errors import ReportRefused


def info_of(bag):
    return dict(line.split(": ", 1) for line in (bag / "bag-info.txt").read_text("utf-8").splitlines())


def digest_of(bag):
    return sha256((bag / SIGNED).read_bytes()).hexdigest()


@pytest.mark.parametrize("which", [0, 1])
def test_verifies(archived, which):
    assert verify(archived[which]).findings == []


@pytest.mark.parametrize("which", [0, 1])
def test_is_valid_for_bagit(archived, which):
    assert bagit.Bag(str(archived[which])).validate()


def test_verifies_as_zip(archived, tmp_path):
    assert verify(tiny.zipped(archived[0], tmp_path / "bag.zip")).findings == []


def test_verifier_in_the_archive_needs_nothing_installed(archived, tmp_path):
    command = [sys.executable, "-I", "-S", archived[0] / "data/verify.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "结论：通过。" in done.stdout


def test_verifier_in_the_archive_fails_on_a_changed_one(archived, tmp_path):
    bag = shutil.copytree(archived[1], tmp_path / archived[1].name)
    (bag / "data/facts.json").chmod(0o600)
    (bag / "data/facts.json").write_bytes(b"{}")
    done = subprocess.run([sys.executable, "-I", "-S", bag / "data/verify.py"], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "V203" in done.stdout


def test_one_action_a_section_notebook(archived, year):
    graph = json.loads((archived[0] / "data/ro-crate-metadata.json").read_bytes())["@graph"]
    actions = {entity["instrument"]["@id"] for entity in graph if entity["@type"] == "CreateAction"}
    sections = year.outline()[0].sections
    assert actions == {"notebooks/source/outline.yml", *(f"notebooks/source/{item.notebook}.ipynb" for item in sections)}


def test_names_its_retention_class_and_legal_basis(archived, year):
    info = info_of(archived[0])
    assert info["Retention-Class"] == year.parameters.archive.retention_class
    assert info["Legal-Basis"] == year.parameters.archive.legal_basis


def test_public_package_holds_what_is_public_alone(archived):
    full, public = archived
    names = {path.relative_to(public / "data").as_posix() for path in (public / "data").rglob("*") if path.is_file()}
    assert {name for name in names if not PAGES.fullmatch(name)} == set(PUBLIC)
    assert info_of(public)["Full-Archive-SHA256"] == digest_of(full)


@pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")
def test_is_for_its_user_alone_and_for_reading_alone(archived):
    assert {stat.S_IMODE(path.stat().st_mode) for path in archived[0].rglob("*") if path.is_file()} == {0o400}


def test_leaves_nothing_aside(archived):
    assert [path.name for path in archived[0].parent.iterdir() if path.name.startswith(".")] == []


def test_digest_sheet_is_one_page_with_both_hashes(archived):
    sheet = pypdfium2.PdfDocument(archived[0].with_name(f"{archived[0].name}-{seal.SHEET}"))
    text = "".join(sheet[0].get_textpage().get_text_bounded().split())
    assert len(sheet) == 1
    assert all(value in text for value in verify(archived[0]).digests.values())


def test_archiving_again_changes_nothing(archived, year, full_report):
    before = {path: path.stat().st_mtime_ns for path in archived[0].parent.rglob("*")}
    again = seal.archive(year, full_report.parent, archived[0].parents[1], public=True)
    assert [(sealed.folder, sealed.new) for sealed in again] == [(archived[0], False), (archived[1], False)]
    assert {path: path.stat().st_mtime_ns for path in archived[0].parent.rglob("*")} == before


@pytest.fixture
def quick(monkeypatch, examination):
    """Archiving without reading the tables and scanning anew: for what does not depend on them."""
    monkeypatch.setattr(seal, "examine", lambda year, published_only, out: examination)

    class Trusting:
        def __init__(self, *_, **__):
            pass

        def refuse_leaks(self):
            pass

    monkeypatch.setattr(seal, "Guard", Trusting)


def test_correction_continues_the_chain_and_names_what_it_supersedes(quick, archived, year, full_report, tmp_path, monkeypatch):
    former = shutil.copytree(archived[0], tmp_path / "archive/2022" / archived[0].name)
    monkeypatch.setattr(seal, "_identifier", lambda contents: "c" * 32)
    monkeypatch.setattr(seal.verify_bag, "content_identifier", lambda digests: "c" * 32)
    correction = seal.Correction(former.name, "更正  第二部分\n的文字")
    (sealed,) = seal.archive(year, full_report.parent, tmp_path / "archive", public=False, correction=correction)
    info = info_of(sealed.folder)
    assert (info["Previous-Archive-Identifier"], info["Previous-Archive-SHA256"]) == (former.name, digest_of(former))
    assert (info["Supersedes"], info["Supersedes-Reason"]) == (former.name, "更正 第二部分 的文字")


def test_correction_of_an_archive_that_is_not_there(quick, year, full_report, tmp_path):
    with pytest.raises(ReportRefused, match="没有编号为“0000”的档案可以取代。该年度还没有档案。"):
        seal.archive(year, full_report.parent, tmp_path, public=False, correction=seal.Correction("0000", "更正"))
    assert list((tmp_path / "2022").iterdir()) == []


def test_correction_that_changes_nothing(quick, archived, year, full_report):
    correction = seal.Correction(archived[0].name, "更正")
    with pytest.raises(ReportRefused, match="完全相同，没有可更正的内容"):
        seal.archive(year, full_report.parent, archived[0].parents[1], public=False, correction=correction)


def test_digest_sheet_that_an_interruption_left_unwritten(quick, archived, year, full_report, tmp_path):
    shutil.copytree(archived[0], tmp_path / "archive/2022" / archived[0].name)
    (sealed,) = seal.archive(year, full_report.parent, tmp_path / "archive", public=False)
    name = f"{archived[0].name}-{seal.SHEET}"
    assert not sealed.new
    assert (tmp_path / "archive/2022" / name).read_bytes() == archived[0].with_name(name).read_bytes()


def test_damaged_archive_is_not_taken_for_the_same(quick, archived, year, full_report, tmp_path):
    bag = shutil.copytree(archived[0], tmp_path / "archive/2022" / archived[0].name)
    (bag / "data/note.txt").write_bytes(b"")
    with pytest.raises(ReportRefused, match="V201"):
        seal.archive(year, full_report.parent, tmp_path / "archive", public=False)


def copied(full_report, out):
    return shutil.copytree(full_report, out / "2022")


def refused(year, out, tmp_path):
    with pytest.raises(ReportRefused) as caught:
        seal.archive(year, out, tmp_path / "archive", public=False)
    assert list((tmp_path / "archive/2022").iterdir()) == []
    return str(caught.value)


def test_no_build(quick, year, tmp_path):
    assert "请先运行 selfeval run 2022" in refused(year, tmp_path / "build", tmp_path)


def test_build_edited_by_hand(quick, year, full_report, tmp_path):
    build = copied(full_report, tmp_path / "build")
    (build / "report.html").chmod(0o600)
    (build / "report.html").write_text("<html></html>", "utf-8")
    assert "生成之后被改动" in refused(year, tmp_path / "build", tmp_path)


@pytest.mark.parametrize(
    ("key", "edit"),
    [
        (
            "payments.csv",
            lambda run: [item.update(sha256="0" * 64) for item in run["inputs"] if item["file"] == "payments.csv"],
        ),
        ("parameters", lambda run: run["parameters"].update(parameters="0" * 64)),
        ("05_results.ipynb", lambda run: run["parameters"].update({"05_results.ipynb": "0" * 64})),
        ("程序", lambda run: run.update(code="0" * 64)),
    ],
)
def test_inputs_changed_since_the_build(quick, year, full_report, tmp_path, key, edit):
    record = copied(full_report, tmp_path / "build") / "run.json"
    run = json.loads(record.read_bytes())
    edit(run)
    record.chmod(0o600)
    record.write_text(json.dumps(run), "utf-8")
    assert f"\n  {key}\n" in refused(year, tmp_path / "build", tmp_path)


def test_no_retention_class(quick, year, full_report, tmp_path):
    unkept = replace(year, parameters=year.parameters.model_copy(update={"archive": None}))
    with pytest.raises(ReportRefused, match="没有写明保管期限"):
        seal.archive(unkept, full_report.parent, tmp_path / "archive", public=False)


def test_personal_value_in_a_table(year, examination, full_report, tmp_path, monkeypatch):
    tables = dict(examination.inputs.tables)
    frame = tables["milestones"].frame.copy()
    frame["event"] = frame["event"] + "欧阳砚舟"
    tables["milestones"] = replace(tables["milestones"], frame=frame)
    inputs = replace(examination.inputs, tables=tables, personal_values=frozenset({"欧阳砚舟"}))
    monkeypatch.setattr(seal, "examine", lambda year, published_only, out: replace(examination, inputs=inputs))
    told = refused(year, full_report.parent, tmp_path)
    assert "milestones.csv：姓名" in told
    assert "欧阳砚舟" not in told


@pytest.mark.parametrize(
    "chain", [{"a": None, "b": "a", "c": "a"}, {"a": "gone"}, {"a": "b", "b": "a"}], ids=["fork", "gap", "circle"]
)
def test_broken_chain(chain):
    with pytest.raises(ReportRefused, match="接不成一条链"):
        seal._end_of_chain(chain)


def test_end_of_a_chain():
    assert seal._end_of_chain({"b": "a", "c": "b", "a": None}) == "c"
