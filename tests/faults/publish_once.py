"""Publish a tiny build as a run does. Faults are injected into it from outside."""

import json
from pathlib import Path

from helpers.publishing.folder import RECORD, fresh_staging, hashes_of, swap_in
from helpers.publishing.lock import held_year

FILES = ("report.html", "report.pdf", "facts.json", "notebooks/01_profile.ipynb", "notebooks/02_spending.ipynb")


def act(folder: str, text: str) -> None:
    out = Path(folder)
    with held_year(out, 2022):
        staging = fresh_staging(out, 2022)
        (staging / "notebooks").mkdir()
        for name in FILES:
            (staging / name).write_text(f"{text} {name}\n" * 3, "utf-8")
        (staging / RECORD).write_text(json.dumps({"outputs": hashes_of(staging)}), "utf-8")
        swap_in(staging, out / "2022")
