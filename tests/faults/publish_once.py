"""Publish a tiny build as a run does: ``python publish_once.py OUT TEXT``. Faults are injected into it from outside."""

import json
import sys
from contextlib import suppress
from pathlib import Path

from helpers.publishing.folder import RECORD, fresh_staging, hashes_of, swap_in
from helpers.publishing.lock import held_year

MARKER = "/selfeval-faults-begin-here"
FILES = ("report.html", "report.pdf", "facts.json", "notebooks/01_profile.ipynb", "notebooks/02_spending.ipynb")


def publish(out: Path, text: str) -> None:
    with held_year(out, 2022):
        staging = fresh_staging(out, 2022)
        (staging / "notebooks").mkdir()
        for name in FILES:
            (staging / name).write_text(f"{text} {name}\n" * 3, "utf-8")
        (staging / RECORD).write_text(json.dumps({"outputs": hashes_of(staging)}), "utf-8")
        swap_in(staging, out / "2022")


if __name__ == "__main__":
    with suppress(OSError):
        Path(MARKER).stat()  # what was called before is the interpreter's
    publish(Path(sys.argv[1]), sys.argv[2])
