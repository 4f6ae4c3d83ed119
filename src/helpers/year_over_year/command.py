"""`selfeval compare`: two years compared, written and told."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from helpers.examination import Year
from helpers.publishing.errors import ReportRefused
from helpers.year_over_year.outputs import page, text, workbook
from helpers.year_over_year.year_comparison import compare_years

FOLDER = "compare"
PAGE, WORKBOOK = "index.html", "compare.xlsx"


@dataclass(frozen=True)
class Compared:
    """What the command says, and the files that it wrote."""

    text: str
    files: tuple[Path, ...]


def run_compare(former: int, current: Year, out: Path) -> Compared:
    """Compare the current year with a former one and write both files to `out/compare/<former>-<current>/`.

    Raises ReportRefused where a report is missing, damaged or another department's, or the years are in no order.
    """
    year = current.parameters.fiscal_year
    if former >= year:
        raise ReportRefused(f"{former} 不早于 {year} 年度。请先写较早的年度，如 selfeval compare {year - 1} {year}。")
    comparison = compare_years(former, current, out)
    folder = out / FOLDER / f"{former}-{year}"
    made = {PAGE: page(comparison).encode("utf-8"), WORKBOOK: workbook(comparison)}
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in made.items():
        unfinished = folder / f".{name}"
        unfinished.write_bytes(content)
        unfinished.replace(folder / name)
    return Compared(text(comparison), tuple(folder / name for name in made))
