"""The floor: the code of all notebooks in one process, without kernels and documents: ``python -m benchmarks.plain_scripts``.

Given the folder of executed notebooks that sections read of those before them. Runs in the project's folder.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
from pathlib import Path

from benchmarks.by_hand import STEMS


def main(upstream: str) -> None:
    for stem in STEMS:
        cells = json.loads(Path("notebooks", f"{stem}.ipynb").read_text("utf-8"))["cells"]
        names: dict[str, object] = {}
        with contextlib.redirect_stdout(io.StringIO()):
            for cell in cells:
                if cell["cell_type"] == "code":
                    exec("".join(cell["source"]), names)
                if "parameters" in cell["metadata"].get("tags", []):
                    names["upstream"] = upstream


if __name__ == "__main__":
    main(sys.argv[1])
