"""The `selfeval` command: one function a verb, messages in Chinese, no traceback without --debug."""

from __future__ import annotations

import json
import os
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, Literal

import typer

from helpers.command_line import FAILED, run_command, told
from helpers.terminal import say

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # drawing boxes would cost more than half of the time that help takes
    help="部门整体支出绩效自评：由原始记录生成报告，核对数字，说明出处。",
)

Year = Annotated[int, typer.Argument(min=2000, max=2100, help="财政年度，如 2022", metavar="年度")]
ParamsFile = Annotated[Path | None, typer.Option("--params", help="参数文件；默认为项目的 params/<年度>.yml", metavar="文件")]
Out = Annotated[Path | None, typer.Option("--out", help="输出文件夹；默认为项目的 build，结果在其中的 <年度>/", metavar="文件夹")]
Engine = Literal["selfeval", "standard"]
PublishedOnly = Annotated[bool, typer.Option("--published-only", help="不用演示数据，只用已公布数；其余打印待补")]


@app.callback()
def _options(
    context: typer.Context, debug: Annotated[bool, typer.Option("--debug", help="出错时显示完整的程序调用记录")] = False
) -> None:
    context.obj = debug


@app.command()
def run(
    context: typer.Context,
    year: Year,
    params: ParamsFile = None,
    out: Out = None,
    published_only: PublishedOnly = False,
    only: Annotated[
        str | None,
        typer.Option("--only", help="只运行一个部分和它需要的部分，如 05_results；结果在 <年度>-only/", metavar="笔记本"),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="不用缓存，全部重新运行和生成")] = False,
    why: Annotated[bool, typer.Option("--why", help="说明各部分和各文件为什么重新生成，或没有变化")] = False,
    engine: Annotated[
        Engine | None, typer.Option("--engine", help="selfeval：快速执行（默认）；standard：每个笔记本一个普通的 Jupyter 内核")
    ] = None,
    accept: Annotated[
        Path | None, typer.Option("--accept", help="采用手工运行的笔记本：重新运行得到相同的输出才采用", metavar="笔记本")
    ] = None,
) -> None:
    """生成一个年度的自评报告（HTML、PDF、数字登记和核对结果）。"""
    from helpers.cache.finished import asked_for, unchanged
    from helpers.execution.request import DEFAULT_ENGINE
    from helpers.privacy.process import private_files
    from helpers.project import find_project

    with told(context.obj), private_files(), ExitStack() as stack:
        project = find_project(params.parent if params else None)
        to = out or project.build
        if not (force or only or accept or engine):
            asked = asked_for(params or project.params_file(year), published_only=published_only)
            build = unchanged(to, year, asked)
            if build is not None:
                say(f"没有变化：参数、数据、笔记本、程序和软件包都与上次相同，上次的结果已逐个文件核对。\n完成：{build}")
                return
        from helpers.execution.launchers import started_server

        server = stack.enter_context(started_server(project.root, engine or DEFAULT_ENGINE))  # it imports while this process does
        from rich.console import Console

        from helpers.cache.memory import Memory
        from helpers.cache.words import words
        from helpers.examination import open_year
        from helpers.execution.progress import progress_of
        from helpers.report import produce

        if accept is not None and only is not None:
            raise typer.BadParameter("--accept 和 --only 不能同时用。")
        opened = open_year(year, params)
        outline, _ = opened.outline()
        if only is not None and only not in [section.notebook for section in outline.sections]:
            known = "、".join(section.notebook for section in outline.sections)
            raise typer.BadParameter(f"没有“{only}”这个部分。可选：{known}。", param_hint="--only")
        memory = Memory(to, force=force or accept is not None)  # what was run by hand is held against a clean run
        with progress_of(outline, Console()) as progress:
            folder, _ = produce(
                opened,
                to,
                published_only=published_only,
                only=only,
                jobs=os.cpu_count() or 1,
                progress=progress,
                engine=engine or DEFAULT_ENGINE,
                accept=accept,
                server=server,
                memory=memory,
            )
        if why:
            say("\n".join(f"{name}：{words(reasons)}" for name, reasons in memory.reasons.items()))
        for subject in memory.store.damaged:
            say(f"缓存中 {subject} 的内容已损坏，没有采用，已重新生成。", err=True)
        names = sorted(path.name for path in folder.iterdir() if path.is_file())
        say(f"完成：{folder}\n  {'  '.join(names)}")
        if only is None:
            _list_in_index(to, project.archive)


