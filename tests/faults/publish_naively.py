"""What `publish_once` must be better than: files written in place."""

import sys
from contextlib import suppress
from pathlib import Path

from faults.publish_once import FILES, MARKER

if __name__ == "__main__":
    folder, text = Path(sys.argv[1]) / "2022", sys.argv[2]
    with suppress(OSError):
        Path(MARKER).stat()
    (folder / "notebooks").mkdir(parents=True, exist_ok=True)
    for name in FILES:
        (folder / name).write_text(f"{text} {name}\n" * 3, "utf-8")
