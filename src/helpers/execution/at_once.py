"""Files that appear whole or not at all."""

from __future__ import annotations

from pathlib import Path


def write_at_once(target: Path, text: str) -> None:
    """Write a file at once, in a folder that is made where there is none: who reads the folder meanwhile sees it whole."""
    target.parent.mkdir(exist_ok=True)
    unfinished = target.with_suffix(".unfinished")
    unfinished.write_text(text, "utf-8", newline="\n")
    unfinished.replace(target)