@app.command()
def batch(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="参数文件，一个部门一个年度一个", metavar="参数文件…")],
    out: Annotated[
        Path | None, typer.Option("--out", help="输出文件夹；默认为项目的 build，结果在其中的 batch/", metavar="文件夹")
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option("--scheduler", help="Dask 调度程序的地址；默认在本机的全部处理器上运行", metavar="地址")
    ] = None,
) -> None:
    """生成多个部门、多个年度的报告，并汇总成功、失败和得分；再次运行只做没有完成或有变化的。"""
    from helpers.privacy.process import private_files

    with told(context.obj), private_files():
        from rich.console import Console

        from helpers.batch.command import run_batch
        from helpers.batch.outcome import DONE
        from helpers.batch.summary import counted
        from helpers.project import find_project

        project = find_project(files[0].parent)
        folder = (out or project.build) / "batch"
        ended = run_batch(files, folder.absolute(), scheduler, Console())
        _list_in_index(folder.parent, project.archive)
        say(f"{counted(ended)}\n汇总：{folder / 'index.html'}")
        if any(one.state != DONE for one in ended):
            raise typer.Exit(FAILED)


@app.command()
def check(
    context: typer.Context,
    year: Year,
    params: ParamsFile = None,
    published_only: PublishedOnly = False,
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出")] = False,
) -> None:
    """检查参数和数据，核对已公布数；不运行笔记本。"""
    with told(context.obj, as_json=as_json):
        from helpers.check_output import check_json, check_text
        from helpers.examination import examine, open_year

        found = examine(open_year(year, params), published_only=published_only)
        say(json.dumps(check_json(found), ensure_ascii=False, indent=1) if as_json else check_text(found))
        if not found.sound:
            raise typer.Exit(FAILED)


