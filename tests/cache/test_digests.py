"""What changes while a run goes on makes its digests worthless."""

import os
from datetime import datetime, timedelta

import pytest

from helpers.cache.digests import untouched_since

LATER, EARLIER = datetime.now().astimezone() + timedelta(hours=1), datetime.now().astimezone() - timedelta(hours=1)


@pytest.fixture
def file(tmp_path):
    (tmp_path / "payments.csv").write_text("金额", "utf-8")
    return tmp_path / "payments.csv"


def test_a_file_of_before_the_run(file):
    assert untouched_since(LATER, [file], [file.parent])


def test_a_file_that_was_written_meanwhile(file):
    assert not untouched_since(EARLIER, [file], [])


def test_an_old_file_that_was_put_in_its_place(file):
    old = EARLIER.timestamp() - 1000
    os.utime(file, (old, old))
    assert not untouched_since(EARLIER, [file], [])


def test_a_folder_that_a_file_was_put_into(file):
    assert not untouched_since(EARLIER, [], [file.parent])


def test_a_file_that_is_not_there(file):
    assert untouched_since(EARLIER, [file.with_name("assets.csv")], [])
