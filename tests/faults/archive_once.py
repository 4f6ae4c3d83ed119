"""Archive a tiny build, with its public package, as `selfeval archive` does. Faults are injected into it from outside.

All that writes, locks, chains and moves is the program's own; what is sealed is made up, since reading tables and setting a page
would add thousands of calls that only read.
"""

import json
from pathlib import Path
from types import SimpleNamespace

from evidence import tiny
from helpers.evidence import seal
from helpers.evidence.bag import bag_files, write_files
from helpers.evidence.verify_bag import PUBLIC

SEEDS = {"old": 0, "new": 1}
SECTIONS = [SimpleNamespace(notebook=stem, needs=[]) for stem in tiny.STEMS]
PARAMETERS = SimpleNamespace(
    fiscal_year=2022,
    archive=SimpleNamespace(retention_class="30年", legal_basis="依据"),
    department=SimpleNamespace(name="示例部门"),
)
YEAR = SimpleNamespace(parameters=PARAMETERS, settings=dict, outline=lambda: (SimpleNamespace(sections=SECTIONS), None))


def act(folder: str, text: str, how: str = "aside") -> None:
    """Seal the build called `text` in the archives below `folder`; `how` "in place" is what archiving must be better than."""
    if how == "in place":
        seal._Sealer._put = lambda _, bag, contents, info: write_files(bag, bag_files(contents, info))
    made = tiny.contents(SEEDS[text])
    build = Path(folder) / "build/2022"
    build.mkdir(parents=True, exist_ok=True)
    (build / "run.json").write_bytes(made["run.json"])
    seal.examine = lambda *_, **__: SimpleNamespace(inputs=SimpleNamespace(issues=[], personal_values=frozenset()))
    seal.refuse_stale = lambda *_: None
    seal.full_contents = lambda *_: dict(made)
    seal.public_contents = lambda *_: {name: made[name] for name in PUBLIC if name in made}
    seal.Guard = lambda *_, **__: SimpleNamespace(refuse_leaks=lambda: None)
    seal.digest_sheet = lambda title, rows, digests, year: json.dumps([rows, digests]).encode()
    seal.archive(YEAR, build.parent, Path(folder) / "archive", public=True)
