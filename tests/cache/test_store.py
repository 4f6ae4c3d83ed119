"""Entries are verified when read, bounded in size and number, and for their owner alone; what goes wrong is a miss."""

import os
import stat

from helpers.cache.store import Store

DEPENDS = {"parameter:texts": "1"}
FILES = {"notebook": b"executed"}


def kept(folder, subject="2022/a", depends=DEPENDS, files=FILES):
    store = Store(folder / ".cache")
    store.keep(subject, depends, files)
    return store


def only_entry(store, subject="2022/a"):
    (entry,) = store.entries(subject)
    return entry


def used_at(entry, seconds):
    os.utime(entry.path, (seconds, seconds))


def test_what_was_kept_is_found_by_what_it_depends_on(tmp_path):
    store = kept(tmp_path)
    entry = only_entry(store)
    assert (entry.depends, store.files("2022/a", entry)) == (DEPENDS, FILES)


def test_another_subject_has_no_entry(tmp_path):
    assert kept(tmp_path).entries("2022/b") == []


def test_only_its_owner_can_read_it(tmp_path):
    kept(tmp_path)
    found = [tmp_path / ".cache", *(tmp_path / ".cache").rglob("*")]
    modes = {stat.S_IMODE(path.stat().st_mode) for path in found if path.is_file()}
    folders = {stat.S_IMODE(path.stat().st_mode) for path in found if path.is_dir()}
    assert (modes, folders) == ({0o600}, {0o700})


def test_a_damaged_file_is_no_result(tmp_path):
    store = kept(tmp_path)
    (stored,) = (tmp_path / ".cache/objects").iterdir()
    stored.write_bytes(b"Executed")
    assert store.files("2022/a", only_entry(store)) is None
    assert store.damaged == ["2022/a"]
    assert store.entries("2022/a") == []


def test_a_missing_file_is_no_result(tmp_path):
    store = kept(tmp_path)
    (stored,) = (tmp_path / ".cache/objects").iterdir()
    stored.unlink()
    assert store.files("2022/a", only_entry(store)) is None


def test_a_damaged_entry_is_none(tmp_path):
    store = kept(tmp_path)
    path = only_entry(store).path
    path.write_bytes(path.read_bytes().replace(b"texts", b"tests"))
    assert (store.entries("2022/a"), store.damaged) == ([], ["2022/a"])


def test_an_entry_that_is_no_text_is_none(tmp_path):
    store = kept(tmp_path)
    only_entry(store).path.write_bytes(b"\xff\xfe")
    assert store.entries("2022/a") == []


def test_what_must_not_be_kept_is_not(tmp_path):
    store = Store(tmp_path / ".cache")
    store.refuses = lambda body: b"texts" in body
    store.keep("2022/a", DEPENDS, FILES)
    assert not (tmp_path / ".cache").exists()


def test_a_folder_that_cannot_be_written_breaks_nothing(tmp_path):
    (tmp_path / ".cache").write_text("no folder")
    store = kept(tmp_path)
    store.evict()
    assert store.entries("2022/a") == []


def test_on_a_disk_that_is_nearly_full_nothing_is_kept(tmp_path, monkeypatch):
    monkeypatch.setattr("helpers.cache.store.SPARE_BYTES", 1 << 62)
    assert kept(tmp_path).entries("2022/a") == []


def test_of_too_many_entries_the_oldest_used_goes(tmp_path):
    store = Store(tmp_path / ".cache")
    for number in range(3):
        store.keep("2022/a", {"code": str(number)}, {"notebook": str(number).encode()})
    for entry in store.entries("2022/a"):
        used_at(entry, int(entry.depends["code"]))
    store.evict(most_entries=2)
    assert [entry.depends["code"] for entry in store.entries("2022/a")] == ["2", "1"]
    assert len(list((tmp_path / ".cache/objects").iterdir())) == 2


def test_what_is_used_stays_longest(tmp_path):
    store = Store(tmp_path / ".cache")
    for number in range(2):
        store.keep("2022/a", {"code": str(number)}, {"notebook": str(number).encode()})
    for entry in store.entries("2022/a"):
        used_at(entry, int(entry.depends["code"]))
    first = next(entry for entry in store.entries("2022/a") if entry.depends["code"] == "0")
    store.files("2022/a", first)
    store.evict(most_entries=1)
    assert [entry.depends["code"] for entry in store.entries("2022/a")] == ["0"]


def test_all_together_stay_below_a_size(tmp_path):
    store = Store(tmp_path / ".cache")
    for number in range(4):
        store.keep(f"2022/{number}", {"code": "1"}, {"notebook": bytes([number]) * 1000})
    store.evict(most_bytes=3000)
    assert sum(path.stat().st_size for path in (tmp_path / ".cache").rglob("*") if path.is_file()) <= 3000
    assert any(store.entries(f"2022/{number}") for number in range(4))


def test_a_file_of_two_entries_stays_as_long_as_one_of_them(tmp_path):
    store = Store(tmp_path / ".cache")
    for number in range(2):
        store.keep("2022/a", {"code": str(number)}, FILES)
    store.evict(most_entries=1)
    assert store.files("2022/a", only_entry(store)) == FILES
