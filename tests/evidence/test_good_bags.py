"""A hundred archives that are in order, of many kinds: none gives a false alarm."""

from __future__ import annotations

import pytest

from evidence import tiny
from evidence.tamperings import XLSX, in_office
from helpers.evidence import bag as writing
from helpers.evidence.verify_bag import verify


@pytest.mark.parametrize("seed", range(40))
def test_full_archive(seed, tmp_path):
    assert verify(tiny.sealed_bag(tmp_path, tiny.contents(seed))).findings == []


@pytest.mark.parametrize("seed", range(40, 60))
def test_zipped_archive(seed, tmp_path):
    bag = tiny.sealed_bag(tmp_path / "bags", tiny.contents(seed))
    assert verify(tiny.zipped(bag, tmp_path / "bag.zip", deflated=seed % 2 == 0)).findings == []


@pytest.mark.parametrize("seed", range(60, 75))
def test_public_package_beside_its_full_archive(seed, tmp_path):
    made = tiny.contents(seed)
    full = tiny.sealed_bag(tmp_path, made)
    assert verify(tiny.public_bag(tmp_path, made, full)).findings == []


@pytest.mark.parametrize("seed", range(75, 90))
def test_chain_of_archives(seed, tmp_path):
    first = tiny.sealed_bag(tmp_path, tiny.contents(seed))
    tie = {"Previous_Archive_Identifier": first.name, "Previous_Archive_SHA256": tiny.digest((first / tiny.SIGNED).read_bytes())}
    reason = {"Supersedes": first.name, "Supersedes_Reason": "更正第二部分"} if seed % 2 else {}
    second = tiny.sealed_bag(tmp_path, tiny.contents(seed + 1000), **tie, **reason)
    assert [verify(bag).findings for bag in (first, second)] == [[], []]


@pytest.mark.parametrize("seed", range(90, 96))
def test_machine_without_sm3(seed, tmp_path, monkeypatch):
    monkeypatch.setattr(writing, "algorithms", lambda: ["sha256"])
    assert verify(tiny.sealed_bag(tmp_path, tiny.contents(seed))).findings == []


@pytest.mark.parametrize("seed", range(96, 100))
def test_archive_copied_to_another_name(seed, tmp_path):
    bag = tiny.sealed_bag(tmp_path, tiny.contents(seed)).rename(tmp_path / "副本 2")
    assert verify(bag).findings == []


def test_a_workbook_whose_numbers_were_written_with_more_digits_than_spreadsheets_keep(tmp_path):
    """openpyxl writes 98.76 as 98.76000000000001. The record of the run still has the hash of the other workbook."""
    made = tiny.contents()
    in_office(XLSX, "xl/worksheets/sheet1.xml", "</v>", ".00000000000001</v>")(made)
    assert [code for code, *_ in verify(tiny.sealed_bag(tmp_path, made)).findings] == ["V429"]


def test_foreign_signature_beside_the_tag_manifest(tmp_path):
    bag = tiny.sealed_bag(tmp_path, tiny.contents())
    (bag / "tagmanifest-sm3.txt.sm2").write_bytes(b"\x30\x45")
    found = verify(bag)
    assert found.findings == []
    assert any("须用相应的软件核对" in note for note in found.notes)
