"""The report's charts: figures are facts, labels come from the one formatter, pictures are vector."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from io import StringIO
from pathlib import Path

import matplotlib as mpl
from matplotlib import font_manager, style
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.colors import LinearSegmentedColormap, to_hex
from matplotlib.dates import date2num
from matplotlib.figure import Figure

from helpers.facts import Fact, Value
from helpers.money import FEN_PER_UNIT
from helpers.wording import SUPPRESSED, format_value

STYLE = Path(__file__).with_name("selfeval.mplstyle")
FONT = Path(__file__).parent / "publishing" / "fonts" / "GWHei.ttf"
DARK, MIDDLE, LIGHT, ACCENT = "#1f3a5f", "#7f9fbf", "#c9d6e3", "#9c2f2f"
ROW_HEIGHT = 0.24
"""Inches of a horizontal bar with its label; bars of several series in a group stand closer."""
BAR_POINTS, LETTER = 360, 8
"""About how many points long the longest bar is, and how large a letter of the labels on bars."""


def use_style() -> None:
    """Set matplotlib to the report's style and font, which travel with the package."""
    font_manager.fontManager.addfont(FONT)
    style.use(STYLE)


def to_svg(figure: Figure) -> str:
    """The figure as SVG with real text, the same bytes each time."""
    picture = StringIO()
    FigureCanvasSVG(figure).print_svg(picture, metadata={"Date": None})  # savefig would lay the figure out twice
    text = picture.getvalue()
    return text[text.index("<svg") :]


def size(value: Value, unit: str) -> float:
    """Where a value is drawn on an axis: money in its unit, rates in percent. For pictures only, never printed."""
    if not isinstance(value, int | Fraction | Decimal):
        raise TypeError(f"not a number to draw: {value!r}")
    scale = Fraction(1, FEN_PER_UNIT[unit]) if unit in FEN_PER_UNIT else 100 if unit == "%" else 1
    return float(Fraction(value) * scale)


def shades(count: int) -> list[str]:
    """Colours of so many series, from dark to light."""
    if count <= 3:
        return [DARK, MIDDLE, LIGHT]
    blend = LinearSegmentedColormap.from_list("", [DARK, MIDDLE, LIGHT])
    return [to_hex(blend(place / (count - 1))) for place in range(count)]


def new_figure(rows: float) -> Figure:
    """An empty figure as wide as the text block and high enough for so many rows."""
    use_style()
    return Figure(figsize=(mpl.rcParams["figure.figsize"][0], 0.55 + ROW_HEIGHT * rows))


def bars(names: Sequence[str], series: Mapping[str, Sequence[Fact | None]], *, unit: str) -> Figure:
    """Horizontal bars, one group a name, one bar a series, each labelled with its figure; the first name on top.

    A suppressed figure (None) is labelled ＊ and has no bar.
    """
    grouped = len(series) > 1
    figure = new_figure(len(names) * (0.15 + 0.42 * len(series)) + 1 if grouped else len(names) * 0.9)
    axes = figure.add_subplot()
    colours = shades(len(series))
    group = 0.84 if grouped else 0.72
    thickness = group / len(series)
    legend = []
    for index, facts in enumerate(series.values()):
        places = [row - group / 2 + thickness * (index + 0.5) for row in range(len(names))]
        widths = [size(fact.value, unit) if fact else 0.0 for fact in facts]
        drawn = axes.barh(places, widths, thickness * 0.92, color=colours[index])
        legend.append(drawn)
        labels = [format_value(fact.value, unit, "cell") if fact else SUPPRESSED for fact in facts]
        axes.bar_label(drawn, labels, padding=3, fontsize=7)
    axes.set_yticks(range(len(names)), names)
    axes.invert_yaxis()
    axes.margins(x=0.1, y=0.01)
    axes.spines["left"].set_visible(False)
    axes.set_xlabel(f"单位：{unit}")
    if grouped:
        # Of labels set on the bars, matplotlib would leave out those that begin with an underscore.
        columns = len(series) if len(series) <= 3 else 2
        axes.legend(legend, list(series), loc="lower left", bbox_to_anchor=(0, 1), ncols=columns)
    return figure


def stacked_bar(rows: Mapping[str, Sequence[tuple[str, Fact]]], *, unit: str) -> Figure:
    """One horizontal bar a row, its parts side by side, each named and labelled; a part too narrow for that has its label beside
    it, above and below in turn.
    """
    figure = new_figure(len(rows) * 3)
    axes = figure.add_subplot()
    colours = [DARK, MIDDLE, LIGHT]
    longest = max(sum(size(fact.value, unit) for _, fact in parts) for parts in rows.values())
    for row, parts in enumerate(rows.values()):
        start, side = 0.0, -1
        for index, (name, fact) in enumerate(parts):
            width, label = size(fact.value, unit), format_value(fact.value, unit, "cell")
            middle = start + width / 2
            axes.barh(row, width, 0.56, left=start, color=colours[index % 3], edgecolor="white", linewidth=0.8)
            if width / longest * BAR_POINTS > LETTER * max(len(name), len(label) / 2) + LETTER:
                ink = "white" if index % 3 == 0 else "black"
                axes.text(middle, row, f"{name}\n{label}", ha="center", va="center", color=ink, fontsize=LETTER)
            elif width:
                axes.annotate(
                    f"{name} {label}",
                    (middle, row + side * 0.28),
                    (middle, row + side * 0.5),
                    ha="center",
                    va="center",
                    fontsize=LETTER,
                    arrowprops={"arrowstyle": "-", "linewidth": 0.6, "color": MIDDLE},
                )
                side = -side
            start += width
    axes.set_yticks(range(len(rows)), list(rows))
    axes.set_ylim(len(rows) - 0.35, -0.65)
    axes.margins(x=0.01)
    axes.spines["left"].set_visible(False)
    axes.set_xlabel(f"单位：{unit}")
    return figure


