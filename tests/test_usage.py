"""What the command says of a line that is written wrongly, or of an interrupt: in Chinese, with what was expected."""

import sys

import pytest

from conftest import ROOT
from helpers import cli

PARAMS = f"--params={ROOT / 'params/2022.yml'}"


def told(monkeypatch, capsys, *words):
    """What the command says of a command line, and its exit code."""
    monkeypatch.setattr(sys, "argv", ["selfeval", *words])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    return capsys.readouterr().err, ended.value.code


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["run"], "缺少“年度”"),
        (["run", "今年"], "“年度”：应为 2000 到 2100 的整数"),
        (["run", "1999"], "“年度”：应为 2000 到 2100 的整数"),
        (["run", "2022", "2023"], "有多余的参数"),
        (["run", "2022", "--no"], "没有选项 --no。是否要写 --only、--out？"),
        (["run", "2022", "--only"], "选项 --only 后面缺少值"),
        (["run", "2022", "--engine", "快"], "“--engine”：应为 selfeval、standard 之一"),
        (["run", "2022", PARAMS, "--only", "99_none"], "没有“99_none”这个部分。可选：01_profile"),
        (["rum"], "没有这个命令。可用的命令：run、"),
    ],
)
def test_wrong_usage_says_what_was_expected(monkeypatch, capsys, words, expected):
    assert expected in told(monkeypatch, capsys, *words)[0]


def test_wrong_usage_names_the_help_of_its_command(monkeypatch, capsys):
    assert "selfeval run --help" in told(monkeypatch, capsys, "run", "今年")[0]


def test_wrong_usage_is_told_by_exit_code_2(monkeypatch, capsys):
    assert told(monkeypatch, capsys, "rum")[1] == 2


def test_right_usage_is_not_told_of(monkeypatch, capsys):
    assert told(monkeypatch, capsys, "run", "--help") == ("", 0)


def test_an_interrupt_says_that_nothing_was_changed(monkeypatch, capsys):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("helpers.examination.open_year", interrupted)
    assert told(monkeypatch, capsys, "check", "2022", PARAMS) == ("已中断，原有结果未改动。\n", 130)
