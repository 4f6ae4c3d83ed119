"""All measures in one run, as a table and a chart in docs/performance.md: ``python -m benchmarks [NAME …]`` for some alone."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import many_reports, rendering, runs, start_up
from benchmarks.document import write_document
from benchmarks.table import Row, as_markdown

MEASURES: dict[str, Callable[[Path], Iterator[Row]]] = {
    "start_up": start_up.rows,
    "rendering": rendering.rows,
    "runs": runs.rows,
    "many_reports": many_reports.rows,
}


def main(names: list[str]) -> None:
    found: list[Row] = []
    for name in names or list(MEASURES):
        with tempfile.TemporaryDirectory(prefix="selfeval-bench-") as folder:
            for row in MEASURES[name](Path(folder)):
                found.append(row)
                print(as_markdown([row]).splitlines()[-1], flush=True)  # noqa: T201
    if not names:
        write_document(found, f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()}")


if __name__ == "__main__":
    main(sys.argv[1:])