def schedule(rows: Sequence[tuple[str, date | None, date, date | None]], *, year: int) -> Figure:
    """Planned periods as bars over the months of a year, the actual end as a point; rows are (name, start, finish, actual), of
    which the start and the actual end may be unknown.
    """
    figure = new_figure(len(rows) * 1.4 + 0.6)
    axes = figure.add_subplot()
    starts = [start or finish for _, start, finish, _ in rows]
    periods = [(finish - start).days + 1 for start, (_, _, finish, _) in zip(starts, rows, strict=True)]
    planned = axes.barh(range(len(rows)), periods, 0.42, left=date2num(starts), color=MIDDLE)
    for row, (_, _, finish, actual) in enumerate(rows):
        if actual is None:
            continue
        late = actual > finish
        marker, colour = ("D", ACCENT) if late else ("o", DARK)
        # A mark of the last days of the year stands over the edge of the axes.
        axes.plot(date2num(actual), row, marker, color=colour, markersize=6, clip_on=False)
        axes.annotate(
            f"实际 {format_value(actual, '日期', 'cell')}",
            (date2num(actual), row),
            (0, -14),
            textcoords="offset points",
            ha="right" if actual.month > 10 else "left" if actual.month < 3 else "center",
            fontsize=LETTER,
        )
    axes.set_yticks(range(len(rows)), [row[0] for row in rows])
    axes.set_ylim(len(rows) - 0.3, -0.5)
    month_axis(axes, date(year, 1, 1), date(year, 12, 31))
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x")
    (timely,) = axes.plot([], [], "o", color=DARK)
    (overdue,) = axes.plot([], [], "D", color=ACCENT)
    axes.legend(
        [planned, timely, overdue], ["计划期间", "按期完成", "逾期完成"], loc="lower left", ncols=3, bbox_to_anchor=(0, 1)
    )
    return figure


def cumulative(
    lines: Mapping[str, Sequence[tuple[date, int]]], windows: Mapping[str, tuple[date, date]], *, year: int, period: str
) -> Figure:
    """Cumulative payments in 万元 through a year, a panel a line, its planned window shaded and called a `period`; points are
    (day, fen so far), none where nothing was paid.
    """
    use_style()
    figure = Figure(figsize=(mpl.rcParams["figure.figsize"][0], 0.3 + 1.5 * len(lines)))
    panels = figure.subplots(len(lines), 1, squeeze=False, sharex=True)[:, 0]
    for axes, (name, points) in zip(panels, lines.items(), strict=True):
        start, finish = windows[name]
        axes.axvspan(date2num(start), date2num(finish + timedelta(days=1)), color=LIGHT, alpha=0.6, linewidth=0)
        days = [date(year, 1, 1), *(day for day, _ in points), date(year, 12, 31)]
        amounts = [size(fen, "万元") for fen in (0, *(fen for _, fen in points), points[-1][1] if points else 0)]
        axes.step(date2num(days), amounts, where="post", color=DARK, linewidth=1.6)
        axes.set_ylim(0, max(amounts) * 1.18 or 1)
        axes.set_title(f"{name}：累计支付（万元），阴影为{period}")
        axes.grid(axis="y")
        month_axis(axes, date(year, 1, 1), date(year, 12, 31))
    return figure


_PLACES = 2_000
"""Ticks that fit side by side."""


def spread(groups: Mapping[str, Sequence[int]]) -> Figure:
    """How grants of each kind spread, in 元: every grant a small tick, the middle half a bar, the median marked."""
    figure = new_figure(len(groups) * 1.5)
    axes = figure.add_subplot()
    for row, amounts in enumerate(groups.values()):
        yuan = sorted(fen / 100 for fen in amounts)
        low, middle, high = (yuan[int((len(yuan) - 1) * part)] for part in (0.25, 0.5, 0.75))
        ticks = _apart(yuan)
        axes.plot(ticks, [row] * len(ticks), "|", color=MIDDLE, markersize=10, markeredgewidth=0.5, rasterized=False)
        axes.barh(row, high - low, 0.3, left=low, color=DARK, alpha=0.85)
        axes.plot(middle, row, "D", color="white", markeredgecolor=DARK, markersize=5)
    axes.set_yticks(range(len(groups)), list(groups))
    axes.set_ylim(len(groups) - 0.5, -0.5)
    axes.margins(x=0.03)
    axes.set_xlim(left=0)
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x")
    axes.set_xlabel("每笔金额（元）；竖线为每笔，深色条为中间一半，白色菱形为中位数")
    return figure


def _apart(values: Sequence[float]) -> list[float]:
    """One of the sorted values for each place where a tick can be told from the next; a million drawn would look the same."""
    step = (values[-1] - values[0]) / _PLACES
    ticks = {round(value / step) if step and len(values) > _PLACES else value: value for value in values}
    return list(ticks.values())


def month_axis(axes: mpl.axes.Axes, start: date, finish: date) -> None:
    """Lines where months begin, their names in their middle."""
    months = [date(start.year, month, 1) for month in range(1, 13)]
    axes.set_xlim(date2num(start), date2num(finish))
    axes.set_xticks(date2num(months), [""] * len(months))
    axes.set_xticks(date2num(months) + 15, [f"{month.month}月" for month in months], minor=True)
    axes.tick_params(axis="x", which="minor", length=0, labelsize=mpl.rcParams["xtick.labelsize"])
