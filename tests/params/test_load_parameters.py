"""Each mistake in a parameter file is one issue with code, line, key, and words that help."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path

import pytest
import yaml
from broken import BROKEN, PARAGRAPH, Broken
from parameter_files import VALID, issues_of, patched
from pydantic import BaseModel, ConfigDict, ValidationError

from helpers.issue import InputsInvalid, Issue
from helpers.params import Programme, load_model, load_parameters
from helpers.params.rules import OF_BENEFICIARIES


def test_the_valid_file_has_no_issue(tmp_path: Path) -> None:
    """The negative control of all broken files."""
    assert issues_of(VALID, tmp_path) == []


def test_values_are_read_as_written() -> None:
    parameters = load_parameters(Path(__file__).with_name("valid.yml"))
    assert (parameters.fiscal_year, parameters.regions[0].code) == (2030, "990100")
    assert parameters.programmes[0].plan.date == date(2030, 5, 17)
    assert parameters.programmes[0].texts.spending == ["分配{{ aid.allocated.amount }}。"]


def test_names_of_the_broken_files_are_unique() -> None:
    assert len({broken.name for broken in BROKEN}) == len(BROKEN)


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.name)
def test_one_mistake_is_one_issue(broken: Broken, tmp_path: Path) -> None:
    (issue,) = issues_of(broken.text, tmp_path)
    assert (issue.code, issue.row, issue.column) == (broken.code, broken.line, broken.column)
    assert [word for word in broken.words if word not in issue.message + issue.mend] == []


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.name)
def test_messages_are_chinese_sentences(broken: Broken, tmp_path: Path) -> None:
    """Neither pydantic, PyYAML nor Jinja speaks to the analyst."""
    (issue,) = issues_of(broken.text, tmp_path)
    assert not re.search("[A-Za-z]{2,} [A-Za-z]{2,} [A-Za-z]{2,}", issue.message + issue.mend)
    assert issue.message.endswith("。")
    assert issue.mend.endswith(("。", "？"))


def test_all_mistakes_of_a_file_are_reported_in_the_order_of_its_lines(tmp_path: Path) -> None:
    """Notation, keys, values, agreement and templates at once."""
    text = patched("fiscal_year: 2030", "fiscal_year: 2031")
    text = patched("  short_name: 示例\n", "  logo: 甲\n", text)
    text = patched('date: "2030-05-17"', "date: 2030-05-17", text)
    text = patched("base_grant: living", "base_grant: none", text)
    text = patched("{{ aid.allocated.amount }}", "{{ aid", text)
    text = patched("timely_percent: 100", "timely_percent: 300", text)
    found = issues_of(text, tmp_path)
    assert [issue.code for issue in found] == ["E607", "E604", "E603", "E602", "E607", "E608", "E606"]
    assert [issue.row for issue in found] == sorted(issue.row or 0 for issue in found)


def test_mistakes_before_a_syntax_error_are_kept(tmp_path: Path) -> None:
    text = patched("fiscal_year: 2030", "fiscal_year: 2_030")
    text = patched("uses: [生活补助]", "uses: [生活补助", text)
    assert [issue.code for issue in issues_of(text, tmp_path)] == ["E602", "E609"]


def test_a_template_without_quotation_marks_is_told_to_have_them(tmp_path: Path) -> None:
    """YAML takes {{ for two mappings: once read as keys, once broken by the text after them."""
    found = issues_of(patched(PARAGRAPH, "- {{ aid.paid }}元。"), tmp_path)
    assert [(issue.code, issue.row) for issue in found] == [("E602", 33), ("E609", 33)]
    assert all("以" in issue.mend and "{{ 开头的文字请整段加引号" in issue.mend for issue in found)


def test_every_line_with_a_tab_is_reported(tmp_path: Path) -> None:
    text = VALID.replace("  short_name: 示例\n", "\tshort_name: 示例\n").replace("    unit: 户", "\tunit: 户")
    assert [issue.row for issue in issues_of(text, tmp_path)] == [7, 16]


def test_an_anchor_and_its_aliases_are_each_reported(tmp_path: Path) -> None:
    text = patched("  spending: []", "  spending: &none []").replace("assets: []", "assets: *none")
    assert [issue.column for issue in issues_of(text, tmp_path)] == ["texts.spending", "texts.assets"]


def test_an_incomplete_list_gives_no_second_issue(tmp_path: Path) -> None:
    """A grant type whose id is refused does not make its base grant wrong as well."""
    (issue,) = issues_of(patched("{id: living,", "{id: 010,"), tmp_path)
    assert issue.column == "programmes[0].grant_types[0].id"


def test_two_programmes_need_two_codes(tmp_path: Path) -> None:
    programme = VALID[VALID.index("  - id: aid") : VALID.index("texts:\n  spending: []")]
    text = patched(programme, programme + programme.replace("id: aid", "id: care"))
    (issue,) = issues_of(text, tmp_path)
    assert (issue.code, issue.column) == ("E607", "programmes[1].code")


def test_two_codes_that_are_not_filled_in_yet_are_not_the_same(tmp_path: Path) -> None:
    """What `selfeval new-year` has emptied is told once each."""
    empty = patched('code: "990001T01"', 'code: ""')
    programme = empty[empty.index("  - id: aid") : empty.index("texts:\n  spending: []")]
    text = patched(programme, programme + programme.replace("id: aid", "id: care"), empty)
    assert [issue.code for issue in issues_of(text, tmp_path)] == ["E606", "E606"]


def test_the_same_grant_id_may_stand_in_two_programmes(tmp_path: Path) -> None:
    """Fact ids begin with the programme, so grant types and milestones are named within it."""
    programme = VALID[VALID.index("  - id: aid") : VALID.index("texts:\n  spending: []")]
    text = patched(programme, programme + programme.replace("id: aid", "id: care").replace("T01", "T02"))
    assert issues_of(text, tmp_path) == []


WITHOUT_BENEFICIARIES = VALID
for line in ("unit: 户", "unit_id: households", "beneficiary: 示例家庭", "grant_types:", "  - {id: living, name: 生活补助}"):
    WITHOUT_BENEFICIARIES = patched(f"    {line}\n", "", WITHOUT_BENEFICIARIES)


def test_a_programme_may_have_no_beneficiaries(tmp_path: Path) -> None:
    assert issues_of(patched("    base_grant: living\n", "", WITHOUT_BENEFICIARIES), tmp_path) == []


def test_a_base_grant_needs_beneficiaries(tmp_path: Path) -> None:
    (issue,) = issues_of(WITHOUT_BENEFICIARIES, tmp_path)
    assert (issue.code, issue.column) == ("E607", "programmes[0].base_grant")
    assert "却没有beneficiary、unit、unit_id、grant_types" in issue.message


def test_money_that_the_department_spends_itself_needs_no_regions(tmp_path: Path) -> None:
    text = patched("    base_grant: living\n", "    distributed: false\n", WITHOUT_BENEFICIARIES)
    text = patched('regions:\n  - {code: "990100", name: 甲市, short_name: 甲}\n', "regions: []\n", text)
    assert issues_of(text, tmp_path) == []


def test_payments_are_counted_as_grants_of_beneficiaries_or_one_by_one() -> None:
    values = yaml.safe_load(VALID)["programmes"][0]
    without = {key: value for key, value in values.items() if key not in (*OF_BENEFICIARIES, "base_grant")}
    programmes = [Programme.model_validate(given) for given in (values, without)]
    assert [(programme.payment_unit, programme.payment_word) for programme in programmes] == [("户次", "发放"), ("笔", "支付")]


def test_the_year_is_compared_only_with_a_file_named_by_a_year(tmp_path: Path) -> None:
    assert issues_of(VALID, tmp_path, "draft.yml") == []


@pytest.mark.parametrize("words", ["2030年示例", "100余人", "1. 开展", "Yes！", "-aid.paid.amount", "甲：乙", "a b"])
def test_words_beyond_doubt_need_no_quotation_marks(words: str, tmp_path: Path) -> None:
    assert issues_of(patched("office: 示例处", f"office: {words}"), tmp_path) == []


@pytest.mark.parametrize("content", [b"\xef\xbb\xbf" + VALID.encode(), VALID.replace("\n", "\r\n").encode()], ids=["bom", "crlf"])
def test_files_saved_by_windows_editors_are_read(content: bytes, tmp_path: Path) -> None:
    assert issues_of(content, tmp_path) == []


def test_lines_are_counted_alike_with_windows_line_ends(tmp_path: Path) -> None:
    text = patched("timely_percent: 100", "timely_percent: 101").replace("\n", "\r\n")
    (issue,) = issues_of(text, tmp_path)
    assert text.split("\r\n")[(issue.row or 0) - 1] == "  timely_percent: 101"


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
def test_other_encodings_are_named_with_their_first_line(encoding: str, tmp_path: Path) -> None:
    (issue,) = issues_of(VALID.encode(encoding), tmp_path)
    assert (issue.code, issue.row) == ("E600", 4 if encoding == "gb18030" else 1)
    assert "另存为 UTF-8" in issue.mend


@pytest.mark.parametrize("content", ["", "# 只有注释\n", "\n\n"])
def test_an_empty_file_is_refused(content: str, tmp_path: Path) -> None:
    (issue,) = issues_of(content, tmp_path)
    assert (issue.code, issue.message) == ("E600", "文件没有内容。")


@pytest.mark.parametrize("content", ["示例", "- 示例", "2030"])
def test_a_file_without_keys_is_refused(content: str, tmp_path: Path) -> None:
    (issue,) = issues_of(content, tmp_path)
    assert (issue.code, issue.row, issue.column) == ("E605", 1, None)


def test_64_kilobytes_are_read_and_one_byte_more_is_not(tmp_path: Path) -> None:
    filler = "#" * (64 * 1024 - len(VALID.encode()))
    assert issues_of(VALID + filler, tmp_path) == []
    (issue,) = issues_of(VALID + filler + "#", tmp_path)
    assert (issue.code, issue.message) == ("E600", "文件超过 64 KB。")


@pytest.mark.parametrize("nested", ["[" * 30_000, "- " * 30_000, "{a: " * 15_000, "? " * 30_000])
def test_deep_nesting_is_refused_without_being_followed(nested: str, tmp_path: Path) -> None:
    (*_, issue) = issues_of(nested, tmp_path)
    assert (issue.code, issue.message) == ("E602", "层次超过 8 层。")


def test_a_missing_file_is_an_issue(tmp_path: Path) -> None:
    assert "没有这个文件" in _only_issue(tmp_path / "params" / "2030.yml").message


def test_a_pipe_is_not_read(tmp_path: Path) -> None:
    """Opening a pipe without writer would wait for ever."""
    os.mkfifo(tmp_path / "2030.yml")
    assert _only_issue(tmp_path / "2030.yml").code == "E600"


def test_an_issue_names_the_file_without_the_folders_of_this_machine(tmp_path: Path) -> None:
    assert _only_issue(tmp_path / "params" / "2030.yml").file == "params/2030.yml"


def test_parameters_do_not_change_after_reading() -> None:
    parameters = load_parameters(Path(__file__).with_name("valid.yml"))
    with pytest.raises(ValidationError):
        parameters.fiscal_year = 2031  # type: ignore[misc]


class Limit(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")
    share: float = 0.0


class Limits(BaseModel):
    by_name: dict[str, list[Limit]] = {}
    general: Limit | None = None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("general: {share: 甲}", "写的是文字“甲”，应为合乎要求的值。请按此改写。"),
        ("general: {shares: 1}", "没有名为“shares”的参数。是否应为“share”？"),
        ("by_name: {a: [{shares: 1}]}", "没有名为“shares”的参数。是否应为“share”？"),
    ],
)
def test_another_model_is_read_with_the_same_strictness(text: str, words: str, tmp_path: Path) -> None:
    """The reader serves other files; a kind of mistake without words of its own is still said in Chinese."""
    path = tmp_path / "limits.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputsInvalid) as caught:
        load_model(path, Limits)
    assert [issue.message + issue.mend for issue in caught.value.issues] == [words]


def _only_issue(path: Path) -> Issue:
    with pytest.raises(InputsInvalid) as caught:
        load_parameters(path)
    (issue,) = caught.value.issues
    return issue
