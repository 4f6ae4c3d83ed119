"""The measured table and its chart, put into docs/performance.md between two marks."""

from __future__ import annotations

import re
from collections.abc import Sequence

import matplotlib as mpl
from matplotlib.figure import Figure

from benchmarks.environments import ROOT
from benchmarks.table import Row, as_markdown

DOCUMENT, CHART = ROOT / "docs" / "performance.md", ROOT / "docs" / "images" / "performance.svg"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


def write_document(rows: Sequence[Row], machine: str) -> None:
    """Replace what stands between the marks, and the chart beside it."""
    text = DOCUMENT.read_text("utf-8")
    table = f"{BEGIN}\n{machine}.\n\n{as_markdown(rows)}\n\n![seconds of each way](images/{CHART.name})\n{END}"
    DOCUMENT.write_text(re.sub(f"{BEGIN}.*{END}", lambda _: table, text, flags=re.S), "utf-8")
    _chart([row for row in rows if row.value is not None and row.unit == "s"])


def _chart(rows: Sequence[Row]) -> None:
    with mpl.rc_context({"svg.hashsalt": "selfeval", "font.size": 9}):
        figure = Figure(figsize=(8, 0.32 * len(rows) + 0.8), layout="constrained")
        axes = figure.subplots()
        bars = axes.barh([row.name.replace("`", "") for row in rows], [row.value for row in rows], color="#1d3f66")
        axes.bar_label(bars, fmt="%.2f", padding=3)
        axes.set_xscale("log")
        axes.set_xlabel("seconds (logarithmic)")
        axes.invert_yaxis()
        axes.spines[["top", "right"]].set_visible(False)
        figure.savefig(CHART, metadata={"Date": None})
