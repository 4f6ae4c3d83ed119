"""``python -m faults.strike_run STEP HOW FORMER ARGUMENTS…``: `selfeval ARGUMENTS…`, struck when it comes to a step.

STEP is a function of `helpers.report`, HOW what happens there: it is killed, or what stands in its staging folder is spoilt. A
step after the sections is come to at once: they are not run, their notebooks are those of the former build FORMER.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from helpers import report

BEFORE = ("fresh_staging", "run_sections")
AFTER = ("gather", "review", "combine", "make_documents", "_scorecard", "prove_documents", "run_record", "swap_in")


def main(step: str, how: str, former: Path) -> None:
    swap_in = report.swap_in
    assert hasattr(report, step)

    def killed(*_: Any, **__: Any) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def spoilt(staging: Path, final: Path) -> None:
        path = staging / "report.pdf"
        path.write_bytes(path.read_bytes()[:-1] + b"?")
        swap_in(staging, final)

    def copied(outline: Any, _: Path, __: dict[str, Any], target: Path, **___: Any) -> list[SimpleNamespace]:
        shutil.copytree(former / "notebooks", target, ignore=shutil.ignore_patterns("*.html"))
        return [SimpleNamespace(section=section, state="done", seconds=0.0, kept=False) for section in outline.sections]

    if step in AFTER:
        report.run_sections = copied  # type: ignore[assignment]
    setattr(report, step, {"killed": killed, "spoilt": spoilt}[how])


if __name__ == "__main__":
    step, how, former, *arguments = sys.argv[1:]
    main(step, how, Path(former))
    from helpers.cli import main as selfeval

    sys.argv[1:] = arguments
    selfeval()
