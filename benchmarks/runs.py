"""One report: against the way by hand, against the floor, and again after little or nothing changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.by_hand import by_hand
from benchmarks.environments import FULL, LEAN, NAMES, ROOT, command, run
from benchmarks.projects import PARAMS, copied
from benchmarks.table import Row
from benchmarks.timing import in_turn

ROUNDS = 3


def rows(folder: Path) -> Iterator[Row]:
    for environment, least in ((FULL, 12.0), (LEAN, 8.0)):
        yield from _whole_runs(environment, copied(folder / f"{environment.name}-project"), least)
    yield from _again(copied(folder / "again"))


def _selfeval(environment: Path, project: Path, *options: str) -> None:
    run(command(environment, "selfeval", "run", "2022", *options), project)


def _whole_runs(environment: Path, project: Path, least: float) -> Iterator[Row]:
    _selfeval(environment, project)  # what the floor reads of earlier sections, and every module compiled
    floor = [*command(environment, "python"), "-m", "benchmarks.plain_scripts", str(project / "build/2022/notebooks")]
    ways: dict[str, Callable[[], object]] = {
        "run": lambda: _selfeval(environment, project, "--force"),
        "hand": lambda: by_hand(environment, project, project / "by-hand"),
        "floor": lambda: run(["env", f"PYTHONPATH={ROOT}", *floor], project),
    }
    times = in_turn(ways, ROUNDS)
    name = NAMES[environment]
    yield Row(f"`selfeval run --force`, four formats ({name})", times.seconds("run"))
    yield Row(f"by hand: papermill and nbconvert, HTML ({name})", times.seconds("hand"), times.ratio("hand", "run"), least)
    yield Row(f"floor: the notebooks' code in one process ({name})", times.seconds("floor"))
    yield Row(f"run ÷ floor ({name})", None, times.ratio("run", "floor"), most=1.5)


def _again(project: Path) -> Iterator[Row]:
    def changed(file: str, one: str, other: str) -> Callable[[], None]:
        """A run after the text `one` in a file became `other`, or was changed back."""
        path = project / file

        def again() -> None:
            text = path.read_text("utf-8")
            path.write_text(text.replace(one, other, 1) if one in text else text.replace(other, one, 1), "utf-8")
            _selfeval(LEAN, project)

        return again

    ways: dict[str, Callable[[], object]] = {
        "full": lambda: _selfeval(LEAN, project, "--force"),
        "nothing": lambda: _selfeval(LEAN, project),
        "text": changed(PARAMS, "正式填报时请换成", "正式填报时换成"),
        "payment": changed("data/2022/payments.csv", "30200.00,2022-01-10", "30200.00,2022-01-11"),
    }
    times = in_turn(ways, ROUNDS)
    yield Row("again, nothing changed ÷ full run", times.seconds("nothing"), times.ratio("nothing", "full"), most=0.1)
    yield Row("again, one text of one section changed ÷ full run", times.seconds("text"), times.ratio("text", "full"), most=1 / 3)
    yield Row("again, the date of one payment changed ÷ full run", times.seconds("payment"), times.ratio("payment", "full"))
