"""Sections run in fresh processes of the running interpreter, and no process outlives the run.

These tests start kernels; one run serves most of them.
"""

import json
import os
import select
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import nbformat
import psutil
import pytest
from probes import OFFERED, probe, write

from helpers.execution.audit import Failure
from helpers.execution.outline import Outline, OutlineSection
from helpers.execution.run import SectionRun, run_sections
from helpers.issue import InputsInvalid

MIME = "application/vnd.selfeval.block+json"
BLOCK = {"kind": "heading", "level": 2, "text": "标题"}

SURROUNDINGS = """
import json, os, sys
environment = {name: os.environ[name] for name in ("TZ", "PYTHONHASHSEED", "SOURCE_DATE_EPOCH", "MPLBACKEND")}
json.dumps({"executable": sys.executable, "folder": os.getcwd(), "environment": environment, "planted": "planted" in globals()})
"""
OUTPUTS = f"""
import sys, warnings
from IPython.display import display
print("甲"); print("乙", file=sys.stderr); print("丙")
warnings.warn("注意")
display({{{MIME!r}: {BLOCK!r}, "text/markdown": "## 标题"}}, raw=True)
print(fiscal_year, data_dir, upstream, published_only)
"""
READS_FIRST = """
import json, os, pathlib
first = json.loads(pathlib.Path(os.environ["SELFEVAL_UPSTREAM"], "good.ipynb").read_text("utf-8"))
len(first["cells"])
"""
DIES_WITH_A_CHILD = """
import os, pathlib, subprocess
child = subprocess.Popen(["sleep", "600"], start_new_session=True)
pathlib.Path("child").write_text(str(child.pid))
os._exit(0)
"""

NOTEBOOKS = {
    "good": probe(OUTPUTS),
    "surroundings": probe(SURROUNDINGS),
    "divides": probe("before = 1", "# 出错\nbefore / 0", "after = 1"),
    "exits": probe("raise SystemExit(0)", "after = 1"),
    "dies": probe(DIES_WITH_A_CHILD),
    "asks": probe("input()"),
    "reads_good": probe(READS_FIRST),
    "needs_divides": probe("1"),
}
NEEDS = {"reads_good": ["good"], "needs_divides": ["good", "divides"]}


def outline_of(*stems: str) -> Outline:
    sections = [
        OutlineSection(number=number, title=stem, notebook=stem, needs=NEEDS.get(stem, []))
        for number, stem in enumerate(stems, start=1)
    ]
    return Outline(sections=sections)


class Told:
    """Progress that remembers."""

    def __init__(self) -> None:
        self.events: list[tuple[str, str]] = []

    def started(self, section: OutlineSection) -> None:
        self.events.append(("started", section.notebook))

    def ended(self, run: SectionRun) -> None:
        self.events.append((run.state, run.section.notebook))


@dataclass
class Finished:
    root: Path
    out_dir: Path
    runs: list[SectionRun]
    events: list[tuple[str, str]]

    def run_of(self, stem: str) -> SectionRun:
        return next(run for run in self.runs if run.section.notebook == stem)

    def notebook_of(self, stem: str):
        return nbformat.read(self.out_dir / f"{stem}.ipynb", as_version=4)


def run_in(root: Path, *stems: str, jobs: int = 2) -> Finished:
    """A run in a project folder of its own."""
    notebooks = write(root / "notebooks", **{stem: NOTEBOOKS[stem] for stem in stems})
    out_dir, told = root / "build" / "staging", Told()
    runs = run_sections(outline_of(*stems), notebooks, OFFERED, out_dir, root=root, jobs=jobs, progress=told)
    return Finished(root, out_dir, runs, told.events)


