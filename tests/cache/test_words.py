"""An analyst reads why something was made anew."""

import pytest

from helpers.cache.words import words


@pytest.mark.parametrize(
    ("reasons", "text"),
    [
        ([], "没有变化，沿用缓存"),
        (["nothing"], "没有缓存"),
        (["damaged"], "缓存已损坏"),
        (["forced"], "没有使用缓存（--force 或 --accept）"),
        (["parameter:texts.spending"], "参数 texts.spending 变了"),
        (["table:payments", "column:payments.amount"], "表 payments 的列 amount 变了"),
        (["table:payments"], "表 payments 的文件变了（各列的内容没有变）"),
        (["program:charts.py"], "程序 helpers/charts.py 变了"),
        (["version:pandas", "versions"], "软件包 pandas 的版本变了"),
        (["versions"], "安装的软件包变了"),
        (["fact:special.budget.amount"], "上游事实 special.budget.amount 变了"),
        (["facts"], "上游事实变了"),
        (["code"], "笔记本的代码变了"),
        (["content:02_spending", "attachment:parameters.yml"], "02_spending 的结果变了；附件 parameters.yml 变了"),
        ([f"parameter:p{number}" for number in range(8)], "；".join(f"参数 p{number} 变了" for number in range(6)) + "等 8 处"),
    ],
)
def test_reasons_in_words(reasons, text):
    assert words(reasons) == text
