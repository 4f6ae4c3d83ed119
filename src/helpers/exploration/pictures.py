"""The pictures of the panel, in the report's style and font, as bytes of PNG with a text for who cannot see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO

import matplotlib as mpl
import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.dates import date2num
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from helpers.charts import ACCENT, DARK, LIGHT, MIDDLE, month_axis, new_figure, size, use_style
from helpers.exploration.amounts import Distribution
from helpers.exploration.progress import Progress
from helpers.wording import SUPPRESSED, format_value

DOTS_PER_INCH = 150
MOST_REGIONS = 20
"""Bars of regions that can be read; the smaller ones are told in words."""
_LABELLED = 12
"""Standing bars that are wide enough for a label."""


@dataclass(frozen=True)
class Picture:
    """PNG and what it shows in words."""

    png: bytes
    text: str


def progress_picture(lines: Sequence[Progress], *, year: int) -> Picture:
    """Cumulative payments through the year, a panel a project, with the planned window and amount where they are known."""
    use_style()
    figure = Figure(figsize=(mpl.rcParams["figure.figsize"][0], 0.3 + 1.55 * len(lines)))
    panels = figure.subplots(len(lines), 1, squeeze=False, sharex=True)[:, 0]
    for axes, line in zip(panels, lines, strict=True):
        if line.window:
            start, finish = line.window
            axes.axvspan(date2num(start), date2num(finish + timedelta(days=1)), color=LIGHT, alpha=0.6, linewidth=0)
        days = [date(year, 1, 1), *(day for day, _ in line.points), date(year, 12, 31)]
        amounts = [0.0, *(size(fen, "万元") for _, fen in line.points), size(line.paid, "万元")]
        axes.step(date2num(days), amounts, where="post", color=DARK, linewidth=1.6)
        if line.planned is not None:
            axes.axhline(size(line.planned, "万元"), color=ACCENT, linewidth=1, linestyle=(0, (5, 3)))
        axes.set_title(_headline(line), fontsize=8.5)
        axes.set_ylim(min(0.0, *amounts), max(*amounts, size(line.planned or 0, "万元")) * 1.15 or 1)
        axes.grid(axis="y")
        month_axis(axes, date(year, 1, 1), date(year, 12, 31))
    text = "累计支付的阶梯图（万元），阴影为计划发放期，虚线为计划金额。" + "；".join(_headline(line) for line in lines)
    return _picture(figure, text)


def _headline(line: Progress) -> str:
    told = [f"支付{format_value(line.paid, '万元')}"]
    if line.planned is not None:
        told.append(f"{line.plan}{format_value(line.planned, '万元')}")
    if line.late:
        told.append(f"计划期后{format_value(line.late, '万元')}")
    return f"{line.name}：{'，'.join(told)}"


def distribution_picture(spread: Distribution) -> Picture:
    """How many payments there are of each size; where sizes differ much each bar is about twice as wide as the one before."""
    figure = new_figure(9)
    axes = figure.add_subplot()
    places = range(len(spread.counts))
    bars = axes.bar([place + 0.5 for place in places], spread.counts, 0.94, color=DARK)
    if len(places) <= _LABELLED:
        axes.bar_label(bars, [f"{count or ''}" for count in spread.counts], padding=2, fontsize=7)
    # Room for about eight labels of amounts.
    every = -(-len(spread.edges) // 8)
    ticks = range(0, len(spread.edges), every)
    axes.set_xticks(list(ticks), [format_value(spread.edges[tick], "元").removesuffix("元") for tick in ticks])
    axes.axvline(_place(spread), color=ACCENT, linewidth=1.2)
    axes.grid(axis="y")
    axes.set_ylabel("笔数")
    median = format_value(spread.median, "元")
    note = "" if spread.even else "，各档宽度不等"
    axes.set_xlabel(f"每笔金额（元）{note}；红线为中位数 {median}")
    counts = "，".join(
        f"{format_value(low, '元')}起{count}笔" for low, count in zip(spread.edges, spread.counts, strict=False) if count
    )
    return _picture(figure, f"每笔金额的直方图，共{sum(spread.counts)}笔，中位数{median}。{counts}")


def _place(spread: Distribution) -> float:
    """Where the median stands among bars of equal width."""
    bar = next(place for place, high in enumerate(spread.edges[1:]) if spread.median <= high)
    low, high = spread.edges[bar], spread.edges[bar + 1]
    return bar + (spread.median - low) / (high - low)


def region_picture(paid: pd.Series, allocated: pd.Series, *, chosen: str) -> Picture:
    """What each region got, in 万元, the chosen one dark; a mark stands at what was allocated to it."""
    shown = paid.iloc[:MOST_REGIONS]
    figure = new_figure(len(shown) * 0.95 + 0.6)
    axes = figure.add_subplot()
    colours = [DARK if chosen in ("", region) else LIGHT for region in shown.index]
    bars = axes.barh(range(len(shown)), [size(int(fen), "万元") for fen in shown], 0.72, color=colours)
    axes.bar_label(bars, [format_value(int(fen), "万元", "cell") for fen in shown], padding=3, fontsize=7)
    planned = [(row, int(allocated[region])) for row, region in enumerate(shown.index) if region in allocated.index]
    rows, sizes = [row for row, _ in planned], [size(fen, "万元") for _, fen in planned]
    axes.plot(sizes, rows, "|", color=ACCENT, markersize=11, markeredgewidth=1.6)
    axes.set_yticks(range(len(shown)), list(shown.index))
    axes.invert_yaxis()
    axes.margins(x=0.1, y=0.01)
    axes.spines["left"].set_visible(False)
    rest = f"，另有{len(paid) - len(shown)}个地区未画" if len(paid) > len(shown) else ""
    marked = "，红线为分配数" if planned else ""
    axes.set_xlabel(f"支付金额（万元）{marked}{rest}")
    amounts = "，".join(f"{region}{format_value(int(fen), '万元')}" for region, fen in shown.items())
    return _picture(figure, f"各地区支付金额的条形图{rest}。{amounts}")


def kinds_picture(counts: pd.Series, hidden: pd.Series) -> Picture:
    """How many beneficiaries got grants of how many types; a hidden count has no bar and is labelled ＊."""
    figure = new_figure(len(counts) * 1.1 + 0.6)
    axes = figure.add_subplot()
    labels = [SUPPRESSED if hides else f"{count}" for count, hides in zip(counts, hidden, strict=True)]
    shown = counts.mask(hidden, 0)
    bars = axes.barh(range(len(counts)), shown, 0.66, color=MIDDLE)
    axes.bar_label(bars, labels, padding=3, fontsize=8)
    axes.set_yticks(range(len(counts)), [f"{kinds}种" for kinds in counts.index])
    axes.invert_yaxis()
    axes.margins(y=0.01)
    axes.set_xlim(0, max(shown.max(), 1) * 1.1)
    axes.xaxis.set_major_locator(MaxNLocator("auto", integer=True))
    axes.spines["left"].set_visible(False)
    axes.set_xlabel("领取的补助种数；每条为对象数")
    told = "，".join(f"{kinds}种{label}" for kinds, label in zip(counts.index, labels, strict=True))
    return _picture(figure, f"对象按领取的补助种数的条形图。{told}")


def _picture(figure: Figure, text: str) -> Picture:
    png = BytesIO()
    figure.set_dpi(DOTS_PER_INCH)
    FigureCanvasAgg(figure).print_png(png)  # savefig would draw twice, for the layout of vector formats
    return Picture(png.getvalue(), text)
