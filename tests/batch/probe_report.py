"""Takes the place of a report in the tests: does what the name of its parameter file says."""

import json
import os
import signal
from pathlib import Path

import psutil


def run(folder: Path) -> None:
    request = json.loads((folder / "request.json").read_text("utf-8"))
    params, out = Path(request["params"]), Path(request["out"])
    first = not (params.parent / "begun").exists()
    (params.parent / "begun").touch()
    what = params.parent.name
    if what == "crashes" or (what == "crashes_once" and first):
        os.kill(os.getpid(), signal.SIGSEGV)
    if what == "kills_worker" or (what == "kills_worker_once" and first):
        server = psutil.Process().parent()
        server.parent().kill()
        signal.pause()
    if what == "kills_server":
        psutil.Process().parent().kill()
        signal.pause()
    message = "原始记录没有通过核对：甲" if what == "refused" else ""
    if not message:
        finished = out / str(request["year"])
        finished.mkdir(parents=True, exist_ok=True)
        fact = {"id": "scorecard.total.score", "display": "96.81"}
        (finished / "facts.json").write_text(json.dumps({"facts": [fact]}), "utf-8")
        (finished / "run.json").write_text(json.dumps({"findings": {"R401": 2}}), "utf-8")
    (folder / "result.json").write_text(json.dumps({"message": message}), "utf-8")
