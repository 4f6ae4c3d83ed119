"""One report in a process of its own, forked from a server that has everything imported (see `execution.fork_server`)."""

from __future__ import annotations

import json
import traceback
from pathlib import Path
from typing import Any

from helpers.cache.finished import asked_for, unchanged
from helpers.cache.memory import Memory
from helpers.examination import open_year
from helpers.execution.outline import OutlineSection
from helpers.execution.run import SectionRun
from helpers.issue import InputsInvalid
from helpers.publishing.errors import YearHeld
from helpers.refusals import REFUSALS
from helpers.report import produce
from helpers.terminal import system_message


class Untold:
    """Progress that nobody watches: a batch tells of whole reports."""

    def started(self, section: OutlineSection) -> None:
        pass

    def ended(self, run: SectionRun) -> None:
        pass


def run(folder: Path) -> None:
    """Make the report that `request.json` in the folder asks for, and write `result.json`: a message where it was not made."""
    request = json.loads((folder / "request.json").read_text("utf-8"))
    (folder / "result.json").write_text(json.dumps({"message": _message(request)}), "utf-8")


def _message(request: dict[str, Any]) -> str:
    """Make the report, unless it stands and nothing it was made from has changed; why it was refused, or "" where it was not."""
    try:
        params, out = Path(request["params"]), Path(request["out"])
        if unchanged(out, request["year"], asked_for(params, published_only=False)) is None:
            year = open_year(request["year"], params)
            memory = Memory(out, force=False)
            produce(year, out, published_only=False, only=None, jobs=1, progress=Untold(), memory=memory)
    except InputsInvalid as invalid:
        return "\n".join(map(str, invalid.issues))
    except (*REFUSALS, YearHeld) as error:
        return str(error)
    except OSError as error:
        return system_message(error)
    except Exception as error:  # a defect of the program ends one report; its text may quote the data and is not told
        last = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(last.filename).name} 第 {last.lineno} 行"
        return f"程序出错：{type(error).__name__}（{place}）。请用 selfeval run --debug 重现。"
    return ""
