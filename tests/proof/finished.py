"""A small finished report, all files of it, for the tests of the gate before publishing."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from fractions import Fraction

from nbformat.v4 import new_code_cell, new_notebook

from helpers.facts import Fact
from helpers.proof import Known
from helpers.publishing.attachments import attachments
from helpers.publishing.document import read_document
from helpers.publishing.docx import render_docx
from helpers.publishing.html import SelfevalHTMLExporter
from helpers.publishing.pdf import render_pdf
from helpers.publishing.register import with_register
from helpers.publishing.scorecard_xlsx import scorecard_xlsx
from helpers.scoring import indicator_of, load_rules, score_table, scorecard_form
from helpers.scoring.report import rules_folder
from helpers.wording import format_value
from publishing.sample import ATTACHED_TEXTS, SVG, block_output, cell_of

RULES = load_rules("national-default", rules_folder()).in_force(2022)
KNOWN = Known(names=frozenset({RULES.name}), named={"三节": "节日的合称"})


def fact(name, value, unit, label, **more):
    given = {"origin": "missing" if value is None else "ledger", "recomputed_from": None, "formula": f"{label}的计算方法"}
    display = format_value(value, unit)
    return Fact(id=name, label=label, value=value, unit=unit, display=display, sources=(), section=1, **(given | more))


def funds_facts():
    amounts = {"total": 158_000_000, "fiscal": 158_000_000, "carry_over": 0, "other": 0}
    return {
        source: {
            **{
                name: fact(f"scorecard.{source}.{name}", fen, "万元", f"{source}{name}")
                for name in ("initial", "full_year", "paid")
            },
            "rate": fact(f"scorecard.{source}.rate", Fraction(1), "%", f"{source}执行率") if fen else None,
        }
        for source, fen in amounts.items()
    }


class Sample:
    """Facts, blocks and form of the report."""

    def __init__(self):
        year = fact("report.year", 2022, "年", "报告年度")
        people, amount = fact("a.people", 3862, "人", "实际发放人数"), fact("a.amount", 148_000_000, "万元", "发放金额")
        made_up = fact("a.late", 145, "人", "逾期人数", origin="synthetic")
        missing = fact("a.open", None, "%", "满意度")
        funds = funds_facts()
        row = {"number": 1, "level1": "产出指标", "level2": "数量指标", "level3": "发放人数", "direction": "≥"}
        row |= {"band": "", "band_rate": "", "evidence": "", "deviation": ""}
        row |= {"target": fact("indicator.n1.target", 4000, "人", "发放人数目标值"), "actual": people}
        row |= {"weight": fact("indicator.n1.weight", 90, "分", "发放人数分值")}
        self.card = score_table(RULES, [indicator_of(row)], 158_000_000, 158_000_000)
        score = self.card.rows[0][1]
        row["score"] = fact("indicator.n1.score", score.points, "分", "发放人数得分", formula=score.derivation)
        execution_score = self.card.execution.score
        execution = {
            "weight": fact("scorecard.execution.weight", RULES.execution_weight.value, "分", "预算执行率分值"),
            "score": fact(
                "scorecard.execution.score", execution_score.points, "分", "预算执行率得分", formula=execution_score.derivation
            ),
        }
        goals = {name: fact(f"scorecard.goal.{name}", None, "", f"目标{name}") for name in ("expected", "achieved")}
        total = {
            "weight": fact("scorecard.total.weight", 100, "分", "分值合计"),
            "score": fact("scorecard.total.score", self.card.total, "分", "自评总分"),
            "grade": fact("scorecard.total.grade", self.card.grade, "", "自评等级"),
        }
        self.form = scorecard_form("示例部门", year, funds, execution, goals, [row], total)
        recorded = [year, people, amount, made_up, missing, *execution.values(), *goals.values(), *total.values()]
        recorded += [one for source in funds.values() for one in source.values() if one]
        recorded += [row[name] for name in ("target", "weight", "score")]
        self.facts = {one.id: one.to_json() | {"cell": "01#1"} for one in recorded}
        self.blocks = [
            ({"kind": "heading", "level": 2, "text": "专项资金"}, None),
            (
                self.say(
                    "按《2022年资金分配方案》，“三节”资金",
                    people,
                    "统一发放",
                    amount,
                    "，逾期",
                    made_up,
                    "，满意度",
                    missing,
                    "。",
                ),
                None,
            ),
            ({"kind": "heading", "level": 3, "text": "发放进度"}, None),
            (self.table(), None),
            ({"kind": "figure", "caption": "发放人数", "alt": "条形图：甲市3862人", "facts": ["a.people"]}, SVG),
        ]

    @staticmethod
    def say(*parts):
        runs = [{"text": part} if isinstance(part, str) else {"fact": part.id, "display": part.display} for part in parts]
        return {"kind": "paragraph", "style": "body", "runs": runs}

    @staticmethod
    def table():
        rows = [[cell_of("地区", header=True), cell_of("人数", header=True)], [cell_of("甲市"), cell_of("", "a.people", "3862")]]
        columns = [{"align": "left", "width": 2}, {"align": "right", "width": 1}]
        head = {"kind": "table", "caption": "分地区发放情况", "unit": "人", "columns": columns, "header_rows": 1}
        return head | {"rows": rows, "notes": [[{"text": "注：按支付记录统计。"}]]}

    def notebook(self):
        notebook = new_notebook(cells=[self.cell(1, self.blocks), self.cell(2, [(self.form, None)])])
        titles = {1: "基本概况", 2: "附表：《自评表》"}
        facts = {name: {key: value for key, value in one.items() if key != "id"} for name, one in self.facts.items()}
        texts = {name: content.decode() for name, content in self.recorded().items()}
        appendix = {"title": "编制假设", "blocks": [self.say("A01 发放的148万元全部来自财政拨款。")]}
        notebook.metadata["selfeval"] = {
            "schema": 1,
            "year": 2022,
            "title": ["整体支出绩效", "自评报告"],
            "department": "示例部门",
            "notice": "含演示数据，不得报送",
            "sections": [
                {"number": number, "title": title, "notebook": f"0{number}", "landscape": number == 2}
                for number, title in titles.items()
            ],
            "appendix": [appendix],
            "attachments": attachments(ATTACHED_TEXTS | texts),
            "facts": facts,
        }
        return notebook

    @staticmethod
    def cell(section, blocks):
        made = new_code_cell("paid['人'].sum() < 5", metadata={"selfeval": {"section": section}})
        made.outputs = [block_output(block, svg) for block, svg in blocks]
        return made

    def recorded(self):
        """facts.json and checks.json."""
        entries = [one | {"printed_in": ["一"]} for one in self.facts.values()]
        facts = json.dumps({"schema": 1, "year": 2022, "facts": entries}, ensure_ascii=False)
        return {"facts.json": facts.encode(), "checks.json": b'{"schema": 1, "checks": []}'}

    def files(self):
        """The finished files by name."""
        notebook = self.notebook()
        document = read_document(notebook)
        return self.recorded() | {
            "report.html": SelfevalHTMLExporter().from_notebook_node(notebook)[0].encode(),
            "report.pdf": render_pdf(with_register(document)),
            "report.docx": render_docx(document),
            "scorecard.xlsx": scorecard_xlsx(self.form, self.card, RULES.name, "含演示数据，不得报送"),
        }


def pdf_with(edit, *, facts=None, attached=None):
    """The PDF of the sample after `edit` was called with the list of its blocks, facts displayed or files attached otherwise."""
    sample = Sample()
    edit([block for block, _ in sample.blocks])
    document = read_document(sample.notebook())
    for name, display in (facts or {}).items():
        document.facts[name]["display"] = display
    files = [replace(one, text=(attached or {}).get(one.name, one.text.encode()).decode()) for one in document.attachments]
    return render_pdf(replace(with_register(document), attachments=files))


def with_text(file, part, old, new):
    """A DOCX or XLSX in which one text of one part is replaced, once."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as source, zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            content = source.read(name)
            archive.writestr(name, replaced(content, old, new) if name == part else content)
    return target.getvalue()


def replaced(content, old, new):
    """Bytes with the first of the old texts replaced."""
    assert old.encode() in content, old
    return content.replace(old.encode(), new.encode(), 1)
