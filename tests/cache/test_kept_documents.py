"""Documents are taken from the cache by what they are made from, and each says what changed."""

import copy

from helpers.cache.documents import DocumentCache, content_depends
from helpers.cache.store import Store
from helpers.cache.words import words
from publishing.sample import sample_notebook

NOTEBOOK = sample_notebook()
FILES = {"report.html": b"page"}


def depends(**more):
    return content_depends(NOTEBOOK) | more


def cache(tmp_path, *, force=False):
    return DocumentCache(Store(tmp_path / ".cache"), "2022", force=force)


def keep(tmp_path, **more):
    first = cache(tmp_path)
    first.find("report.html", depends(**more))
    first.made("report.html", depends(**more), FILES)
    first.keep()


def why(tmp_path, now):
    again = cache(tmp_path)
    assert again.find("report.html", now) is None
    return words(again.reasons["report.html"])


def test_a_document_of_the_same_content_is_found(tmp_path):
    keep(tmp_path)
    again = cache(tmp_path)
    assert (again.find("report.html", depends()), again.reasons["report.html"]) == (FILES, [])


def test_what_was_not_kept_is_not_found(tmp_path):
    cache(tmp_path).made("report.html", depends(), FILES)
    assert why(tmp_path, depends()) == "没有缓存"


def test_a_section_that_changed_is_named(tmp_path):
    keep(tmp_path)
    other = copy.deepcopy(NOTEBOOK)
    other.cells[0].source += "1"
    stem = next(
        section["notebook"]
        for section in other.metadata["selfeval"]["sections"]
        if section["number"] == other.cells[0].metadata["selfeval"]["section"]
    )
    assert why(tmp_path, content_depends(other)) == f"{stem} 的结果变了"


def test_a_program_file_that_changed_is_named(tmp_path):
    keep(tmp_path, **{"program:publishing/html.py": "1"})
    assert why(tmp_path, depends(**{"program:publishing/html.py": "2"})) == "程序 helpers/publishing/html.py 变了"


def test_by_force_nothing_is_found(tmp_path):
    keep(tmp_path)
    forced = cache(tmp_path, force=True)
    assert forced.find("report.html", depends()) is None
    assert words(forced.reasons["report.html"]) == "没有使用缓存（--force 或 --accept）"


def test_a_damaged_document_is_not_taken(tmp_path):
    keep(tmp_path)
    for stored in (tmp_path / ".cache/objects").iterdir():
        stored.write_bytes(b"other")
    assert why(tmp_path, depends()) == "缓存已损坏"
