"""A personal value that is found may have come from the cache, which then goes too; and none gets into it."""

import pytest

from helpers.privacy.guard import Guard
from helpers.publishing.errors import ReportRefused

PERSON = "欧阳示例"


@pytest.fixture
def place(tmp_path):
    for name in ("staging", "cache"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "kept").write_text("无", "utf-8")
    return tmp_path


def guard(place):
    return Guard(place / "staging", frozenset({PERSON}), [], beside=[place / "cache"])


def test_with_a_personal_value_the_cache_goes_too(place):
    (place / "staging/report.html").write_text(PERSON, "utf-8")
    with pytest.raises(ReportRefused):
        guard(place).refuse_leaks()
    assert list(place.iterdir()) == []


def test_without_one_the_cache_stays(place):
    guard(place).refuse_leaks()
    assert (place / "cache/kept").exists()


def test_what_holds_a_personal_value_is_told(place):
    assert (guard(place).finds(PERSON.encode()), guard(place).finds("无".encode())) == (True, False)
