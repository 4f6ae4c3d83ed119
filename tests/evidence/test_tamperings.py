"""Every way of tampering with an archive is caught, by a code of its own; bagit alone misses many."""

from __future__ import annotations

import shutil
from collections import Counter

import bagit
import pytest

from evidence import tiny
from evidence.tamperings import EDITED, FORGED, PACKED
from helpers.evidence.verify_bag import CODES, verify


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """A bag that is in order, to be copied."""
    return tiny.sealed_bag(tmp_path_factory.mktemp("sound"), tiny.contents())


@pytest.fixture
def bag(sound, tmp_path):
    return shutil.copytree(sound, tmp_path / "bags" / sound.name)


@pytest.mark.parametrize("name", FORGED)
def test_forged_contents(name, tmp_path):
    code, forge = FORGED[name]
    made = tiny.contents()
    forge(made)
    if code not in ("V315", "V424", "V425", "V426", "V429"):
        try_again(made)
    assert code in verify(tiny.sealed_bag(tmp_path, made)).codes


def try_again(made):
    """Make the record of the run suit the contents, where nothing that it names is gone."""
    try:
        tiny.again(made)
    except KeyError:
        return


@pytest.mark.parametrize("name", EDITED)
def test_edited_bag(name, bag):
    code, edit = EDITED[name]
    edit(bag)
    assert code in verify(bag).codes


@pytest.mark.parametrize("name", PACKED)
def test_packed_bag(name, bag, tmp_path):
    code, pack = PACKED[name]
    pack(bag, tmp_path / "bag.zip")
    assert code in verify(tmp_path / "bag.zip").codes


def test_tamperings_are_many_and_told_apart():
    codes = [code for code, _ in [*FORGED.values(), *EDITED.values(), *PACKED.values()]]
    assert len(codes) >= 100
    assert len(set(codes)) >= 60


def test_words_of_codes_are_told_apart():
    assert [text for text, count in Counter(message for _, message in CODES.values()).items() if count > 1] == []


def test_figure_and_place_are_named(bag):
    EDITED["file of the same size changed"][1](bag)
    told = verify(bag).text("甲")
    assert "V203 data/facts.json：内容与清单上的 SHA-256 不符" in told
    assert "完整性：不通过" in told


def test_digest_of_another_sheet(bag):
    assert verify(bag, digest="0" * 64).codes == {"V435"}


def test_digest_of_the_sheet_in_groups(bag):
    own = verify(bag).digests["sm3"]
    assert verify(bag, digest=" ".join(own[place : place + 4] for place in range(0, 64, 4))).findings == []


def test_everything_made_anew_shows_against_the_sheet(tmp_path):
    """No bag can tell by itself that all of it was made anew: the sheet, a signature or the chain can."""
    sheet = verify(tiny.sealed_bag(tmp_path / "true", tiny.contents(1))).digests["sha256"]
    forged = tiny.sealed_bag(tmp_path / "false", tiny.contents(2))
    assert verify(forged).findings == []
    assert verify(forged, digest=sheet).codes == {"V435"}


def chained(place, first, second, **more):
    first = tiny.sealed_bag(place, tiny.contents(first))
    tie = {"Previous_Archive_Identifier": first.name, "Previous_Archive_SHA256": tiny.digest((first / tiny.SIGNED).read_bytes())}
    return first, tiny.sealed_bag(place, tiny.contents(second), **(tie | more))


def test_former_archive_sealed_anew(tmp_path):
    first, second = chained(tmp_path, 1, 2)
    tiny.write(first, {"bag-info.txt": (first / "bag-info.txt").read_bytes().replace(b"2023-01-09", b"2023-01-08")})
    tiny.retag(first)
    assert verify(first).findings == []
    assert verify(second).codes == {"V441"}


def test_two_archives_after_one(tmp_path):
    _, second = chained(tmp_path, 1, 2)
    chained(tmp_path, 1, 3)
    assert verify(second).codes == {"V445"}


def test_archive_after_itself(tmp_path):
    own = tiny.identifier(tiny.contents(1))
    tie = {"Previous_Archive_Identifier": own, "Previous_Archive_SHA256": "0" * 64}
    assert verify(tiny.sealed_bag(tmp_path, tiny.contents(1), **tie)).codes == {"V444"}


def test_superseded_archive_says_so(tmp_path):
    first = tiny.sealed_bag(tmp_path, tiny.contents(1))
    tiny.sealed_bag(tmp_path, tiny.contents(2), Supersedes=first.name, Supersedes_Reason="更正")
    found = verify(first)
    assert found.findings == []
    assert any("已被" in note and "更正" in note for note in found.notes)


def test_public_package_of_another_archive(tmp_path):
    made = tiny.contents()
    full = tiny.sealed_bag(tmp_path, made)
    public = tiny.public_bag(tmp_path, made, full)
    tiny.write(full, {"bag-info.txt": (full / "bag-info.txt").read_bytes().replace(b"2023-01-09", b"2023-01-08")})
    tiny.retag(full)
    assert verify(public).codes == {"V451"}


def test_public_package_with_more_than_is_public(tmp_path):
    made = tiny.contents()
    full = tiny.sealed_bag(tmp_path, made)
    public = tiny.public_bag(tmp_path, made, full)
    tiny.write(public, {"data/inputs/tables/payments.csv": made["inputs/tables/payments.csv"]})
    tiny.remanifest(public)
    assert "V452" in verify(public).codes


def test_too_many_files(bag, monkeypatch):
    monkeypatch.setattr("helpers.evidence.verify_bag.MOST_FILES", 3)
    assert verify(bag).codes == {"V109"}


def test_neither_folder_nor_file(tmp_path):
    assert verify(tmp_path / "gone").codes == {"V301"}


def accepted_by_bagit(bag) -> bool:
    try:
        return bool(bagit.Bag(str(bag)).validate())
    except (bagit.BagError, OSError, ValueError):
        return False


def test_bagit_accepts_the_bag(bag):
    assert accepted_by_bagit(bag)


def test_bagit_alone_misses_tamperings(sound, tmp_path):
    """The control of this whole file: the usual tool is content with bags that are not what was sealed."""
    missed = []
    for number, (name, (_, edit)) in enumerate(EDITED.items()):
        if "pipe" in name:
            continue  # it would wait for the other end of the pipe
        bag = shutil.copytree(sound, tmp_path / str(number) / sound.name)
        edit(bag)
        if accepted_by_bagit(bag):
            missed.append(name)
    assert "link to a folder" in missed
    assert "contents changed, manifests made anew" in missed
    assert len(missed) >= 20