def plant_user_settings(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a user's own Jupyter may hold: a kernel called python3 that is no kernel, a start-up file, another backend."""
    kernel = home / "jupyter" / "kernels" / "python3"
    kernel.mkdir(parents=True)
    spec = {"argv": ["false"], "display_name": "x", "language": "python"}
    (kernel / "kernel.json").write_text(json.dumps(spec), "utf-8")
    startup = home / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "00.py").write_text("planted = 1\n", "utf-8")
    monkeypatch.setenv("JUPYTER_PATH", str(home / "jupyter"))
    monkeypatch.setenv("IPYTHONDIR", str(home / "ipython"))
    monkeypatch.setenv("MPLBACKEND", "agg")
    monkeypatch.setenv("TZ", "UTC")


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    with pytest.MonkeyPatch.context() as monkeypatch:
        plant_user_settings(tmp_path_factory.mktemp("home"), monkeypatch)
        return run_in(tmp_path_factory.mktemp("project"), *NOTEBOOKS)


def test_runs_come_in_the_order_of_the_outline(finished):
    assert [run.section.notebook for run in finished.runs] == list(NOTEBOOKS)


def test_a_good_section_is_done(finished):
    run = finished.run_of("good")
    assert (run.state, run.failure, run.notebook) == ("done", None, finished.out_dir / "good.ipynb")
    assert run.seconds > 0


def test_outputs_keep_their_type(finished):
    outputs = finished.notebook_of("good").cells[-1].outputs
    assert [output.data[MIME] for output in outputs if output.output_type == "display_data"] == [BLOCK]


def test_streams_are_whole_and_in_a_fixed_order(finished):
    outputs = finished.notebook_of("good").cells[-1].outputs
    streams = [(output.name, output.text) for output in outputs if output.output_type == "stream"]
    assert [name for name, _ in streams] == ["stdout", "stderr"]
    assert streams[0][1].startswith("甲\n丙\n")
    assert streams[1][1].startswith("乙\n")


def test_parameters_arrive_and_stay_visible(finished):
    """upstream names no folder: the same inputs give the same notebook in every folder."""
    injected = next(cell for cell in finished.notebook_of("good").cells if "injected-parameters" in cell.metadata.tags)
    assert injected.source.splitlines()[1:] == [
        "fiscal_year = 2023",
        "data_dir = 'data/2023'",
        "upstream = ''",
        "published_only = True",
    ]


def test_a_section_reads_what_it_needs(finished):
    assert finished.notebook_of("reads_good").cells[-1].outputs[0].data["text/plain"] == "3"