@app.command()
def score(
    context: typer.Context,
    table: Annotated[Path, typer.Argument(help="自评表文件（.csv 或 .xlsx）", metavar="自评表")],
    rules: Annotated[
        str, typer.Option("--rules", help="评分规则集：params/rules 中的名称，或规则文件", metavar="规则集")
    ] = "national-default",
    budget: Annotated[str | None, typer.Option("--budget", help="全年预算数（A），单位为元", metavar="元")] = None,
    executed: Annotated[str | None, typer.Option("--executed", help="全年执行数（B），单位为元", metavar="元")] = None,
    year: Annotated[int | None, typer.Option("--year", min=2000, max=2100, help="财政年度，默认取自表头", metavar="年度")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出")] = False,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help="另存为 Excel 自评表", metavar="文件")] = None,
) -> None:
    """按规则集为任一部门的自评表评分，并与表中已有的得分比较。"""
    amounts = _yuan("--budget", budget), _yuan("--executed", executed)
    with told(context.obj, as_json=as_json):
        from datetime import date

        from helpers.scoring import report
        from helpers.scoring.rules import load_rules
        from helpers.scoring.table import read_indicators
        from helpers.scoring.table_head import departments, stated_year

        indicators = read_indicators(table)
        rule_set = load_rules(rules, report.rules_folder()).in_force(year or stated_year(indicators) or date.today().year)
        card = report.score_indicators(indicators, rule_set, *amounts)
        if xlsx:
            from helpers.publishing.scorecard_xlsx import scorecard_xlsx
            from helpers.scoring.standalone_form import standalone_form

            form = standalone_form(card, rule_set, "、".join(departments(indicators)))
            xlsx.write_bytes(scorecard_xlsx(form, card, rule_set.name))
        if as_json:
            say(json.dumps(report.score_json(card), ensure_ascii=False, indent=1))
        else:
            say(report.score_text(card, rule_set))
        if report.fails(card):
            raise typer.Exit(FAILED)


@app.command()
def review(
    context: typer.Context,
    subject: Annotated[
        str,
        typer.Argument(help="财政年度，如 2022；自评表文件（.csv、.xlsx）；在 Word 中改过的报告（.docx）", metavar="年度|文件"),
    ],
    params: ParamsFile = None,
    out: Out = None,
    rules: Annotated[
        str, typer.Option("--rules", help="自评表所用的评分规则集：params/rules 中的名称，或规则文件", metavar="规则集")
    ] = "national-default",
    year: Annotated[
        int | None, typer.Option("--year", min=2000, max=2100, help="自评表的财政年度，默认取自表头", metavar="年度")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出")] = False,
) -> None:
    """像财政部门复核那样，检查已生成的报告或任一自评表；或列出报告的 DOCX 中被改动、删去和新写入的数字。"""
    with told(context.obj, as_json=as_json):
        from helpers.examination import open_year
        from helpers.review import command

        if subject.isdecimal():
            opened = open_year(int(subject), params)
            findings = command.review_year(opened, out or opened.project.build)
        elif subject.lower().endswith(".docx"):
            findings = command.review_docx(Path(subject), out, params)
        else:
            findings = command.review_table(Path(subject), rules, year)
        if as_json:
            say(json.dumps(command.findings_json(findings), ensure_ascii=False, indent=1))
        else:
            say(command.findings_text(findings))
        if command.fails(findings):
            raise typer.Exit(FAILED)


@app.command()
def explain(
    context: typer.Context,
    fact: Annotated[str, typer.Argument(help="事实编号，如 special.budget.amount", metavar="事实编号")],
    year: Annotated[int, typer.Option("--year", min=2000, max=2100, help="财政年度", metavar="年度")],
    params: ParamsFile = None,
    out: Out = None,
) -> None:
    """说明一个数字：数值、算法、来源、用到的记录、打印在哪里。"""
    with told(context.obj):
        from helpers.explain import card, load_facts
        from helpers.project import find_project

        project = find_project(params.parent if params else None)
        say(card(load_facts((out or project.build) / str(year) / "facts.json"), fact))


@app.command()
def archive(
    context: typer.Context,
    year: Year,
    public: Annotated[bool, typer.Option("--public", help="另做一份只含报告和无个人信息数字的公开包")] = False,
    supersedes: Annotated[str | None, typer.Option("--supersedes", help="更正时写被取代的档案编号", metavar="编号")] = None,
    reason: Annotated[str | None, typer.Option("--reason", help="更正的原因", metavar="原因")] = None,
    key: Annotated[Path | None, typer.Option("--key", help="签名用的 SSH 私钥文件", metavar="文件")] = None,
    params: ParamsFile = None,
    out: Out = None,
) -> None:
    """把已生成的报告连同输入、参数、程序和运行记录封存为档案，放在项目的 archive/<年度>/。"""
    if (supersedes is None) != (reason is None):
        raise typer.BadParameter("--supersedes 和 --reason 须一起写。")
    with told(context.obj):
        from helpers.evidence import seal
        from helpers.examination import open_year

        opened = open_year(year, params)
        project = opened.project
        correction = seal.Correction(supersedes, reason) if supersedes and reason else None
        made = seal.archive(opened, out or project.build, project.archive, public=public, correction=correction, key=key)
        for sealed in made:
            say(f"{'已归档' if sealed.new else '早已归档，没有改动'}：{sealed.folder}")
            say(f"  摘要单：{sealed.folder}-{seal.SHEET}")
        _list_in_index(out or project.build, project.archive)


@app.command()
def verify(
    context: typer.Context,
    bag: Annotated[Path, typer.Argument(help="档案文件夹，或它的 ZIP 压缩包", metavar="档案")],
    rerun: Annotated[bool, typer.Option("--rerun", help="用封存的笔记本、参数和数据表重新运行，逐个比较数字")] = False,
    inputs: Annotated[
        Path | None, typer.Option("--inputs", help="与 --rerun 同用：从这个文件夹中的原始文件重新运行", metavar="文件夹")
    ] = None,
    signers: Annotated[
        Path | None, typer.Option("--signers", help="可信签名者名单（ssh-keygen 的 allowed_signers）", metavar="文件")
    ] = None,
    digest: Annotated[
        str | None, typer.Option("--digest", help="摘要单上的标签清单校验值（SHA-256 或 SM3）", metavar="校验值")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出")] = False,
) -> None:
    """核对一份档案的真实性、完整性、可用性、安全性；可重新运行，证明数字能再算出来。"""
    from helpers.evidence import verify_bag

    if inputs is not None and not rerun:
        raise typer.BadParameter("--inputs 须与 --rerun 一起写。")
    found = verify_bag.verify(bag, signers, digest)
    verdict = found.to_json()
    text = found.text(str(bag))
    if rerun and not found.findings:
        with told(context.obj):
            from helpers.evidence.rerun import rerun_bag

            again = rerun_bag(bag, inputs)
            verdict |= {"rerun": again.to_json(), "ok": verdict["ok"] and again.same}
            text += str(again)
    elif rerun:
        text += "档案没有通过核对，没有重新运行。\n"
    say((json.dumps(verdict, ensure_ascii=False, indent=1) if as_json else text).rstrip("\n"))
    if not verdict["ok"]:
        raise typer.Exit(FAILED)


@app.command("new-year")
def new_year(
    context: typer.Context,
    year: Year,
    former: Annotated[int, typer.Option("--from", min=2000, max=2100, help="从哪个年度开始", metavar="上年")],
    params: Annotated[
        Path | None, typer.Option("--params", help="上年的参数文件；默认为项目的 params/<上年>.yml", metavar="文件")
    ] = None,
) -> None:
    """由上年的参数写出新年度的参数文件和空白的数据工作簿，并列出要做的事；已有的文件一概不动。"""
    with told(context.obj):
        from helpers.examination import open_year
        from helpers.new_year.start import start_year

        started = start_year(open_year(former, params), year)
        say(f"参数：{started.params_file}，其中 {started.undecided} 处待定，每处上面写有说明。")
        say(f"数据：{started.data_dir}，各表的工作簿和登记表 register.yml。")
        say(f"{started.rules}\n\n{started.checklist}")


@app.command()
def compare(
    context: typer.Context,
    former: Annotated[int, typer.Argument(min=2000, max=2100, help="较早的年度，如 2022", metavar="上年")],
    year: Annotated[int, typer.Argument(min=2000, max=2100, help="较晚的年度，如 2023", metavar="本年")],
    params: Annotated[
        Path | None, typer.Option("--params", help="本年的参数文件；默认为项目的 params/<本年>.yml", metavar="文件")
    ] = None,
    out: Out = None,
) -> None:
    """比较两个年度的报告：同一数字的上年、本年、增减、同比，变化来自数据、参数还是方法；写成网页和 Excel。"""
    from helpers.privacy.process import private_files

    with told(context.obj), private_files():
        from helpers.examination import open_year
        from helpers.year_over_year.command import run_compare

        opened = open_year(year, params)
        compared = run_compare(former, opened, out or opened.project.build)
        _list_in_index(out or opened.project.build, opened.project.archive)
        say("\n".join([compared.text, "", *(f"完成：{path}" for path in compared.files)]))


def main() -> None:
    """The console script."""
    run_command(app)


def _list_in_index(out: Path, archives: Path) -> None:
    """Bring the page that lists all reports up to date; what was made stands whether or not that works."""
    from helpers.index_page import refresh_index

    if (complaint := refresh_index(out, archives)) is not None:
        say(complaint, err=True)


def _yuan(option: str, text: str | None) -> int | None:
    """Fen of an amount given to an option in 元."""
    from helpers.money import parse_fen

    try:
        return None if text is None else parse_fen(text)
    except ValueError:
        message = f"“{text}”不是以元为单位的金额。请写不带单位和分隔符的数字，最多两位小数，如 1234.50。"
        raise typer.BadParameter(message, param_hint=option) from None


if __name__ == "__main__":
    main()
