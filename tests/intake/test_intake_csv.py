"""CSV files: encodings, damage, and the row numbers that analysts see."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from intake_files import FILES, PAYMENT_HEADER, codes, issues_of, write_table

from helpers.intake import load_table
from helpers.intake.contracts import CONTRACTS
from helpers.intake.convert import convert
from helpers.intake.csv_file import read_csv
from helpers.issue import InputsInvalid, Issue

PUBLISHED = "事实编号,名称,数值,计量单位,章节,允差,出处\na.b,𠮷㛃补助,1,户,二,0,原报告\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_each_accepted_encoding_gives_the_same_text(tmp_path, encoding):
    table = load_table(write_table(tmp_path, "published.csv", PUBLISHED.encode(encoding)), "published")
    assert table.frame["label"].tolist() == ["𠮷㛃补助"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_another_encoding_is_named(tmp_path, encoding):
    (issue,) = issues_of(tmp_path, "published.csv", PUBLISHED.encode(encoding))
    assert issue.code == "E101"
    assert encoding[:6].upper() in issue.message


def test_bytes_in_no_accepted_encoding_are_refused(tmp_path):
    assert codes(issues_of(tmp_path, "published.csv", b"\xff\x80\xff,\n1,2\n")) == ["E101"]


def test_a_file_that_changes_its_encoding_is_refused_at_the_row(tmp_path):
    header, row = PUBLISHED.splitlines(keepends=True)
    mixed = header.encode() + b"a,b,1,,x,0,y\n" + row.encode("gb18030")
    (issue,) = issues_of(tmp_path, "published.csv", mixed)
    assert (issue.code, issue.row) == ("E102", 3)


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff"])
def test_an_empty_file_is_refused(tmp_path, content):
    assert codes(issues_of(tmp_path, "payments.csv", content)) == ["E103"]


def test_a_header_without_rows_is_refused(tmp_path):
    assert codes(issues_of(tmp_path, "payments.csv", PAYMENT_HEADER + "\n,,,,,,,,,\n")) == ["E104"]


@pytest.mark.parametrize(("separator", "shown"), [(";", "“;”"), ("\t", "制表符"), ("，", "“，”")])
def test_another_separator_is_named(tmp_path, separator, shown):
    (issue,) = issues_of(tmp_path, "budget.csv", FILES["budget"].replace(",", separator))
    assert issue.code == "E105"
    assert shown in issue.message


@pytest.mark.parametrize("row", ["P9,99T01", "P9,99T01,生活补助,H-1,甲市,财政拨款,1,2030-06-01,支付,,"])
def test_a_row_with_another_number_of_fields_is_refused_with_its_number(tmp_path, row):
    """A blank row is skipped and still counted, as Excel counts it."""
    first, *others = FILES["payments"].splitlines()
    (issue,) = issues_of(tmp_path, "payments.csv", "\n".join([first, "", *others, row]))
    assert (issue.code, issue.row) == ("E106", 8)


def test_a_cell_with_a_line_break_is_one_row(tmp_path):
    text = FILES["payments"].replace("P1,99T01,生活补助", 'P1,99T01,"生活\n补助"').replace("P2,", "P2,x,")
    issues = issues_of(tmp_path, "payments.csv", text)
    assert [(issue.code, issue.row) for issue in issues] == [("E409", 2), ("E106", 3)]


def test_old_mac_line_ends_are_read(tmp_path):
    table = load_table(write_table(tmp_path, "budget.csv", FILES["budget"].replace("\n", "\r")), "budget")
    assert table.rows_read == 3


def test_an_open_quotation_mark_is_refused_where_it_opens(tmp_path):
    (issue,) = issues_of(tmp_path, "budget.csv", FILES["budget"].replace("99Y01", '"99Y01'))
    assert (issue.code, issue.row) == ("E107", 4)


def test_nul_bytes_are_refused_with_the_row(tmp_path):
    (issue,) = issues_of(tmp_path, "budget.csv", FILES["budget"].replace("日常公用", "日常\0公用\0"))
    assert (issue.code, issue.row) == ("E108", 4)
    assert "2 个" in issue.message


@pytest.mark.parametrize(("content", "shown"), [(b"PK\x03\x04....", ".xlsx"), (b"<html><table>", "网页")])
def test_another_kind_of_file_is_named(tmp_path, content, shown):
    (issue,) = issues_of(tmp_path, "budget.csv", content)
    assert issue.code == "E110"
    assert shown in issue.message


CELLS = st.text() | st.sampled_from(["P1", "99T01", "财政拨款", "支付", "1.00", "-1", "2030-06-01", "合计", '"', "1e5"])
ROWS = st.lists(st.lists(CELLS, max_size=12).map(",".join))


def told_of(data: bytes) -> list[Issue]:
    try:
        return convert(read_csv("payments.csv", data), CONTRACTS["payments"])[1]
    except InputsInvalid as invalid:
        return invalid.issues


@settings(deadline=None)  # the first table takes a second of imports
@given(st.binary() | ROWS.map(lambda rows: "\n".join([PAYMENT_HEADER, *rows]).encode("utf-8", "replace")))
def test_whatever_a_file_holds_it_is_a_table_or_issues(data):
    """No other exception reaches an analyst, and every issue has both sentences."""
    assert all(issue.message.endswith("。") and issue.mend.endswith(("。", "？")) for issue in told_of(data))
