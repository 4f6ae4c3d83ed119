"""What `publish_once` must be better than: files written in place."""

from pathlib import Path

from faults.publish_once import FILES


def act(out: str, text: str) -> None:
    folder = Path(out) / "2022"
    (folder / "notebooks").mkdir(parents=True, exist_ok=True)
    for name in FILES:
        (folder / name).write_text(f"{text} {name}\n" * 3, "utf-8")
