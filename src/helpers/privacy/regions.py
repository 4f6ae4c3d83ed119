"""Tables by region: which counts of persons are hidden, and a frame without them."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from helpers.privacy.suppression import Cell, suppress
from helpers.wording import SUPPRESSED


def hidden_cells(counts: pd.DataFrame, *, whole: str, part: str, threshold: int) -> pd.DataFrame:
    """Where the counts of persons are hidden: a frame of truth values with the index of `counts` (regions) and both columns.

    `part` counts some of the persons of `whole`, so that their difference is a count too. The sums of both columns are
    printed. A cell of `part` costs three figures, since an amount and an average vanish with it, one of `whole` costs one.
    """
    cells = []
    for region, whole_count, part_count in zip(counts.index, counts[whole], counts[part], strict=True):
        rest = int(whole_count) - int(part_count)
        ends = (f"region {region}", "rest") if rest >= 0 else ("rest", f"region {region}")
        cells += [
            Cell("whole", f"region {region}", int(whole_count)),
            Cell(f"region {region}", "part", int(part_count), figures=3),
            Cell(*ends, abs(rest), figures=0),
        ]
    hidden = suppress(cells, threshold)
    rows = range(len(counts))
    masks = {whole: [3 * row in hidden for row in rows], part: [3 * row + 1 in hidden for row in rows]}
    return pd.DataFrame(masks, index=counts.index, dtype=bool)


def hide(frame: pd.DataFrame, hidden: Mapping[str, pd.Series]) -> pd.DataFrame:
    """The frame with `SUPPRESSED` in the cells of each named column where its mask is true (rows without a mask stay)."""
    shown = frame.copy()
    for column, mask in hidden.items():
        rows = mask.reindex(frame.index, fill_value=False)
        if rows.any():
            shown[column] = frame[column].astype(object).mask(rows, SUPPRESSED)
    return shown