def test_kernels_have_the_same_surroundings_everywhere(finished):
    """The running interpreter in the project's root; nothing of the user's Jupyter, IPython or environment."""
    surroundings = json.loads(eval(finished.notebook_of("surroundings").cells[-1].outputs[0].data["text/plain"]))
    assert surroundings == {
        "executable": sys.executable,
        "folder": str(finished.root),
        "environment": {
            "TZ": "Asia/Shanghai",
            "PYTHONHASHSEED": "0",
            "SOURCE_DATE_EPOCH": "1640995200",
            "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        },
        "planted": False,
    }


@pytest.mark.parametrize(
    ("stem", "cell", "source", "name"),
    [
        ("divides", 4, "# 出错\nbefore / 0", "ZeroDivisionError"),
        ("exits", 3, "raise SystemExit(0)", "SystemExit"),
        ("dies", 3, "import os, pathlib, subprocess", "DeadKernelError"),
        ("asks", 3, "input()", "StdinNotImplementedError"),
    ],
)
def test_a_failure_tells_cell_source_and_error(finished, stem, cell, source, name):
    """The injected parameters count as cell 2. The kernel that dies does so in its last cell, which leaves no trace there."""
    run = finished.run_of(stem)
    assert run.state == "failed"
    assert isinstance(run.failure, Failure)
    assert (run.failure.cell, run.failure.name) == (cell, name)
    assert run.failure.source.startswith(source)


def test_a_failed_notebook_is_kept_apart(finished):
    """What ran of it can be looked at, but no section takes it for a result."""
    run = finished.run_of("divides")
    assert run.notebook == finished.out_dir / "failed" / "divides.ipynb"
    cells = nbformat.read(run.notebook, as_version=4).cells
    assert [cell.execution_count for cell in cells] == [1, 2, 3, 4, None]


def test_only_done_sections_are_in_the_output_folder(finished):
    files = sorted(path.name for path in finished.out_dir.iterdir())
    assert files == ["failed", "good.ipynb", "reads_good.ipynb", "surroundings.ipynb"]


def test_a_section_that_needs_a_failed_one_is_not_started(finished):
    run = finished.run_of("needs_divides")
    assert (run.state, run.blocked_by) == ("not_started", ("divides",))
    assert ("started", "needs_divides") not in finished.events


def test_progress_is_told_of_each_section(finished):
    ended = {(run.state, run.section.notebook) for run in finished.runs}
    started = {("started", stem) for stem in NOTEBOOKS if stem != "needs_divides"}
    assert set(finished.events) == ended | started
    assert len(finished.events) == len(ended | started)


def test_at_most_so_many_sections_run_side_by_side(finished):
    running = [0]
    for event, _ in finished.events:
        running.append(running[-1] + {"started": 1, "done": -1, "failed": -1, "not_started": 0}[event])
    assert max(running) == 2


def test_what_a_dead_kernel_started_is_ended(finished):
    child = int((finished.root / "child").read_text())
    assert not psutil.pid_exists(child)


def test_two_runs_are_equal_to_the_byte(finished, tmp_path):
    """In another folder, one at a time."""
    again = run_in(tmp_path, "good", "reads_good", jobs=1)
    for stem in ("good", "reads_good"):
        assert (again.out_dir / f"{stem}.ipynb").read_bytes() == (finished.out_dir / f"{stem}.ipynb").read_bytes()


def test_parameters_that_do_not_fit_stop_the_run_before_any_kernel(tmp_path):
    notebooks = write(tmp_path, good=probe("1"), odd=probe("1", parameters="x: int = 1"))
    told = Told()
    with pytest.raises(InputsInvalid):
        run_sections(outline_of("good", "odd"), notebooks, OFFERED, tmp_path / "out", root=tmp_path, jobs=2, progress=told)
    assert told.events == []


WAITS = """
import os, signal, subprocess
signal.signal(signal.SIGINT, signal.SIG_IGN)
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen(["sleep", "600"], start_new_session=True)
with open("started", "w") as pipe:
    print(os.getppid(), os.getpid(), child.pid, file=pipe)
child.wait()
"""
DRIVER = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where the tests themselves run in the background
from pathlib import Path
from probes import OFFERED
from test_run_sections import Told, outline_of
from helpers.execution.run import run_sections
root = Path.cwd()
run_sections(outline_of("waits"), root, OFFERED, root / "out", root=root, jobs=1, progress=Told())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_nothing_outlives_an_interrupted_run(tmp_path, monkeypatch, number):
    """Neither worker nor kernel, though it ignores signals, nor what the kernel started, though in a session of its own."""
    write(tmp_path, waits=probe(WAITS))
    os.mkfifo(tmp_path / "started")
    pipe = os.open(tmp_path / "started", os.O_RDWR)
    temporary = tmp_path / "t"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    with subprocess.Popen([sys.executable, "-c", DRIVER], cwd=tmp_path, stderr=subprocess.PIPE, text=True) as driver:
        assert select.select([pipe], [], [], 30)[0], "the kernel did not start"
        processes = [psutil.Process(int(pid)) for pid in os.read(pipe, 100).split()]
        driver.send_signal(number)
        _, message = driver.communicate(timeout=30)
    os.close(pipe)
    alive = psutil.wait_procs(processes, timeout=30)[1]
    assert alive == []
    assert ("KeyboardInterrupt" in message) == (number == signal.SIGINT)
    assert list(temporary.iterdir()) == []
