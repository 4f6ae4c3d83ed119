"""The forked engine and the standard one give the same notebooks, and faults are told as what they are by both."""

import json
import re
from pathlib import Path

import pytest
from probes import OFFERED, probe, write

from helpers.execution.outline import Outline, OutlineSection
from helpers.execution.request import Limits
from helpers.execution.run import run_sections

pytestmark = pytest.mark.run

ENGINES = ("selfeval", "standard")

SOUND = {
    "prints": ["import sys\nprint('甲'); print('乙', file=sys.stderr); print('丙', end='')"],
    "commands": ["word = '变量'\n!echo {word} $word '{{}}'", "lines = !echo 一\nlines"],
    "shows": ["from IPython.display import display, HTML\ndisplay(HTML('<b>粗</b>'), {'a': (1, 2.5, None)})\n[1, {'二': 2}]"],
    "updates": ["handle = display('旧', display_id='x')\n1", "handle.update('新')"],
    "clears": ["from IPython.display import clear_output\nprint('去掉'); clear_output(); print('留下')"],
    "frames": ["import pandas as pd\npd.DataFrame({'甲': [1.5, 2.5], '乙': ['a', 'b']})", "pd.Series(range(100))"],
    "draws": ["import matplotlib.pyplot as plt\nplt.plot([1, 2])\nNone", "import matplotlib\nmatplotlib.get_backend()"],
    "shows_a_figure": ["from matplotlib.figure import Figure\nfigure = Figure()\nfigure.add_subplot().bar([1], [2])\nfigure"],
    "awaits": ["import asyncio\nawait asyncio.sleep(0)\nawait asyncio.sleep(0, '完')", "asyncio.get_running_loop().is_running()"],
    "uses_magics": ["%%capture kept\nprint('内')", "kept.stdout", "%pwd\nNone", "x = 3; x;", "_, In[2]"],
    "warns": ["import warnings\nwarnings.warn('注意')\nwarnings.warn('注意')"],
    "floods": ["for number in range(20000): print(number)"],
    "logs": ["import logging\nlogging.warning('日志')"],
    "starts_a_thread": ["import threading\nt = threading.Thread(target=print, args=('线程',))\nt.start(); t.join()"],
}
"""Cells by what they do, all of one notebook."""
FAULTY = {
    "fails_late": probe("before = 1\n\nbefore / 0"),
    "exits": probe("raise SystemExit(0)", "1"),
    "command_fails": probe("!false", "1"),
    "fails_in_syntax": probe("1 +"),
    "asks": probe("input('?')"),
    "thread_fails": probe(
        "import threading\nthread = threading.Thread(target=lambda: 1 / 0)\nthread.start(); thread.join()", "1"
    ),
}
HANGING = {"hangs": probe("while True: pass", "1")}
DYING = {  # when a kernel's death is seen is chance, so that the notebooks of two such runs may differ
    "crashes": probe("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)", "1"),
    "dies": probe("import os\nos._exit(0)", "1"),
}
FURTHER = {"fails_in_syntax", "asks", "thread_fails", "dies"}
"""Faults of which the others are examples: each costs two kernels, so that they are run by `make long-test` alone."""
FAULTS = {
    "fails_late": "ZeroDivisionError",
    "fails_in_syntax": "SyntaxError",
    "exits": "SystemExit",
    "asks": "StdinNotImplementedError",
    "command_fails": "CalledProcessError",
    "thread_fails": "ZeroDivisionError",
    "dies": "DeadKernelError",
    "crashes": "DeadKernelError",
    "hangs": "CellTimeoutError",
}
SHORT = Limits(cell_seconds=2, notebook_seconds=2)

POLLUTING = """
import os, random, sys, warnings
import matplotlib, numpy, pandas
import builtins
len = None
os.environ["LEFT"] = "1"
os.chdir("/")
sys.path.insert(0, "/left")
pandas.set_option("display.max_rows", 3)
matplotlib.rcParams["lines.linewidth"] = 9
numpy.left, pandas.left = 1, 1
warnings.simplefilter("error")
random.seed(1); numpy.random.seed(1)
"""
CLEAN = """
import os, random, sys, warnings
import matplotlib, numpy, pandas
found = [
    "POLLUTED" in globals(), len is None, "LEFT" in os.environ, os.getcwd() == "/", "/left" in sys.path,
    pandas.get_option("display.max_rows") == 3, matplotlib.rcParams["lines.linewidth"] == 9,
    hasattr(numpy, "left"), hasattr(pandas, "left"), warnings.filters[0][0] == "error",
]
print([number for number, left in enumerate(found) if left])
"""
DRAWS_LOTS = "import random, numpy\nprint(random.random(), numpy.random.random())"
PAST_PYTHON = """
import os, subprocess
print("一")
os.write(1, "二\\n".encode())
print("三")
subprocess.run(["echo", "四"])
print("五")
"""  # a Jupyter kernel reads what is printed past Python in a thread, and loses what comes too late
DESCRIPTORS = """
import os, stat
print([number for number in map(int, os.listdir("/dev/fd")) if is_pipe(number)])
"""
IS_PIPE = """
def is_pipe(number):
    try:
        return stat.S_ISFIFO(os.fstat(number).st_mode)
    except OSError:
        return False
"""


