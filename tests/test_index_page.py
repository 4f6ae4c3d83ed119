"""The page that lists all reports is made anew at each publishing, at once or not at all, and names no place of the machine."""

import re

import pytest

from helpers import index_page
from helpers.index_page import INDEX, refresh_index
from helpers.publishing import web_page
from index_samples import write_archive, write_report


@pytest.fixture(autouse=True)
def _without_fonts(monkeypatch):
    """Fonts take a second a page and are seen in the browser tests."""
    monkeypatch.setattr(web_page, "font_faces", lambda *texts: "")


@pytest.fixture
def build(tmp_path):
    write_report(tmp_path / "build/2022")
    return tmp_path / "build"


def page_of(build, archives=None):
    assert refresh_index(build, archives or build.parent / "archive") is None
    return (build / INDEX).read_text("utf-8")


def words_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", page[page.index("<main") : page.index("</main")]))


def test_years_stand_newest_first(build):
    write_report(build / "2023")
    page = page_of(build)
    assert page.index("2023年度某局：网页") < page.index("2022年度某局：网页")


def test_departments_of_a_batch_are_listed_without_their_figures(build):
    write_report(build / "batch/037/2022", department="某馆", amount="9万元")
    page = page_of(build)
    assert 'href="batch/037/2022/report.html"' in page
    assert "9万元" not in page


def test_open_checks_and_made_up_figures_are_told(build):
    words = words_of(page_of(build))
    assert "相符 1，待查 1" in words
    assert "待查：发放人数。相差3人。" in words
    assert "2 个数字中，演示数据 1 个，待补 0 个。含演示数据，不得报送。" in words


def test_only_files_that_are_there_are_linked(build):
    assert 'href="2022/report.pdf"' not in page_of(build)


def test_a_report_whose_records_are_broken_is_listed_as_such(build):
    (build / "2022/facts.json").write_text("{", "utf-8")
    assert "记录无法读取，请重新生成" in page_of(build)


def test_unfinished_folders_are_no_reports(build):
    write_report(build / ".staging-2023")
    write_report(build / "2023-only")
    assert "2023" not in words_of(page_of(build))


def test_texts_are_shown_as_typed(tmp_path):
    write_report(tmp_path / "build/2022", label="<script>alert(1)</script>")
    assert "<script>alert" not in page_of(tmp_path / "build")


def test_archives_beside_the_build_are_linked(build):
    write_archive(build.parent / "archive/2022", "ab" * 16)
    assert f'href="../archive/2022/{"ab" * 16}-digest.pdf"' in page_of(build)


def test_archives_elsewhere_are_named_and_not_linked(build, tmp_path):
    write_archive(tmp_path / "elsewhere/archive/2022", "ab" * 16)
    page = page_of(build, tmp_path / "elsewhere/archive")
    assert "ab" * 16 in page
    assert "elsewhere" not in page


def test_comparisons_of_years_are_linked(build):
    (build / "compare/2021-2022").mkdir(parents=True)
    (build / "compare/2021-2022/index.html").write_text("", "utf-8")
    assert '<a href="compare/2021-2022/index.html">2021、2022年度的比较</a>' in page_of(build)


def test_no_place_of_the_machine_is_named(build):
    assert str(build.parent) not in page_of(build)


def test_what_cannot_be_made_leaves_the_former_page_and_says_so(build, monkeypatch):
    former = page_of(build)
    write_report(build / "2023")

    def broken(*_):
        raise RuntimeError

    monkeypatch.setattr(index_page, "index_page", broken)
    assert "没有更新" in refresh_index(build, build.parent / "archive")
    assert (build / INDEX).read_text("utf-8") == former


def test_a_page_that_cannot_be_put_in_place_leaves_nothing_behind(build):
    (build / INDEX).mkdir()
    assert "没有更新" in refresh_index(build, build.parent / "archive")
    assert [path.name for path in build.glob(f".{INDEX}-*")] == []
