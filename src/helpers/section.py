"""The notebook's one handle: load tables, record facts, say, tabulate and chart them, name problems."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, Literal

import pandas as pd
from IPython.display import display
from matplotlib.figure import Figure

from helpers import reads
from helpers.blocks import BLOCK_MIME, FACT_MIME, FACTS_MIME, PROBLEM_MIME, Block, Run, Table, plain_text
from helpers.charts import to_svg
from helpers.executed import NEEDS_OF_RUN, UPSTREAM_OF_RUN, Problem, Upstream
from helpers.facts import ORIGIN_NAMES, YEAR_FACT, Fact, FactError, Ledger, Value, confirm
from helpers.footing import footing_notes
from helpers.intake import section_table
from helpers.lineage import Lineage, is_absent, make_fact
from helpers.markdown import block_markdown, block_text
from helpers.narrative import FactBranch, render_runs
from helpers.params import PROBLEM_RULES, StatedProblem, declared_parameters
from helpers.project import find_project
from helpers.published import PublishedFigure, parse_value, published_figures
from helpers.tables import Heading, is_suppressed, table_block, table_facts

SUPPRESSION_NOTE = "注：人数不足{{ privacy.small_cells }}的单元格及为防止倒推而一并隐去的单元格以“＊”表示。"


class Section:
    """One section of the report, as its notebook writes it.

    `data_dir` and `upstream` are taken from the project's root; an empty `upstream` is the run that this notebook is part of,
    or, where somebody runs it alone, the last complete build.
    `parameters` are the notebook's further declared parameters by name (department, programmes, texts …); one that is
    None is read from `params/<fiscal_year>.yml`. Each is then an attribute: `section.programmes`.
    """

    def __init__(
        self,
        number: int,
        *,
        fiscal_year: int,
        data_dir: str,
        upstream: str = "",
        published_only: bool = False,
        **parameters: Any,
    ) -> None:
        with reads.as_a_whole():
            self.project = find_project()
        root = self.project.root
        self.number, self.fiscal_year, self.published_only = number, fiscal_year, published_only
        self.data_dir = root / data_dir
        upstream = upstream or os.environ.get(UPSTREAM_OF_RUN) or f"build/{fiscal_year}/notebooks"
        needs = os.environ.get(NEEDS_OF_RUN)
        self._upstream = Upstream(root / upstream, before=number, needs=None if needs is None else needs.split(","))
        self._parameters = declared_parameters(parameters, root / "params" / f"{fiscal_year}.yml")
        self._ledger = Ledger()
        self._problems: list[Problem] = []
        self._year = make_fact(
            YEAR_FACT, fiscal_year, unit="年", label="财政年度", sources=[], where="", formula="报告参数", section=1
        )

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["_parameters"][name]
        except KeyError:
            raise AttributeError(
                f"Section 没有“{name}”：请在 parameters 单元声明它，并传给 Section(…, {name}={name})。"
            ) from None

    # Reading

    def load(self, name: str, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """A table of this year, or just some `columns` of it, named in English (docs/architecture.md).

        It is empty where `published_only` omits it.
        """
        return section_table(self.data_dir, name, published_only=self.published_only, columns=columns)

    def fact(self, fact_id: str) -> Fact:
        """A fact of this section or of one before it. Raises FactError where there is none."""
        found = self._find(fact_id)
        return found or self._upstream.fact(fact_id)

    def has(self, fact_id: str) -> bool:
        """Whether the fact is recorded here or in a section before this one."""
        return self._find(fact_id) is not None

    def facts(self) -> list[Fact]:
        """All facts of this section and of those before it."""
        return [*self._ledger, *self._upstream.facts]

    def problems(self) -> list[Problem]:
        """The problems recorded so far, in the sections before this one and here."""
        return [*self._upstream.problems, *self._problems]

    @property
    def stated_problems(self) -> list[StatedProblem]:
        """The problems that the department states itself (parameter `problems`)."""
        stated: list[StatedProblem] = self._parameters["problems"]
        return stated

    def stated_value(self, text: str, unit: str) -> Value:
        """The exact value of a figure that a table holds as text (profile, indicators); None where it is empty."""
        return parse_value(text, unit) if text else None

    def is_recorded(self, rows: pd.DataFrame) -> bool:
        """Whether this run has the records of a loaded table (without synthetic tables some are left out)."""
        return not is_absent([rows])

    # Recording

    def record(
        self,
        fact_id: str,
        value: Any,
        *,
        unit: str,
        label: str,
        source: Lineage | Sequence[Lineage] = (),
        where: str = "",
        formula: str = "",
    ) -> Fact:
        """Record a named figure and show it.

        `value` is an int (fen where the unit is 元 or 万元), Fraction, Decimal, date or text. `source` is a loaded table
        (rows chosen, columns as you like), a fact, or several of them; without one the department states the figure.
        `where` says in words which rows were kept, `formula` how the figure was computed.
        """
        fact = self._add(fact_id, value, unit=unit, label=label, source=source, where=where, formula=formula)
        _show({FACT_MIME: fact.to_json()}, f"{fact.id} = {fact.display}（{fact.label}，{ORIGIN_NAMES[fact.origin]}）")
        return fact

    def say(self, template: str, *, style: Literal["body", "note"] = "body", **context: Any) -> None:
        """A paragraph: `{{ fact.id }}` prints a fact; `context` adds names for text, for facts, or for a prefix (see `under`)."""
        self.say_runs(self._runs(template, context), style=style)

    def say_runs(self, runs: list[Run], *, style: Literal["body", "note"] = "body") -> None:
        """A paragraph that was written before, such as a problem's."""
        self._show_block({"kind": "paragraph", "style": style, "runs": runs})

    def runs(self, template: str, **context: Any) -> list[Run]:
        """A text as runs, for a cell of a table that is made elsewhere."""
        return self._runs(template, context)

    def under(self, prefix: str) -> FactBranch:
        """The facts below a prefix, so that one template serves every programme: `{{ p.paid.amount }}`."""
        return FactBranch(prefix, self._find, self._known_ids)

    def heading(self, text: str, level: Literal[2, 3] = 2) -> None:
        """A heading below the section's own: level 2 is numbered （一）, level 3 is numbered 1."""
        self._show_block({"kind": "heading", "level": level, "text": text})

    def table(
        self,
        frame: pd.DataFrame,
        columns: Mapping[str, Heading],
        *,
        id: str,
        caption: str,
        source: Lineage | Sequence[Lineage],
        row_ids: Sequence[str] | None = None,
        where: str = "",
        formula: str = "",
        totals: Sequence[str] = (),
        notes: Sequence[str] = (),
        widths: Sequence[float] | None = None,
    ) -> dict[str, list[Fact | None]]:
        """A table of the report; each cell of a figure column is recorded as the fact `id.row.column`.

        A suppressed cell (`privacy.hide`) is recorded nowhere and prints ＊, with a note below the table.

        `columns` maps the frame's columns to headings: text for words, (heading, unit) for figures. `row_ids` name the
        rows in fact ids (default row1, row2 …). `totals` are the columns whose last row is the sum of the rows above; where
        their rounded parts do not add up, a note says by how much, unless a part is suppressed. Returns the facts of each
        figure column, None where suppressed, for a chart of the same figures. Raises FactError where the exact parts of such
        a column do not add up.
        """
        sources = _several(source)
        if is_absent(sources):
            self._say_missing(id, caption, sources)
            return {name: [] for name in columns}
        ids = list(row_ids) if row_ids is not None else [f"row{number}" for number in range(1, len(frame) + 1)]
        new: list[Fact] = []

        def record(fact_id: str, value: Any, *, unit: str, label: str, formula: str = formula) -> Fact:
            fact = self._add(fact_id, value, unit=unit, label=label, source=sources, where=where, formula=formula)
            new.append(fact)
            return fact

        facts = table_facts(frame, columns, ids, record, id)
        figures = [name for name, heading in columns.items() if not isinstance(heading, str)]
        of_column = {name: [facts.get((row, name)) for row in range(len(frame))] for name in figures}
        summed = {columns[name][0]: name for name in totals} if len(frame) else {}
        whole = {heading: of_column[name] for heading, name in summed.items() if None not in of_column[name]}
        footing = footing_notes(
            {heading: [fact for fact in column if fact] for heading, column in whole.items()},
            caption,
            lambda heading, value, **more: record(f"{id}.footing.{summed[heading]}", value, **more),
        )
        hides = any(is_suppressed(value) for name in columns for value in frame[name])
        below = [*notes, SUPPRESSION_NOTE] if hides else notes
        all_notes = [*(self._runs(note, {}) for note in below), *footing]
        block = table_block(frame, columns, facts, caption=caption, notes=all_notes, widths=widths)
        if whole:
            block["totals"] = [list(columns).index(summed[heading]) for heading in whole]
        self.show_table(block, new)
        return of_column

    def text_table(
        self, headings: Sequence[str], rows: Sequence[Sequence[str]], *, caption: str, widths: Sequence[float] | None = None
    ) -> None:
        """A table of words alone."""
        frame = pd.DataFrame(list(rows), columns=list(headings))
        self.show_table(table_block(frame, {name: name for name in headings}, {}, caption=caption, notes=[], widths=widths))

    def show_table(self, block: Table, facts: Sequence[Fact] = ()) -> None:
        """A table block made elsewhere (the scorecard form), with the facts that it records."""
        extra = {FACTS_MIME: [fact.to_json() for fact in facts]} if facts else {}
        self._show_block(block, extra)

    def chart(
        self,
        draw: Callable[..., Figure],
        *arguments: Any,
        caption: str,
        alt: str,
        facts: Sequence[Fact],
        context: Mapping[str, Any] | None = None,
        **options: Any,
    ) -> None:
        """A chart as vector picture: `draw` (a function of helpers.charts) is called with the arguments and options.

        `alt` is a template that tells a reader who cannot see the picture what it shows; `context` adds names for texts in
        it. Nothing is drawn where one of the `facts` that it shows is missing.
        """
        if not facts or any(fact.value is None for fact in facts):
            return
        block: Block = {
            "kind": "figure",
            "caption": caption,
            "alt": plain_text(self._runs(alt, context or {})),
            "facts": [fact.id for fact in facts],
        }
        self._show_block(block, {"image/svg+xml": to_svg(draw(*arguments, **options))})

    def problem(
        self, rule: str, template: str, *, facts: Sequence[Fact] = (), subject: str = "", title: str = "", **context: Any
    ) -> None:
        """Name a problem: by a rule of PROBLEM_RULES and the `subject` that it concerns (which the template may print), or with
        the department's own id and `title`.
        """
        runs = self._runs(template, context | {"subject": subject})
        problem = Problem(rule, title or f"{subject}{PROBLEM_RULES[rule]}", runs, [fact.id for fact in facts])
        self._problems.append(problem)
        _show({PROBLEM_MIME: problem.to_json()}, f"问题（{problem.title}）：{plain_text(runs)}")

    # Within

    def _add(self, fact_id: str, value: Any, *, unit: str, label: str, source: Any, where: str, formula: str) -> Fact:
        fact = make_fact(
            fact_id,
            value,
            unit=unit,
            label=label,
            sources=_several(source),
            where=where,
            formula=formula,
            section=self.number,
        )
        published = self._published.get(fact_id)
        if published is not None:
            if published.fact.unit != unit:
                raise FactError(f"事实“{fact_id}”的单位是“{unit}”，published.csv 中是“{published.fact.unit}”；请统一。")
            fact = confirm(fact, published.fact, published.tolerance)
        self._ledger.add(fact)
        return fact

    def _find(self, fact_id: str) -> Fact | None:
        if fact_id == YEAR_FACT:
            return self._year
        return self._ledger.get(fact_id) or self._upstream.get(fact_id)

    def _known_ids(self) -> list[str]:
        return [YEAR_FACT, *(fact.id for fact in self._ledger), *self._upstream.ids]

    def _runs(self, template: str, context: Mapping[str, Any]) -> list[Run]:
        roots = {fact_id.split(".")[0] for fact_id in self._known_ids()}
        return render_runs(template, {root: self.under(root) for root in roots} | dict(context))

    def _say_missing(self, table_id: str, caption: str, sources: Sequence[Lineage]) -> None:
        fact = self._add(f"{table_id}.rows", None, unit="", label=caption, source=sources, where="", formula="原始记录未提供")
        runs: list[Run] = [{"text": f"{caption}："}, {"fact": fact.id, "display": fact.display}, {"text": "（原始记录未提供）。"}]
        self._show_block({"kind": "paragraph", "style": "body", "runs": runs}, {FACTS_MIME: [fact.to_json()]})

    def _show_block(self, block: Block, extra: Mapping[str, Any] | None = None) -> None:
        _show({BLOCK_MIME: block, "text/markdown": block_markdown(block), **(extra or {})}, block_text(block))

    @cached_property
    def _published(self) -> dict[str, PublishedFigure]:
        return published_figures(section_table(self.data_dir, "published"))


def _several(source: Lineage | Sequence[Lineage]) -> list[Lineage]:
    return [source] if isinstance(source, pd.DataFrame | Fact) else list(source)


def _show(data: Mapping[str, Any], text: str) -> None:
    display({**data, "text/plain": text}, raw=True)