class Untold:
    def started(self, section):
        pass

    def ended(self, run):
        pass


def run_all(
    root: Path, notebooks: dict, *, engine: str, jobs: int = 2, limits: Limits | None = None
) -> dict[str, tuple[str, str]]:
    """For each notebook the kind of its failure ("" for none) and the text of the executed notebook ("" for none)."""
    folder = write(root / "notebooks", **notebooks)
    sections = [  # unchecked, since a report has fewer sections
        OutlineSection.model_construct(number=number, title=stem, notebook=stem, needs=[], landscape=False)
        for number, stem in enumerate(notebooks, start=1)
    ]
    outline = Outline.model_construct(sections=sections)
    runs = run_sections(
        outline, folder, OFFERED, root / "out", root=root, jobs=jobs, progress=Untold(), engine=engine, limits=limits
    )
    return {
        run.section.notebook: (run.failure.name if run.failure else "", run.notebook.read_text("utf-8") if run.notebook else "")
        for run in runs
    }


def stems(*names: str) -> list:
    return [pytest.param(name, marks=pytest.mark.long if name in FURTHER else ()) for name in names]


@pytest.fixture(scope="module")
def by_engine(request, tmp_path_factory):
    """What each engine makes of the notebooks that the tests of this session ask for."""
    asked = {item.callspec.params.get("stem") for item in request.session.items if hasattr(item, "callspec")}
    faulty = {stem: cells for stem, cells in (FAULTY | DYING).items() if stem in asked}
    results = {}
    for engine in ENGINES:
        root = tmp_path_factory.mktemp("engines") / "project"  # the same path would be in both, were it printed
        root.mkdir()
        sound = probe(*(cell for cells in SOUND.values() for cell in cells))
        results[engine] = run_all(root, {"sound": sound} | faulty, engine=engine)
        results[engine] |= run_all(root, HANGING, engine=engine, limits=SHORT)
    return results


@pytest.mark.parametrize("name", SOUND)
def test_both_engines_give_the_same_cells(by_engine, name):
    forked, standard = (cells_of(by_engine[engine]["sound"][1], name) for engine in ENGINES)
    assert forked == standard


@pytest.mark.parametrize("stem", stems(*FAULTY, *HANGING))
def test_both_engines_give_the_same_notebook_of_a_fault(by_engine, stem):
    forked, standard = (settled(by_engine[engine][stem][1]) for engine in ENGINES)
    assert forked == standard


def test_a_sound_notebook_has_no_fault(by_engine):
    assert [by_engine[engine]["sound"][0] for engine in ENGINES] == ["", ""]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("stem", stems(*FAULTS))
def test_a_fault_is_told_as_what_it_is(by_engine, engine, stem):
    assert by_engine[engine][stem][0] == FAULTS[stem]


@pytest.mark.parametrize("stem", stems(*FAULTS))
def test_the_evidence_of_a_fault_is_a_notebook(by_engine, stem):
    cells = json.loads(by_engine["selfeval"][stem][1])["cells"]
    assert cells[-1]["source"]


@pytest.fixture(scope="module")
def one_after_the_other(tmp_path_factory):
    notebooks = {
        "first": probe(POLLUTING),
        "second": probe(CLEAN),
        "polluted": probe("POLLUTED = 1", POLLUTING + CLEAN),
        "lots_a": probe(DRAWS_LOTS),
        "lots_b": probe(DRAWS_LOTS),
        "descriptors": probe(IS_PIPE, DESCRIPTORS),
        "past_python": probe(PAST_PYTHON),
    }
    return run_all(tmp_path_factory.mktemp("fresh"), notebooks, engine="selfeval", jobs=1)


def test_a_notebook_leaves_nothing_to_the_next(one_after_the_other):
    assert printed(one_after_the_other["second"][1]) == "[]\n"


def test_the_probe_of_pollution_finds_it(one_after_the_other):
    """The negative control: the same cells in one notebook."""
    assert printed(one_after_the_other["polluted"][1]) == f"{list(range(10))}\n"


def test_each_notebook_has_random_numbers_of_its_own(one_after_the_other):
    assert printed(one_after_the_other["lots_a"][1]) != printed(one_after_the_other["lots_b"][1])


def test_a_notebook_inherits_no_open_files(one_after_the_other):
    assert printed(one_after_the_other["descriptors"][1]) == "[]\n"


def test_what_is_printed_past_python_stands_in_its_place(one_after_the_other):
    assert printed(one_after_the_other["past_python"][1]).split() == ["一", "二", "三", "四", "五"]


def printed(notebook: str) -> str:
    return "".join(
        output["text"] if isinstance(output["text"], str) else "".join(output["text"])
        for cell in json.loads(notebook)["cells"]
        for output in cell.get("outputs", [])
        if output["output_type"] == "stream"
    )


def cells_of(notebook: str, name: str) -> list:
    cells = json.loads(settled(notebook))["cells"][2:]  # the parameters stand before
    sizes = [len(sources) for sources in SOUND.values()]
    start = sum(sizes[: list(SOUND).index(name)])
    return cells[start : start + len(SOUND[name])]


def settled(notebook: str) -> str:
    """Without the lines of ipykernel in a traceback: they name where it called the cell."""
    return re.sub(r"/tmp/[^ ]*?/project", "project", notebook)
