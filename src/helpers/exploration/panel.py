"""The panel of `notebooks/explore.ipynb`: what to look at, and charts and tables that follow the choice."""

from __future__ import annotations

from html import escape
from pathlib import Path

import ipywidgets as widgets
import pandas as pd

from helpers.exploration.amounts import by_region, distribution, outliers
from helpers.exploration.listing import MOST_ROWS, combinations_listed, largest, listed
from helpers.exploration.pictures import distribution_picture, kinds_picture, progress_picture, region_picture
from helpers.exploration.progress import progress
from helpers.exploration.records import (
    REGION,
    Choice,
    Records,
    explorable_years,
    grant_types_of,
    load_records,
    projects_of,
    regions_of,
)
from helpers.exploration.several import by_kinds, combinations, hidden_counts
from helpers.exploration.views import Chart, Dropdown, Rows
from helpers.issue import InputsInvalid
from helpers.project import find_project
from helpers.wording import format_value

MADE_UP = "<b>支付记录为演示数据，不对应任何真实的个人或家庭，不得报送。</b>"
FAR = "同一项目、同一补助类型的支付中，比上四分位数高出、或比下四分位数低出四分位距一倍半以上的"
_WRAPPED = {"flex_flow": "row wrap"}


class Explorer:
    """The payments of one year: `panel` shows the choices and what follows from them, `rows` gives what is chosen.

    `start` is a folder of the project (default: the current one). Raises ProjectNotFound.
    """

    def __init__(self, start: Path | None = None) -> None:
        self._project = find_project(start)
        self._records: Records | None = None
        self._choosing = False
        self.year = widgets.Dropdown(options=explorable_years(self._project), description="年度", layout={"width": "160px"})
        self._programme, self._region, self._grant_type = Dropdown("项目"), Dropdown("地区"), Dropdown("补助类型")
        self._words = widgets.HTML()
        self._progress = Chart("支付进度（万元）：阴影为计划发放期，虚线为计划金额")
        self._kinds, self._spread, self._regions = Chart("领取几种补助的对象"), Chart("每笔金额的分布"), Chart("各地区的支付")
        self._chosen, self._outliers, self._combinations = Rows(), Rows(), Rows()
        columns = [_column(self._progress, self._kinds), _column(self._spread, self._regions)]
        self._below = widgets.VBox([widgets.HBox(columns, layout=_WRAPPED), self._tables()])
        self.panel = widgets.VBox([self._choices(), self._words, self._below])
        self._open_year()

    @property
    def choice(self) -> Choice:
        """What is chosen now."""
        return Choice(self._programme.value, self._region.value, self._grant_type.value)

    def rows(self) -> pd.DataFrame:
        """The chosen payments without the beneficiaries, for calculations of one's own; amounts in fen.

        Raises InputsInvalid where the year cannot be read.
        """
        records = self._records or load_records(self._project, self.year.value)
        return self.choice.rows(records.payments).drop(columns="beneficiary")

    def _choices(self) -> widgets.HBox:
        self.year.observe(lambda _: self._open_year(), "value")
        self._programme.widget.observe(lambda _: self._offer(), "value")
        for dropdown in (self._region, self._grant_type):
            dropdown.widget.observe(lambda _: self._show(), "value")
        chosen = [self.year, self._programme.widget, self._region.widget, self._grant_type.widget]
        return widgets.HBox(chosen, layout=_WRAPPED)

    def _tables(self) -> widgets.Tab:
        tables = {"明细": self._chosen, "离群的支付": self._outliers, "领取多种补助": self._combinations}
        return widgets.Tab([rows.widget for rows in tables.values()], titles=list(tables))

    def _open_year(self) -> None:
        self._records = None
        if self.year.value is None:
            self._fail("没有可以浏览的年度：请先写好 params/<年度>.yml，并把数据放进其中 data_dir 所指的文件夹。")
            return
        try:
            self._records = load_records(self._project, self.year.value)
        except InputsInvalid as invalid:
            self._fail("\n".join(map(str, invalid.issues)))
            return
        self._below.layout.display = ""
        self._offer()

    def _fail(self, words: str) -> None:
        self._words.value = f'<pre style="white-space:pre-wrap">{escape(words)}</pre>'
        self._below.layout.display = "none"

    def _offer(self) -> None:
        """Offer what the records have, then show it once, however many choices changed with the offer."""
        if self._choosing or self._records is None:
            return
        self._choosing = True
        codes = projects_of(self._records)
        self._programme.offer(codes, [self._records.project_name(code) for code in codes])
        self._region.offer(regions_of(self._records, self.choice))
        self._grant_type.offer(grant_types_of(self._records, self.choice))
        self._choosing = False
        self._show()

    def _show(self) -> None:
        if self._choosing or self._records is None:
            return
        records, choice = self._records, self.choice
        self._words.value = "正在计算……"
        rows = choice.rows(records.payments)
        total = f"共{len(rows)}笔，支付减退回{format_value(int(rows['net'].sum()), '万元')}。"
        self._words.value = total + (MADE_UP if records.made_up else "")
        lines = progress(records, choice)
        self._progress.show(progress_picture(lines, year=records.parameters.fiscal_year) if lines else None)
        spread = distribution(rows)
        self._spread.show(distribution_picture(spread) if spread else None)
        self._show_regions(records, choice)
        cut = f"，列出金额最大的{MOST_ROWS}笔；缩小范围可以看到其余的" if len(rows) > MOST_ROWS else ""
        self._chosen.show(listed(largest(rows), records), f"所选支付共{len(rows)}笔{cut}。点列名排序，点列名旁的按钮筛选。")
        far = outliers(rows)
        cut = f"，列出离中位数最远的{MOST_ROWS}笔" if len(far) > MOST_ROWS else ""
        self._outliers.show(listed(far, records), f"{FAR}共{len(far)}笔{cut}。离群不等于有误，请对照凭证。")
        self._show_combinations(records, rows)

    def _show_regions(self, records: Records, choice: Choice) -> None:
        regions = regions_of(records, choice)
        allocated = records.allocations
        if choice.project_code:
            allocated = allocated[allocated["project_code"].eq(choice.project_code)]
        if choice.grant_type:  # money is allocated to a region for all grant types together
            allocated = allocated.iloc[:0]
        paid = by_region(choice.rows(records.payments, but=REGION), regions)
        planned = allocated.groupby("region")["amount"].sum()
        self._regions.show(region_picture(paid, planned, chosen=choice.region) if regions else None)

    def _show_combinations(self, records: Records, rows: pd.DataFrame) -> None:
        combined = combinations(rows)
        small = records.parameters.thresholds.small_cells
        hidden, hidden_sums = hidden_counts(combined, small)
        self._kinds.show(kinds_picture(by_kinds(combined), hidden_sums) if len(combined) else None)
        count = int(combined["beneficiaries"].sum())
        words = f"所选支付的对象共{count}个，按领取的补助种类归并；不足{small}个的以“＊”表示。"
        self._combinations.show(combinations_listed(combined, hidden, records), words if count else "所选支付没有写明对象。")


def _column(*charts: Chart) -> widgets.VBox:
    """Charts one below the other, beside the next column where there is room."""
    return widgets.VBox([chart.widget for chart in charts], layout={"flex": "1 1 420px", "min_width": "0"})
